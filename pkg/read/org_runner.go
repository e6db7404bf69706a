package read

import (
	"slices"
	"strconv"
	"strings"

	"cuelang.org/go/cue"
	"cuelang.org/go/cue/ast"
	"cuelang.org/go/cue/build"
	"cuelang.org/go/cue/cuecontext"
	"cuelang.org/go/cue/parser"
	"cuelang.org/go/cue/token"

	"github.com/kgen-dev/kgen/pkg/report"
	"github.com/kgen-dev/kgen/pkg/tree"
	"github.com/kgen-dev/kgen/schema"
)

// valuesPerContext is how many services or objects are judged in one CUE context, which
// keeps a part of each for as long as it lives.
const valuesPerContext = 200

// Runner evaluates what an Org says. It is not for use by several goroutines at once.
type Runner struct {
	org   *Org
	watch func(file string) (done func())

	evaluation *evaluation
	value      cue.Value
	left       int
}

// Runner makes a Runner; onEvaluate is as in CUE.
func (o *Org) Runner(onEvaluate func(string) func()) *Runner {
	return &Runner{org: o, watch: (&CUE{OnEvaluate: onEvaluate}).watch}
}

// compiled is the evaluated file, nil where sink got an error. It is made anew once its
// context is used up.
func (r *Runner) compiled(sink *report.Sink) *cue.Value {
	if r.left == 0 {
		r.evaluation, r.left = nil, valuesPerContext
		r.guard(sink, func() { r.compile(sink) })
	}
	if r.evaluation == nil {
		return nil
	}
	r.left--
	r.evaluation.sink = sink
	return &r.value
}

// guard runs what may take long, or break inside CUE.
func (r *Runner) guard(sink *report.Sink, do func()) {
	defer r.watch(r.org.source.Name)()
	defer func() {
		if cause := recover(); cause != nil {
			r.evaluation, r.left = nil, 0 // it may be left halfway
			sink.ErrorAt(tree.Pos{Source: r.org.source, Line: 1, Col: 1}, schema.EvaluationFailed, nil, "CUE broke on this file: %v", cause)
		}
	}()
	do()
}

func (r *Runner) compile(sink *report.Sink) {
	t := newText(r.org.source, r.org.data, sink)
	if t == nil {
		return
	}
	file := parseCUE(t, sink)
	if file == nil {
		return
	}
	dropSchema(file)
	e := &evaluation{builder: newBuilder(t, sink), file: file, in: file.Pos().File()}
	if pos, found := deepest(t, file); found {
		reportTooDeep(sink, pos)
		return
	}
	if err := checkAllowed(file); err != nil {
		e.report(err)
		return
	}
	unresolve(file)
	c := CUE{Root: r.org.root, Packages: r.org.packages}
	module, display := c.moduleOf(r.org.source.Dir)
	e.session = &session{
		context: cuecontext.New(cuecontext.CUE_DEBUG("")), build: build.NewContext(), isOpen: true,
		module: module, display: display, packages: r.org.packages, loading: map[string]bool{}, texts: map[*token.File]*text{}, files: map[*text]*ast.File{},
	}
	v := cue.Value{}
	opener, err := r.org.opener(file)
	if err == nil {
		v, err = e.session.instantiate(r.org.source.Dir, opener, file)
	}
	if err == nil {
		err = r.org.validateAside(e, v)
	}
	if err != nil {
		e.report(err)
		return
	}
	r.value, r.evaluation = v, e
}

// unopened is a label of a path without that.
func unopened(label string) string {
	if text, ok := stringText(label); ok {
		if name, isOpened := strings.CutPrefix(text, opened("")); isOpened {
			return name
		}
	}
	return label
}

// opened is the field under which what is set aside stands without being closed.
func opened(name string) string { return "kgen.dev/" + name }

// opener is a file beside kgen.cue that opens what is set aside: whoever says image:
// registry! in a definition closes image for its other fields, which kgen judges by
// itself; so does whoever says service: #Service in render. Both are given a package, without which files do not see each other.
func (o *Org) opener(file *ast.File) (*ast.File, error) {
	name := file.PackageName()
	if name == "" {
		name = "kgen"
		isClause := func(d ast.Decl) bool { _, is := d.(*ast.Package); return is }
		file.Decls = slices.Insert(slices.DeleteFunc(file.Decls, isClause), 0, ast.Decl(&ast.Package{Name: ast.NewIdent(name)}))
	}
	text := "@experiment(explicitopen)\npackage " + name + "\n"
	if slices.Contains(o.aside, orgService) {
		text += strconv.Quote(opened(orgService)) + ": " + orgService + "...\n"
	}
	if slices.Contains(o.aside, orgPolicy) {
		text += strconv.Quote(opened(orgPolicy)) + ": {for kind, is in " + orgPolicy + " {(kind): is...}}\n"
	}
	if slices.Contains(o.aside, orgRender) {
		text += strconv.Quote(opened(orgRender)) + ": " + orgRender + "...\n"
	}
	return parser.ParseFile("opener.cue", text)
}

// validateAside finds what is wrong whatever the services are.
func (o *Org) validateAside(e *evaluation, v cue.Value) error {
	for _, name := range o.aside {
		is := v.LookupPath(asidePath(name))
		if !is.Exists() { // nothing of the file does
			return v.Err()
		}
		if e.fallback, _ = labelPlace(e.text, e.file.Decls, []string{name}); !isMap(is) {
			return nil // which is told by whoever asks what it has
		}
		if err := is.Validate(); err != nil {
			return err
		}
	}
	e.fallback = tree.Pos{}
	return v.Err()
}

func asidePath(name string) cue.Path {
	if name == orgService {
		return cue.MakePath(cue.Def(name))
	}
	return cue.MakePath(cue.Str(name))
}

// at is one of the fields that are set aside.
func (r *Runner) at(name string) cue.Value { return r.value.LookupPath(asidePath(name)) }

// open is one of them without being closed.
func (r *Runner) open(name string) cue.Value {
	return r.value.LookupPath(cue.MakePath(cue.Str(opened(name))))
}

// pos is where a path of the file stands, or what of it there is.
func (r *Runner) pos(path ...string) tree.Pos {
	if pos, found := labelPlace(r.evaluation.text, r.evaluation.file.Decls, path); found {
		return pos
	}
	return tree.Pos{Source: r.org.source, Line: 1, Col: 1}
}
