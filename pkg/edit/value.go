package edit

import (
	"errors"
	"fmt"
	"regexp"
	"strings"

	"cuelang.org/go/cue/parser"

	"github.com/kgen-dev/kgen/pkg/read"
	"github.com/kgen-dev/kgen/pkg/report"
	"github.com/kgen-dev/kgen/pkg/tree"
	"github.com/kgen-dev/kgen/schema"
)

var errNoLiteral = errors.New("a value that starts with {, [ or a quote is a literal in CUE or JSON")

// parseValue is the value that a text typed for a field means. What old is, the value to
// be replaced, decides where the field takes several kinds; nil is none.
func parseValue(text string, field schema.Field, old *tree.Node) (*tree.Node, error) {
	if isLiteral(text) {
		return parseLiteral(text)
	}
	if text == "null" {
		return &tree.Node{Kind: tree.Null}, nil
	}
	kind := plainKind(text)
	if isSame := old != nil && old.Kind == kind && field.Takes(kind); !isSame {
		kind = kindFor(field, kind, text)
	}
	return &tree.Node{Kind: kind, Text: text}, nil
}

// kindFor is the kind that a plain text has in a field: a text where the field takes
// one, but for a number where that is what the field is about.
func kindFor(field schema.Field, kind tree.Kind, text string) tree.Kind {
	isQuantity := field.TakesLong(tree.Float) && field.TakesLong(tree.String)
	isVariable := len(field.At) == 2 && field.At[0] == any("env")
	switch {
	case field.IsOpen(), kind == tree.Bool && text == "false" && field.IsDeclinable():
		return kind
	case isQuantity || isVariable:
		return tree.String
	case field.TakesLong(kind):
		return kind
	case field.TakesLong(tree.String) || !field.Takes(kind):
		return tree.String
	}
	return kind
}

// isLiteral reports whether a text is no plain value.
func isLiteral(text string) bool { return text != "" && strings.IndexByte(`{["`, text[0]) >= 0 }

// parseLiteral reads a literal of CUE, of which JSON is a part.
func parseLiteral(text string) (*tree.Node, error) {
	e, err := parser.ParseExpr("", text)
	if err != nil || !isCUELiteral(e) {
		return nil, errNoLiteral
	}
	sink := &report.Sink{}
	root := (&read.CUE{}).Read(&tree.Source{Name: "the value"}, []byte("value: "+text), sink)
	for _, found := range report.Errors(sink.Findings) {
		return nil, fmt.Errorf("%w: %s", errNoLiteral, found.Message)
	}
	if root.Get("value") == nil || len(root.Fields) != 1 {
		return nil, errNoLiteral
	}
	return root.Get("value"), nil
}

// plainKind is what a text is in CUE and in every YAML.
func plainKind(text string) tree.Kind {
	switch {
	case text == "true" || text == "false":
		return tree.Bool
	case regexp.MustCompile(`^-?(0|[1-9][0-9]*)$`).MatchString(text):
		return tree.Int
	case regexp.MustCompile(`^-?(0|[1-9][0-9]*)\.[0-9]+$`).MatchString(text):
		return tree.Float
	}
	return tree.String
}
