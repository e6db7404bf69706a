package cron

// The zones come with the program: not every machine has them, and a verdict must not
// depend on which.
import _ "time/tzdata"
