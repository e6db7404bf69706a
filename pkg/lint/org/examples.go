package org

import (
	"strings"

	"github.com/kgen-dev/kgen/pkg/lint"
	"github.com/kgen-dev/kgen/pkg/report"
	"github.com/kgen-dev/kgen/pkg/tree"
	"github.com/kgen-dev/kgen/pkg/validate"
	"github.com/kgen-dev/kgen/pkg/validate/versions"
	"github.com/kgen-dev/kgen/schema"
)

// example is a manifest that a rule is tested by: what is judged, and what the
// expression sees beside it.
type example struct {
	judged  []*lint.Object
	index   *lint.Index
	service *tree.Node
}

// exampleService is the name of the service in an example.
const exampleService = "example"

// Test runs each rule over the examples beside it: it has to find every bad one, and
// no good one. Mistakes go to the sink, at the example.
func (r *Rules) Test(sink *report.Sink) {
	for _, one := range r.list {
		if one.program == nil {
			continue // which is told
		}
		at := r.at.With(one.ID)
		if missing := one.untested(); missing != "" {
			sink.KeyErrorf(RuleUntested, at, "rule %s has no %s example", one.ID, missing).Severity = report.Warning
		}
		for _, list := range []struct {
			field    string
			examples []schema.Manifest
			isBad    bool
		}{{"bad", one.written.Bad, true}, {"good", one.written.Good, false}} {
			for i, n := range list.examples {
				one.test(n, at.With(list.field, i), list.isBad, sink)
			}
		}
	}
}

// untested is which examples a rule lacks.
func (r *rule) untested() string {
	switch hasBad, hasGood := len(r.written.Bad) > 0, len(r.written.Good) > 0; {
	case !hasBad && !hasGood:
		return "bad and no good"
	case !hasBad:
		return "bad"
	case !hasGood:
		return "good"
	}
	return ""
}

// test reports what a rule does wrong with one example.
func (r *rule) test(n *tree.Node, at tree.Path, isBad bool, sink *report.Sink) {
	e := newExample(n)
	if len(e.judged) == 0 {
		sink.Errorf(RuleExample, at, "an example is a manifest, with apiVersion and kind, or has one under %s, beside %s and %s",
			objectName, objectsName, serviceName)
		return
	}
	isFound, isForKind := false, false
	for _, o := range e.judged {
		if !r.kinds.have(o.GroupKind()) {
			continue
		}
		isForKind = true
		v, _ := r.judge(o, e.index)
		if v.err != nil {
			sink.Errorf(RuleExample, at, "rule %s cannot judge the example %s: %v", r.ID, o.Ref(), v.err)
			return
		}
		isFound = isFound || v.isWrong
	}
	switch {
	case !isForKind:
		sink.Errorf(RuleExample, at, "rule %s does not look at the example, which is a %s", r.ID, e.judged[0].Kind).
			Fix = "the kinds of the rule are " + strings.Join(r.written.Kinds, ", ")
	case isBad && !isFound:
		sink.Errorf(RuleExample, at, "rule %s does not find the bad example", r.ID)
	case !isBad && isFound:
		sink.Errorf(RuleExample, at, "rule %s finds the good example", r.ID)
	}
}

// newExample reads an example: a manifest, or one as the variables of expressions are
// called, under object, with others under objects and a service.
func newExample(n *tree.Node) *example {
	e := &example{}
	others := n
	if n.Get("kind") == nil && n.Get(objectName) != nil {
		others, e.service = n.Get(objectsName), n.Get(serviceName)
		e.judged = e.read(n.Get(objectName))
	} else {
		e.judged, others = e.read(n), nil
	}
	objects := e.judged
	if others != nil && others.Kind == tree.List {
		for i := range others.Fields {
			objects = append(objects, e.read(others.Fields[i].Value)...)
		}
	}
	e.index = lint.NewIndex(lint.Open, versions.Newest, nil, objects)
	e.index.ServiceTree = func(string) *tree.Node { return e.service }
	return e
}

// read are the objects of a manifest; several of a List.
func (e *example) read(n *tree.Node) (objects []*lint.Object) {
	validate.Elements(n, func(n *tree.Node) {
		if n.Get("kind") == nil || n.Get("apiVersion") == nil {
			return
		}
		o := lint.FromNode(n, "")
		o.Locate = func(path tree.Path) (tree.Pos, string) { return n.Begin(path), "" }
		o.Service = exampleService
		objects = append(objects, o)
	})
	return objects
}
