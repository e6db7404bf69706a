package lint

import (
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/kgen-dev/kgen/pkg/lint/fix"
	"github.com/kgen-dev/kgen/pkg/validate/versions"
)

// TestFixableRules mends the bad example of every rule: what is mended is found no more,
// rules that mend something say so, and a second time changes nothing.
func TestFixableRules(t *testing.T) {
	for _, rule := range Rules() {
		if rule.isAboutIgnores {
			continue
		}
		text := rule.Doc.Bad
		mended, count := mendBy(t, rule, text)
		if (count > 0) != rule.Fixable {
			t.Errorf("%s: Fixable is %t, and %d of its findings are mended", rule.ID, rule.Fixable, count)
		}
		if !rule.Fixable {
			continue
		}
		if told := runOn(t, rule, Open, nil, mended); len(told) > 0 {
			t.Errorf("%s still finds %q in\n%s", rule.ID, told, mended)
		}
		if again, _ := mendBy(t, rule, mended); again != mended {
			t.Errorf("%s, a second time:\n%s", rule.ID, cmp.Diff(mended, again))
		}
	}
}

// mendBy makes the edits of a rule, all of which have to be done.
func mendBy(t *testing.T, rule *Rule, text string) (mended string, count int) {
	t.Helper()
	all := NewIndex(Open, versions.Newest, nil, parseObjects(t, text))
	var edits []fix.Placed
	for _, f := range Run(all, []Chosen{{Rule: rule}}, 1) {
		if f.Edit != nil {
			edits = append(edits, fix.Placed{Line: f.Object.Origin.Line, Col: f.Object.Origin.Col, Edit: *f.Edit})
		}
	}
	data, done := fix.Mend([]byte(text), edits)
	if slices.Contains(done, false) {
		t.Errorf("%s: %v are done of\n%s", rule.ID, done, text)
	}
	return string(data), len(edits)
}
