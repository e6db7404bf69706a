package report

import (
	"slices"
	"strings"
	"testing"
)

// githubCommand reads a line as the runner of GitHub Actions does.
func githubCommand(t *testing.T, line string) (command, message string, properties map[string]string) {
	t.Helper()
	head, message, isClosed := strings.Cut(strings.TrimPrefix(line, "::"), "::")
	if !strings.HasPrefix(line, "::") || !isClosed {
		t.Fatalf("no command: %q", line)
	}
	command, list, _ := strings.Cut(head, " ")
	properties = map[string]string{}
	for _, p := range strings.Split(list, ",") {
		name, value, isSet := strings.Cut(p, "=")
		if !isSet {
			t.Fatalf("no property %q: %q", p, line)
		}
		properties[name] = unescape(value)
	}
	return command, unescape(message), properties
}

func unescape(s string) string {
	return strings.NewReplacer("%0D", "\r", "%0A", "\n", "%3A", ":", "%2C", ",", "%25", "%").Replace(s)
}

func checkGitHub(t *testing.T, r *Report, text string) {
	t.Helper()
	isPlain(t, text)
	lines := slices.DeleteFunc(strings.Split(text, "\n"), func(line string) bool { return line == "" })
	if len(lines) != len(r.Findings) {
		t.Fatalf("%d lines for %d findings:\n%s", len(lines), len(r.Findings), text)
	}
	for i, line := range lines {
		f := &r.Findings[i]
		command, message, properties := githubCommand(t, line)
		if command != githubCommands[f.Severity] || message != explained(f) {
			t.Errorf("%q is %s, %q; want %q", line, command, message, explained(f))
		}
		if properties["file"] != printable(r.inRepository(f.Pos.File())) || properties["title"] != printable(f.ID) {
			t.Errorf("%q has %v", line, properties)
		}
	}
}
