package convert

import (
	"maps"
	"slices"
	"strings"

	"github.com/kgen-dev/kgen/pkg/tree"
)

// own are the fields that tell a service from others, with patterns of tree paths: they
// stay in it even where several say the same.
var own = []string{
	"kind", "schedule", "image.repository", "image.tag", "image.digest", "image.mutable", "command", "args", "workingDir", "env", "envFrom", "ports", "probes",
	"configMaps", "secrets", "files", "volumes", "writable", "initContainers", "sidecars", "service.name", "extraServices", "ingress", "httpRoutes", "grpcRoutes",
	"networkPolicy", "component", "selector", "objects", "allowLiteral", "serviceAccount.name", "serviceAccount.rules",
	"serviceAccount.clusterRules", "metrics", "topologySpreadConstraints", "hostAliases",
}

// Lift moves what most services say alike to the defaults of the project, as far as
// every service comes to the same as before.
func (s *Stage) Lift() error {
	base, err := s.Render()
	if err != nil || len(s.draft.Services) < 2 {
		return err
	}
	for _, c := range s.common(nil) {
		if err := s.lift(base, c); err != nil {
			return err
		}
	}
	return nil
}

// lift tries one value that is common.
func (s *Stage) lift(base *Rendered, at tree.Path) error {
	value := s.most(at)
	if value == nil {
		return nil
	}
	project, roots := s.draft.Project, make([]*tree.Node, len(s.draft.Services))
	for i, service := range s.draft.Services {
		roots[i] = service.Root
		if isSame(service.Root.At(at), value) {
			service.Root = without(service.Root, at)
		}
	}
	s.draft.Project = project.WithAt(tree.P("defaults").With(at...), value)
	tried, err := s.Render()
	if err == nil && maps.Equal(tried.Wrong, base.Wrong) && sameYAML(tried.YAML, base.YAML) {
		return nil
	}
	s.draft.Project = project
	for i, service := range s.draft.Services {
		service.Root = roots[i]
	}
	return err
}

func sameYAML(a, b map[string][]byte) bool {
	return maps.EqualFunc(a, b, func(x, y []byte) bool { return string(x) == string(y) })
}

// common are the paths below at that most services say alike, the values as large as
// they can be, in the order of the fields of the services.
func (s *Stage) common(at tree.Path) (paths []tree.Path) {
	if slices.Contains(own, at.String()) && !isEmptyList(s.most(at)) {
		return nil
	}
	if value := s.most(at); len(at) > 0 && value != nil && (value.Kind != tree.Map || !hasOwn(at)) {
		return []tree.Path{at}
	}
	var keys []string
	for _, service := range s.draft.Services {
		n := service.Root.At(at)
		if n == nil || n.Kind != tree.Map {
			continue
		}
		for _, f := range n.Fields {
			if !slices.Contains(keys, f.Key) {
				keys = append(keys, f.Key)
			}
		}
	}
	for _, key := range keys {
		paths = append(paths, s.common(at.With(key))...)
	}
	return paths
}

// hasOwn reports whether some of what is below a path tells a service from others.
func hasOwn(at tree.Path) bool {
	return slices.ContainsFunc(own, func(path string) bool { return strings.HasPrefix(path, at.String()+".") })
}

// isEmptyList reports whether a value declines a list, as writable: [] does.
func isEmptyList(n *tree.Node) bool { return n != nil && n.Kind == tree.List && len(n.Fields) == 0 }

// most is the value of at least two services, and half of all; nil where there is none.
func (s *Stage) most(at tree.Path) *tree.Node {
	counts := map[string]int{}
	var best *tree.Node
	for _, service := range s.draft.Services {
		n := service.Root.At(at)
		if n == nil {
			continue
		}
		text := string(n.AppendJSON(nil))
		if counts[text]++; counts[text] >= 2 && counts[text]*2 >= len(s.draft.Services) && best == nil {
			best = n
		}
	}
	return best
}

func isSame(a, b *tree.Node) bool {
	return a != nil && b != nil && string(a.AppendJSON(nil)) == string(b.AppendJSON(nil))
}
