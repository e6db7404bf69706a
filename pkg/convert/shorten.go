package convert

import (
	"bytes"
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
// mistake stays as it is.
func (s *Stage) Shorten() error {
	base, err := s.Render()
	if err != nil {
		return err
	}
	var trials []*trial
	for _, service := range s.draft.Services {
		if !base.Wrong[service.Name] {
			trials = append(trials, &trial{service: service, left: candidates(service.Root, nil)})
		}
	}
	for {
		others := map[string]*tree.Node{}
		for _, t := range trials {
			if root := t.next(); root != nil {
				others[t.service.Name] = root
			}
		}
		if len(others) == 0 {
			return nil
		}
		tried, err := s.renderWith(others)
		if err != nil {
			return err
		}
		for _, t := range trials {
			name := t.service.Name
			if root := others[name]; root != nil {
				t.settle(root, !tried.Wrong[name] && !tried.Wrong[""] && bytes.Equal(tried.YAML[name], base.YAML[name]))
			}
		}
	}
}

// trial is a service from which one field after another is left out.
type trial struct {
	service *Service
	left    []tree.Path
	tried   tree.Path
}

// next is the service without the next field; nil when all were tried.
func (t *trial) next() *tree.Node {
	for len(t.left) > 0 {
		t.tried, t.left = t.left[0], t.left[1:]
		if t.service.Root.At(t.tried) != nil {
			return without(t.service.Root, t.tried)
		}
	}
	return nil
}

// settle takes the field out for good, where nothing changed; else what is in it is
// tried.
func (t *trial) settle(root *tree.Node, isSame bool) {
	if isSame {
		t.service.Root = root
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
