package org

import (
	"fmt"
	"slices"
	"strings"

	admissionv1 "k8s.io/api/admissionregistration/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/utils/ptr"

	"github.com/kgen-dev/kgen/pkg/lint"
	"github.com/kgen-dev/kgen/pkg/report"
)

// policy is what a ValidatingAdmissionPolicy is made of.
type policy struct {
	id         string
	severity   report.Severity
	title, fix string
	resources  []resource
	expression string // true of what is right; of an element called c where each is set
	each       string // the variable that has the elements
	// always says, in CEL, when an object is judged although a controller made it:
	// its owner was judged. Empty is never.
	always string
	debugs bool // debug containers are judged
}

// name tells kgen's policies from others of the cluster.
func (p *policy) name() string { return "kgen-" + p.id }

func (p *policy) meta(kind string) (metav1.TypeMeta, metav1.ObjectMeta) {
	return metav1.TypeMeta{APIVersion: "admissionregistration.k8s.io/v1", Kind: kind},
		metav1.ObjectMeta{Name: p.name(), Labels: map[string]string{"app.kubernetes.io/managed-by": "kgen"}}
}

// manifest is the policy itself.
func (p *policy) manifest() *admissionv1.ValidatingAdmissionPolicy {
	vap := &admissionv1.ValidatingAdmissionPolicy{}
	vap.TypeMeta, vap.ObjectMeta = p.meta("ValidatingAdmissionPolicy")
	expression := p.expression
	if p.each != "" {
		expression = fmt.Sprintf("variables.%s.all(c, %s)", p.each, p.expression)
	}
	vap.Spec = admissionv1.ValidatingAdmissionPolicySpec{
		FailurePolicy:    ptr.To(admissionv1.Fail),
		MatchConstraints: &admissionv1.MatchResources{ResourceRules: p.rules()},
		MatchConditions:  p.conditions(),
		Variables:        variablesOf(expression),
		Validations: []admissionv1.Validation{{
			Expression: expression, Message: p.message(), MessageExpression: p.messageExpression(),
		}},
	}
	return vap
}

// binding puts the policy into force. The namespaces of the cluster itself are left
// out, for a mistake there would stop it.
func (p *policy) binding() *admissionv1.ValidatingAdmissionPolicyBinding {
	b := &admissionv1.ValidatingAdmissionPolicyBinding{}
	b.TypeMeta, b.ObjectMeta = p.meta("ValidatingAdmissionPolicyBinding")
	b.Spec = admissionv1.ValidatingAdmissionPolicyBindingSpec{
		PolicyName:        p.name(),
		ValidationActions: []admissionv1.ValidationAction{actions[p.severity]},
		MatchResources: &admissionv1.MatchResources{NamespaceSelector: &metav1.LabelSelector{
			MatchExpressions: []metav1.LabelSelectorRequirement{{
				Key: "kubernetes.io/metadata.name", Operator: metav1.LabelSelectorOpNotIn,
				Values: []string{"kube-node-lease", "kube-public", "kube-system"},
			}},
		}},
	}
	return b
}

// rules match the resources, those of one group and version together.
func (p *policy) rules() (rules []admissionv1.NamedRuleWithOperations) {
	for _, r := range p.resources {
		names := []string{r.name}
		if p.debugs && r.name == "pods" {
			names = append(names, "pods/ephemeralcontainers")
		}
		i := slices.IndexFunc(rules, func(rule admissionv1.NamedRuleWithOperations) bool {
			return rule.APIGroups[0] == r.group && rule.APIVersions[0] == r.version
		})
		if i < 0 {
			i = len(rules)
			rule := admissionv1.Rule{APIGroups: []string{r.group}, APIVersions: []string{r.version}}
			operations := []admissionv1.OperationType{admissionv1.Create, admissionv1.Update}
			rules = append(rules, admissionv1.NamedRuleWithOperations{
				RuleWithOperations: admissionv1.RuleWithOperations{Operations: operations, Rule: rule},
			})
		}
		rules[i].Resources = append(rules[i].Resources, names...)
	}
	return rules
}

// conditions leave out what must not be stopped: what is on its way out could never go
// while a finalizer cannot be removed, and controllers have to be able to change, as
// to scale down, what was there before the policy.
func (p *policy) conditions() []admissionv1.MatchCondition {
	unowned := "!has(object.metadata.ownerReferences)"
	if p.always != "" {
		unowned = p.always + " || " + unowned
	}
	return []admissionv1.MatchCondition{
		{Name: "not-being-deleted", Expression: "!has(object.metadata.deletionTimestamp)"},
		{Name: "not-left-to-a-controller", Expression: unowned},
	}
}

// variablesOf are the variables that an expression refers to, in their order, with
// those that they refer to.
func variablesOf(expression string) (used []admissionv1.Variable) {
	for _, v := range slices.Backward(lint.CELVariables()) {
		if refersTo(expression, v.Name) {
			used = append(used, admissionv1.Variable{Name: v.Name, Expression: v.Expression})
			expression += " " + v.Expression
		}
	}
	slices.Reverse(used)
	return used
}

func refersTo(expression, variable string) bool {
	for _, rest := range strings.Split(expression, "variables.")[1:] {
		if end := strings.IndexFunc(rest, isNoLetter); rest == variable || end >= 0 && rest[:end] == variable {
			return true
		}
	}
	return false
}

func isNoLetter(r rune) bool { return (r < 'a' || r > 'z') && (r < 'A' || r > 'Z') }

// message says what is wrong, with what, and how to mend it.
func (p *policy) message() string { return p.title + p.remedy() }

func (p *policy) remedy() string {
	if p.fix == "" {
		return ""
	}
	return ": " + p.fix
}

// messageExpression is the message with the containers that it is about, or with the
// object, which warnings do not name.
func (p *policy) messageExpression() string {
	with := "request.kind.kind + (has(request.name) ? ' ' + request.name : '')"
	if p.each != "" {
		with = fmt.Sprintf("variables.%s.filter(c, !(%s)).map(c, c.name).join(', ')", p.each, p.expression)
	}
	return quoted(p.title+" (") + " + " + with + " + " + quoted(")"+p.remedy())
}

// quoted is a text in one line as CEL has it.
func quoted(text string) string {
	return "'" + strings.NewReplacer(`\`, `\\`, "'", `\'`).Replace(text) + "'"
}
