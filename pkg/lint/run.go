package lint

import (
	"slices"

	"github.com/kgen-dev/kgen/pkg/report"
	"github.com/kgen-dev/kgen/pkg/workers"
)

// Chosen is a rule that is to run.
type Chosen struct {
	*Rule
	// Severity, where it is not nil, is that of all findings.
	Severity *report.Severity
	// Options are the parameters that were set, each of the type of its default.
	Options map[string]any
	// OnlyEnforced is set of a rule that nobody chose: it runs on the pods of the
	// namespaces that demand it.
	OnlyEnforced bool
}

// Run runs rules over all objects of an index, on several goroutines (0 is one a
// processor), and returns what they find, object by object and rule by rule.
func Run(all *Index, rules []Chosen, goroutines int) []Finding {
	found := make([][]Finding, len(all.objects))
	byKind := dispatch(rules)
	workers.Each(len(all.objects), workers.Count(goroutines), func(_, i int) {
		o := all.objects[i]
		if o.IsContext {
			return
		}
		chosen, known := byKind[o.GroupKind()]
		if !known {
			chosen = byKind[""]
		}
		demand := all.demandOn(o)
		isTest := o.isTest()
		w := all.workloads[o]
		r := &Reporter{all: all, object: o, findings: &found[i]} // one after another has it
		for _, c := range chosen {
			if isTest && c.SkipsTests {
				continue
			}
			r.rule, r.options, r.demand, r.container = c.Rule, c.Options, demand.of(c.Rule), ""
			c.run(o, w, r)
		}
	})
	return slices.Concat(found...)
}

// dispatch sorts rules by the kinds they look at, in their order; "" is for kinds that
// no rule names.
func dispatch(rules []Chosen) map[string][]*Chosen {
	byKind := map[string][]*Chosen{"": nil}
	for i := range rules {
		for _, kind := range rules[i].Kinds {
			byKind[kind] = nil
		}
	}
	for kind := range byKind {
		for i := range rules {
			if kinds := rules[i].Kinds; len(kinds) == 0 || slices.Contains(kinds, kind) {
				byKind[kind] = append(byKind[kind], &rules[i])
			}
		}
	}
	return byKind
}

// run runs the rule over an object, which w is where it makes pods.
func (c *Chosen) run(o *Object, w *Workload, r *Reporter) {
	if c.OnlyEnforced && r.demand == nil {
		return
	}
	before := len(*r.findings)
	switch {
	case c.Check != nil:
		c.Check(o, r.all, r)
	case w == nil:
	case c.CheckWorkload != nil:
		c.CheckWorkload(w, r.all, r)
	case c.CheckContainer != nil:
		for i := range w.containers {
			r.container = w.containers[i].Name
			c.CheckContainer(&w.containers[i], r.all, r)
		}
	}
	if r.demand != nil {
		r.demand.mark((*r.findings)[before:])
	}
	if c.Severity != nil {
		for i := before; i < len(*r.findings); i++ {
			(*r.findings)[i].Severity = *c.Severity
		}
	}
}
