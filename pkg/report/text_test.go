package report

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/kgen-dev/kgen/pkg/tree"
)

func TestText(t *testing.T) {
	web := &tree.Source{Name: "services/web.cue"}
	findings := []Finding{
		{
			Pos: tree.Pos{Source: web, Line: 14, Col: 15}, Severity: Error, ID: "schema/unknown-field",
			Path: tree.P("ports", "http", "protcol"), Message: `unknown field, did you mean "protocol"?`,
		},
		{
			Pos: tree.Pos{Source: web, Line: 7, Col: 53}, Severity: Warning, ID: "hpa-target-too-high",
			Path: tree.P("spec"), Services: []string{"a", "b", "c", "d"}, Message: "cpu target is 100 %",
			Why: "at 100 % a pod is saturated", Fix: "aim at 50 to 80 %",
			Objects: []string{"HorizontalPodAutoscaler/web"}, Field: "spec.metrics[0]",
			Environments: []string{"dev", "prod"},
		},
		{Pos: tree.Pos{Source: web}, Severity: Error, ID: "schema/file", Message: "the file is empty"},
		{Severity: Info, ID: "x", Path: tree.P("a\x1b[2Jb"), Message: "two\nlines \u202e"},
	}
	for _, test := range []struct {
		name    string
		printer Text
		want    string
	}{
		{"full", Text{}, `services/web.cue:14:15: error schema/unknown-field: ports.http.protcol: unknown field, did you mean "protocol"?
services/web.cue:7:53: warning hpa-target-too-high: cpu target is 100 % (services a, b, c and 1 more) [dev, prod]
	why: at 100 % a pod is saturated
	fix: aim at 50 to 80 %
	at:  HorizontalPodAutoscaler/web spec.metrics[0]
services/web.cue: error schema/file: the file is empty
info x: ["a\x1b[2Jb"]: two\nlines \u202e
`},
		{"brief", Text{Brief: true}, `services/web.cue:14:15: error schema/unknown-field: ports.http.protcol: unknown field, did you mean "protocol"?
services/web.cue:7:53: warning hpa-target-too-high: HorizontalPodAutoscaler/web spec.metrics[0]: cpu target is 100 % (services a, b, c and 1 more) [dev, prod]
	fix: aim at 50 to 80 %
services/web.cue: error schema/file: the file is empty
info x: ["a\x1b[2Jb"]: two\nlines \u202e
`},
	} {
		t.Run(test.name, func(t *testing.T) {
			var got strings.Builder
			if err := test.printer.Print(&got, findings); err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(test.want, got.String()); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

func TestTextColor(t *testing.T) {
	var got strings.Builder
	findings := []Finding{{Severity: Error, ID: "x", Message: "m"}, {Severity: Warning, ID: "x", Message: "m"}}
	if err := (Text{Color: true}).Print(&got, findings); err != nil {
		t.Fatal(err)
	}
	want := "\x1b[31merror\x1b[0m x: m\n\x1b[33mwarning\x1b[0m x: m\n"
	if got.String() != want {
		t.Errorf("got %q, want %q", got.String(), want)
	}
}
