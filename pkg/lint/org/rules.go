// Package org runs the rules of an organisation, which it writes in CEL in kgen.cue,
// and exports them, with rules of kgen's own, as admission policies.
//
// The environment is that of the API server, so that an expression that compiles here
// does in a cluster. It is made when there is a rule, for it takes milliseconds.
package org

import (
	"cmp"
	"regexp"
	"slices"
	"strings"

	"github.com/google/cel-go/cel"

	"github.com/kgen-dev/kgen/pkg/lint"
	"github.com/kgen-dev/kgen/pkg/manifest"
	"github.com/kgen-dev/kgen/pkg/report"
	"github.com/kgen-dev/kgen/pkg/tree"
	"github.com/kgen-dev/kgen/schema"
)

// The ids of findings about the rules themselves.
const (
	RuleID         = "lint/rule-id"
	RuleKind       = "lint/rule-kind"
	RuleExpression = "lint/rule-expression"
	RuleExample    = "lint/rule-example"
	RuleUntested   = "lint/rule-untested"
)

// Rules are the rules of an organisation, in the order written. The zero value has
// none.
type Rules struct {
	list []*rule
	at   tree.Path // of the map of rules in the tree of kgen.cue
}

// rule is one of them.
type rule struct {
	lint.Rule
	written *schema.LintRule
	kinds   kinds
	program cel.Program // nil where the expression has a mistake
	uses    *uses
	values  *values
	budget  uint64 // of an expression over all objects
}

// Compile compiles rules, which stand at a path of the sink's tree, for the API server
// of Kubernetes 1.minor. What is wrong with one goes to the sink; it then finds
// nothing, and may be named all the same.
func Compile(written schema.Map[schema.LintRule], at tree.Path, minor int, sink *report.Sink) *Rules {
	rules := &Rules{at: at}
	if len(written) == 0 {
		return rules
	}
	env, err := newEnvironment(minor)
	if err != nil {
		sink.Errorf(RuleExpression, at, "make the environment of CEL: %v", err)
		return rules
	}
	values := newValues()
	for i := range written {
		id, w := written[i].Key, &written[i].Value
		if !isID(id, at, sink) {
			continue
		}
		r := newRule(id, w, values)
		warnOfKinds(w.Kinds, at.With(id, "kinds"), sink)
		r.compile(env, at.With(id, "expression"), sink)
		rules.list = append(rules.list, r)
	}
	return rules
}

// ids are what an id looks like: it becomes the name of a policy, and stands in lists.
var ids = regexp.MustCompile(`^[a-z0-9]+([-.][a-z0-9]+)*$`)

// longestID leaves room for the prefix of policies.
const longestID = 200

// isID reports whether a rule may be called so.
func isID(id string, at tree.Path, sink *report.Sink) bool {
	if !ids.MatchString(id) || len(id) > longestID {
		sink.KeyErrorf(RuleID, at.With(id), "%q is no id of a rule: it consists of small letters, digits and hyphens", id)
		return false
	}
	isTaken := slices.Contains(lint.IDs(), id)
	if isTaken {
		sink.KeyErrorf(RuleID, at.With(id), "kgen has a rule %s itself", id).Fix = "give yours another id"
	}
	return !isTaken
}

// newRule is a rule before it is compiled.
func newRule(id string, w *schema.LintRule, values *values) *rule {
	r := &rule{written: w, kinds: kindsOf(w.Kinds), values: values, budget: defaultBudget}
	r.Rule = lint.Rule{
		ID: id, Severity: report.Warning, Kinds: r.kinds.exact(), Check: r.check,
		Doc: lint.Doc{Title: cmp.Or(oneLine(w.Message), id), Bad: examplesText(w.Bad), Good: examplesText(w.Good)},
	}
	for severity, word := range map[report.Severity]string{report.Info: "info", report.Error: "error"} {
		if w.Severity == word {
			r.Severity = severity
		}
	}
	return r
}

// examplesText are the manifests of examples as a stream.
func examplesText(examples []schema.Manifest) string {
	var text []byte
	for i, n := range examples {
		if i > 0 {
			text = append(text, "---\n"...)
		}
		text = manifest.Append(text, n)
	}
	return string(text)
}

// Lint are the rules as the linter runs them, always the same for one Rules.
func (r *Rules) Lint() (rules []*lint.Rule) {
	for _, own := range r.list {
		rules = append(rules, &own.Rule)
	}
	return rules
}

// of is the rule of the organisation that one of the linter is; nil for kgen's own.
func (r *Rules) of(one *lint.Rule) *rule {
	for _, own := range r.list {
		if &own.Rule == one {
			return own
		}
	}
	return nil
}

// oneLine is a text as findings and policies have it.
func oneLine(text string) string {
	return report.OneLine(strings.Join(strings.Fields(strings.ToValidUTF8(text, "\uFFFD")), " "))
}
