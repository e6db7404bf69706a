package main

import (
	"encoding/json"
	"slices"
	"testing"
)

// TestLintExamples lints what the examples render to: nothing is an error, and every
// rule, group and ignore that they name is there and does something.
func TestLintExamples(t *testing.T) {
	t.Chdir(exampleRepository(t))
	aboutIgnores := []string{"ignore-without-reason", "unknown-rule-in-ignore", "unused-ignore"}
	for _, name := range dirsIn(t, "examples") {
		t.Run(name, func(t *testing.T) {
			got := runWith(exampleEnv, "", "lint", "--format", "json", "examples/"+name)
			var told struct {
				Summary  struct{ Objects int }
				Findings []struct{ File, Severity, Rule, Message string }
			}
			if err := json.Unmarshal([]byte(got.stdout), &told); err != nil || got.status != exitClean || told.Summary.Objects == 0 {
				t.Errorf("status %d, %d objects: %v\n%s", got.status, told.Summary.Objects, err, got.stderr)
			}
			for _, f := range told.Findings {
				if f.Severity == "error" || slices.Contains(aboutIgnores, f.Rule) {
					t.Errorf("%s: %s %s: %s", f.File, f.Severity, f.Rule, f.Message)
				}
			}
		})
	}
}
