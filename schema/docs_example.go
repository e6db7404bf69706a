package schema

import (
	"regexp"
	"strings"

	"github.com/kgen-dev/kgen/pkg/tree"
)

// Example is a value of f in CUE; empty where nothing shows what the type leaves
// open.
func (f Field) Example() string { return f.example(mostNested) }

// mostNested is how deep the example of a struct is put together of those of its
// fields.
const mostNested = 4

// sharedFields are definitions that have the fields of another, and so its examples.
var sharedFields = []struct{ in, from string }{
	{"ExtraService", "ServiceOptions"},
	{"ExtraContainer", "Merged"},
	{"Sidecar", "ExtraContainer"},
	{"Sidecar", "Merged"},
}

func (f Field) example(depth int) string {
	examples := documented().examples
	if value := examples[f.key]; value != "" {
		return value
	}
	for _, shared := range sharedFields {
		if name, isShared := strings.CutPrefix(f.key, shared.in+"."); isShared && examples[shared.from+"."+name] != "" {
			return examples[shared.from+"."+name]
		}
	}
	if depth == 0 || f.IsOpen() {
		return ""
	}
	if each, ok := f.Each(); ok {
		value := each.example(depth - 1)
		if value != "" && f.TakesLong(tree.List) {
			return "[" + value + "]"
		}
		return ""
	}
	switch {
	case f.shape.body != nil:
		return f.structExample(depth - 1)
	case f.TakesLong(tree.Bool):
		return "true"
	case len(f.OneOf()) > 0:
		return `"` + f.OneOf()[0] + `"`
	}
	return ""
}

// structExample has the required fields, or else the first that has an example.
func (f Field) structExample(depth int) string {
	var all []string
	first := ""
	for _, below := range f.Fields() {
		value := below.example(depth)
		if value == "" {
			continue
		}
		text := below.Name + ": " + unbraced(value)
		if below.IsRequired {
			all = append(all, text)
		}
		if first == "" {
			first = text
		}
	}
	if len(all) == 0 && first != "" {
		all = []string{first}
	}
	if len(all) == 0 {
		return ""
	}
	return "{" + strings.Join(all, ", ") + "}"
}

// FullExample is the example of f with the path that leads to it, as it stands in
// its document: ports: http: containerPort: 8080. Of an element without an example of its
// own it is that of the list. It is empty where f has none.
func (f Field) FullExample() string {
	value := f.Example()
	if list, isElement := strings.CutSuffix(f.Path, ".*"); value == "" && isElement {
		if whole, err := f.Document.Lookup(list); err == nil {
			return whole.FullExample()
		}
	}
	if value == "" {
		return ""
	}
	above := f.Document.Root()
	var open []string
	for _, step := range strings.Split(f.Path, ".") {
		if step != "*" {
			below, err := above.named(step, false)
			if err != nil {
				return ""
			}
			open = append(open, step+": ")
			above = below
			continue
		}
		each, _ := above.Each()
		if above.TakesLong(tree.List) {
			open = append(open, "[")
		} else {
			open = append(open, keyOf(above.Example())+": ")
		}
		above = each
	}
	text := unbraced(value)
	for i := len(open) - 1; i >= 0; i-- {
		if open[i] != "[" {
			text = open[i] + text
			continue
		}
		if text != value { // a field, or a struct without its braces
			text = "{" + text + "}"
		}
		text = "[" + text + "]"
	}
	return text
}

// firstKey finds the first key of a struct in CUE.
const firstKey = `^\{("[^"]*"|[A-Za-z_]\w*): `

// keyOf is the first key of the struct value, a name of one's own where it has
// none.
func keyOf(value string) string {
	if found := regexp.MustCompile(firstKey).FindStringSubmatch(value); found != nil {
		return found[1]
	}
	return "NAME"
}

// unbraced is a struct with one field without its braces, as in a: b: c.
func unbraced(value string) string {
	inner, isOpened := strings.CutPrefix(value, "{")
	inner, isClosed := strings.CutSuffix(inner, "}")
	if !isOpened || !isClosed || inner == "" {
		return value
	}
	depth, isText := 0, false
	for i := range len(inner) {
		switch c := inner[i]; {
		case c == '"' && (i == 0 || inner[i-1] != '\\'):
			isText = !isText
		case isText:
		case c == '{' || c == '[':
			depth++
		case c == '}' || c == ']':
			depth--
		case c == ',' && depth == 0:
			return value
		}
	}
	return inner
}
