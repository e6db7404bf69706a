package read

import (
	"cuelang.org/go/cue"

	"github.com/kgen-dev/kgen/pkg/report"
	"github.com/kgen-dev/kgen/pkg/tree"
	"github.com/kgen-dev/kgen/schema"
)

// PolicyKind is one kind that policy is about.
type PolicyKind struct {
	Kind string
	Pos  tree.Pos
	// Fields are those that it names, as far as they can be told without an object.
	Fields []PolicyField
}

// PolicyField is a field that a policy names, with those below it. Of a list it is one of
// what is said of the elements.
type PolicyField struct {
	Name      string
	Pos       tree.Pos
	IsElement bool
	Fields    []PolicyField
}

// isMap reports whether a value that is no mistake is a map, or may be once it is known
// what it waits for.
func isMap(v cue.Value) bool {
	kind := v.IncompleteKind()
	return kind == cue.StructKind || kind == cue.BottomKind
}

// readPolicies lists the kinds of policy.
func (o *Org) readPolicies(r *Runner, sink *report.Sink) {
	if !o.has(orgPolicy) {
		return
	}
	v := r.at(orgPolicy)
	kinds, err := v.Fields(cue.Optional(true))
	if err != nil {
		sink.ErrorAt(r.pos(orgPolicy), schema.InvalidValue, tree.P(orgPolicy), "policy is a map of what objects have to be, by kind")
		return
	}
	for kinds.Next() {
		name := kinds.Selector().Unquoted()
		pos := r.pos(orgPolicy, name)
		switch {
		case kinds.Selector().ConstraintType() != 0:
			sink.ErrorAt(pos, schema.InvalidValue, tree.P(orgPolicy, name), "nothing comes of a kind with ? or !").
				Fix = "leave that out: there need not be any object of a kind"
		case !isMap(kinds.Value()):
			sink.ErrorAt(pos, schema.InvalidValue, tree.P(orgPolicy, name), "what an object of the kind has to be is a map, as in spec: replicas: >=2")
		default:
			o.Policies = append(o.Policies, PolicyKind{name, pos, r.evaluation.policyFields(kinds.Value(), pos, mostNestedFields)})
		}
	}
}

// policyFields are the fields that a policy names below a value; what comes from a
// package and has no place stands at fallback.
func (e *evaluation) policyFields(v cue.Value, fallback tree.Pos, depth int) (below []PolicyField) {
	if depth == 0 {
		return nil
	}
	add := func(name string, isElement bool, v cue.Value) {
		f := PolicyField{Name: name, IsElement: isElement, Pos: fallback}
		if at, found := e.described(v); found {
			f.Pos = at.text.pos(at.offset)
		}
		f.Fields = e.policyFields(v, f.Pos, depth-1)
		below = append(below, f)
	}
	switch v.IncompleteKind() {
	case cue.StructKind, cue.BottomKind:
		fields, err := v.Fields(cue.Optional(true))
		for err == nil && fields.Next() {
			add(fields.Selector().Unquoted(), false, fields.Value())
		}
	case cue.ListKind:
		elements, err := v.List()
		for err == nil && elements.Next() {
			add("", true, elements.Value())
		}
		if any := v.LookupPath(cue.MakePath(cue.AnyIndex)); any.Exists() {
			add("", true, any)
		}
	}
	return below
}
