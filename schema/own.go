package schema

import (
	"cmp"
	"regexp"
	"strings"

	"github.com/kgen-dev/kgen/pkg/tree"
)

// OwnField is a field that an organisation adds to services, or a part of one: as much of
// it as can be told without a service.
type OwnField struct {
	Name       string
	Doc        string // its comment, in one paragraph
	Message    string // what a valid value looks like
	Pattern    string // that a text matches; empty for any
	IsRequired bool
	// Kinds are what may stand in it.
	Kinds []tree.Kind
	// Fields are those of a map that takes no others. Of another map, and of a list, Each
	// is what its values may be.
	Fields []OwnField
	Each   *OwnField
	// Pos is where it is said.
	Pos tree.Pos
}

// Extension is what an organisation adds to the fields of a service. Nil is nothing.
type Extension struct {
	fields []field
	lines  map[string]fieldDoc
	places map[string]tree.Pos
}

// Extend makes an Extension of fields; nil of none.
func Extend(fields []OwnField) *Extension {
	if len(fields) == 0 {
		return nil
	}
	e := &Extension{lines: map[string]fieldDoc{}, places: map[string]tree.Pos{}}
	e.fields = e.add(bodyMerged.name, fields)
	return e
}

// add documents the fields of a definition and returns them.
func (e *Extension) add(definition string, own []OwnField) []field {
	fields := make([]field, len(own))
	for i := range own {
		key := definition + "." + own[i].Name
		e.lines[key] = fieldDoc{said: cmp.Or(own[i].Doc, own[i].Name+" is a field that #Service adds.")}
		e.places[key] = own[i].Pos
		fields[i] = field{name: own[i].Name, isRequired: own[i].IsRequired, shape: e.shapeOf(key, &own[i])}
	}
	return fields
}

func (e *Extension) shapeOf(key string, own *OwnField) shape {
	s := shape{pattern: own.Pattern, message: own.Message}
	for _, kind := range own.Kinds {
		s.kinds |= 1 << kind
	}
	switch {
	case own.Fields != nil:
		s.body = &body{name: "Own" + strings.TrimPrefix(key, bodyMerged.name), isOwn: true}
		s.body.fields = e.add(s.body.name, own.Fields)
	case own.Each != nil:
		each := e.shapeOf(key+".*", own.Each)
		s.each = &each
		e.lines[key+".*"] = fieldDoc{said: own.Each.Doc}
	}
	return s
}

// Root is a document as a whole, with the fields of the organisation.
func (e *Extension) Root(d Document) Field {
	f := d.Root()
	f.extension = e
	return f
}

// line is what is said about a field.
func (f Field) line(key string) fieldDoc {
	if f.extension != nil {
		if line, isOwn := f.extension.lines[key]; isOwn {
			return line
		}
	}
	return documented().lines[key]
}

// Own is where the organisation says that there is such a field; false of those of kgen.
func (f Field) Own() (pos tree.Pos, isOwn bool) {
	if f.extension == nil {
		return pos, false
	}
	pos, isOwn = f.extension.places[strings.TrimRight(f.key, ".*")]
	return pos, isOwn
}

// IsAny reports whether f takes values of several kinds of which no more is known.
func (f Field) IsAny() bool {
	return f.IsOpen() && f.shape.kinds != aMap
}

// Values says in words what a valid value looks like, where the type does not.
func (f Field) Values() string {
	if _, isOwn := f.Own(); len(f.OneOf()) > 0 || f.Pattern() == "" && !isOwn {
		return ""
	}
	return f.Message()
}

// portable are the regular expressions that mean the same wherever they are used.
var portable = regexp.MustCompile(`^([-A-Za-z0-9^$()|._/:@#+*\[\]{}, ]|\?[^:=!<P]|\?$|\\[.dw/])*$`)

// IsPortable reports whether a regular expression means the same to CUE and to editors,
// whose languages differ.
func IsPortable(pattern string) bool {
	return portable.MatchString(pattern) && !strings.Contains(pattern, "(?") && !strings.Contains(pattern, "[[")
}
