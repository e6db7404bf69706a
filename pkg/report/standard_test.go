package report

import (
	"encoding/xml"
	"go/build"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"unicode/utf8"

	"cuelang.org/go/cue"
	"cuelang.org/go/cue/cuecontext"
	"cuelang.org/go/encoding/json"
	"cuelang.org/go/encoding/jsonschema"
	"github.com/joshdk/go-junit"
	"github.com/owenrumney/go-sarif/v3/pkg/report/v210/sarif"
)

// checks are for each format what its readers demand of any output.
func checks(t testing.TB) map[string]func(t *testing.T, r *Report, text string) {
	published := sarifStandard(t)
	ours, gitlab := readSchema(t, "../../docs/findings.schema.json"), readSchema(t, "testdata/gitlab.schema.json")
	return map[string]func(t *testing.T, r *Report, text string){
		FormatText: func(t *testing.T, _ *Report, text string) { isPlain(t, strings.ReplaceAll(text, "\t", "")) },
		"json":     func(t *testing.T, _ *Report, text string) { isPlain(t, text); ours.check(t, text) },
		"gitlab":   func(t *testing.T, _ *Report, text string) { isPlain(t, text); gitlab.check(t, text) },
		"sarif": func(t *testing.T, _ *Report, text string) {
			isPlain(t, text)
			published.check(t, text)
			checkSARIF(t, text)
		},
		"junit":  checkJUnit,
		"github": checkGitHub,
	}
}

func TestStandards(t *testing.T) {
	for format, check := range checks(t) {
		for name, r := range map[string]*Report{"findings": sample(), "clean": {Files: []string{"a.yaml"}}, "empty": {}, "incomplete": {IsIncomplete: true}} {
			t.Run(format+"/"+name, func(t *testing.T) { check(t, r, output(t, printers(t)[format], r)) })
		}
	}
}

// TestSchemasRefuse shows that the checks are able to fail.
func TestSchemasRefuse(t *testing.T) {
	ours, gitlab, published := readSchema(t, "../../docs/findings.schema.json"), readSchema(t, "testdata/gitlab.schema.json"), sarifStandard(t)
	for _, test := range []struct {
		name   string
		schema jsonSchema
		text   string
	}{
		{"version", ours, `{"version": 2, "tool": {"name": "kgen", "version": ""}, "summary": {}, "findings": []}`},
		{"severity", gitlab, `[{"description": "", "check_name": "", "fingerprint": "a", "severity": "bad", "location": {"path": "a", "lines": {"begin": 1}}}]`},
		{"line", gitlab, `[{"description": "", "check_name": "", "fingerprint": "a", "severity": "info", "location": {"path": "a", "lines": {"begin": 0}}}]`},
		{"no version", published, `{"runs": []}`},
		{"level", published, `{"version": "2.1.0", "runs": [{"tool": {"driver": {"name": "x"}}, "results": [{"message": {"text": "x"}, "level": "bad"}]}]}`},
		{"unknown", published, `{"version": "2.1.0", "runs": [{"tool": {"driver": {"name": "x", "rule": []}}}]}`},
	} {
		t.Run(test.name, func(t *testing.T) {
			if err := test.schema.validate(test.text); err == nil {
				t.Errorf("it takes %s", test.text)
			}
		})
	}
}

// isPlain demands what a terminal can show.
func isPlain(t *testing.T, text string) {
	t.Helper()
	if !utf8.ValidString(text) {
		t.Errorf("no UTF-8: %q", text)
	}
	if strings.IndexFunc(strings.ReplaceAll(text, "\n", ""), steers) >= 0 {
		t.Errorf("steers a terminal: %q", text)
	}
}

// jsonSchema is a JSON Schema as CUE reads it.
type jsonSchema struct{ cue.Value }

func readSchema(t testing.TB, file string) jsonSchema {
	t.Helper()
	data, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	return newSchema(t, file, data)
}

func newSchema(t testing.TB, file string, data []byte) jsonSchema {
	t.Helper()
	expr, err := json.Extract(file, data)
	if err != nil {
		t.Fatal(err)
	}
	c := cuecontext.New()
	extracted, err := jsonschema.Extract(c.BuildExpr(expr), &jsonschema.Config{})
	if err != nil {
		t.Fatal(err)
	}
	return jsonSchema{c.BuildFile(extracted)}
}

func (s jsonSchema) check(t *testing.T, text string) {
	t.Helper()
	if err := s.validate(text); err != nil {
		t.Errorf("%v in:\n%s", err, text)
	}
}

func (s jsonSchema) validate(text string) error { return json.Validate([]byte(text), s.Value) }

// sarifStandard is the schema that OASIS publishes, which the source of go-sarif has.
func sarifStandard(t testing.TB) jsonSchema {
	t.Helper()
	library, err := build.Import("github.com/owenrumney/go-sarif/v3/pkg/report/v210/sarif", ".", build.FindOnly)
	if err != nil {
		t.Fatal(err)
	}
	source, err := os.ReadFile(filepath.Join(library.Dir, "schema.go"))
	if err != nil {
		t.Fatal(err)
	}
	_, text, _ := strings.Cut(string(source), "const schema = `")
	text, _, _ = strings.Cut(text, "`")
	return newSchema(t, "sarif-schema-2.1.0.json", []byte(text))
}

// checkSARIF reads the report as other tools do.
func checkSARIF(t *testing.T, text string) {
	t.Helper()
	read, err := sarif.FromBytes([]byte(text))
	if err != nil {
		t.Fatalf("%v in:\n%s", err, text)
	}
	driver := read.Runs[0].Tool.Driver
	for _, result := range read.Runs[0].Results {
		if rule := driver.Rules[result.RuleIndex]; *rule.ID != *result.RuleID {
			t.Errorf("rule %d is %s, not %s", result.RuleIndex, *rule.ID, *result.RuleID)
		}
	}
}

func checkJUnit(t *testing.T, r *Report, text string) {
	t.Helper()
	isPlain(t, strings.ReplaceAll(text, "\t", ""))
	suites, err := junit.Ingest([]byte(text))
	if err != nil {
		t.Fatalf("%v in:\n%s", err, text)
	}
	tests, failed := 0, 0
	for _, s := range suites {
		tests += s.Totals.Tests
		failed += s.Totals.Failed
		seen := map[string]bool{}
		for _, c := range s.Tests {
			if seen[c.Name] {
				t.Errorf("two cases are named %q", c.Name)
			}
			seen[c.Name] = true
		}
	}
	wantFailed := 0
	for i := range r.Findings {
		if r.Findings[i].Severity >= r.FailOn {
			wantFailed++
		}
	}
	if tests < len(r.Findings) || failed != wantFailed {
		t.Errorf("%d tests, %d failed; want %d", tests, failed, wantFailed)
	}
	var totals struct {
		Tests    int `xml:"tests,attr"`
		Failures int `xml:"failures,attr"`
	}
	if err := xml.Unmarshal([]byte(text), &totals); err != nil || totals.Tests != tests || totals.Failures != failed {
		t.Errorf("%+v, %v", totals, err)
	}
}
