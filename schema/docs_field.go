package schema

import (
	"slices"
	"strings"

	"github.com/kgen-dev/kgen/pkg/tree"
)

// A Document is one of the three things that people write for kgen.
type Document uint8

// The documents, in the order in which a field's name is looked for.
const (
	ServiceDocument Document = iota // a service, or a layer of one
	ProjectDocument                 // kgen.cue
	ConfigDocument                  // .kgen.yaml
)

// Documents are all of them.
var Documents = [...]Document{ServiceDocument, ProjectDocument, ConfigDocument}

var documentNames = [...]string{"a service", "kgen.cue", ".kgen.yaml"}

// String names d as a message does.
func (d Document) String() string { return documentNames[d] }

// Field is a place in a document, as people write it: a field of a struct, any
// entry of a map, any element of a list. Root gives the first, Fields and Each
// what lies below, Lookup what a path leads to.
type Field struct {
	Document Document
	// Path is where it is, with * for any key and any index: ports.*.containerPort.
	Path string
	// At is the path as it was looked up, keys and indexes as they were written; of
	// a field that Fields or Each gave it is Path.
	At tree.Path
	// Name is the field's own, * of an entry or element.
	Name string
	// Doc says what it is, in one paragraph. Of an entry or element without words of
	// its own it is that of the map or list.
	Doc string
	// Short is what people may write instead of the long form, in CUE: "string |
	// int". It is empty where there is no short form.
	Short string
	// IsRequired is set where the merged document has to have it.
	IsRequired bool
	// IsLayer is set where a partial service stands.
	IsLayer bool

	isListed bool // below a list, which a layer replaces whole
	isNative bool // within a type of Kubernetes' own
	shape    *shape
	key      string // in zz_docs.txt
	// extension is what an organisation adds; nil for nothing.
	extension *Extension
}

// Root is the document as a whole.
func (d Document) Root() Field {
	f := Field{Document: d}
	switch d {
	case ServiceDocument:
		f.shape = &serviceShape
	case ProjectDocument:
		f.shape = &projectShape
	case ConfigDocument:
		f.shape = &shape{kinds: aMap, body: bodyConfig()}
	}
	f.key = f.shape.body.name
	f.Doc = documented().lines[f.key].said
	return f
}

// Fields are what people may write in f by name, in reading order; none where f is
// no struct.
func (f Field) Fields() []Field {
	if f.shape.body == nil {
		return nil
	}
	written := f.shape.body.writtenFields()
	if last := len(written) - 1; f.extension != nil && f.shape.body == &bodyMerged {
		written = slices.Insert(written, last, f.extension.fields...) // before environments
	}
	fields := make([]Field, 0, len(written))
	for i := range written {
		w := &written[i]
		if f.IsLayer && f.Document == ServiceDocument && w.name == "environments" {
			continue // there is one such level
		}
		fields = append(fields, f.below(w.name, f.shape.body.docKey(w.name), &w.shape, w.isRequired))
	}
	if f.Document == ProjectDocument && f.shape.body == &bodyMerged { // a layer has none either
		fields = fields[:len(fields)-1]
	}
	return fields
}

// Each is any entry of the map, or any element of the list, that f is; false where
// it is neither.
func (f Field) Each() (Field, bool) {
	if f.shape.each == nil || f.shape.body != nil {
		return Field{}, false
	}
	e := f.below("*", f.key+".*", f.shape.each, false)
	if e.key == "Merged.environments.*" {
		e.IsLayer = true
	}
	if e.Doc == "" {
		e.Doc = f.Doc
	}
	return e, true
}

func (f Field) below(name, key string, s *shape, isRequired bool) Field {
	line := f.line(key)
	b := Field{
		extension: f.extension,
		Document:  f.Document, Path: join(f.Path, name), At: f.At.With(name), Name: name,
		Doc: line.said, Short: line.short,
		IsRequired: isRequired, IsLayer: line.marks == "layer", shape: s, key: key,
	}
	_, group := f.Definition()
	b.isNative = f.isNative || group != ""
	b.isListed = f.isListed || f.shape.kinds.has(tree.List)
	if b.IsLayer {
		b.shape = &serviceShape
	}
	if b.Doc == "" && s.body != nil {
		b.Doc = documented().lines[s.body.name].said
	}
	return b
}

func join(path, name string) string {
	if path == "" {
		return name
	}
	return path + "." + name
}

// Definition is the name of the struct that f is, and where Kubernetes defines it
// the API group and version; empty where f is none.
func (f Field) Definition() (name, group string) {
	if f.shape.body == nil {
		return "", ""
	}
	name = f.shape.body.name
	return name, documented().lines[name].short
}

// About says what the struct is that f is, empty where it is none.
func (f Field) About() string {
	name, _ := f.Definition()
	return documented().lines[name].said
}

// Key identifies the field whatever the path to it: DEFINITION.FIELD.
func (f Field) Key() string { return f.key }

// Takes reports whether a value of that kind may stand in f, be it in short.
func (f Field) Takes(kind tree.Kind) bool {
	if alsoText[f.key] && (kind == tree.Int || kind == tree.Float || kind == tree.Bool) {
		return true
	}
	return f.shape.written().has(kind) || kind == tree.Bool && f.shape.isDeclinable
}

// TakesLong reports whether a value of that kind is the long form of f.
func (f Field) TakesLong(kind tree.Kind) bool { return f.shape.kinds.has(kind) }

// Bounds are the least and the greatest integer that may stand in f.
func (f Field) Bounds() (least, most int64, ok bool) {
	if b := f.shape.bounds; b != nil {
		return b.min, b.max, true
	}
	return 0, 0, false
}

// Pattern is what a string in f matches, a regular expression; empty for any.
func (f Field) Pattern() string { return f.shape.pattern }

// OneOf are the strings that f takes, where they are few and known.
func (f Field) OneOf() []string {
	inner, isFromStart := strings.CutPrefix(f.shape.pattern, "^")
	inner, isToEnd := strings.CutSuffix(inner, "$")
	if !isFromStart || !isToEnd || inner == "" {
		return nil
	}
	words := strings.Split(strings.TrimSuffix(strings.TrimPrefix(inner, "("), ")"), "|")
	for _, word := range words {
		if word == "" || strings.ContainsFunc(word, func(c rune) bool { return !isLetter(c) }) {
			return nil
		}
	}
	return words
}

func isLetter(c rune) bool { return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' }

// Message says in words what a valid value looks like, empty where the type says
// all.
func (f Field) Message() string { return f.shape.message }

// IsDeclinable reports whether false stands for: not even the built-in default.
func (f Field) IsDeclinable() bool { return f.shape.isDeclinable }

// IsSecret reports whether values from f down are never printed.
func (f Field) IsSecret() bool { return f.shape.isSecret }

// IsOpen reports whether f is a map that kgen does not look into: a manifest, or a
// part of one.
func (f Field) IsOpen() bool { return f.shape.isOpenMap() }

// IsBelowKubernetes reports whether f is a field within a type of Kubernetes' own.
func (f Field) IsBelowKubernetes() bool { return f.isNative }

// IsLayered reports whether a layer may say f alone. In a list it may not, for a
// layer replaces the list.
func (f Field) IsLayered() bool { return !f.isListed }

// Default is the built-in default of f, or of an entry that f was looked up as; of a
// map it may be that of one entry, as the Field of the Default says. It is nil where
// there is none.
func (f Field) Default() *Default {
	if f.Document != ServiceDocument || strings.HasPrefix(f.Path, "environments.") {
		return nil
	}
	each, hasEach := f.Each()
	hasEntries := hasEach && each.shape.body == nil && each.shape.each == nil
	for i := range Defaults {
		d := &Defaults[i]
		isEntrys := hasEntries && Matches(f.Path+".*", d.Field)
		if isEntrys || Matches(d.Field, f.Path) || f.Name == "*" && Matches(d.Field, f.At.String()) {
			return d
		}
	}
	return f.defaultOfOwn()
}

// defaultOfOwn is that of the same field of the service's own container.
func (f Field) defaultOfOwn() *Default {
	at := OwnPath(f.At)
	if len(at) == len(f.At) {
		return nil
	}
	_, path, _ := strings.Cut(f.Path, ".*.")
	own := f
	own.At, own.Path = at, path
	return own.Default()
}
