package main

import (
	"bytes"
	"fmt"
	"slices"
	"strings"

	"github.com/kgen-dev/kgen/pkg/cuetext"
	"github.com/kgen-dev/kgen/pkg/effective"
	"github.com/kgen-dev/kgen/pkg/load"
	"github.com/kgen-dev/kgen/pkg/report"
	"github.com/kgen-dev/kgen/pkg/tree"
)

// explanation is what is told of a service: the values of a field, or its layers.
type explanation struct {
	Service, Field string
	Fields         []fieldValues
	Layers         []layerOf
	Absent         []absence
	// isOnly is set where there is one environment without a name.
	isOnly bool
}

// fieldValues are those of one field, of environments where it comes to the same in
// the same way together.
type fieldValues struct {
	path   tree.Path
	values []valueIn
}

type valueIn struct {
	environments []string
	effective.Value
	shown *tree.Node
	steps []shownStep
	lines string
}

// shownStep is a step whose value may be printed.
type shownStep struct {
	load.Step
	shown *tree.Node
}

// layerOf is a layer of some environments.
type layerOf struct {
	environments []string
	title        string
	rank         int
	pos          tree.Pos
	fields       []string
}

// addValues takes what a field comes to in every environment.
func (x *explanation) addValues(all []*effective.Service, at tree.Path) {
	places := map[string]int{}
	for _, s := range all {
		x.isOnly = s.Environment == ""
		for _, v := range s.Values(at) {
			key := v.Path.String()
			i, known := places[key]
			if !known {
				i = len(x.Fields)
				places[key] = i
				x.Fields = append(x.Fields, fieldValues{path: v.Path})
			}
			x.Fields[i].add(s, v)
		}
	}
}

// add joins environments where a field comes to the same in the same way.
func (f *fieldValues) add(s *effective.Service, v effective.Value) {
	in := valueIn{environments: []string{s.Environment}, Value: v, shown: s.Shown(v.Path, v.Node)}
	for _, step := range v.Steps {
		in.steps = append(in.steps, shownStep{step, s.Shown(v.Path, step.Value)})
	}
	in.lines = in.text()
	for i := range f.values {
		if f.values[i].lines == in.lines {
			f.values[i].environments = append(f.values[i].environments, s.Environment)
			return
		}
	}
	f.values = append(f.values, in)
}

// text is the explanation for people.
func (x *explanation) text() []byte {
	var b bytes.Buffer
	for _, f := range x.Fields {
		name := f.path.String()
		for _, v := range f.values {
			where := ""
			if !x.isOnly {
				where = " in " + strings.Join(v.environments, ", ")
			}
			fmt.Fprintf(&b, "%s of %s%s%s", name, report.OneLine(x.Service), report.OneLine(where), v.lines)
			if v.Default != nil && (v.IsDefault || v.Node == nil) {
				told(&b, v.defaultNote())
			}
		}
	}
	x.layersText(&b)
	for _, a := range x.Absent {
		b.WriteString(report.OneLine(fmt.Sprintf("%s is not in %s: %s removes it", x.Service, a.environment, a.pos)) + "\n")
	}
	return b.Bytes()
}

// longestValue is how many characters of a value are printed.
const longestValue = 200

func literalText(n *tree.Node) string {
	text := []rune(report.OneLine(cuetext.Inline(n)))
	if len(text) > longestValue {
		return string(text[:longestValue]) + "..."
	}
	return string(text)
}

// text is what stands behind the name of the field.
func (v *valueIn) text() string {
	var b strings.Builder
	switch {
	case v.shown != nil:
		b.WriteString(": " + literalText(v.shown) + "\n")
	case v.Default == nil:
		b.WriteString(": not set, and kgen has no default\n")
	default:
		b.WriteString(": not set\n")
	}
	inEffect := !v.IsDefault || v.Node != nil && v.Node.Kind == tree.List
	for i := len(v.steps) - 1; i >= 0; i-- {
		step := &v.steps[i]
		b.WriteString("  " + report.OneLine(step.text(inEffect)) + "\n")
		inEffect = inEffect && step.Effect == load.Idle
	}
	return b.String()
}

// defaultNote tells of a built-in default that made a value, or does not apply.
func (v *valueIn) defaultNote() string {
	d, label := v.Default, "kgen's default"
	if !v.IsDefault {
		label = "kgen's default does not apply"
	}
	note := "  " + label + ": " + v.DefaultText() + "\n    why: " + d.Why + "\n"
	if d.Decline != "" {
		note += "    decline: " + d.Decline + "\n"
	}
	return note
}

// told writes a note, and of one that stands above already only that it does.
func told(b *bytes.Buffer, note string) {
	if bytes.Contains(b.Bytes(), []byte(note)) {
		label, _, _ := strings.Cut(note, ":")
		note = label + ", as above\n"
	}
	b.WriteString(note)
}

// text is a line for what a layer does; a value in effect needs no repetition.
func (s *shownStep) text(inEffect bool) string {
	place := s.Pos.String() + ": "
	from := " of " + layerTitle(s.Layer)
	switch s.Effect {
	case load.Removes:
		return place + "null" + from + " removes what is below"
	case load.Idle:
		return place + "null" + from + " removes nothing"
	case load.Drops:
		return place + s.By.String() + from + " takes its place"
	}
	if inEffect {
		return place + "set by" + strings.TrimPrefix(from, " of")
	}
	return place + literalText(s.shown) + from + ", overridden"
}

// addLayers takes the layers that make a service, those of several environments once.
func (x *explanation) addLayers(all []*effective.Service) {
	for _, s := range all {
		x.isOnly = s.Environment == ""
		for i := range s.Layers {
			l := &s.Layers[i]
			x.addLayer(layerOf{[]string{s.Environment}, layerTitle(l), layerRank(l), layerPos(l), topFields(l.Root)})
		}
	}
}

func (x *explanation) addLayer(l layerOf) {
	for i := range x.Layers {
		if have := &x.Layers[i]; have.title == l.title {
			have.environments = append(have.environments, l.environments...)
			return
		}
	}
	x.Layers = append(x.Layers, l)
	slices.SortStableFunc(x.Layers, func(a, b layerOf) int { return a.rank - b.rank })
}

// layerRank puts the layers of several environments in one order, lowest first.
func layerRank(l *load.Layer) int {
	switch {
	case !l.InProject:
		return 3 + len(l.At)
	case len(l.At) == 1:
		return 0
	case l.At[len(l.At)-1] == "defaults":
		return 1
	}
	return 4
}

// layerPos is where a layer begins; of the project's labels that is the field itself.
func layerPos(l *load.Layer) tree.Pos {
	if !l.Root.Pos.IsValid() && len(l.Root.Fields) > 0 {
		return l.Root.Fields[0].KeyPos
	}
	return l.Root.Pos
}

// layersText lists the layers, lowest first, and says how to go on.
func (x *explanation) layersText(b *bytes.Buffer) {
	if x.Field != "" || len(x.Layers) == 0 {
		return
	}
	fmt.Fprintf(b, "%s is a service; its layers, each over those before:\n", report.OneLine(x.Service))
	var fields []string
	for _, l := range x.Layers {
		b.WriteString("  " + report.OneLine(fmt.Sprintf("%s: %s: %s", l.pos, l.title, strings.Join(l.fields, ", "))) + "\n")
		if l.title == "the service" {
			fields = l.fields
		}
	}
	if hint := serviceHint(x.Service, fields); hint != "" {
		b.WriteString("What a field comes to: " + report.OneLine(hint) + "\n")
	}
}
