package report

import (
	"testing"

	"github.com/kgen-dev/kgen/pkg/tree"
)

// FuzzFormats demands that whatever people write, readers of each format can read it.
func FuzzFormats(f *testing.F) {
	f.Add("a.yaml", "rule", "Deployment/web", "message", "line", int32(1), uint8(0))
	f.Add("a,b:c%.yaml", "a::b", "x ::error::", "two\r\nlines %0A", "]]>", int32(0), uint8(1))
	f.Add("../\xff\x00", "", "\x1b[2J", "<![CDATA[ & \u2028\u0085\ufffe", "{\"\\", int32(-1), uint8(2))
	f.Add("C:/x y#?.yaml", "r:1", "", "\u202e", "\t", int32(7), uint8(2))
	f.Add("//x", "/", "a", "[a](b) {0}", "", int32(7), uint8(1))
	checks := checks(f)
	f.Fuzz(func(t *testing.T, file, id, object, message, more string, line int32, severity uint8) {
		if line < 0 {
			line = 0 // a Pos has none
		}
		finding := Finding{
			Pos: tree.Pos{Source: &tree.Source{Name: file}, Line: line, Col: line}, Severity: Severity(severity % 3), ID: id, Path: tree.P(more),
			Message: message, Why: more, Fix: message, Field: more, Services: []string{more}, Environments: []string{object},
			Objects: []string{object, more}, Related: []Related{{Pos: tree.Pos{Source: &tree.Source{Name: more}}, Object: message}},
		}
		bare := Finding{Pos: finding.Pos, Severity: Error, ID: more, Message: message, Path: tree.P(object)}
		r := &Report{
			Tool: more, Dir: "shop", Files: []string{file, more}, Findings: []Finding{finding, bare, finding}, FailOn: Warning,
			Rules: []RuleInfo{{ID: id, Title: message, Why: more, Help: more, Tags: []string{object, object}}},
		}
		for format, p := range printers(t) {
			checks[format](t, r, output(t, p, r))
		}
	})
}
