package read

import (
	"cuelang.org/go/cue/ast"
	"cuelang.org/go/cue/parser"

	"github.com/kgen-dev/kgen/pkg/report"
	"github.com/kgen-dev/kgen/pkg/tree"
	"github.com/kgen-dev/kgen/schema"
)

// CUE reads the CUE files of one project. It is not for use by several
// goroutines at once. The zero value reads files that import nothing from disk.
type CUE struct {
	// Root is the directory above which no CUE module is looked for: that of the
	// repository, or else of the project.
	Root string
	// OnEvaluate, where set, is called with the file's name before anything that
	// may take long and cannot be interrupted, at most once a file; done is called
	// after it.
	OnEvaluate func(file string) (done func())
	// Packages are modules outside of the project's own that files may import.
	Packages []Package

	session *session
}

// Read reads one file. It returns nil where sink got an error.
//
// A file of nothing but literals is taken as it stands, numbers as typed. Any
// other is evaluated, alone with what it imports, and must come out concrete;
// a number is then the text it was typed as only where it was not computed.
// Definitions, hidden and optional fields are no part of the tree.
func (c *CUE) Read(source *tree.Source, data []byte, sink *report.Sink) *tree.Node {
	t := newText(source, data, sink)
	if t == nil {
		return nil
	}
	if t.isLarge() {
		defer c.watch(source.Name)()
	}
	file := parseCUE(t, sink)
	if file == nil {
		return nil
	}
	dropSchema(file)
	return c.readFile(t, file, sink)
}

// readFile reads a file that is parsed.
func (c *CUE) readFile(t *text, file *ast.File, sink *report.Sink) *tree.Node {
	r := literalReader{builder: newBuilder(t, sink)}
	before := len(sink.Findings)
	n := r.file(file)
	switch {
	case r.isTooNested:
		return nil
	case r.isDynamic:
		sink.Findings = sink.Findings[:before]
		return c.evaluate(t, file, sink)
	case r.hasFailed():
		return nil
	case n == nil:
		sink.ErrorAt(tree.Pos{Source: t.source}, schema.BadFile, nil, "the file is empty: it holds no field")
	}
	return n
}

// watch tells the caller that something starts that cannot be interrupted.
func (c *CUE) watch(file string) (done func()) {
	if c.OnEvaluate == nil {
		return func() {}
	}
	return c.OnEvaluate(file)
}

// isLarge reports whether a file is so large that CUE's parser may take long over
// it, and recurse deep, if it was made for that.
func (t *text) isLarge() bool { return len(t.data) > 32<<10 }

// parseCUE parses a file; nil where it reported mistakes.
func parseCUE(t *text, sink *report.Sink) (file *ast.File) {
	defer func() {
		if cause := recover(); cause != nil {
			sink.ErrorAt(t.pos(0), schema.Syntax, nil, "CUE's parser broke on this file: %v", cause)
			file = nil
		}
	}()
	if t.isLarge() && !isShallow(t, sink) {
		return nil
	}
	file, err := parser.ParseFile(t.source.Name, t.data)
	if err != nil {
		reportSyntax(t, err, sink)
		return nil
	}
	return file
}
