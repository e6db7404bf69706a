package edit

import (
	"slices"

	"github.com/kgen-dev/kgen/pkg/load"
	"github.com/kgen-dev/kgen/pkg/tree"
)

// Effect is what became of a setting in one environment.
type Effect struct {
	*Setting
	Environment string
	// IsMissing is set where the environment has no such service.
	IsMissing bool
	// At and Over are the field, and the place, that have another value than was asked
	// for; At is nil where the setting is in effect.
	At   tree.Path
	Over tree.Pos
	// IsTakenOut is set where that is null.
	IsTakenOut bool
	// Image is the reference in effect, where another registry goes before the one that
	// was asked for.
	Image string
}

// Effects are what became of the settings, in the project as it will be.
func (s *Session) Effects(after *load.Written) (effects []Effect) {
	names := after.Project.EnvironmentNames
	if s.Environment != "" {
		names = []string{s.Environment}
	}
	if len(names) == 0 {
		names = []string{""}
	}
	var seen []*Setting
	for _, d := range s.Done {
		if slices.Contains(seen, d.Setting) || d.IsRemoval {
			continue
		}
		seen = append(seen, d.Setting)
		for _, name := range names {
			e := Effect{Setting: d.Setting, Environment: name}
			root := after.InEffect(name, d.Service)
			if e.IsMissing = root == nil; !e.IsMissing {
				e.judge(root)
			}
			if e.At != nil && root.At(e.At) == nil {
				e.findNull(after)
			}
			effects = append(effects, e)
		}
	}
	return effects
}

// judge compares what is in effect with what was asked for.
func (e *Effect) judge(root *tree.Node) {
	if e.image != nil {
		have := imageOf(root.At(e.Field.At))
		if !e.image.isIn(have) {
			e.At, e.Over = e.Field.At, placeOfImage(root, e.Field.At, e.image)
		} else if e.image.repository != "" && have.name() != e.image.name() {
			e.Image = have.String()
		}
		return
	}
	value, err := e.value(&tree.Node{Kind: tree.Map})
	if err != nil {
		return
	}
	walk(load.SettledForm(nested(keysOf(e.Field.At), value)), nil, func(at tree.Path, want *tree.Node) {
		if have := root.At(at); e.At == nil && !isInEffect(want, have) {
			e.At, e.Over = at, root.Nearest(at, false)
		}
	})
}

// findNull places an effect at the null that takes the value out.
func (e *Effect) findNull(w *load.Written) {
	at := tree.P("environments", e.Environment)
	layers := []*tree.Node{w.Config.At(at.With("services", e.Service))}
	if service, err := w.Service(e.Service); err == nil && service != nil {
		layers = append(layers, service.Root.At(service.At.With(at...)), service.Root.At(service.At))
	}
	for _, layer := range layers {
		for i := 1; layer != nil && i <= len(e.At); i++ {
			if n := load.LongForm(layer).At(e.At[:i]); n != nil && n.Kind == tree.Null {
				e.Over, e.IsTakenOut = n.Pos, true
				return
			}
		}
	}
}

// placeOfImage is where the part of an image stands that is not the one asked for.
func placeOfImage(root *tree.Node, at tree.Path, asked *image) tree.Pos {
	for _, part := range asked.parts() {
		n := root.At(at.With(part[0]))
		if n != nil && n.Text != part[1] && (part[1] != "" || part[0] == "digest") {
			return n.Pos
		}
	}
	return root.Nearest(at, false)
}

// isInEffect reports whether a value is the one asked for. A number is the text that
// was typed; null is no value.
func isInEffect(want, have *tree.Node) bool {
	switch {
	case want.Kind == tree.Null || have == nil:
		return (want.Kind == tree.Null) == (have == nil)
	case want.IsScalar():
		return have.IsScalar() && want.Text == have.Text
	case want.Kind == tree.Map: // an empty one
		return have.Kind == tree.Map
	}
	return areSame(want, have)
}
