package validate

import (
	"slices"

	"github.com/kgen-dev/kgen/pkg/report"
	"github.com/kgen-dev/kgen/pkg/suggest"
	"github.com/kgen-dev/kgen/pkg/tree"
)

// maxProblems bounds what is said of one object, one more than a Sink takes. To
// hold problems against each other takes time that grows with their square.
const maxProblems = 1001

func atMost[T any](list []T) []T { return list[:min(len(list), maxProblems)] }

// besides are the mistakes of decoding n, and what else the server would say: not
// what follows from them.
func besides(n *tree.Node, mistakes []tree.DecodeError, verdict []Problem) []Problem {
	if len(mistakes) == 0 {
		return verdict
	}
	mistakes = atMost(mistakes)
	problems := make([]Problem, 0, len(mistakes)+len(verdict))
	for i := range mistakes {
		problems = append(problems, fromDecoding(&mistakes[i]))
	}
	for _, p := range verdict {
		if !followsFrom(mistakes, &p, p.In(n)) {
			problems = append(problems, p)
		}
	}
	return problems
}

// followsFrom reports whether what the server says of the value at path may come
// from a value that was not decoded: one there, above or below, or the misspelt
// one beside it.
func followsFrom(mistakes []tree.DecodeError, p *Problem, path tree.Path) bool {
	for i := range mistakes {
		m := &mistakes[i]
		if m.Path.IsAlong(path) || p.ID == Required && isMisspelt(m, path) {
			return true
		}
	}
	return false
}

// isMisspelt reports whether a mistake is an unknown field that may have been meant
// for the one at path, beside it.
func isMisspelt(m *tree.DecodeError, path tree.Path) bool {
	last := len(path) - 1
	if m.Kind != tree.UnknownField || last < 0 || len(m.Path) != len(path) || !m.Path[:last].IsAlong(path[:last]) {
		return false
	}
	written, _ := m.Path[last].(string)
	missing, _ := path[last].(string)
	return suggest.Nearest(written, []string{missing}) != ""
}

// Causes leaves out what only follows from another problem of the manifest n: the
// server fills in defaults from values that are wrong, and drops some that others
// refer to.
func Causes(n *tree.Node, problems []Problem) []Problem {
	if len(problems) < 2 {
		return problems
	}
	w := newWhole(n, problems)
	return slices.DeleteFunc(slices.Clone(problems), w.isEffect)
}

// whole is what is known of all problems of a manifest.
type whole struct {
	root *tree.Node
	// said has what is said of values that somebody wrote.
	said map[string]bool
	// refused are the paths of the volumes that are wrong.
	refused map[string]bool
}

func newWhole(n *tree.Node, problems []Problem) *whole {
	w := &whole{root: n, said: map[string]bool{}, refused: map[string]bool{}}
	for i := range problems {
		p := &problems[i]
		at := p.In(n)
		if n.At(at) != nil {
			w.said[copyKey(p, at)] = true
		}
		if end := volumeEnd(at); end > 0 && p.ID != NotFound {
			w.refused[at[:end].String()] = true
		}
	}
	return w
}

// copyKey is what the problem of a default has in common with that of the value
// that it comes from: requests are filled in from limits, targetPort from port.
func copyKey(p *Problem, at tree.Path) string {
	return at[:max(0, len(at)-2)].String() + " " + p.Message
}

// volumeEnd is the length of the path to a volume that at leads into; 0 for none.
func volumeEnd(at tree.Path) int {
	if i := slices.Index(at, any("volumes")); i >= 0 && i+1 < len(at) {
		return i + 2
	}
	return 0
}

func (w *whole) isEffect(p Problem) bool {
	at := p.In(w.root)
	switch {
	case p.Severity != report.Error || len(at) == 0:
		return false
	case p.Field == "metadata.name" && w.root.At(at) == nil && textAt(w.root, "metadata", "generateName") != "":
		return true // the name that the server made of it
	case p.ID == NotFound && at[len(at)-1] == "name":
		return w.isOfRefusedVolume(at)
	}
	return p.ID != Required && w.root.At(at) == nil && w.said[copyKey(&p, at)]
}

// isOfRefusedVolume reports whether at leads to the name of a volume, in a mount,
// that is there, and wrong itself.
func (w *whole) isOfRefusedVolume(at tree.Path) bool {
	mount := slices.Index(at, any("volumeMounts"))
	if mount < 2 {
		return false
	}
	volumes := at[:mount-2].With("volumes") // beside containers[i]
	name, list := w.root.At(at), w.root.At(volumes)
	if name == nil || list == nil {
		return false
	}
	for i := range list.Fields {
		if textAt(list.Fields[i].Value, "name") == name.Text {
			return w.refused[volumes.With(i).String()]
		}
	}
	return false
}
