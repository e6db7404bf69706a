package gen

import (
	"fmt"
	"strings"
)

// peoplesNames are the definitions whose form for people has a name of its own;
// of any other it is the name with Layer at its end.
var peoplesNames = map[string]string{"#Merged": "#ServiceLayer", "#MergedProject": "#Project"}

func peoplesName(name string) string {
	if n := peoplesNames[name]; n != "" {
		return n
	}
	return name + "Layer"
}

// peoplesFile is zz_service.cue: the definitions as people write them.
func (m *model) peoplesFile() ([]byte, error) {
	var out strings.Builder
	out.WriteString(header + "package schema\n")
	for _, d := range m.list {
		if m.reached[d.name] {
			m.writePeoples(&out, d)
		}
	}
	return formatCUE(out.String())
}

// openFile is zz_open.go: every definition by name, without what it demands.
func (m *model) openFile() []byte {
	var out strings.Builder
	out.WriteString(header + "package schema\n\n" +
		"// Open is the package with every definition open. As the definitions hold no\n" +
		"// defaults, a file that imports it evaluates to the same values, at a hundredth of\n" +
		"// the time; the Checker then judges them.\n" +
		"const Open = `package schema\n\n#Service: {...}\n")
	names := []string{}
	for _, d := range m.list {
		if d.scalar != nil {
			fmt.Fprintf(&out, "%s: _\n", d.name)
			continue
		}
		fmt.Fprintf(&out, "%s: {...}\n", d.name)
		if m.reached[d.name] {
			names = append(names, peoplesName(d.name))
		}
	}
	for _, name := range names {
		fmt.Fprintf(&out, "%s: {...}\n", name)
	}
	out.WriteString("`\n")
	return []byte(out.String())
}

// reach marks the definitions that layers merge into: not those in lists, which
// a layer replaces whole.
func (m *model) reach(name string) {
	if m.reached[name] {
		return
	}
	m.reached[name] = true
	d := m.byName[name]
	for _, embedded := range d.embeds {
		m.reach(embedded)
	}
	for i := range d.fields {
		m.reachField(&d.fields[i])
	}
}

func (m *model) reachField(f *field) {
	switch {
	case f.typ.ref != "":
		m.reach(f.typ.ref)
	case f.typ.each != nil:
		m.reachField(f.typ.each)
	}
}

func (m *model) writePeoples(out *strings.Builder, d *definition) {
	name := peoplesName(d.name)
	fmt.Fprintf(out, "\n// %s is %s as a layer may say it, in part and in short.\n%s: {\n", name, d.name, name)
	for _, embedded := range d.embeds {
		fmt.Fprintf(out, "%s\n\n", peoplesName(embedded))
	}
	for _, text := range d.short {
		fmt.Fprintf(out, "%s\n\n", text)
	}
	for i := range d.fields {
		f := &d.fields[i]
		for _, line := range f.doc {
			out.WriteString(line + "\n")
		}
		fmt.Fprintf(out, "%s?: %s\n", f.name, f.peoples())
		if !d.isNative {
			out.WriteString("\n")
		}
	}
	out.WriteString("}\n")
}

// peoples is the constraint of the field with its short forms and null.
func (f *field) peoples() string {
	long := f.typ.source
	switch {
	case f.isLayer:
		long = peoplesName("#Merged")
	case f.typ.ref != "":
		long = peoplesName(f.typ.ref)
	case f.typ.each != nil:
		long = "{[string]: " + f.typ.each.peoples() + "}"
	case f.typ.element != nil:
		long = "[..." + f.typ.element.typ.source + "]"
	}
	forms := []string{long}
	if f.short != "" {
		forms = append(forms, f.short)
	}
	if f.isDeclinable {
		forms = append(forms, "false")
	}
	return strings.Join(append(forms, "null"), " | ")
}
