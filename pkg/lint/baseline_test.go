package lint

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/kgen-dev/kgen/pkg/report"
	"github.com/kgen-dev/kgen/pkg/tree"
)

// told is a finding at a line.
func told(id, file string, line int32, object, field string) report.Finding {
	return report.Finding{
		ID: id, Pos: tree.Pos{Source: &tree.Source{Name: file}, Line: line, Col: 1}, Severity: report.Error,
		Objects: []string{object}, Field: field, Named: field, Message: "it is wrong",
	}
}

// written writes a baseline of findings and reads it.
func written(t *testing.T, file string, findings ...report.Finding) *Baseline {
	t.Helper()
	if _, err := WriteBaseline(file, findings, Seen{}); err != nil {
		t.Fatal(err)
	}
	b, err := ReadBaseline(file)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func placesOf(findings []report.Finding) (places []string) {
	for _, f := range findings {
		places = append(places, f.Pos.String()+" "+f.Message)
	}
	return places
}

func entryTexts(entries []Entry) (texts []string) {
	for _, e := range entries {
		texts = append(texts, e.String())
	}
	return texts
}

func TestBaselineLeavesOutWhatItHas(t *testing.T) {
	t.Chdir(t.TempDir())
	a, b := told("a", "web.yaml", 3, "Pod/web", "spec.x"), told("b", "web.yaml", 4, "Pod/web", "spec.args[]")
	unread := told("api/decode", "web.yaml", 9, "", "")
	unread.Objects = nil
	base := written(t, ".kgen-baseline", a, b, b, unread)
	moved := a
	moved.Pos.Line, moved.Message, moved.Severity = 70, "it is said otherwise", report.Warning
	other := told("a", "api.yaml", 3, "Pod/web", "spec.x")
	for _, tt := range []struct {
		name             string
		findings         []report.Finding
		fresh, removable []string
	}{
		{"all there", []report.Finding{a, b, b, unread}, nil, nil},
		{"moved", []report.Finding{moved, b, b, unread}, nil, nil},
		{"in another file", []report.Finding{a, b, b, unread, other}, []string{"api.yaml:3:1 it is wrong"}, nil},
		{"one more", []report.Finding{a, b, b, b, unread},
			[]string{"web.yaml:4:1 it is wrong (one of 3 that are alike, where the baseline has 2)"}, nil},
		{"one less", []report.Finding{a, b, unread}, nil, []string{"web.yaml: b Pod/web spec.args[]"}},
		{"none", nil, nil, []string{"web.yaml: a Pod/web spec.x", "web.yaml: api/decode", "web.yaml: b Pod/web spec.args[] (2 times)"}},
	} {
		fresh, removable := base.Without(tt.findings)
		if diff := cmp.Diff(tt.fresh, placesOf(fresh)); diff != "" {
			t.Errorf("%s: fresh (-want +got):\n%s", tt.name, diff)
		}
		if diff := cmp.Diff(tt.removable, entryTexts(removable)); diff != "" {
			t.Errorf("%s: removable (-want +got):\n%s", tt.name, diff)
		}
	}
}

func TestBaselineHoldsFromAnyDirectory(t *testing.T) {
	top := t.TempDir()
	for _, dir := range []string{"deploy/prod", "lists"} {
		if err := os.MkdirAll(filepath.Join(top, dir), 0o755); err != nil {
			t.Fatal(err)
		}
	}
	t.Chdir(top)
	b := written(t, "lists/baseline", told("a", "deploy/prod/web.yaml", 3, "Pod/web", "spec.x"), told("a", "<stdin>", 3, "Pod/web", "spec.x"))
	if got := entryTexts(b.Entries); got[0] != "../deploy/prod/web.yaml: a Pod/web spec.x" || !strings.HasPrefix(got[1], "<stdin>: ") {
		t.Errorf("the entries are %q", got)
	}
	for dir, names := range map[string][2]string{
		".":           {"lists/baseline", "./deploy/prod/web.yaml"},
		"deploy":      {"../lists/baseline", "prod/web.yaml"},
		"deploy/prod": {filepath.Join(top, "lists", "baseline"), "web.yaml"},
		"lists":       {"baseline", filepath.ToSlash(filepath.Join(top, "deploy", "prod", "web.yaml"))},
	} {
		t.Chdir(filepath.Join(top, dir))
		b, err := ReadBaseline(filepath.FromSlash(names[0]))
		if err != nil {
			t.Fatal(err)
		}
		fresh, _ := b.Without([]report.Finding{told("a", names[1], 3, "Pod/web", "spec.x"), told("a", "<stdin>", 3, "Pod/web", "spec.x")})
		if len(fresh) > 0 {
			t.Errorf("in %s: %q is new", dir, placesOf(fresh))
		}
	}
}

// TestBaselineOfAnIncompleteRun keeps what such a run cannot know of.
func TestBaselineOfAnIncompleteRun(t *testing.T) {
	t.Chdir(t.TempDir())
	for _, dir := range []string{"deploy/web", "lists"} {
		if err := os.MkdirAll(dir, 0o755); err != nil {
			t.Fatal(err)
		}
	}
	findings := []report.Finding{
		told("a", "deploy/web.yaml", 1, "Pod/api", "x"), told("a", "deploy/web/web.yaml", 1, "Pod/web", "x"),
		told("b", "deploy/web/web.yaml", 1, "Pod/web", "x"), told("a", "<stdin>", 1, "Pod/old", "x"),
	}
	ran := func(id string) bool { return id == "a" }
	const stdin, above, below, other = "<stdin>: a Pod/old x", "../deploy/web.yaml: a Pod/api x", "../deploy/web/web.yaml: a Pod/web x", "../deploy/web/web.yaml: b Pod/web x"
	for _, tt := range []struct {
		name       string
		seen       Seen
		gone, kept []string
	}{
		{"nothing", Seen{}, nil, []string{above, below, other, stdin}},
		{"a directory", Seen{Dirs: []string{"deploy/web"}}, []string{below, other}, []string{above, stdin}},
		{"the top", Seen{Dirs: []string{"."}}, []string{above, below, other}, []string{stdin}},
		{"a rule", Seen{Dirs: []string{"lists", "./deploy"}, Ran: ran}, []string{above, below}, []string{other, stdin}},
	} {
		file := "lists/" + tt.name
		_, removable := written(t, file, findings...).Without(nil)
		base, err := WriteBaseline(file, nil, tt.seen)
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(tt.gone, entryTexts(base.Settled(removable, tt.seen))); diff != "" {
			t.Errorf("%s: removable (-want +got):\n%s", tt.name, diff)
		}
		if diff := cmp.Diff(tt.kept, entryTexts(base.Entries)); diff != "" {
			t.Errorf("%s: written (-want +got):\n%s", tt.name, diff)
		}
	}
}

func TestRan(t *testing.T) {
	own := &Rule{ID: "own"}
	ran := Ran([]*Rule{&sshPort}, []*Rule{own})
	for id, want := range map[string]bool{"ssh-port": true, "privileged-container": false, "own": false, "api/invalid": true, "of-old": true} {
		if ran(id) != want {
			t.Errorf("%s: %t", id, !want)
		}
	}
}

// TestBaselineFieldsHaveNames demands that elements may move in their lists.
func TestBaselineFieldsHaveNames(t *testing.T) {
	container := "- {name: %s, image: 'a:1', securityContext: {privileged: true}, ports: [{containerPort: 22}]}\n    "
	find := func(names ...string) []report.Finding {
		text := "apiVersion: v1\nkind: Pod\nmetadata: {name: web}\nspec:\n    containers:\n    "
		for _, name := range names {
			text += fmt.Sprintf(container, name)
		}
		s := &Settings{Rules: []Chosen{{Rule: &privilegedContainer}, {Rule: &sshPort}}}
		return report.Merge(s.Lint(NewIndex(Open, 36, nil, parseObjects(t, text)), nil, nil, "", 1))
	}
	t.Chdir(t.TempDir())
	base := written(t, "b", find("web", "agent")...)
	want := []string{
		"manifests.yaml: privileged-container Pod/web spec.containers[agent].securityContext.privileged",
		"manifests.yaml: privileged-container Pod/web spec.containers[web].securityContext.privileged",
	}
	got := slices.DeleteFunc(entryTexts(base.Entries), func(text string) bool { return strings.Contains(text, "ssh-port") })
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	if len(base.Entries) != 4 {
		t.Errorf("the entries are %q", entryTexts(base.Entries))
	}
	fresh, removable := base.Without(find("first", "agent"))
	if len(fresh) != 2 || fresh[0].Named != "spec.containers[first].securityContext.privileged" || len(removable) != 2 {
		t.Errorf("new are %q, removable %q", fresh, entryTexts(removable))
	}
}

// TestBaselineOfSharedFindings demands that services come and go under a finding in
// kgen.cue.
func TestBaselineOfSharedFindings(t *testing.T) {
	t.Chdir(t.TempDir())
	shared := told("a", "kgen.cue", 3, "Deployment/web", "spec.template.spec.containers[0].x")
	shared.Named, shared.Services = "spec.template.spec.containers[web].x", []string{"web"}
	base := written(t, "b", shared)
	want := []Entry{{Rule: "a", File: "kgen.cue", Object: "Deployment", Field: "spec.template.spec.containers[].x", Count: 1}}
	if diff := cmp.Diff(want, base.Entries); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	shared.Objects, shared.Named, shared.Services = []string{"Deployment/api"}, "spec.template.spec.containers[api].x", []string{"api", "web"}
	if fresh, removable := base.Without([]report.Finding{shared}); len(fresh)+len(removable) > 0 {
		t.Errorf("new are %q, removable %q", fresh, removable)
	}
}

func TestBaselineNotices(t *testing.T) {
	b := &Baseline{File: "b"}
	if got := b.Notices(nil); got != nil {
		t.Errorf("nothing is removable: %q", got)
	}
	want := []string{"baseline b: 1 finding of it is no longer there; --write-baseline b removes it:", "\tweb.yaml: a Pod/web"}
	if diff := cmp.Diff(want, b.Notices([]Entry{{Rule: "a", File: "web.yaml", Object: "Pod/web", Count: 1}})); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	many := b.Notices(slices.Repeat([]Entry{{Rule: "a", Count: 2}}, mostNamed+3))
	if len(many) != mostNamed+2 || many[mostNamed+1] != "\tand 3 more" {
		t.Errorf("%q", many)
	}
}
