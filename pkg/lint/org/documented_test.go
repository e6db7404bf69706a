package org

import (
	"os"
	"strings"
	"testing"
)

// TestDocumentedRules runs the examples of the rules that the documentation shows.
func TestDocumentedRules(t *testing.T) {
	page, err := os.ReadFile("../../../docs/own-rules.md")
	if err != nil {
		t.Fatal(err)
	}
	count := 0
	for _, block := range strings.Split(string(page), "```yaml\n")[1:] {
		text, _, _ := strings.Cut(block, "```")
		rules, sink := compiled(t, text)
		rules.Test(sink)
		if told := texts(sink.Findings); len(told) > 0 {
			t.Errorf("%s:\n%q", text, told)
		}
		count += len(rules.Lint())
	}
	if count != 4 {
		t.Errorf("%d rules, want 4", count)
	}
}
