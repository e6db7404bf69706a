package report

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/kgen-dev/kgen/pkg/tree"
)

// sample has a finding of each shape.
func sample() *Report {
	web, api := &tree.Source{Name: "deploy/web.yaml"}, &tree.Source{Name: "services/über api.cue"}
	why := "at 100 % a pod is saturated before the autoscaler reacts"
	return &Report{
		Tool: "v1.2.3", Dir: "shop", Objects: 7, FailOn: Warning,
		Files: []string{"deploy/web.yaml", "deploy/good.yaml", "services/über api.cue"},
		Rules: []RuleInfo{
			{
				ID: "hpa-target-too-high", Severity: Warning, Title: "autoscaling target leaves no headroom", Why: why,
				Fix: "aim at 50 to 80 % of the request", Help: "# hpa-target-too-high\n\n```yaml\nkind: HorizontalPodAutoscaler\n```\n",
				URL: "https://example.com/docs/rules.md#hpa-target-too-high", Tags: []string{"reliability"},
			},
			{ID: "dangling-service", Severity: Error, Title: "selects no pod", Why: "traffic goes nowhere", Fix: "correct the selector"},
		},
		Findings: Merge([]Finding{
			{
				Pos: tree.Pos{Source: web, Line: 7, Col: 53}, Severity: Warning, ID: "hpa-target-too-high", Path: tree.P("spec", "metrics", 0),
				Message: "cpu target is 100 %", Why: why, Fix: "aim at 50 to 80 % of the request",
				Objects: []string{"HorizontalPodAutoscaler/web"}, Field: "spec.metrics[0]", Environments: []string{"dev", "prod"},
			},
			{
				Pos: tree.Pos{Source: web, Line: 107, Col: 3}, Severity: Warning, ID: "hpa-target-too-high", Path: tree.P("spec", "metrics", 0),
				Message: "cpu target is 120 %", Why: why, Fix: "give it a request first",
				Objects: []string{"HorizontalPodAutoscaler/web"}, Field: "spec.metrics[0]",
			},
			{
				Pos: tree.Pos{Source: web, Line: 40, Col: 5}, Severity: Error, ID: "dangling-service", Path: tree.P("spec", "selector"),
				Message: "selects no pod, 50%: \"a::b\", <c>", Why: "traffic goes nowhere", Fix: "correct the selector",
				Objects: []string{"Service/web", "Service/shop"}, Field: "spec.selector", Services: []string{"web"},
				Related: []Related{{Pos: tree.Pos{Source: web, Line: 1, Col: 1}, Object: "Deployment/web", Path: tree.P("spec", "template")}},
			},
			{
				Pos: tree.Pos{Source: api, Line: 3, Col: 2}, Severity: Info, ID: "schema/unknown-field", Path: tree.P("ports", "a\x1b[2J\u202e"),
				Message: "two\nlines ]]> \xff",
			},
			{Pos: tree.Pos{Source: &tree.Source{Name: "<stdin>"}}, Severity: Error, ID: "api/decode", Message: "the file is empty"},
			{Severity: Warning, ID: "x", Message: "nowhere"},
		}),
	}
}

func printers(t *testing.T) map[string]Printer {
	printers := map[string]Printer{}
	for _, format := range Formats() {
		p, err := NewPrinter(format, Grouped{})
		if err != nil {
			t.Fatal(err)
		}
		printers[format] = p
	}
	return printers
}

func output(t *testing.T, p Printer, r *Report) string {
	t.Helper()
	var b strings.Builder
	if err := p.Print(&b, r); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func TestFormats(t *testing.T) {
	all := printers(t)
	all["color"] = Grouped{Color: true}
	for format, p := range all {
		for name, r := range map[string]*Report{"": sample(), "-clean": {Tool: "v1.2.3", Files: []string{"a.yaml"}, Objects: 1}} {
			t.Run(format+name, func(t *testing.T) {
				file := filepath.Join("testdata", "formats", format+name)
				got := output(t, p, r)
				if again := output(t, p, r); again != got {
					t.Error("is not the same when printed again")
				}
				if os.Getenv("KGEN_UPDATE") != "" {
					if err := os.WriteFile(file, []byte(got), 0o644); err != nil {
						t.Fatal(err)
					}
				}
				want, err := os.ReadFile(file)
				if err != nil {
					t.Fatal(err)
				}
				if diff := cmp.Diff(string(want), got); diff != "" {
					t.Errorf("(-want +got):\n%s", diff)
				}
			})
		}
	}
}

func TestNewPrinterUnknown(t *testing.T) {
	if _, err := NewPrinter("xml", Grouped{}); err == nil || err.Error() != `unknown format "xml": one of text, json, sarif, junit, github, gitlab` {
		t.Error(err)
	}
}

func TestLines(t *testing.T) {
	r := sample()
	if diff := cmp.Diff(printed(t, r.Findings), output(t, Lines{Text{Brief: true}}, r)); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}
