package read

import (
	"fmt"
	"regexp"
	"strings"
	"testing"

	"github.com/kgen-dev/kgen/pkg/report"
	"github.com/kgen-dev/kgen/pkg/tree"
)

// dump writes a tree so that kinds and typed texts can be told apart: strings in
// quotes, those without quotes in YAML in backquotes.
func dump(n *tree.Node) string {
	if n == nil {
		return "nil"
	}
	var parts []string
	for _, f := range n.Fields {
		switch n.Kind {
		case tree.Map:
			parts = append(parts, f.Key+": "+dump(f.Value))
		default:
			parts = append(parts, dump(f.Value))
		}
	}
	switch n.Kind {
	case tree.Map:
		return "{" + strings.Join(parts, ", ") + "}"
	case tree.List:
		return "[" + strings.Join(parts, ", ") + "]"
	case tree.String:
		if n.Plain {
			return "`" + n.Text + "`"
		}
		return fmt.Sprintf("%q", n.Text)
	case tree.Float:
		return "float " + n.Text
	case tree.Null:
		return "null"
	}
	return n.Text
}

// read reads text as the extension of name says, and returns the findings as
// users see them.
func read(name, text string) (*tree.Node, []string) {
	var sink report.Sink
	source := &tree.Source{Name: name, Dir: "."}
	var n *tree.Node
	switch {
	case strings.HasSuffix(name, ".cue"):
		n = new(CUE).Read(source, []byte(text), &sink)
	case strings.HasSuffix(name, ".json"):
		n = JSON(source, []byte(text), &sink)
	default:
		n = YAML(source, []byte(text), &sink)
	}
	return n, lines(sink.Findings)
}

func lines(findings []report.Finding) []string {
	var all []string
	for _, f := range findings {
		line := f.Pos.String() + ": " + f.ID + ": "
		if len(f.Path) > 0 {
			line += f.Path.String() + ": "
		}
		all = append(all, line+f.Message)
	}
	return all
}

// valueCase is a file and the tree it is read to.
type valueCase struct{ name, text, want string }

func testValues(t *testing.T, file string, cases []valueCase) {
	t.Helper()
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			n, findings := read(file, c.text)
			if got := dump(n); got != c.want || len(findings) > 0 {
				t.Errorf("%q is read to\n\t%s, want\n\t%s\n%s", c.text, got, c.want, strings.Join(findings, "\n"))
			}
		})
	}
}

// mistakeCase is a file and the lines that say what is wrong with it, without
// the file's name.
type mistakeCase struct {
	name, text string
	want       []string
}

func testMistakes(t *testing.T, file string, cases []mistakeCase) {
	t.Helper()
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			n, findings := read(file, c.text)
			got := inLine.ReplaceAllString(strings.Join(findings, "\n"), "$1")
			if want := strings.Join(c.want, "\n"); got != want || n != nil {
				t.Errorf("%q is read to %s with\n%s\nwant\n%s", c.text, dump(n), got, want)
			}
		})
	}
}

var inLine = regexp.MustCompile(`(?m)^[^:]+:(\d)`)

// testPlaces reads text and compares the places of values, and of keys where the
// path ends in "!", with "line:col".
func testPlaces(t *testing.T, file, text string, want map[string]string) {
	t.Helper()
	n, findings := read(file, text)
	if len(findings) > 0 {
		t.Fatal(strings.Join(findings, "\n"))
	}
	for at, place := range want {
		path := tree.Path{}
		for _, key := range strings.Fields(strings.TrimSuffix(at, "!")) {
			if key[0] >= '0' && key[0] <= '9' {
				path = path.With(int(key[0] - '0'))
			} else {
				path = path.With(key)
			}
		}
		got := n.Nearest(path, strings.HasSuffix(at, "!"))
		if fmt.Sprintf("%d:%d", got.Line, got.Col) != place {
			t.Errorf("%s is at %d:%d, want %s", at, got.Line, got.Col, place)
		}
	}
}
