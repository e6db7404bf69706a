package load

import (
	"path/filepath"

	"github.com/kgen-dev/kgen/pkg/read"
	"github.com/kgen-dev/kgen/pkg/report"
	"github.com/kgen-dev/kgen/pkg/tree"
	"github.com/kgen-dev/kgen/schema"
)

// worker is what one goroutine owns, for a CUE context cannot be shared.
type worker struct {
	options *Options
	project *Project
	cue     *read.CUE
	checker *schema.Checker
	// runner evaluates what the project's kgen.cue says of services; nil where it was not
	// needed yet.
	runner *read.Runner
}

// join makes the worker read files of p.
func (w *worker) join(p *Project) {
	if w.project != p {
		w.project = p
		w.cue = &read.CUE{Root: p.Root, OnEvaluate: w.options.OnEvaluate, Packages: p.packages}
		w.runner = nil
	}
}

// readSource reads a service file or standard input; nil with a finding when it
// does not parse.
func (w *worker) readSource(f serviceFile, sink *report.Sink) (*tree.Node, error) {
	if !f.isStdin {
		return w.readFile(f.name, sink)
	}
	if f.inline != nil {
		sink.Source = f.inline.Pos.Source
		return f.inline, nil
	}
	src := &tree.Source{Name: f.name, Dir: "."}
	sink.Source = src
	return w.parseAny(src, f.data, sink), nil
}

// readFile reads a file on disk by its extension.
func (w *worker) readFile(name string, sink *report.Sink) (*tree.Node, error) {
	data, isLaidOver := w.options.Overlay.of(name)
	if !isLaidOver {
		var err error
		if data, err = read.File(name); err != nil {
			return nil, pathError(name, err)
		}
	}
	src := SourceOf(name)
	sink.Source = src
	return w.readData(name, src, data, sink), nil
}

// readData reads what a file holds, or will hold.
func (w *worker) readData(name string, src *tree.Source, data []byte, sink *report.Sink) *tree.Node {
	switch filepath.Ext(name) {
	case ".cue":
		if filepath.Base(name) == projectFile && read.IsEmptyCUE(data) {
			return &tree.Node{Kind: tree.Map, Pos: tree.Pos{Source: src}}
		}
		if filepath.Base(name) == projectFile {
			return w.readProject(src, data, sink)
		}
		return w.cue.Read(src, data, sink)
	case ".json":
		return read.JSON(src, data, sink)
	}
	return read.YAML(src, data, sink)
}

// parseAny reads standard input, which has no extension: as YAML, of which JSON
// is a part, and where that fails as CUE. Where both fail, the one that came
// further knows better what is wrong.
func (w *worker) parseAny(src *tree.Source, data []byte, sink *report.Sink) *tree.Node {
	asYAML, asCUE := &report.Sink{Source: src}, &report.Sink{Source: src}
	root := read.YAML(src, data, asYAML)
	taken := asYAML
	if root == nil {
		root = w.cue.Read(src, data, asCUE)
		if root != nil || firstLine(asCUE) > firstLine(asYAML) {
			taken = asCUE
		}
	}
	sink.Findings = append(sink.Findings, taken.Findings...)
	return root
}

func firstLine(sink *report.Sink) int32 {
	if len(sink.Findings) == 0 {
		return 0
	}
	return sink.Findings[0].Pos.Line
}
