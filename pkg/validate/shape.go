package validate

import (
	admissionregistrationv1 "k8s.io/api/admissionregistration/v1"

	"github.com/kgen-dev/kgen/pkg/tree"
)

// shapes are kinds that the server has, and of which kgen knows the fields but no
// rules. They are those that many charts hold: each API group makes the program a
// megabyte larger.
var shapes = []struct {
	apiVersion, kind string
	empty            func() any
}{
	{"admissionregistration.k8s.io/v1", "MutatingAdmissionPolicy", emptyOf[admissionregistrationv1.MutatingAdmissionPolicy]},
	{"admissionregistration.k8s.io/v1", "MutatingAdmissionPolicyBinding", emptyOf[admissionregistrationv1.MutatingAdmissionPolicyBinding]},
	{"admissionregistration.k8s.io/v1", "MutatingWebhookConfiguration", emptyOf[admissionregistrationv1.MutatingWebhookConfiguration]},
	{"admissionregistration.k8s.io/v1", "ValidatingAdmissionPolicy", emptyOf[admissionregistrationv1.ValidatingAdmissionPolicy]},
	{"admissionregistration.k8s.io/v1", "ValidatingAdmissionPolicyBinding", emptyOf[admissionregistrationv1.ValidatingAdmissionPolicyBinding]},
	{"admissionregistration.k8s.io/v1", "ValidatingWebhookConfiguration", emptyOf[admissionregistrationv1.ValidatingWebhookConfiguration]},
}

func emptyOf[T any]() any { return new(T) }

// shapeOf judges of a built-in kind without rules what can be judged.
func shapeOf(n *tree.Node, apiVersion, kind string) []Problem {
	for _, s := range shapes {
		if s.apiVersion == apiVersion && s.kind == kind {
			rest := unchecked(apiVersion, kind, "kgen knows its fields, and none of its rules", "")
			return besides(n, tree.Decode(n, s.empty()), []Problem{rest})
		}
	}
	return []Problem{unchecked(apiVersion, kind, "kgen knows its API version, and nothing else of it", "")}
}
