package read

import (
	"cuelang.org/go/cue"
	"cuelang.org/go/cue/ast"

	"github.com/kgen-dev/kgen/pkg/report"
	"github.com/kgen-dev/kgen/pkg/tree"
)

// rendered are the fields of render that something is made of, in the order made.
var rendered = []string{"labels", "annotations", "patches", "objects"}

// Render evaluates render for a service and returns what it says more of it: a map with
// any of labels, annotations, patches and objects, at the places where the Org says so.
// It is nil where sink got an error.
func (r *Runner) Render(service *tree.Node, environment string, sink *report.Sink) (n *tree.Node) {
	if r.compiled(sink) == nil {
		return nil
	}
	r.guard(sink, func() { n = r.render(service, environment) })
	return n
}

func (r *Runner) render(service *tree.Node, environment string) *tree.Node {
	e := r.evaluation
	given := &ast.StructLit{}
	if r.org.takesService {
		given.Elts = append(given.Elts, &ast.Field{Label: ast.NewIdent("service"), Value: literalOf(service)})
	}
	if r.org.takesEnvironment {
		given.Elts = append(given.Elts, &ast.Field{Label: ast.NewIdent("environment"), Value: ast.NewString(environment)})
	}
	e.at, e.mistakes = e.at[:0], 0
	v := r.open(orgRender).Unify(e.session.context.BuildExpr(given))
	if err := v.Validate(cue.Concrete(true)); err != nil {
		e.report(err)
		return nil
	}
	n := e.node(tree.Map, r.pos(orgRender))
	e.enter(orgRender)
	defer e.leave()
	for _, name := range rendered {
		part := v.LookupPath(cue.MakePath(cue.Str(name)))
		if !part.Exists() {
			continue
		}
		pos, _, ok := e.place(part)
		if !ok {
			pos = n.Pos
		}
		e.enter(name)
		n.Fields = append(n.Fields, tree.Field{Key: name, KeyPos: pos, Value: e.value(part, pos)})
		e.leave()
	}
	if e.hasFailed() {
		return nil
	}
	return n
}
