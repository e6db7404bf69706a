package convert

import (
	"slices"

	"github.com/kgen-dev/kgen/pkg/tree"
)

// contents are the fields that hold what a service is about: kgen has no default for
// what is in them, and so nothing there is tried. The fields of sidecars and init
// containers are as those of services.
var contents = []string{
	"image", "command", "args", "env", "envFrom", "configMaps", "secrets", "files", "patches", "objects", "selector",
	"hostAliases", "tolerations", "nodeSelector", "affinity", "imagePullSecrets", "allowLiteral",
}

// Shorten takes out of the services what they come to without it. A service with a
// mistake stays as it is. In the end all services come to what they came to, or they all
// stay as they are.
func (s *Stage) Shorten() error {
	base, err := s.Render()
	if err != nil {
		return err
	}
	before := s.draft.remember()
	// What a few services are tried with may leave out others that matter after all.
	for _, width := range []float64{narrow, wide} {
		if err := s.shorten(base, width); err != nil {
			return err
		}
		if now, err := s.Render(); err != nil || now.isLike(base) {
			return err
		}
		s.draft.restore(before)
		if _, err := s.Render(); err != nil { // for what is read is what is tried
			return err
		}
	}
	return nil
}

// shorten tries one field of every service at once, until none is left.
func (s *Stage) shorten(base *Rendered, width float64) error {
	var trials []*trial
	for _, service := range s.draft.Services {
		if !base.Wrong[service.Name] {
			trials = append(trials, &trial{service: service, left: candidates(service.Root, nil)})
		}
	}
	around := &surroundings{stage: s, base: base, services: s.draft.Services, width: width}
	for {
		others := map[*Service]*tree.Node{}
		trials = slices.DeleteFunc(trials, func(t *trial) bool {
			isLeft := t.next()
			if isLeft {
				others[t.service] = without(s.asRead(t.service), t.tried)
			}
			return !isLeft
		})
		if len(trials) == 0 {
			return nil
		}
		if err := around.follow(trials); err != nil {
			return err
		}
		tried, err := around.render(others)
		if err != nil {
			return err
		}
		for _, t := range trials {
			isSame := !tried.Wrong[""] && tried.isLikeIn(t.service.Name, base)
			if isSame {
				s.services[t.service] = reading{tree: others[t.service]}
			}
			t.settle(isSame)
		}
	}
}

// trial is a service from which one field after another is left out.
type trial struct {
	service *Service
	left    []tree.Path
	tried   tree.Path
}

// next goes on to the next field, and reports whether there is one.
func (t *trial) next() bool {
	for len(t.left) > 0 {
		t.tried, t.left = t.left[0], t.left[1:]
		if t.service.Root.At(t.tried) != nil {
			return true
		}
	}
	return false
}

// settle takes the field out for good, where nothing changed; else what is in it is
// tried.
func (t *trial) settle(isSame bool) {
	if isSame {
		t.service.Root = without(t.service.Root, t.tried)
		return
	}
	t.left = slices.Concat(candidates(t.service.Root.At(t.tried), t.tried), t.left)
}

// candidates are the fields right below a place that may say what is said anyway.
func candidates(n *tree.Node, at tree.Path) (paths []tree.Path) {
	if n == nil || n.Kind != tree.Map {
		return nil
	}
	for _, f := range n.Fields {
		isContainer := len(at) == 0 || len(at) == 2 && (at[0] == any("sidecars") || at[0] == any("initContainers"))
		if !isContainer || !slices.Contains(contents, f.Key) {
			paths = append(paths, at.With(f.Key))
		}
	}
	return paths
}

// without is a copy of a tree that lacks one field, and the maps that hold nothing else.
func without(n *tree.Node, at tree.Path) *tree.Node {
	key, _ := at[0].(string)
	if len(at) == 1 {
		return n.Without(key)
	}
	inner := without(n.Get(key), at[1:])
	if len(inner.Fields) == 0 {
		return n.Without(key)
	}
	out := n.Without()
	out.Field(key).Value = inner
	return out
}
