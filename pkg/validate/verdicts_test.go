package validate

import (
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// TestVerdicts demands that every id is explained, here and in the documentation.
func TestVerdicts(t *testing.T) {
	file, err := parser.ParseFile(token.NewFileSet(), "problem.go", nil, 0)
	if err != nil {
		t.Fatal(err)
	}
	page, err := os.ReadFile("../../docs/validate.md")
	if err != nil {
		t.Fatal(err)
	}
	var ids, explained []string
	ast.Inspect(file, func(n ast.Node) bool {
		if literal, ok := n.(*ast.BasicLit); ok && strings.HasPrefix(literal.Value, `"api/`) {
			id, _ := strconv.Unquote(literal.Value)
			ids = append(ids, id)
		}
		return true
	})
	for _, v := range Verdicts {
		explained = append(explained, v.ID)
		if v.Title == "" || v.Why == "" || v.Fix == "" || strings.HasSuffix(v.Title+v.Why+v.Fix, ".") {
			t.Errorf("%s is not explained", v.ID)
		}
		if !strings.Contains(string(page), "`"+v.ID+"`") {
			t.Errorf("docs/validate.md does not name %s", v.ID)
		}
	}
	if !slices.IsSorted(explained) {
		t.Errorf("not sorted: %q", explained)
	}
	slices.Sort(ids)
	if !slices.Equal(ids, explained) {
		t.Errorf("the ids are %q, explained are %q", ids, explained)
	}
}
