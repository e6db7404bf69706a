package read

import (
	"strconv"
	"strings"

	"cuelang.org/go/cue/ast"
	"cuelang.org/go/cue/errors"
)

// checkAllowed refuses what would let a file read, run or depend on something
// beyond its module: attributes that embed files or choose files by tags, and
// the packages of CUE's tools.
func checkAllowed(file *ast.File) error {
	var err errors.Error
	ast.Walk(file, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.Attribute:
			switch name, _ := n.Split(); name {
			case "embed", "extern", "if", "ignore":
				err = errors.Append(err, errors.Newf(n.Pos(), "@%s is not allowed: a file is evaluated by itself", name))
			}
		case *ast.ImportSpec:
			if path, unquoteErr := strconv.Unquote(n.Path.Value); unquoteErr == nil && strings.HasPrefix(path, "tool/") {
				err = errors.Append(err, errors.Newf(n.Path.Pos(), "the package %q is not allowed: kgen runs nothing", path))
			}
		}
		return true
	}, nil)
	if err == nil {
		return nil
	}
	return err
}
