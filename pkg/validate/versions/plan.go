package versions

import (
	"reflect"
	"slices"
	"strings"
	"sync"
)

// plan says which fields of a Go type are worth looking at: those that rules are
// about, and those that lead to such. A field that cannot be unavailable is in no
// plan, so a walk visits little of an object.
type plan struct {
	steps []step
	leads bool // any step is left
}

// step is one field of a type.
type step struct {
	index []int // as reflect.Value.FieldByIndex has it
	name  any   // a string, boxed once for all paths
	rules []rule
	below *plan // of the struct that the field holds, points to or lists; or nil
}

// planKey is what a plan is made for. The rules of a plan with explicit gates are
// all that there are, and asked of the gates when a field is set.
type planKey struct {
	typ     reflect.Type
	minor   int
	isExact bool
}

var plans sync.Map // planKey -> *plan

// planFor returns the plan of a struct type, or nil when nothing in it can be
// unavailable.
func planFor(typ reflect.Type, minor int, hasGates bool) *plan {
	key := planKey{typ, minor, !hasGates}
	found, ok := plans.Load(key)
	if !ok {
		m := planner{key: key, made: map[string]*plan{}, whole: map[reflect.Type]*plan{}}
		found = m.plan(typ, nil)
		m.prune()
		for below, p := range m.whole { // other kinds have pod templates too
			plans.LoadOrStore(planKey{below, minor, !hasGates}, p)
		}
	}
	if p := found.(*plan); p.leads {
		return p
	}
	return nil
}

// planner makes the plans of a type and of all below. Types may be recursive.
type planner struct {
	key  planKey
	made map[string]*plan
	all  []*plan
	// whole are the plans that hold wherever the type stands.
	whole map[reflect.Type]*plan
}

// pending is a gated field that begins at a type further up: rest is what is left
// of its path.
type pending struct {
	gated *gatedField
	rest  string
}

func (m *planner) plan(typ reflect.Type, open []pending) *plan {
	id := typ.String()
	for _, o := range open {
		id += " " + o.gated.on + " " + o.gated.field + " " + o.rest
	}
	if p := m.made[id]; p != nil {
		return p
	}
	p := &plan{}
	if len(open) == 0 {
		if known, ok := plans.Load(planKey{typ, m.key.minor, m.key.isExact}); ok {
			return known.(*plan)
		}
		m.whole[typ] = p
	}
	m.made[id] = p
	m.all = append(m.all, p)
	name := nameOf(typ)
	for i := range gated {
		if gated[i].on == name {
			open = append(slices.Clip(open), pending{&gated[i], gated[i].field})
		}
	}
	m.fields(p, name, typ, nil, open)
	return p
}

// fields adds the fields of a struct; those of inlined structs count as its own.
func (m *planner) fields(p *plan, owner string, typ reflect.Type, at []int, open []pending) {
	for i := range typ.NumField() {
		f := typ.Field(i)
		index := append(slices.Clip(at), i)
		name, options, _ := strings.Cut(f.Tag.Get("json"), ",")
		switch {
		case !f.IsExported() || name == "-":
		case name == "" && f.Type.Kind() == reflect.Struct && (f.Anonymous || strings.Contains(options, "inline")):
			m.fields(p, owner, f.Type, index, open)
		case name != "":
			m.field(p, step{index: index, name: name}, owner, name, f.Type, open)
		}
	}
}

func (m *planner) field(p *plan, s step, owner, name string, typ reflect.Type, open []pending) {
	if life := fieldLifeOf(owner, name); life != nil && life.since > 0 {
		m.rule(&s, rule{since: life.since})
	}
	var further []pending
	for _, o := range open {
		first, rest, isLonger := strings.Cut(o.rest, ".")
		switch {
		case first != name:
		case isLonger:
			further = append(further, pending{o.gated, rest})
		default:
			m.rule(&s, rule{gated: o.gated})
		}
	}
	if below := structOf(typ); below != nil {
		s.below = m.plan(below, further)
	}
	if len(s.rules) > 0 || s.below != nil {
		p.steps = append(p.steps, s)
	}
}

// rule adds a rule that may apply.
func (m *planner) rule(s *step, r rule) {
	if m.key.isExact && r.isOpen(m.key.minor, nil) {
		return
	}
	s.rules = append(s.rules, r)
}

// prune takes away the steps that lead nowhere.
func (m *planner) prune() {
	for changed := true; changed; {
		changed = false
		for _, p := range m.all {
			if !p.leads && slices.ContainsFunc(p.steps, step.isNeeded) {
				p.leads, changed = true, true
			}
		}
	}
	for _, p := range m.all {
		p.steps = slices.DeleteFunc(p.steps, func(s step) bool { return !s.isNeeded() })
		for i := range p.steps {
			if s := &p.steps[i]; s.below != nil && !s.below.leads {
				s.below = nil
			}
		}
	}
}

func (s step) isNeeded() bool { return len(s.rules) > 0 || s.below != nil && s.below.leads }

// structOf is the struct of Kubernetes' API that a field of a type holds, points to
// or lists; nil for anything else.
func structOf(typ reflect.Type) reflect.Type {
	for typ.Kind() == reflect.Pointer || typ.Kind() == reflect.Slice {
		typ = typ.Elem()
	}
	if typ.Kind() != reflect.Struct || !strings.HasPrefix(typ.PkgPath(), "k8s.io/") {
		return nil
	}
	return typ
}

// nameOf is a type as the tables have it: "core/v1.Container".
func nameOf(typ reflect.Type) string {
	path := strings.Split(typ.PkgPath(), "/")
	return strings.Join(path[max(0, len(path)-2):], "/") + "." + typ.Name()
}
