package gen

import (
	"cmp"
	"fmt"
	"go/format"
	"slices"
	"strings"
)

// tableFile is zz_table.go: the long form as Go values.
func (m *model) tableFile() ([]byte, error) {
	var out strings.Builder
	out.WriteString(header + "package schema\n")
	for _, d := range m.list {
		if d.scalar == nil {
			m.writeBody(&out, d)
		}
	}
	content, err := format.Source([]byte(out.String()))
	if err != nil {
		return nil, fmt.Errorf("generated table: %w", err)
	}
	return content, nil
}

// bodyName is the Go variable that holds the fields of a definition.
func bodyName(definition string) string { return "body" + strings.TrimPrefix(definition, "#") }

func (m *model) writeBody(out *strings.Builder, d *definition) {
	fmt.Fprintf(out, "\nvar %s = body{name: %q,", bodyName(d.name), strings.TrimPrefix(d.name, "#"))
	if d.hint != "" {
		fmt.Fprintf(out, "hint: %q,", d.hint)
	}
	out.WriteString("fields: []field{\n")
	for _, f := range m.fieldsOf(d) {
		fmt.Fprintf(out, "{name: %q", f.name)
		if f.isRequired {
			out.WriteString(", isRequired: true")
		}
		fmt.Fprintf(out, ", shape: %s},\n", f.shape())
	}
	out.WriteString("}")
	if len(d.rules) > 0 {
		out.WriteString(", rules: []rule{\n")
		for _, r := range d.rules {
			fmt.Fprintf(out, "{left: %q, right: %q, at: %q, id: %q, message: %q},\n", r.left, r.right, r.at, r.id, r.message)
		}
		out.WriteString("}")
	}
	out.WriteString("}\n")
}

// fieldsOf returns the fields of d and of what it embeds, sorted by name.
func (m *model) fieldsOf(d *definition) []field {
	fields := slices.Clone(d.fields)
	for _, name := range d.embeds {
		fields = append(fields, m.fieldsOf(m.byName[name])...)
	}
	slices.SortFunc(fields, func(a, b field) int { return cmp.Compare(a.name, b.name) })
	return fields
}

// shape writes the Go value for what may stand in the field's place.
func (f *field) shape() string {
	var b strings.Builder
	b.WriteString("shape{kinds: " + kindSet(f.typ.kinds))
	if short := f.shortKinds(); len(short) > 0 {
		b.WriteString(", short: " + kindSet(short))
	}
	switch {
	case f.typ.ref != "":
		fmt.Fprintf(&b, ", body: &%s", bodyName(f.typ.ref))
	case f.typ.each != nil:
		fmt.Fprintf(&b, ", each: &%s", f.typ.each.shape())
	case f.typ.element != nil:
		fmt.Fprintf(&b, ", each: &%s", f.typ.element.shape())
	}
	if f.typ.bounds != nil {
		fmt.Fprintf(&b, ", bounds: &bounds{%d, %d}", f.typ.bounds.min, f.typ.bounds.max)
	}
	if f.typ.pattern != "" {
		fmt.Fprintf(&b, ", pattern: %q", f.typ.pattern)
	}
	if f.message != "" {
		fmt.Fprintf(&b, ", message: %q", f.message)
	}
	if f.isDeclinable {
		b.WriteString(", isDeclinable: true")
	}
	if f.isSecret {
		b.WriteString(", isSecret: true")
	}
	b.WriteString("}")
	return b.String()
}

func kindSet(kinds []string) string { return "a" + strings.Join(kinds, " | a") }

// shortKinds are the kinds of the short form, where it is a scalar.
func (f *field) shortKinds() []string {
	var kinds []string
	for word := range strings.SplitSeq(f.short, " | ") {
		if word == "true" {
			word = "bool"
		}
		kinds = append(kinds, basic[word].kinds...)
	}
	return kinds
}
