package lint

import (
	"path"
	"strconv"
	"strings"

	"github.com/kgen-dev/kgen/pkg/tree"
)

// preStopSleep is how many seconds the preStop hook of a container sleeps, and where
// that is written; 0 where it does not, or does what cannot be told from its words.
func preStopSleep(c *Container) (seconds float64, at tree.Path) {
	if c.Lifecycle == nil || c.Lifecycle.PreStop == nil {
		return 0, nil
	}
	switch h := c.Lifecycle.PreStop; {
	case h.Sleep != nil:
		return float64(h.Sleep.Seconds), c.Field("lifecycle", "preStop", "sleep", "seconds")
	case h.Exec != nil:
		return commandSleep(h.Exec.Command), c.Field("lifecycle", "preStop", "exec", "command")
	}
	return 0, nil
}

// commandSleep is how long a command sleeps: sleep itself, or a script for a shell.
func commandSleep(argv []string) float64 {
	if len(argv) == 2 && path.Base(argv[0]) == "sleep" {
		return sleepSeconds(argv[1])
	}
	if len(argv) == 3 && strings.HasPrefix(argv[1], "-") && strings.HasSuffix(argv[1], "c") {
		switch path.Base(argv[0]) {
		case "sh", "bash", "ash", "dash":
			return scriptSleep(argv[2])
		}
	}
	return 0
}

// scriptSleep is the sum of the sleeps of a script that does one thing after the
// other. Of any other script it is not known what runs.
func scriptSleep(script string) (seconds float64) {
	if strings.ContainsAny(script, "|(){}`#") || strings.Contains(strings.ReplaceAll(script, "&&", ""), "&") {
		return 0
	}
	steps := strings.FieldsFunc(script, func(c rune) bool { return c == ';' || c == '&' || c == '\n' })
	for _, step := range steps {
		words := strings.Fields(step)
		if len(words) == 0 {
			continue
		}
		switch path.Base(words[0]) {
		case "if", "for", "while", "until", "case", "exit", "exec", "trap":
			return 0
		case "sleep":
			if len(words) == 2 {
				seconds += sleepSeconds(words[1])
			}
		}
	}
	return seconds
}

var secondsIn = map[string]float64{"s": 1, "m": 60, "h": 3600, "d": 86400}

// sleepSeconds reads the argument of sleep: 15, 0.5, 2m.
func sleepSeconds(text string) float64 {
	number := strings.TrimRight(text, "smhd")
	if strings.Trim(number, "0123456789.") != "" {
		return 0 // infinity, $SECONDS
	}
	seconds, err := strconv.ParseFloat(number, 64)
	if err != nil {
		return 0
	}
	if unit := text[len(number):]; unit != "" {
		return seconds * secondsIn[unit]
	}
	return seconds
}
