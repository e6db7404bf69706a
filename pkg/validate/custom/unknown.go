package custom

import (
	"maps"
	"reflect"
	"slices"
	"strconv"
	"strings"

	"k8s.io/apiextensions-apiserver/pkg/apiserver/schema"

	"github.com/kgen-dev/kgen/pkg/suggest"
	"github.com/kgen-dev/kgen/pkg/tree"
)

// resolve is the path in n that the server writes as text: spec.rules[0].host. A
// key may hold dots and brackets itself, so the longest key that n has is taken.
func resolve(n *tree.Node, text string) (path tree.Path) {
	for rest := text; rest != ""; {
		rest = strings.TrimPrefix(rest, ".")
		var elem any
		if elem, rest = firstElement(n, rest); elem == nil {
			return path
		}
		path = append(path, elem)
		n = n.At(tree.P(elem))
	}
	return path
}

// firstElement takes the first element off a path below n.
func firstElement(n *tree.Node, text string) (elem any, rest string) {
	if n == nil {
		return nil, ""
	}
	if n.Kind == tree.List {
		index, rest, _ := strings.Cut(strings.TrimPrefix(text, "["), "]")
		i, err := strconv.Atoi(index)
		if err != nil {
			return nil, ""
		}
		return i, rest
	}
	key, found := "", false
	for i := range n.Fields {
		k := n.Fields[i].Key
		after, isPrefix := strings.CutPrefix(text, k)
		if isPrefix && (after == "" || after[0] == '.' || after[0] == '[') && (!found || len(k) > len(key)) {
			key, found = k, true
		}
	}
	if !found {
		return nil, ""
	}
	return key, text[len(key):]
}

// hint ends the message about the unknown field at path.
func hint(path tree.Path, structural *schema.Structural) string {
	if len(path) == 0 {
		return ""
	}
	name, isKey := path[len(path)-1].(string)
	if !isKey {
		return ""
	}
	return suggest.Hint(name, namesBeside(path, structural))
}

// namesBeside are the fields that could stand where the unknown one at path does.
func namesBeside(path tree.Path, structural *schema.Structural) []string {
	if structural == nil && len(path) == 2 {
		return metaNames
	}
	s := structural
	for _, elem := range path[:len(path)-1] {
		s = below(s, elem)
	}
	if s == nil {
		return nil
	}
	return slices.Sorted(maps.Keys(s.Properties))
}

// below is the schema of the value that elem leads to.
func below(s *schema.Structural, elem any) *schema.Structural {
	if s == nil {
		return nil
	}
	name, isKey := elem.(string)
	if !isKey {
		return s.Items
	}
	if property, found := s.Properties[name]; found {
		return &property
	}
	if s.AdditionalProperties != nil {
		return s.AdditionalProperties.Structural
	}
	return nil
}

// fieldNames are the JSON names of a struct's fields, in alphabetical order.
func fieldNames[T any]() (names []string) {
	t := reflect.TypeFor[T]()
	for i := range t.NumField() {
		if name, _ := tree.JSONName(t.Field(i)); name != "" {
			names = append(names, name)
		}
	}
	slices.Sort(names)
	return names
}
