package lint

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/kgen-dev/kgen/pkg/read"
	"github.com/kgen-dev/kgen/pkg/report"
	"github.com/kgen-dev/kgen/pkg/tree"
	"github.com/kgen-dev/kgen/pkg/validate"
	"github.com/kgen-dev/kgen/pkg/validate/apiserver"
	"github.com/kgen-dev/kgen/pkg/validate/versions"
)

// parseObjects are the objects of a stream of manifests.
func parseObjects(t testing.TB, text string) (objects []*Object) {
	t.Helper()
	sink := &report.Sink{}
	read.Documents(&tree.Source{Name: "manifests.yaml"}, []byte(text), sink, func(n *tree.Node) {
		validate.Elements(n, func(n *tree.Node) {
			o := FromNode(n, ".")
			o.Locate = func(path tree.Path) (tree.Pos, string) { return n.Begin(path), "" }
			objects = append(objects, o)
		})
	})
	for _, f := range sink.Findings {
		t.Fatalf("%s: %s", f.Pos, f.Message)
	}
	return objects
}

// runOn are the findings of one rule, each as "LINE: severity: message".
func runOn(t testing.TB, rule *Rule, world World, options map[string]any, text string) (told []string) {
	t.Helper()
	all := NewIndex(world, versions.Newest, nil, parseObjects(t, text))
	all.Strict = rule.Profile == Strict
	all.SetBefore(parseObjects(t, rule.Doc.Before))
	findings := Run(all, []Chosen{{Rule: rule, Options: options}}, 1)
	for i := range findings {
		f := &findings[i]
		pos, _ := f.Object.Locate(f.At)
		told = append(told, fmt.Sprintf("%d: %s: %s", pos.Line, f.Severity, f.Message))
	}
	slices.Sort(told)
	return told
}

// markedLines are the numbers of the lines that end in "# <-".
func markedLines(text string) (marked []string) {
	for i, line := range strings.Split(text, "\n") {
		if strings.HasSuffix(line, "# <-") {
			marked = append(marked, fmt.Sprint(i+1))
		}
	}
	slices.Sort(marked)
	return marked
}

// TestRules runs every rule over its own examples: it finds something in the lines of
// Bad that are marked, and nowhere else, and nothing in Good, which the API server
// accepts.
func TestRules(t *testing.T) {
	for _, rule := range Rules() {
		if rule.isAboutIgnores {
			continue
		}
		t.Run(rule.ID, func(t *testing.T) {
			var lines []string
			for _, told := range runOn(t, rule, Open, nil, rule.Doc.Bad) {
				line, _, _ := strings.Cut(told, ":")
				lines = append(lines, line)
			}
			slices.Sort(lines)
			lines = slices.Compact(lines)
			if diff := cmp.Diff(markedLines(rule.Doc.Bad), lines); diff != "" || len(lines) == 0 {
				t.Errorf("lines of Bad (-marked +found):\n%s%s", diff, strings.Join(runOn(t, rule, Open, nil, rule.Doc.Bad), "\n"))
			}
			if told := runOn(t, rule, Open, nil, rule.Doc.Good); len(told) > 0 {
				t.Errorf("Good is not: %q", told)
			}
			checkAccepted(t, rule.Doc.Good)
			if !rule.Refused {
				checkAccepted(t, rule.Doc.Bad)
			}
		})
	}
}

// checkAccepted demands that the API server takes the manifests.
func checkAccepted(t *testing.T, text string) {
	t.Helper()
	read.Documents(&tree.Source{Name: "manifests.yaml"}, []byte(text), &report.Sink{}, func(n *tree.Node) {
		_ = validate.Under(apiserver.Release{Minor: versions.Newest}, nil, func(j *validate.Judge) {
			_, problems := j.Node(n)
			for i := range problems {
				if problems[i].Severity == report.Error {
					t.Errorf("the API server refuses it: %s", problems[i].Field+": "+problems[i].Message)
				}
			}
		})
	})
}

// TestRulesAreExplained demands of every rule what explains it.
func TestRulesAreExplained(t *testing.T) {
	if !slices.IsSortedFunc(Rules(), func(a, b *Rule) int { return strings.Compare(a.ID, b.ID) }) {
		t.Error("the rules are not sorted by id")
	}
	for _, rule := range Rules() {
		checks := 0
		for _, isSet := range []bool{rule.Check != nil, rule.CheckWorkload != nil, rule.CheckContainer != nil} {
			if isSet {
				checks++
			}
		}
		if checks != 1 && !rule.isAboutIgnores {
			t.Errorf("%s has %d checks, want 1", rule.ID, checks)
		}
		d := &rule.Doc
		for what, text := range map[string]string{"Title": d.Title, "Why": d.Why, "Fix": d.Fix, "Bad": d.Bad, "Good": d.Good} {
			if text == "" && !rule.isAboutIgnores {
				t.Errorf("%s has no %s", rule.ID, what)
			}
			if what != "Bad" && what != "Good" && (strings.HasSuffix(text, ".") || strings.Contains(text, "\n")) {
				t.Errorf("%s: %s is one sentence without a full stop", rule.ID, what)
			}
		}
		for _, p := range rule.Params {
			switch p.Default.(type) {
			case int, bool, string, []string:
			default:
				t.Errorf("%s: parameter %s is a %T", rule.ID, p.Name, p.Default)
			}
			if p.Doc == "" {
				t.Errorf("%s: parameter %s is not explained", rule.ID, p.Name)
			}
		}
	}
}

// ruleCase is a manifest and what a rule finds in it.
type ruleCase struct {
	name    string
	world   World
	options map[string]any
	text    string
	want    []string // "LINE: severity: message"
}

// check runs a rule over cases.
func check(t *testing.T, rule *Rule, cases []ruleCase) {
	t.Helper()
	for _, c := range cases {
		t.Run(rule.ID+"/"+c.name, func(t *testing.T) {
			if diff := cmp.Diff(c.want, runOn(t, rule, c.world, c.options, c.text)); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}
