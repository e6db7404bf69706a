package schema

import (
	"math"
	"strconv"
	"strings"

	"github.com/kgen-dev/kgen/pkg/tree"
)

// Type is what f takes in its long form, in words: "an integer from 1 to 65535",
// "a map by name, each entry a string".
func (f Field) Type() string {
	text := f.longType()
	if f.IsDeclinable() {
		text += ", or false"
	}
	return text
}

func (f Field) longType() string {
	each, hasEach := f.Each()
	name, group := f.Definition()
	switch {
	case f.IsLayer || name == bodyMerged.name:
		return "a partial service"
	case group != "":
		return "a map, " + name + " of Kubernetes (" + group + ")"
	case name != "":
		return "a map"
	case f.IsAny():
		return "any value"
	case f.IsOpen():
		return "a map, of which kgen knows no fields"
	case hasEach && f.TakesLong(tree.List):
		return "a list, each element " + each.entryType()
	case hasEach:
		return "a map by name, each entry " + each.entryType()
	}
	return f.scalarType()
}

// entryType is the type of an entry or element with its short form.
func (f Field) entryType() string {
	text := f.Type()
	if short := f.ShortType(); short != "" {
		text += "; in short " + short
	}
	return text
}

func (f Field) scalarType() string {
	if words := f.OneOf(); words != nil {
		for i, word := range words {
			words[i] = strconv.Quote(word)
		}
		return alternatives(words)
	}
	names := []string{}
	for _, kind := range []tree.Kind{tree.String, tree.Int, tree.Float, tree.Bool} {
		switch {
		case !f.TakesLong(kind) || kind == tree.Int && f.TakesLong(tree.Float):
		case kind == tree.Int:
			names = append(names, kind.String()+f.boundsText())
		default:
			names = append(names, kind.String())
		}
	}
	return alternatives(names)
}

// boundsText is what limits the integers of f, but for what 32 and 64 bits hold.
func (f Field) boundsText() string {
	least, most, ok := f.Bounds()
	hasLeast := least != math.MinInt32 && least != math.MinInt64
	hasMost := most != math.MaxInt32 && most != math.MaxInt64
	switch {
	case !ok || !hasLeast && !hasMost:
		return ""
	case !hasMost:
		return " from " + strconv.FormatInt(least, 10) + " on"
	}
	return " from " + strconv.FormatInt(least, 10) + " to " + strconv.FormatInt(most, 10)
}

// shortWords are the types of short forms as messages name them.
var shortWords = map[string]string{
	"string": "a string", "int": "an integer", "number": "a number", "bool": "a boolean", "true": "true",
}

// ShortType is what people may write in the place of the long form, in words;
// empty where there is none.
func (f Field) ShortType() string {
	switch name, _ := f.Definition(); name {
	case bodyConfigMap.name:
		return "a map of scalars, its data"
	case bodySecret.name:
		return "a map of sources, its data"
	}
	if f.Short == "" {
		return ""
	}
	words := strings.Split(f.Short, " | ")
	for i, word := range words {
		words[i] = shortWords[word]
	}
	return alternatives(words)
}

func alternatives(words []string) string {
	if last := len(words) - 1; last > 0 {
		return strings.Join(words[:last], ", ") + " or " + words[last]
	}
	return strings.Join(words, "")
}
