package schema

import (
	"strconv"
	"strings"

	"github.com/kgen-dev/kgen/pkg/report"
	"github.com/kgen-dev/kgen/pkg/tree"
)

// judgement is what a walk carries down.
type judgement struct {
	sink     *report.Sink
	checker  *Checker
	isSecret bool // values are not printed here
}

// wrongKind says that n is none of the kinds that s takes.
func (j judgement) wrongKind(s *shape, n *tree.Node, at trail) {
	message := j.shown(n) + " stands where " + s.wanted() + " belongs"
	if n.IsScalar() && s.message != "" && s.written() != aList {
		message = j.shown(n) + ": " + s.message
	}
	j.sink.Errorf(InvalidValue, at.path(), "%s", message).Fix = j.fixKind(s, n)
}

// fixKind is the way to make n of the right kind, empty where there is none.
func (j judgement) fixKind(s *shape, n *tree.Node) string {
	kinds := s.written()
	switch {
	case s.body != nil && s.body.hint != "":
		return s.body.hint
	case n.Kind == tree.String && (s.body == &bodyExtraContainer || s.body == &bodySidecar):
		return "write {image: " + j.shown(n) + "}, and what else the container needs"
	case n.Kind == tree.List && kinds.has(tree.Map) && s.body == nil:
		return "write a map by name: NAME: ..., not a list of things with a name in them"
	case kinds.has(tree.Bool) && n.Plain && tree.IsAmbiguous(n):
		return "write true or false"
	case n.Kind == tree.Float && kinds.has(tree.Int) && !kinds.has(tree.Float):
		return "write a whole number, without a fraction"
	case n.Kind == tree.String && (kinds.has(tree.Int) && isNumber(n.Text) || kinds.has(tree.Bool) && (n.Text == "true" || n.Text == "false")):
		return "take the quotes off"
	case n.IsScalar() && n.Kind != tree.Null && n.Kind != tree.String && kinds.has(tree.String) && j.checker.matches(s, n.Text):
		return "put it in quotes"
	case n.Kind == tree.Bool && n.Text == "false" && s.body != nil:
		return "write null to have nothing of what a lower layer says"
	case kinds == aList && n.Kind == tree.Map:
		return "make it an element of a list: [{...}]"
	case kinds == aList && n.Kind == tree.String && !j.isSecret:
		return listOf(n.Text)
	}
	return ""
}

// listOf is the way to write words as a list. How a shell would take text with
// quotes in it apart is left to people.
func listOf(text string) string {
	words := strings.Fields(text)
	if len(words) == 0 || strings.ContainsAny(text, "'\"\\$`") {
		return "write a list, one element a word"
	}
	for i, word := range words {
		words[i] = strconv.Quote(word)
	}
	return "write a list: [" + strings.Join(words, ", ") + "]"
}

func isNumber(text string) bool {
	_, err := strconv.Atoi(text)
	return err == nil
}

// wrongValue says that the scalar n is of the right kind, but out of the bounds
// or the pattern of s.
func (j judgement) wrongValue(s *shape, n *tree.Node, at trail) {
	message := s.message
	if message == "" && s.bounds != nil {
		message = "a number from " + strconv.FormatInt(s.bounds.min, 10) + " to " + strconv.FormatInt(s.bounds.max, 10)
	}
	j.sink.Errorf(InvalidValue, at.path(), "%s: %s", j.shown(n), message)
}

// longestShown is how many characters of a string a message holds.
const longestShown = 60

// shown is the value as a message holds it; of a map, a list and a secret it is
// the kind.
func (j judgement) shown(n *tree.Node) string {
	switch {
	case j.isSecret || !n.IsScalar() || n.Kind == tree.Null:
		return n.Kind.String()
	case n.Kind != tree.String:
		return n.Text
	}
	if text := []rune(n.Text); len(text) > longestShown {
		return strconv.Quote(string(text[:longestShown]) + "...")
	}
	return strconv.Quote(n.Text)
}
