package main

import (
	"os"
	"regexp"
	"time"

	"github.com/rogpeppe/go-internal/testscript"
)

// await waits until a file matches an expression, or with ! until it does not or
// is gone. What runs in the background does it in its own time.
func await(ts *testscript.TestScript, isNegated bool, args []string) {
	if len(args) != 2 {
		ts.Fatalf("usage: [!] await FILE EXPRESSION")
	}
	expression, err := regexp.Compile("(?m)" + args[1])
	ts.Check(err)
	for range 3000 {
		data, err := os.ReadFile(ts.MkAbs(args[0]))
		if (err == nil && expression.Match(data)) != isNegated {
			return
		}
		time.Sleep(10 * time.Millisecond)
	}
	ts.Fatalf("%s did not come to that in half a minute", args[0])
}
