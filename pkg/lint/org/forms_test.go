package org

import (
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	admissionv1 "k8s.io/api/admissionregistration/v1"
	"k8s.io/apimachinery/pkg/runtime"

	"github.com/kgen-dev/kgen/pkg/lint"
	"github.com/kgen-dev/kgen/pkg/read"
	"github.com/kgen-dev/kgen/pkg/report"
	"github.com/kgen-dev/kgen/pkg/tree"
	"github.com/kgen-dev/kgen/pkg/validate"
	"github.com/kgen-dev/kgen/pkg/validate/apiserver"
	"github.com/kgen-dev/kgen/pkg/validate/versions"
)

// parse are the objects of a stream of manifests.
func parse(t testing.TB, text string) (objects []*lint.Object) {
	t.Helper()
	sink := &report.Sink{}
	read.Documents(&tree.Source{Name: "manifests.yaml"}, []byte(text), sink, func(n *tree.Node) {
		validate.Elements(n, func(n *tree.Node) {
			o := lint.FromNode(n, ".")
			o.Locate = func(path tree.Path) (tree.Pos, string) { return n.Begin(path), "" }
			objects = append(objects, o)
		})
	})
	for _, f := range sink.Findings {
		t.Fatalf("%s: %s", f.Pos, f.Message)
	}
	return objects
}

// policyOf is the policy of one of kgen's rules.
func policyOf(t *testing.T, rule *lint.Rule) *admissionv1.ValidatingAdmissionPolicy {
	t.Helper()
	objects, left := (&Rules{}).Policies([]lint.Chosen{{Rule: rule}}, versions.Newest)
	if len(left) > 0 || len(objects) != 2 {
		t.Fatalf("%d objects, left: %v", len(objects), left)
	}
	policy, _ := objects[0].Value.(*admissionv1.ValidatingAdmissionPolicy)
	return policy
}

// asStored gives objects the defaults of the API server.
func asStored(objects []*lint.Object) {
	_ = apiserver.As(apiserver.Release{Minor: versions.Newest}, func() {
		for _, o := range objects {
			if value, isTyped := o.Value.(runtime.Object); isTyped {
				apiserver.Create(value)
			}
		}
	})
}

// found are the objects in which a rule of the linter finds something.
func found(t testing.TB, rule *lint.Rule, objects []*lint.Object) (refs []string) {
	t.Helper()
	index := lint.NewIndex(lint.Open, versions.Newest, nil, objects)
	index.Strict = rule.Profile == lint.Strict
	findings := lint.Run(index, []lint.Chosen{{Rule: rule}}, 1)
	for i := range findings {
		refs = append(refs, findings[i].Object.Ref())
	}
	slices.Sort(refs)
	return slices.Compact(refs)
}

// TestFormsAgree runs the examples of every rule that has a form in CEL through both:
// they have to find the same objects, as they are written and as a server stores them.
func TestFormsAgree(t *testing.T) {
	count := 0
	for _, rule := range lint.Rules() {
		if rule.CELForm() == nil {
			continue
		}
		count++
		t.Run(rule.ID, func(t *testing.T) {
			policy := policyOf(t, rule)
			checkForm(t, rule, policy)
			newCluster(t, policy, firstWithPolicies) // later ones know more
		})
	}
	if count < 20 {
		t.Errorf("%d rules have a form, want 20", count)
	}
}

func checkForm(t *testing.T, rule *lint.Rule, policy *admissionv1.ValidatingAdmissionPolicy) {
	t.Helper()
	c := newCluster(t, policy, versions.Newest)
	for name, text := range map[string]string{"Bad": rule.Doc.Bad, "Good": rule.Doc.Good} {
		for _, isStored := range []bool{false, true} {
			objects := parse(t, text)
			want := found(t, rule, objects)
			if isStored {
				asStored(objects)
			}
			var got []string
			for _, o := range objects {
				for _, message := range c.refuse(t, create, o) {
					got = append(got, o.Ref())
					if !strings.HasPrefix(message, rule.Doc.Title+" (") {
						t.Errorf("message %q", message)
					}
				}
			}
			slices.Sort(got)
			if diff := cmp.Diff(want, got); diff != "" || (name == "Bad") != (len(got) > 0) {
				t.Errorf("%s, stored %t (-Go +CEL):\n%s", name, isStored, diff)
			}
		}
	}
}

// TestFormsAgreeOnOthers runs the examples of all rules through each form: what one
// rule is about is a case at the edge of another.
func TestFormsAgreeOnOthers(t *testing.T) {
	var texts []string
	for _, rule := range lint.Rules() {
		texts = append(texts, rule.Doc.Bad, rule.Doc.Good)
	}
	for _, rule := range lint.Rules() {
		if rule.CELForm() == nil {
			continue
		}
		c := newCluster(t, policyOf(t, rule), versions.Newest)
		for _, text := range texts {
			for _, o := range parse(t, text) {
				if _, matches := c.matches(o.GroupKind(), ""); !matches {
					continue
				}
				byRule := len(found(t, rule, []*lint.Object{o})) > 0
				if byForm := len(c.refuse(t, create, o)) > 0; byRule != byForm {
					t.Errorf("%s: rule %t, form %t:\n%s", rule.ID, byRule, byForm, o.AppendYAML(nil))
				}
			}
		}
	}
}
