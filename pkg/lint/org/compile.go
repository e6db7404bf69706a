package org

import (
	"fmt"
	"strings"

	"github.com/google/cel-go/cel"
	"github.com/google/cel-go/common"
	"k8s.io/apimachinery/pkg/util/version"
	celconfig "k8s.io/apiserver/pkg/apis/cel"
	"k8s.io/apiserver/pkg/cel/environment"

	"github.com/kgen-dev/kgen/pkg/report"
	"github.com/kgen-dev/kgen/pkg/tree"
	"github.com/kgen-dev/kgen/pkg/validate/versions"
)

// The names that expressions have for what they judge.
const (
	objectName  = "object"
	objectsName = "objects"
	serviceName = "service"
)

// newEnvironment is the environment of an API server of release 1.minor. It takes new
// expressions in the form of the release before, so that it can be rolled back.
func newEnvironment(minor int) (*cel.Env, error) {
	minor = min(max(minor, versions.Oldest), versions.Newest)
	set, err := environment.MustBaseEnvSet(version.MajorMinor(1, uint(minor-1))).Extend(environment.VersionedOptions{
		IntroducedVersion: version.MajorMinor(1, 0),
		EnvOptions: []cel.EnvOption{
			cel.Variable(objectName, cel.DynType),
			cel.Variable(objectsName, cel.ListType(cel.DynType)),
			cel.Variable(serviceName, cel.DynType),
		},
	})
	if err != nil {
		return nil, fmt.Errorf("extend it: %w", err)
	}
	env, err := set.Env(environment.NewExpressions)
	if err != nil {
		return nil, fmt.Errorf("of new expressions: %w", err)
	}
	return env, nil
}

// maxIssues bounds what is said of one expression: the first mistake makes others.
const maxIssues = 3

// compile compiles the expression, and says what is wrong with it at its place.
func (r *rule) compile(env *cel.Env, at tree.Path, sink *report.Sink) {
	ast, issues := env.Compile(r.written.Expression)
	if issues.Err() != nil {
		for _, e := range issues.Errors()[:min(len(issues.Errors()), maxIssues)] {
			r.tell(e, at, sink)
		}
		return
	}
	if !ast.OutputType().IsExactType(cel.BoolType) {
		sink.Errorf(RuleExpression, at, "the expression has to be true or false, and is of type %s", ast.OutputType()).
			Fix = "compare it, as in object.spec.hostNetwork == false"
		return
	}
	r.uses = usesOf(ast.NativeRep())
	program, err := env.Program(ast, r.limit())
	if err != nil {
		sink.Errorf(RuleExpression, at, "%v", err)
		return
	}
	r.program = program
}

// limit is what one evaluation may cost: what it may in a cluster, and more where all
// objects are looked at.
func (r *rule) limit() cel.ProgramOption {
	if r.uses.objects {
		return cel.CostLimit(celconfig.RuntimeCELCostBudget)
	}
	return cel.CostLimit(celconfig.PerCallLimit)
}

// tell reports what CEL says of the expression, or of its place in it.
func (r *rule) tell(e *common.Error, at tree.Path, sink *report.Sink) {
	message := strings.ReplaceAll(e.Message, " (in container '')", "")
	f := sink.Errorf(RuleExpression, at, "%s: %s", r.where(e.Location), oneLine(message))
	if strings.Contains(message, "undeclared reference") {
		f.Fix = "an expression is about object, objects and service"
	}
}

// where is a place in the expression, for people.
func (r *rule) where(at common.Location) string {
	if strings.Contains(strings.TrimSpace(r.written.Expression), "\n") {
		return fmt.Sprintf("line %d, column %d of the expression", at.Line(), at.Column()+1)
	}
	return fmt.Sprintf("column %d of the expression", at.Column()+1)
}
