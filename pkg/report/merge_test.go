package report

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/kgen-dev/kgen/pkg/tree"
)

func TestMerge(t *testing.T) {
	project := &tree.Source{Name: "kgen.cue"}
	at := func(service, environment, object, field, message string) Finding {
		f := Finding{
			Pos: tree.Pos{Source: project, Line: 3, Col: 4}, Severity: Error, ID: "api/invalid", Path: tree.P("labels", "a"),
			Message: message, Objects: []string{object}, Field: field,
		}
		if service != "" {
			f.Services = []string{service}
		}
		return InEnvironment(environment, []Finding{f})[0]
	}
	warning := at("", "", "Deployment/a", "spec.x", "bad")
	warning.Severity = Warning
	elsewhere := at("", "", "Deployment/a", "spec.x", "bad")
	elsewhere.Pos.Line = 4

	for _, test := range []struct {
		name     string
		findings []Finding
		want     string
	}{
		{"nothing", nil, ""},
		{
			"environments",
			[]Finding{at("", "dev", "Deployment/a", "spec.x", "bad"), at("", "prod", "Deployment/a", "spec.x", "bad")},
			"kgen.cue:3:4: error api/invalid: Deployment/a spec.x: bad [dev, prod]\n",
		},
		{
			"services",
			[]Finding{
				at("a", "dev", "Deployment/a", "spec.x", "bad"), at("b", "dev", "Deployment/b", "spec.x", "bad"),
				at("a", "prod", "Deployment/a", "spec.x", "bad"), at("b", "prod", "Deployment/b", "spec.x", "bad"),
			},
			"kgen.cue:3:4: error api/invalid: Deployment/a spec.x: bad (services a, b) [dev, prod]\n",
		},
		{
			"kinds",
			[]Finding{
				at("", "", "Deployment/a", "metadata.labels", "bad"), at("", "", "Deployment/a", "spec.template.labels", "bad"),
				at("", "", "Service/a", "metadata.labels", "bad"),
			},
			"kgen.cue:3:4: error api/invalid: Deployment/a metadata.labels: bad (2 objects)\n",
		},
		{
			"kinds of services",
			[]Finding{
				at("a", "", "Deployment/a", "metadata.labels", "bad"), at("a", "", "Service/a", "metadata.labels", "bad"),
				at("b", "", "Deployment/b", "metadata.labels", "bad"), at("b", "", "Service/b", "metadata.labels", "bad"),
			},
			"kgen.cue:3:4: error api/invalid: Deployment/a metadata.labels: bad (4 objects of services a, b)\n",
		},
		{
			"kinds of one service",
			[]Finding{at("a", "", "Deployment/a", "metadata.labels", "bad"), at("a", "", "Service/a", "metadata.labels", "bad")},
			"kgen.cue:3:4: error api/invalid: Deployment/a metadata.labels: bad (2 objects of service a)\n",
		},
		{
			"other labels in each",
			[]Finding{
				at("a", "", "Deployment/a", "spec.x", `Invalid value: {"name":"a"}: bad`), at("b", "", "Deployment/b", "spec.x", `Invalid value: {"name":"b"}: bad`),
			},
			`kgen.cue:3:4: error api/invalid: Deployment/a spec.x: Invalid value: {"name":"a"}: bad (services a, b)` + "\n",
		},
		{
			"not the same",
			[]Finding{
				warning,
				elsewhere,
				at("", "", "Deployment/a", "spec.y", "bad"),
				at("", "", "Deployment/a", "spec.x", "worse"),
				at("", "", "Deployment/a", "spec.x", "bad"),
			},
			`kgen.cue:3:4: error api/invalid: Deployment/a spec.x: bad
kgen.cue:3:4: warning api/invalid: Deployment/a spec.x: bad
kgen.cue:3:4: error api/invalid: Deployment/a spec.x: worse
kgen.cue:3:4: error api/invalid: Deployment/a spec.y: bad
kgen.cue:4:4: error api/invalid: Deployment/a spec.x: bad
`,
		},
	} {
		t.Run(test.name, func(t *testing.T) {
			merged := Merge(test.findings)
			if diff := cmp.Diff(test.want, printed(t, merged)); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
			if diff := cmp.Diff(test.want, printed(t, Merge(merged))); diff != "" {
				t.Errorf("merged again (-want +got):\n%s", diff)
			}
		})
	}
}

func printed(t *testing.T, findings []Finding) string {
	var got strings.Builder
	if err := (Text{Brief: true}).Print(&got, findings); err != nil {
		t.Fatal(err)
	}
	return got.String()
}

// TestMergeOwner: what two services share belongs to neither.
func TestMergeOwner(t *testing.T) {
	one, other := Finding{ID: "x", Owner: "a"}, Finding{ID: "x", Owner: "b"}
	if got := Merge([]Finding{one, one}); len(got) != 1 || got[0].Owner != "a" {
		t.Errorf("got %+v", got)
	}
	if got := Merge([]Finding{one, other}); len(got) != 1 || got[0].Owner != "" {
		t.Errorf("got %+v", got)
	}
}
