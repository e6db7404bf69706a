package schema

import (
	_ "embed"
	"slices"
	"strings"
	"sync"

	"github.com/kgen-dev/kgen/pkg/tree"
)

// What every field is for. The Go table says what may stand in a field, zz_docs.txt
// what its comment says and how it is written in short, docs_examples.txt what it
// may look like. Both texts are read when somebody first asks.

//go:embed zz_docs.txt
var docsText string

//go:embed docs_examples.txt
var examplesText string

// A fieldDoc is a line of zz_docs.txt: of a field its short form, of a definition
// the API group.
type fieldDoc struct{ short, marks, said string }

// documentation has every line by DEFINITION or DEFINITION.FIELD, the fields of
// every definition in reading order, and the examples.
type documentation struct {
	lines    map[string]fieldDoc
	fields   map[string][]string
	examples map[string]string
}

var documented = sync.OnceValue(func() *documentation {
	d := &documentation{lines: map[string]fieldDoc{}, fields: map[string][]string{}, examples: map[string]string{}}
	for key, rest := range docLines(docsText) {
		columns := strings.SplitN(rest+"\t\t", "\t", 3)
		d.add(key, fieldDoc{columns[0], columns[1], strings.TrimRight(columns[2], "\t")})
	}
	for key, line := range onlyWrittenDocs {
		d.lines[key] = line
	}
	for key, value := range docLines(examplesText) {
		d.examples[key] = value
	}
	return d
})

// docLines yields the lines of text that are no comments, cut at the first tab.
func docLines(text string) func(yield func(string, string) bool) {
	return func(yield func(string, string) bool) {
		for line := range strings.Lines(text) {
			key, rest, _ := strings.Cut(strings.TrimRight(line, "\r\n"), "\t")
			if key != "" && key[0] != '#' && !yield(key, rest) {
				return
			}
		}
	}
}

func (d *documentation) add(key string, line fieldDoc) {
	d.lines[key] = line
	if definition, field, isField := strings.Cut(key, "."); isField && !strings.Contains(field, ".") {
		d.fields[definition] = append(d.fields[definition], field)
	}
}

// onlyWrittenDocs are of the fields that the long form does not have, and of the
// definitions that people know under another name.
var onlyWrittenDocs = map[string]fieldDoc{
	"Merged":              {said: "a service"},
	"MergedProject":       {said: "a project"},
	"Config":              {said: "what kgen lint is told where there is no project"},
	"Merged.environments": {said: "environments holds, by environment, what differs there: a partial service."},
	"Volume.mountPath":    {said: "mountPath is where the volume is in the container; it is short for one entry of mounts."},
	"Config.crds":         {said: "crds are the paths of CustomResourceDefinitions, files or directories, relative to .kgen.yaml."},
}

// bodyConfig is what .kgen.yaml may have: the block lint of a project, and two
// fields more.
var bodyConfig = sync.OnceValue(func() *body {
	b := &body{name: "Config", fields: slices.Clone(bodyLint.fields)}
	b.fields = append(b.fields,
		field{name: "crds", shape: shape{kinds: aList, each: &shape{kinds: aString}}},
		*bodyMergedProject.field("kubernetesVersion"))
	slices.SortFunc(b.fields, func(x, y field) int { return strings.Compare(x.name, y.name) })
	return b
})

// writtenFields are the fields of b as people know them, in reading order.
func (b *body) writtenFields() []field {
	if b.isOwn {
		return b.fields
	}
	var fields []field
	switch b {
	case &bodyVolume:
		fields = append(fields, field{name: "mountPath", shape: shape{kinds: aString}})
	case bodyConfig():
		fields = append(fields, *b.field("kubernetesVersion"), *b.field("crds"))
	}
	for _, name := range documented().fields[b.definition()] {
		if f := b.field(name); f != nil {
			fields = append(fields, *f)
		}
	}
	if b == &bodyMerged {
		fields = append(fields, field{name: "environments", shape: shape{kinds: aMap, each: &serviceShape}})
	}
	return fields
}

// definition is the name by which the comments have b.
func (b *body) definition() string {
	if b == bodyConfig() {
		return bodyLint.name
	}
	return b.name
}

// docKey is what zz_docs.txt has the field of b by.
func (b *body) docKey(name string) string {
	switch {
	case b == bodyConfig() && name == "crds":
		return b.name + "." + name
	case b == bodyConfig() && name == "kubernetesVersion":
		return bodyMergedProject.name + "." + name
	}
	return b.definition() + "." + name
}

// alsoText are the fields for texts that kgen takes numbers and booleans for
// too, with the text that was typed.
var alsoText = map[string]bool{"EnvVar.value": true, "File.content": true, "Volume.size": true}

// isOpenMap reports whether anything may stand in the map s.
func (s *shape) isOpenMap() bool {
	return s.kinds.has(tree.Map) && s.body == nil && s.each == nil
}
