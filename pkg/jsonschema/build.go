package jsonschema

import (
	"math"
	"slices"

	"github.com/kgen-dev/kgen/pkg/tree"
	"github.com/kgen-dev/kgen/schema"
)

// titles are those of the documents.
var titles = map[schema.Document]string{
	schema.ServiceDocument: "A service of kgen",
	schema.ProjectDocument: "A project of kgen",
	schema.ConfigDocument:  "The configuration of kgen lint",
}

// Of is the JSON Schema of a document, with the fields that an organisation adds to
// services. That of services takes one service as well as
// several under services, and as a service is but one of the layers that are merged,
// it requires no field of them; in a list, which a layer replaces whole, it does.
func Of(document schema.Document, own *schema.Extension) *Schema {
	b := builder{definitions: map[string]*Schema{}}
	root := own.Root(document)
	s := &Schema{Schema: Draft, Title: titles[document], Comment: "Printed by kgen schema.", Definitions: b.definitions}
	if document != schema.ServiceDocument {
		body := b.structOf(root, true)
		s.Description = root.Doc
		s.Type, s.Properties, s.Required, s.AdditionalProperties = body.Type, body.Properties, body.Required, body.AdditionalProperties
		return s
	}
	service := b.reference(root, false)
	several := &Schema{
		Title: "several services", Type: []string{"object"}, Required: []string{"services"}, AdditionalProperties: false,
		Properties: map[string]*Schema{"services": {
			Description: "services holds several services of one file, by name.",
			Type:        []string{"object"}, AdditionalProperties: service,
		}},
	}
	s.AnyOf = []*Schema{service, several}
	return s
}

// A builder collects the definitions that fields refer to.
type builder struct{ definitions map[string]*Schema }

// reference refers to the definition of the struct f. In a document or list that
// nothing is merged into, isWhole, required fields are.
func (b builder) reference(f schema.Field, isWhole bool) *Schema {
	name, _ := f.Definition()
	switch {
	case f.IsLayer:
		name, isWhole = "ServiceLayer", false
	case name == "Merged":
		name = "Service"
	}
	if isWhole {
		name += "Whole"
	}
	if b.definitions[name] == nil {
		b.definitions[name] = &Schema{} // of a struct within itself
		*b.definitions[name] = *b.structOf(f, isWhole)
	}
	return &Schema{Ref: "#/definitions/" + name}
}

func (b builder) structOf(f schema.Field, isWhole bool) *Schema {
	s := &Schema{Type: []string{"object", "null"}, Properties: map[string]*Schema{}, AdditionalProperties: false}
	for _, below := range f.Fields() {
		s.Properties[below.Name] = b.field(below, isWhole)
		if isWhole && below.IsRequired {
			s.Required = append(s.Required, below.Name)
		}
	}
	slices.Sort(s.Required)
	return s
}

// field is what may stand in f, with its documentation.
func (b builder) field(f schema.Field, isWhole bool) *Schema {
	s := b.value(f, isWhole)
	if s.Ref != "" {
		s = &Schema{AllOf: []*Schema{s}} // beside $ref nothing else counts
	}
	describe(s, f)
	return s
}

// value is what may stand in f: the long form, or else what is written in short.
func (b builder) value(f schema.Field, isWhole bool) *Schema {
	long := b.long(f, isWhole)
	forms := []*Schema{long}
	if short := shortForm(f); short != nil {
		forms = append(forms, short)
	}
	if f.IsDeclinable() {
		forms = append(forms, &Schema{Title: "declined", Const: false})
	}
	if len(forms) == 1 {
		return long
	}
	return &Schema{AnyOf: forms}
}

func (b builder) long(f schema.Field, isWhole bool) *Schema {
	name, _ := f.Definition()
	each, hasEach := f.Each()
	switch {
	case name == "Secret" || name == "ConfigMap" || name == "SealedSecret":
		return &Schema{AnyOf: []*Schema{b.reference(f, isWhole), b.data(f)}}
	case name != "":
		return b.reference(f, isWhole)
	case f.IsAny():
		return &Schema{}
	case f.IsOpen():
		return &Schema{Type: []string{"object", "null"}}
	case hasEach && f.TakesLong(tree.List):
		return &Schema{Type: []string{"array", "null"}, Items: b.value(each, true)}
	case hasEach:
		return &Schema{Type: []string{"object", "null"}, AdditionalProperties: b.entry(each, isWhole)}
	}
	return scalar(f)
}

// entry is any entry of a map, with its documentation where it has some of its own.
func (b builder) entry(f schema.Field, isWhole bool) *Schema {
	if name, _ := f.Definition(); name != "" && !f.IsLayer {
		return b.field(f, isWhole)
	}
	return b.value(f, isWhole)
}

// data is the short form of a ConfigMap or a Secret, sealed or not: the entries of its
// data.
func (b builder) data(f schema.Field) *Schema {
	for _, below := range f.Fields() {
		if each, ok := below.Each(); ok && (below.Name == "data" || below.Name == "encryptedData") {
			return &Schema{Title: "in short: its data", Type: []string{"object"}, AdditionalProperties: b.value(each, false)}
		}
	}
	return &Schema{}
}

// jsonTypes are the names of the kinds of values.
var jsonTypes = []struct {
	kind tree.Kind
	name string
}{{tree.String, "string"}, {tree.Int, "integer"}, {tree.Float, "number"}, {tree.Bool, "boolean"}}

func scalar(f schema.Field) *Schema {
	s := &Schema{}
	for _, t := range jsonTypes {
		isOnlyFalse := t.kind == tree.Bool && f.IsDeclinable() && !f.TakesLong(t.kind)
		if f.Takes(t.kind) && !isOnlyFalse {
			s.Type = append(s.Type, t.name)
		}
	}
	if slices.Contains(s.Type, "number") {
		s.Type = slices.DeleteFunc(s.Type, func(name string) bool { return name == "integer" })
	}
	if s.Enum = words(f); s.Enum != nil {
		s.Enum = append(s.Enum, nil)
	} else {
		s.Pattern = f.Pattern()
	}
	s.Type = append(s.Type, "null")
	setBounds(s, f)
	return s
}

// words are the strings that f takes, where they are few and known.
func words(f schema.Field) (enum []any) {
	for _, word := range f.OneOf() {
		enum = append(enum, word)
	}
	return enum
}

// setBounds limits integers, but for what 32 and 64 bits hold.
func setBounds(s *Schema, f schema.Field) {
	least, most, ok := f.Bounds()
	if ok && least != math.MinInt32 && least != math.MinInt64 {
		s.Minimum = &least
	}
	if ok && most != math.MaxInt32 && most != math.MaxInt64 {
		s.Maximum = &most
	}
}

// shortForm is what people may write in the place of a struct; nil where they cannot.
func shortForm(f schema.Field) *Schema {
	name, _ := f.Definition()
	if f.Short == "" || name == "" {
		return nil
	}
	s := &Schema{Title: "in short"}
	for _, t := range jsonTypes {
		if f.Takes(t.kind) && !f.TakesLong(t.kind) {
			s.Type = append(s.Type, t.name)
		}
	}
	for _, below := range f.Fields() {
		if below.Name != shortFor[f.Key()] {
			continue
		}
		if s.Pattern = below.Pattern(); len(below.OneOf()) > 0 {
			s.Pattern, s.Enum = "", words(below)
		}
		setBounds(s, below)
	}
	return s
}

// shortFor is the field that a short form stands for, by the key of what has it; of
// the others it follows no pattern that this schema could state.
var shortFor = map[string]string{
	"Merged.ports.*":          "containerPort",
	"ExtraService.ports.*":    "port",
	"Merged.strategy":         "type",
	"Ingress.hosts.*.*":       "port",
	"Ingress.defaultBackend":  "port",
	"MergedProject.namespace": "name",
	"Environment.namespace":   "name",
}
