// Package policy runs the policy of an organisation, which it writes in CUE in kgen.cue,
// over rendered objects and manifests.
package policy

import (
	"slices"
	"strings"
	"sync"

	"github.com/kgen-dev/kgen/pkg/lint"
	"github.com/kgen-dev/kgen/pkg/manifest"
	"github.com/kgen-dev/kgen/pkg/read"
	"github.com/kgen-dev/kgen/pkg/report"
	"github.com/kgen-dev/kgen/pkg/tree"
)

// Prefix starts the ids of rules that are made of a policy.
const Prefix = "policy/"

// policy is what objects of one kind have to be.
type policy struct {
	lint.Rule
	written read.PolicyKind
	runners *runners
	// isBroken is set where it asks for what no object has, which was told.
	isBroken bool
}

// Rules are the rules that a policy comes to, one a kind; none without an Org. onEvaluate
// is as in read.CUE. Kinds and fields that Kubernetes does not have are reported.
func Rules(org *read.Org, onEvaluate func(string) func(), sink *report.Sink) (rules []*lint.Rule) {
	if org == nil {
		return nil
	}
	all := &runners{org: org, onEvaluate: onEvaluate}
	for _, written := range org.Policies {
		p := &policy{written: written, runners: all}
		known := known(written.Kind)
		p.isBroken = judgeKind(written, sink) || judgeFields(written, known, sink)
		p.Rule = lint.Rule{
			ID: Prefix + strings.ToLower(written.Kind), Severity: report.Error, Kinds: known, Check: p.check,
			Doc: lint.Doc{
				Title: "a " + written.Kind + " is not what the policy in " + written.Pos.File() + " says",
				Why:   "who keeps the organisation's rules decided so",
				Fix:   "write what the policy asks for, or ignore " + Prefix + strings.ToLower(written.Kind) + " with a reason",
			},
		}
		rules = append(rules, &p.Rule)
	}
	return rules
}

// known are the kinds of Kubernetes that a word means, as the linter names them; none
// where it is a custom one.
func known(word string) (found []string) {
	for _, k := range manifest.Kinds() {
		groupKind := lint.GroupKind(k.APIVersion, k.Kind)
		if (k.Kind == word || groupKind == word) && !slices.Contains(found, groupKind) {
			found = append(found, groupKind)
		}
	}
	return found
}

// looksAt reports whether an object is of the policy's kind.
func (p *policy) looksAt(o *lint.Object) bool {
	return len(p.Kinds) > 0 || o.Kind == p.written.Kind || o.GroupKind() == p.written.Kind
}

func (p *policy) check(o *lint.Object, _ *lint.Index, to *lint.Reporter) {
	if p.isBroken || !p.looksAt(o) || len(o.Unread) > 0 {
		return
	}
	runner := p.runners.take()
	defer p.runners.give(runner)
	sink := &report.Sink{}
	misfits := runner.Policy(p.written.Kind, written(o), sink)
	for _, f := range sink.Findings {
		to.AtUnread(nil, "the policy in %s cannot judge it: %s", p.written.Pos, f.Message)
	}
	for _, m := range misfits {
		by := p.written.Pos
		if m.By.IsValid() {
			by = m.By
		}
		to.At(m.Path, "%s, by the policy in %s", said(o, &m), by)
	}
}

// said is what is wrong. A value of a Secret is never printed.
func said(o *lint.Object, m *read.Misfit) string {
	switch {
	case o.Kind == "Secret" && len(m.Path) > 0 && (m.Path[0] == any("data") || m.Path[0] == any("stringData")) && !m.IsWorded:
		return m.Path[:1].String() + ": does not fit; values of Secrets are not printed"
	case m.IsWorded || len(m.Path) == 0:
		return m.Message
	}
	return m.Path.String() + ": " + m.Message
}

// written is an object as a manifest.
func written(o *lint.Object) (root *tree.Node) {
	if n := o.Node(); n != nil {
		return n
	}
	read.Documents(&tree.Source{}, manifest.Append(nil, o.Value), &report.Sink{}, func(n *tree.Node) { root = n })
	return root
}

// runners are those of the goroutines that lint, made as they are needed.
type runners struct {
	org        *read.Org
	onEvaluate func(string) func()
	mutex      sync.Mutex
	idle       []*read.Runner
}

func (r *runners) take() *read.Runner {
	r.mutex.Lock()
	defer r.mutex.Unlock()
	if last := len(r.idle) - 1; last >= 0 {
		runner := r.idle[last]
		r.idle = r.idle[:last]
		return runner
	}
	return r.org.Runner(r.onEvaluate)
}

func (r *runners) give(runner *read.Runner) {
	r.mutex.Lock()
	defer r.mutex.Unlock()
	r.idle = append(r.idle, runner)
}
