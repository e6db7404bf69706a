package convert

import (
	"cmp"
	"slices"
	"strings"

	"github.com/kgen-dev/kgen/pkg/tree"
)

// own are the fields that tell a service from others, with patterns of tree paths: they
// stay in it even where several say the same.
var own = []string{
	"kind", "schedule", "image.repository", "image.tag", "image.digest", "image.mutable", "command", "args", "workingDir", "env", "envFrom", "ports", "probes",
	"configMaps", "secrets", "files", "volumes", "writable", "initContainers", "sidecars", "service.name", "extraServices", "ingress", "httpRoutes", "grpcRoutes",
	"networkPolicy", "component", "selector", "objects", "allowLiteral", "serviceAccount.name", "serviceAccount.rules", "serviceAccount.roleName",
	"serviceAccount.roleBindingName", "serviceAccount.clusterRules", "serviceAccount.clusterRoleName", "serviceAccount.clusterRoleBindingName", "metrics", "topologySpreadConstraints", "hostAliases",
}

// Lift moves what most services say alike to the defaults of the project, as far as
// every service comes to the same as before.
func (s *Stage) Lift() error {
	base, err := s.Render()
	if err != nil || len(s.draft.Services) < 2 {
		return err
	}
	before := s.draft.remember()
	for _, c := range s.common(nil) {
		if err := s.lift(base, c); err != nil {
			return err
		}
	}
	now, err := s.Render()
	if err == nil && !now.isLike(base) {
		s.draft.restore(before)
	}
	return err
}

// lift tries one value that is common.
func (s *Stage) lift(base *Rendered, at tree.Path) error {
	value := s.most(at)
	if value == nil {
		return nil
	}
	root := s.draft.Project.WithAt(tree.P("defaults").With(at...), value)
	project, _ := s.project.again(projectFile, projectTree(root))
	lifted := map[*Service]*tree.Node{}
	for _, service := range s.draft.Services {
		if isSame(service.Root.At(at), value) {
			lifted[service] = without(s.asRead(service), at)
		}
	}
	tried, err := s.renderProject(s.projectOf(s.draft.Services, project.tree, func(service *Service) *tree.Node {
		return cmp.Or(lifted[service], s.asRead(service))
	}), false)
	if err != nil || !tried.isLike(base) {
		return err
	}
	s.draft.Project, s.project = root, project
	for service, read := range lifted {
		service.Root, s.services[service] = without(service.Root, at), reading{tree: read}
	}
	return nil
}

// common are the paths below at that most services say alike, the values as large as
// they can be, in the order of the fields of the services.
func (s *Stage) common(at tree.Path) (paths []tree.Path) {
	if len(at) > 0 {
		value := s.most(at)
		if slices.Contains(own, at.String()) && !isEmptyList(value) {
			return nil
		}
		if value != nil && (value.Kind != tree.Map || !hasOwn(at)) {
			return []tree.Path{at}
		}
	}
	var keys []string
	isKey := map[string]bool{}
	for _, service := range s.draft.Services {
		n := service.Root.At(at)
		if n == nil || n.Kind != tree.Map {
			continue
		}
		for _, f := range n.Fields {
			if !isKey[f.Key] {
				isKey[f.Key] = true
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
