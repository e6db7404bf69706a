package read

import (
	"fmt"

	"cuelang.org/go/cue"
	"cuelang.org/go/cue/ast"
	"cuelang.org/go/cue/token"

	"github.com/kgen-dev/kgen/pkg/report"
	"github.com/kgen-dev/kgen/pkg/tree"
	"github.com/kgen-dev/kgen/schema"
)

// evaluate evaluates a file that holds more than literals and reads the values
// that come out.
func (c *CUE) evaluate(t *text, file *ast.File, sink *report.Sink) (n *tree.Node) {
	if !t.isLarge() { // else it is watched already
		defer c.watch(t.source.Name)()
	}
	e := evaluation{builder: newBuilder(t, sink), file: file, in: file.Pos().File()}
	defer func() {
		if cause := recover(); cause != nil {
			c.session = nil // it may be left halfway
			sink.ErrorAt(t.pos(0), schema.EvaluationFailed, nil, "CUE broke on this file: %v", cause)
			n = nil
		}
	}()
	if pos, found := deepest(t, file); found {
		reportTooDeep(sink, pos)
		return nil
	}
	for _, check := range []func(*ast.File) error{checkAllowed, checkOptional} {
		if err := check(file); err != nil {
			e.report(err)
			return nil
		}
	}
	unresolve(file)
	e.session = c.sessionFor(t.source)
	v, err := e.session.evaluate(file, t.source.Dir)
	if err != nil {
		e.report(err)
		return nil
	}
	n = e.value(v, t.pos(0))
	if e.hasFailed() {
		return nil
	}
	if n.Kind == tree.Map && len(n.Fields) > 0 {
		n.Pos = n.Fields[0].KeyPos
	}
	return n
}

// evaluate returns the concrete value of a file.
func (s *session) evaluate(file *ast.File, dir string) (cue.Value, error) {
	v, err := s.instantiate(dir, file)
	if err != nil {
		return v, err
	}
	return v, v.Validate(cue.Concrete(true))
}

// instantiate returns the value of files of one package, which need not be concrete.
func (s *session) instantiate(dir string, files ...*ast.File) (cue.Value, error) {
	instance := s.build.NewInstance(dir, s.load)
	for _, file := range files {
		if err := instance.AddSyntax(file); err != nil {
			return cue.Value{}, err
		}
	}
	if err := instance.Complete(); err != nil {
		return cue.Value{}, err
	}
	if instance.ResolutionErr != nil {
		return cue.Value{}, instance.ResolutionErr
	}
	return s.context.BuildInstance(instance), nil
}

// evaluation reads the values of one evaluated file.
type evaluation struct {
	builder
	file    *ast.File
	in      *token.File // of the file, as positions have it
	session *session
	// fallback is where mistakes stand that are said elsewhere.
	fallback tree.Pos
}

// value reads v, which is concrete. What has no place in the file, because it
// comes from a package, is put at fallback.
func (e *evaluation) value(v cue.Value, fallback tree.Pos) *tree.Node {
	n := e.node(tree.Null, fallback)
	if _, pos, ok := e.place(v); ok {
		n.Pos = pos
	}
	v, _ = v.Default()
	if e.isTooDeep() {
		e.tooDeep(n.Pos)
		return n
	}
	var err error
	switch kind := v.IncompleteKind(); kind {
	case cue.StructKind:
		err = e.structure(n, v)
	case cue.ListKind:
		err = e.list(n, v)
	case cue.BoolKind:
		n.Kind = tree.Bool
		n.Text = "false"
		if is, _ := v.Bool(); is {
			n.Text = "true"
		}
	case cue.StringKind:
		n.Kind = tree.String
		n.Text, err = v.String()
	case cue.BytesKind:
		e.bytesLiteral(n.Pos)
	case cue.IntKind, cue.FloatKind, cue.NumberKind:
		err = number(n, v)
	case cue.NullKind:
	default:
		err = fmt.Errorf("is not concrete: %s", kind)
	}
	if err != nil {
		e.errorf(n.Pos, schema.EvaluationFailed, "%s", err)
	}
	return n
}

func (e *evaluation) list(n *tree.Node, v cue.Value) error {
	n.Kind = tree.List
	elements, err := v.List()
	if err != nil {
		return err
	}
	for i := 0; elements.Next(); i++ {
		e.enterElement(i)
		n.Fields = append(n.Fields, tree.Field{Value: e.value(elements.Value(), n.Pos)})
		e.leave()
	}
	return nil
}

// structure reads the regular fields of v, in the order in which they stand in
// the file; those that come from a package stand where it is referred to.
func (e *evaluation) structure(n *tree.Node, v cue.Value) error {
	n.Kind = tree.Map
	fields, err := v.Fields()
	if err != nil {
		return err
	}
	for fields.Next() {
		key := fields.Selector().Unquoted()
		keyPos, _, ok := e.place(fields.Value())
		if !ok {
			keyPos = n.Pos
		}
		e.enter(key)
		n.Fields = append(n.Fields, tree.Field{Key: key, KeyPos: keyPos, Value: e.value(fields.Value(), keyPos)})
		e.leave()
	}
	sortAsWritten(n.Fields)
	return nil
}
