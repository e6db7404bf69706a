package org

import (
	"errors"
	"fmt"
	"strings"

	"github.com/google/cel-go/common/types"
	celconfig "k8s.io/apiserver/pkg/apis/cel"

	"github.com/kgen-dev/kgen/pkg/lint"
	"github.com/kgen-dev/kgen/pkg/report"
)

// check is Check of the linter's rule. What is found is placed at the value that the
// expression is about, or at the one that has all of them.
func (r *rule) check(o *lint.Object, all *lint.Index, to *lint.Reporter) {
	if !r.looksAt(o) {
		return
	}
	v := r.verdict(o, all)
	switch {
	case v.err != nil:
		f := to.AtUnread(r.uses.at, "rule %s cannot judge %s: %v", r.ID, o.Ref(), v.err).As(report.Error)
		if strings.Contains(v.err.Error(), "no such key") {
			f.With("ask with has() first, for what nobody wrote is not there: objects are judged without the defaults of the API server")
		}
	case v.isWrong:
		to.AtUnread(r.uses.at, "%s", r.Doc.Title)
	}
}

// looksAt reports whether an object is judged: one of the rule's kinds of which
// everything could be read that the expression is about.
func (r *rule) looksAt(o *lint.Object) bool {
	return r.program != nil && r.kinds.have(o.GroupKind()) && !r.uses.isUnread(o)
}

// verdict is what came of an expression.
type verdict struct {
	isWrong bool
	err     error
}

func (r *rule) verdict(o *lint.Object, all *lint.Index) verdict {
	if !r.uses.objects {
		v, _ := r.judge(o, all)
		return v
	}
	verdicts := lint.Memo(all, verdictsKey{r}, func() map[*lint.Object]verdict { return r.judgeAll(all) })
	return verdicts[o]
}

type verdictsKey struct{ rule *rule }

// defaultBudget is what an expression over all objects may cost for all of them
// together, in CEL's units. It is used up in less than a minute.
const defaultBudget = 30_000_000

// judgeAll judges one object after the other, for it takes longer with the square of
// their number: where the budget is used up it ends, always at the same object.
func (r *rule) judgeAll(all *lint.Index) map[*lint.Object]verdict {
	verdicts := map[*lint.Object]verdict{}
	spent, count := uint64(0), 0
	for _, o := range all.Objects() {
		if o.IsContext || !r.looksAt(o) {
			continue
		}
		if spent > r.budget {
			verdicts[o] = verdict{err: fmt.Errorf("it looks at too many others, and stops here, as number %d: compare their kind first", count+1)}
			break
		}
		v, cost := r.judge(o, all)
		verdicts[o] = v
		spent += cost
		count++
	}
	return verdicts
}

// judge evaluates the expression, and returns what that cost.
func (r *rule) judge(o *lint.Object, all *lint.Index) (v verdict, cost uint64) {
	variables := map[string]any{objectName: r.values.object(o)}
	if r.uses.objects {
		variables[objectsName] = r.values.objects(o, all, r.uses)
	}
	if r.uses.service {
		variables[serviceName] = r.values.service(o, all)
	}
	result, details, err := r.program.Eval(variables)
	if details != nil && details.ActualCost() != nil {
		cost = *details.ActualCost()
	}
	if err != nil {
		err = r.explained(err, o)
		if errors.Is(err, errTooCostly) {
			cost = celconfig.RuntimeCELCostBudget
		}
		return verdict{err: err}, cost
	}
	isRight, isBool := result.Value().(bool)
	if !isBool {
		return verdict{err: fmt.Errorf("the expression is of type %s", result.Type().TypeName())}, cost
	}
	return verdict{isWrong: !isRight}, cost
}

// errTooCostly stands for CEL's own words, which say nothing of a limit that people
// could know.
var errTooCostly = errors.New("the expression does more work than a cluster lets it")

// explained is an error of an evaluation with its place in the expression, and without
// the values of Secrets.
func (r *rule) explained(err error, o *lint.Object) error {
	message := oneLine(err.Error())
	if strings.Contains(message, "cost limit exceeded") {
		return errTooCostly
	}
	if (r.uses.objects || o.GroupKind() == "Secret") && !isWithoutValues(message) {
		message = "it fails at a value"
	}
	var at *types.Err
	if errors.As(err, &at) {
		if place := r.uses.source.GetStartLocation(at.NodeID()); place.Line() > 0 {
			message += ", at " + r.where(place)
		}
	}
	return errors.New(message)
}

// isWithoutValues reports whether an error of CEL names types and keys alone.
func isWithoutValues(message string) bool {
	for _, prefix := range []string{"no such overload", "index out of bounds", "divide by zero", "modulus by zero", "no such key"} {
		if strings.HasPrefix(message, prefix) {
			return true
		}
	}
	return false
}
