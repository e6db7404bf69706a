package read

import (
	"bytes"

	"cuelang.org/go/cue/ast"

	"github.com/kgen-dev/kgen/pkg/report"
	"github.com/kgen-dev/kgen/pkg/tree"
	"github.com/kgen-dev/kgen/schema"
)

// RefuseDefinition reports a definition called name at the top of a CUE file, for
// people expect of it what does not happen. Mistakes of syntax are Read's to tell.
func RefuseDefinition(source *tree.Source, data []byte, name string, sink *report.Sink) {
	if !bytes.Contains(data, []byte(name)) {
		return
	}
	silent := &report.Sink{}
	t := newText(source, data, silent)
	if t == nil {
		return
	}
	file := parseCUE(t, silent)
	if file == nil {
		return
	}
	for _, d := range file.Decls {
		f, isField := d.(*ast.Field)
		if !isField {
			continue
		}
		if label, isIdent := f.Label.(*ast.Ident); isIdent && label.Name == name {
			sink.ErrorAt(t.pos(label.Pos().Offset()), schema.UnknownField, nil, "%s: unknown field: services are not checked against it", name).
				Fix = "remove it, or call it something else"
		}
	}
}
