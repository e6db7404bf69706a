package org

import (
	"context"
	"testing"

	"github.com/google/cel-go/cel"
	"github.com/google/cel-go/common/types"
	admissionv1 "k8s.io/api/admissionregistration/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/runtime"
	"k8s.io/apimachinery/pkg/runtime/schema"
	"k8s.io/apimachinery/pkg/util/version"
	"k8s.io/apiserver/pkg/admission"
	plugincel "k8s.io/apiserver/pkg/admission/plugin/cel"
	"k8s.io/apiserver/pkg/cel/environment"

	"github.com/kgen-dev/kgen/pkg/lint"
)

// cluster is a policy as an API server has it: compiled and evaluated by the code that
// the server's plugin for policies uses.
type cluster struct {
	policy                          *admissionv1.ValidatingAdmissionPolicy
	conditions, validation, message plugincel.ConditionEvaluator
}

// accessor is an expression that gives one type.
type accessor struct {
	name, expression string
	gives            *cel.Type
}

func (a *accessor) GetExpression() string    { return a.expression }
func (a *accessor) ReturnTypes() []*cel.Type { return []*cel.Type{a.gives} }
func (a *accessor) GetName() string          { return a.name }

// newCluster compiles a policy as a server of release 1.minor does, whose expressions
// are those of the release before.
func newCluster(t testing.TB, p *admissionv1.ValidatingAdmissionPolicy, minor int) *cluster {
	t.Helper()
	compiler, err := plugincel.NewCompositedCompiler(environment.MustBaseEnvSet(version.MajorMinor(1, uint(minor-1))))
	if err != nil {
		t.Fatal(err)
	}
	for _, v := range p.Spec.Variables {
		variable := &accessor{v.Name, v.Expression, cel.AnyType}
		result := compiler.CompileAndStoreVariable(variable, plugincel.OptionalVariableDeclarations{HasAuthorizer: true}, environment.NewExpressions)
		if result.Error != nil {
			t.Errorf("%s: variable %s: %v", p.Name, v.Name, result.Error)
		}
	}
	compile := func(hasAuthorizer bool, expressions ...plugincel.ExpressionAccessor) plugincel.ConditionEvaluator {
		declarations := plugincel.OptionalVariableDeclarations{HasAuthorizer: hasAuthorizer}
		condition := compiler.CompileCondition(expressions, declarations, environment.NewExpressions)
		for _, err := range condition.CompilationErrors() {
			t.Errorf("%s: %v", p.Name, err)
		}
		return condition
	}
	var conditions []plugincel.ExpressionAccessor
	for _, c := range p.Spec.MatchConditions {
		conditions = append(conditions, &accessor{c.Name, c.Expression, cel.BoolType})
	}
	v := &p.Spec.Validations[0]
	return &cluster{
		p, compile(true, conditions...), compile(true, &accessor{"", v.Expression, cel.BoolType}),
		compile(false, &accessor{"", v.MessageExpression, cel.StringType}),
	}
}

// request is what the server asks the policy about.
type request struct {
	operation   admission.Operation
	subresource string
}

var create = request{admission.Create, ""}

// matches finds the resource of a kind among those that the policy is for.
func (c *cluster) matches(groupKind, subresource string) (r resource, matches bool) {
	r, _ = resourceOf(groupKind)
	name := r.name
	if subresource != "" {
		name += "/" + subresource
	}
	for _, rule := range c.policy.Spec.MatchConstraints.ResourceRules {
		for _, matched := range rule.Resources {
			if rule.APIGroups[0] == r.group && rule.APIVersions[0] == r.version && matched == name {
				return r, true
			}
		}
	}
	return r, false
}

// refuse returns the messages about those objects that the policy does not let pass.
func (c *cluster) refuse(t testing.TB, q request, objects ...*lint.Object) (messages []string) {
	t.Helper()
	for _, o := range objects {
		r, matches := c.matches(o.GroupKind(), q.subresource)
		value, isTyped := o.Value.(runtime.Object)
		if !matches || !isTyped {
			continue
		}
		kind := schema.FromAPIVersionAndKind(o.APIVersion, o.Kind)
		plural := schema.GroupVersionResource{Group: r.group, Version: r.version, Resource: r.name}
		attributes := admission.NewAttributesRecord(value, nil, kind, o.Namespace, o.Name, plural, q.subresource, q.operation, nil, false, nil)
		versioned := &admission.VersionedAttributes{Attributes: attributes, VersionedKind: kind, VersionedObject: value}
		if allTrue(c.evaluate(t, c.conditions, versioned)) && !allTrue(c.evaluate(t, c.validation, versioned)) {
			for _, result := range c.evaluate(t, c.message, versioned) {
				message, _ := result.EvalResult.Value().(string)
				messages = append(messages, message)
			}
		}
	}
	return messages
}

func (c *cluster) evaluate(t testing.TB, e plugincel.ConditionEvaluator, o *admission.VersionedAttributes) []plugincel.EvaluationResult {
	t.Helper()
	const budget = 10_000_000 // of the server
	asked := plugincel.CreateAdmissionRequest(o.Attributes, metav1.GroupVersionResource(o.GetResource()), metav1.GroupVersionKind(o.VersionedKind))
	results, _, err := e.ForInput(context.Background(), o, asked, plugincel.OptionalVariableBindings{}, nil, budget)
	if err != nil {
		t.Fatalf("%s: %v", c.policy.Name, err)
	}
	for _, result := range results {
		if result.Error != nil {
			t.Fatalf("%s: %v", c.policy.Name, result.Error)
		}
	}
	return results
}

func allTrue(results []plugincel.EvaluationResult) bool {
	for _, result := range results {
		if result.EvalResult != types.True {
			return false
		}
	}
	return true
}
