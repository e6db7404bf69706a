package read

import (
	"slices"
	"strconv"

	"cuelang.org/go/cue/ast"
	"cuelang.org/go/cue/token"

	"github.com/kgen-dev/kgen/schema"
)

// dropSchema takes the operands schema.#Service and schema.#Project off the
// values of a file: they are for CUE's own tools, kgen checks what is left by
// itself. An import that nothing else uses goes with them.
func dropSchema(file *ast.File) {
	spec := schemaImport(file)
	if spec == nil {
		return
	}
	file.Decls = dropOperands(file.Decls, spec)
	if isUsed(file, spec) {
		return
	}
	for _, d := range file.Decls {
		if imports, ok := d.(*ast.ImportDecl); ok {
			imports.Specs = slices.DeleteFunc(imports.Specs, func(s *ast.ImportSpec) bool { return s == spec })
		}
	}
	file.Decls = slices.DeleteFunc(file.Decls, func(d ast.Decl) bool {
		imports, ok := d.(*ast.ImportDecl)
		return ok && len(imports.Specs) == 0
	})
}

// schemaImport finds the import of kgen.dev/schema.
func schemaImport(file *ast.File) *ast.ImportSpec {
	for spec := range file.ImportSpecs() {
		path, err := strconv.Unquote(spec.Path.Value)
		if err == nil && ast.ParseImportPath(path).Path == schema.ImportPath {
			return spec
		}
	}
	return nil
}

// dropOperands takes the schema's definitions off the values in decls, which it
// changes, and off decls themselves. Definitions and hidden fields are no data:
// there an operand may decide what else is allowed.
func dropOperands(decls []ast.Decl, spec *ast.ImportSpec) []ast.Decl {
	return slices.DeleteFunc(decls, func(d ast.Decl) bool {
		switch d := d.(type) {
		case *ast.Field:
			if _, isData := labelText(d.Label); !isData {
				break
			}
			value := withoutSchema(d.Value, spec)
			if value == nil {
				value = &ast.StructLit{Lbrace: d.Value.Pos()}
			}
			d.Value = value
			dropInside(value, spec)
		case *ast.EmbedDecl:
			expr := withoutSchema(d.Expr, spec)
			if expr == nil {
				return true
			}
			d.Expr = expr
			dropInside(expr, spec)
		}
		return false
	})
}

func dropInside(e ast.Expr, spec *ast.ImportSpec) {
	if s, ok := e.(*ast.StructLit); ok {
		s.Elts = dropOperands(s.Elts, spec)
	}
}

// withoutSchema is e without its operands schema.#Service and schema.#Project;
// nil where nothing is left.
func withoutSchema(e ast.Expr, spec *ast.ImportSpec) ast.Expr {
	switch x := e.(type) {
	case *ast.SelectorExpr:
		if isSchemaDefinition(x, spec) {
			return nil
		}
	case *ast.BinaryExpr:
		if x.Op != token.AND {
			break
		}
		left, right := withoutSchema(x.X, spec), withoutSchema(x.Y, spec)
		switch {
		case left == nil:
			return right
		case right == nil:
			return left
		}
		x.X, x.Y = left, right
	}
	return e
}

func isSchemaDefinition(x *ast.SelectorExpr, spec *ast.ImportSpec) bool {
	of, isName := x.X.(*ast.Ident)
	definition, isIdent := x.Sel.(*ast.Ident)
	return isName && isIdent && of.Node == spec && (definition.Name == "#Service" || definition.Name == "#Project")
}

// isUsed reports whether anything in the file still refers to the import.
func isUsed(file *ast.File, spec *ast.ImportSpec) bool {
	found := false
	ast.Walk(file, func(n ast.Node) bool {
		name, isName := n.(*ast.Ident)
		found = found || isName && name.Node == spec
		return !found
	}, nil)
	return found
}

// unresolve makes the names in a file be looked up again: where an operand was
// dropped they still lead to what stood there before.
func unresolve(file *ast.File) {
	ast.Walk(file, func(n ast.Node) bool {
		if name, isName := n.(*ast.Ident); isName {
			name.Node, name.Scope = nil, nil
		}
		return true
	}, nil)
}
