package lint

import (
	"slices"
	"testing"
)

// TestCELForms demands that each form is of one rule, for kinds that it looks at.
func TestCELForms(t *testing.T) {
	rules, met := map[string]*Rule{}, map[string]bool{}
	for _, rule := range Rules() {
		rules[rule.ID] = rule
	}
	for _, forms := range []map[string]CELForm{celFormsOfObjects, celFormsOfPods, celFormsOfContainers} {
		for id, form := range forms {
			rule := rules[id]
			if rule == nil || met[id] {
				t.Errorf("%s: no rule, or two forms", id)
				continue
			}
			met[id] = true
			for _, kind := range form.Kinds {
				if len(rule.Kinds) > 0 && !slices.Contains(rule.Kinds, kind) {
					t.Errorf("%s: the rule does not look at %s", id, kind)
				}
			}
			if (form.Each != "") != (rule.CheckContainer != nil) && rule.CheckWorkload == nil {
				t.Errorf("%s: Each is %q", id, form.Each)
			}
		}
	}
}
