package read

import (
	"cuelang.org/go/cue/ast"

	"github.com/kgen-dev/kgen/pkg/report"
	"github.com/kgen-dev/kgen/pkg/tree"
)

// Outline is the package that a CUE file belongs to and the names of its fields, by its
// syntax alone; both are empty where it does not parse.
func Outline(data []byte) (packageName string, fields []string) {
	sink := &report.Sink{}
	t := newText(&tree.Source{}, data, sink)
	if t == nil {
		return "", nil
	}
	file := parseCUE(t, sink)
	if file == nil {
		return "", nil
	}
	for _, d := range file.Decls {
		if f, isField := d.(*ast.Field); isField {
			fields = append(fields, topLabel(f.Label))
		}
	}
	return file.PackageName(), fields
}
