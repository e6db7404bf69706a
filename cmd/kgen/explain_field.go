package main

import (
	_ "embed"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/kgen-dev/kgen/pkg/suggest"
	"github.com/kgen-dev/kgen/schema"
)

// aboutFields are the fields of a service, of kgen.cue and of .kgen.yaml; the names
// are those of the first level, explainField takes any path.
func aboutFields(own *schema.Extension) topics {
	var names []string
	for _, document := range schema.Documents {
		for _, path := range own.Root(document).Paths("") {
			if !slices.Contains(names, path) {
				names = append(names, path)
			}
		}
	}
	return topics{names, func(name string) string {
		text, err := explainField(name, own)
		if err != nil {
			return err.Error()
		}
		return text
	}}
}

// fieldPaths are the paths that prefix can be completed to, one level further.
func fieldPaths(own *schema.Extension, prefix string) []string {
	var paths []string
	for _, document := range schema.Documents {
		paths = append(paths, own.Root(document).Paths(prefix)...)
	}
	slices.Sort(paths)
	return slices.Compact(paths)
}

// explainField is the text about the field that a path leads to, in a service and in
// kgen.cue where both have it, in .kgen.yaml where nothing else does. The error
// names the nearest field at the level where the path goes wrong.
func explainField(path string, own *schema.Extension) (string, error) {
	var texts []string
	var failure error
	for _, document := range schema.Documents {
		f, err := own.Root(document).Lookup(path)
		switch {
		case err == nil && (document != schema.ConfigDocument || len(texts) == 0):
			texts = append(texts, fieldText(f))
		case failure == nil || nearness(err) > nearness(failure):
			failure = err
		}
	}
	if len(texts) > 0 {
		return strings.Join(texts, "\n"), nil
	}
	var none *schema.NoFieldError
	if errors.As(failure, &none) && none.Depth == 0 && none.Instead == "" {
		return "", fmt.Errorf("there is no field %q%s", none.Name, suggest.Hint(none.Name, aboutFields(own).names))
	}
	return "", failure
}

// nearness orders errors about one path in several documents: more steps of it were
// right, or at the same one a name is near.
func nearness(err error) int {
	var none *schema.NoFieldError
	switch {
	case !errors.As(err, &none):
		return 0
	case none.IsNear():
		return 2*none.Depth + 1
	}
	return 2 * none.Depth
}

// isFieldPath reports whether name can be nothing but a field, be it misspelt: it has
// several levels, or the error about it says what to write instead.
func isFieldPath(name string, err error) bool {
	var none *schema.NoFieldError
	isNone := errors.As(err, &none)
	return isNone && (none.Depth > 0 || none.Instead != "") || strings.ContainsAny(name, ".[")
}

// fieldText is all that is known about a field.
func fieldText(f schema.Field) string {
	var b strings.Builder
	where := ""
	if f.Document != schema.ServiceDocument {
		where = " (in " + f.Document.String() + ")"
	}
	b.WriteString(f.Path + where + ": " + f.Doc + "\n\n")
	b.WriteString(labelled("Type:", f.Type()))
	if short := f.ShortType(); short != "" {
		b.WriteString(labelled("In short:", short))
	}
	if values := f.Values(); values != "" {
		b.WriteString(labelled("Values:", values))
	}
	b.WriteString(labelled("Required:", requiredText(f)))
	if pos, isOwn := f.Own(); isOwn {
		b.WriteString(labelled("Defined:", "by #Service, in "+pos.String()))
	}
	b.WriteString(defaultText(f))
	for i, place := range becomes(f) {
		label := ""
		if i == 0 {
			label = "Becomes:"
		}
		b.WriteString(labelled(label, place))
	}
	if ids := refusalsOf(f); len(ids) > 0 {
		b.WriteString(labelled("Refused:", strings.Join(ids, ", ")))
	}
	if f.IsSecret() {
		b.WriteString(labelled("Secret:", "its values are never printed"))
	}
	if example := f.FullExample(); example != "" {
		b.WriteString(labelled("Example:", example))
	}
	b.WriteString(belowText(f))
	return b.String()
}

func requiredText(f schema.Field) string {
	switch {
	case !f.IsRequired:
		return "no"
	case f.Document == schema.ServiceDocument && f.IsLayered():
		return "yes, in the merged service; any layer may say it"
	}
	return "yes"
}

// defaultText is the built-in default of a field of a service, and why.
func defaultText(f schema.Field) string {
	d := f.Default()
	if d == nil {
		return ""
	}
	value := d.Value
	if entry, isEntrys := strings.CutPrefix(d.Field, f.Path+"."); isEntrys {
		value = entry + ": " + value
	}
	text := labelled("Default:", value) + labelled("Why:", d.Why)
	if d.Decline != "" {
		text += labelled("Decline:", d.Decline)
	}
	return text
}

// belowText lists what stands below a field, one line each.
func belowText(f schema.Field) string {
	if f.IsLayer {
		return "\nIt has the fields of a service, but for environments: kgen explain FIELD tells about each.\n"
	}
	title := "Fields"
	for each, ok := f.Each(); ok; each, ok = f.Each() {
		f, title = each, "Fields of "+each.Path
		if f.IsLayer {
			return belowText(f)
		}
	}
	fields := f.Fields()
	if len(fields) == 0 {
		return ""
	}
	width := 0
	for _, below := range fields {
		width = max(width, len(below.Name))
	}
	var b strings.Builder
	b.WriteString("\n" + title + ":\n")
	for _, below := range fields {
		fmt.Fprintf(&b, "  %-*s  %s\n", width, below.Name, summary(below))
	}
	return b.String()
}

// summary is the first sentence about a field.
func summary(f schema.Field) string {
	text, _, _ := strings.Cut(withoutName(f), "; in short")
	if end := strings.Index(text, ". "); end > 0 && end+2 < len(text) && text[end+2] >= 'A' && text[end+2] <= 'Z' {
		text = text[:end]
	}
	text = strings.TrimSuffix(text, ".")
	if f.IsRequired {
		text += " (required)"
	}
	return text
}

// withoutName is what is said about a field without the words that repeat its name.
func withoutName(f schema.Field) string {
	text := f.Doc
	if strings.HasPrefix(strings.ToLower(text), strings.ToLower(f.Name)+" ") {
		text = text[len(f.Name)+1:]
	}
	for _, verb := range []string{"is ", "are "} {
		text = strings.TrimPrefix(text, verb)
	}
	return text
}
