package validate

import (
	"slices"
	"strings"

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
	isPatch := false
	missing := make([]tree.Path, len(mistakes))
	for i := range mistakes {
		if m := movedOf(n, &mistakes[i]); m != nil {
			missing[i] = m.missing(mistakes[i].Path)
		}
		if isDirective(&mistakes[i]) && isPatch {
			continue // one tells of all
		}
		isPatch = isPatch || isDirective(&mistakes[i])
		problems = append(problems, fromDecoding(n, &mistakes[i]))
	}
	for _, p := range verdict {
		if !isPatch && !followsFrom(n, mistakes, missing, &p, p.In(n)) {
			problems = append(problems, p)
		}
	}
	return problems
}

// followsFrom reports whether what the server says of the value at path may come
// from a value that was not decoded: one there, above or below, or one that has
// another name beside it. Of those that stand in the wrong place missing are the
// right ones.
func followsFrom(n *tree.Node, mistakes []tree.DecodeError, missing []tree.Path, p *Problem, path tree.Path) bool {
	for i := range mistakes {
		m := &mistakes[i]
		switch {
		case len(path) >= len(m.Path) && m.Path.IsAlong(path), isMeant(n, m, missing[i], path), isLimitOf(m, p, path):
			return true
		case m.Path.IsAlong(path) && !forbids(p) && (m.Kind != tree.UnknownField || p.ID == Required || len(path) >= mapAbove(m.Path)):
			return true
		}
	}
	return false
}

// isLimitOf reports whether a mistake is the limit that the request at a path is
// held against: what could not be read is none.
func isLimitOf(m *tree.DecodeError, p *Problem, path tree.Path) bool {
	last := len(path) - 1
	return last > 0 && strings.HasSuffix(p.Message, "limit of 0") && path[last-1] == "requests" &&
		slices.Equal(m.Path, path[:last-1].With("limits", path[last]))
}

// mapAbove is the length of the path to the map that a field stands in, or to the
// list of such maps.
func mapAbove(at tree.Path) int {
	length := len(at) - 1
	if length > 0 {
		if _, isIndex := at[length-1].(int); isIndex {
			return length - 1
		}
	}
	return length
}

// forbids reports whether a problem is about values that are there.
func forbids(p *Problem) bool {
	return p.ID == Forbidden || strings.Contains(p.Message, "both") || strings.Contains(p.Message, "may not be")
}

// isMeant reports whether a mistake is an unknown field that may have been meant
// for what lies at path, and is not there: for what is missing, where that is known.
func isMeant(n *tree.Node, m *tree.DecodeError, missing, path tree.Path) bool {
	parent := len(m.Path) - 1
	if m.Kind != tree.UnknownField || len(path) <= parent || !m.Path[:parent].IsAlong(path[:parent]) {
		return false
	}
	if missing == nil {
		name, _ := path[parent].(string)
		if suggest.Nearest(lastKey(m.Path), []string{name}) == "" {
			return false
		}
		missing = path[:parent+1]
	}
	return len(missing) > parent && len(path) >= len(missing) && missing.IsAlong(path) && n.At(missing) == nil
}

// Causes leaves out what only follows from another problem of the manifest n: the
// server fills in defaults from values that are wrong, drops some that others refer
// to, and says some things twice. Of the rest it says how to mend what only the
// manifest can tell.
func Causes(n *tree.Node, problems []Problem) []Problem {
	if len(problems) == 0 || len(problems) >= maxProblems { // of so many nobody reads all
		return problems
	}
	w := newWhole(n, problems)
	causes := make([]Problem, 0, len(problems))
	for i := range problems {
		if !w.isEffect(&w.problems[i], w.paths[i]) {
			w.help(&w.problems[i])
			causes = append(causes, w.problems[i])
		}
	}
	return causes
}

// whole is what is known of all problems of a manifest.
type whole struct {
	root     *tree.Node
	problems []Problem
	paths    []tree.Path // of the problems
	// at has what is said of a path, by its text.
	at map[string][]*Problem
	// said has what is said of values that somebody wrote.
	said map[string]bool
	// refused are the paths of the volumes that are wrong.
	refused map[string]bool
}

func newWhole(n *tree.Node, problems []Problem) *whole {
	w := &whole{root: n, problems: slices.Clone(problems), paths: make([]tree.Path, len(problems)), at: map[string][]*Problem{}, said: map[string]bool{}, refused: map[string]bool{}}
	for i := range w.problems {
		p := &w.problems[i]
		at := p.In(n)
		w.paths[i] = at
		w.at[at.String()] = append(w.at[at.String()], p)
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

func (w *whole) isEffect(p *Problem, at tree.Path) bool {
	switch {
	case p.Severity != report.Error || len(at) == 0:
		return false
	case w.isEcho(p, at):
		return true
	case p.Field == "metadata.name" && w.root.At(at) == nil && textAt(w.root, "metadata", "generateName") != "":
		return true // the name that the server made of it
	case p.ID == NotFound && at[len(at)-1] == "name":
		return w.isOfRefusedVolume(at)
	}
	return p.ID != Required && w.root.At(at) == nil && w.said[copyKey(p, at)]
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
