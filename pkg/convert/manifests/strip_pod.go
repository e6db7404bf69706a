package manifests

import (
	"github.com/kgen-dev/kgen/pkg/tree"
)

// tokenPath is where the API server mounts the token of the account into pods.
const tokenPath = "/var/run/secrets/kubernetes.io/serviceaccount"

// livePod takes out what admission plugins and the scheduler wrote into a pod:
// ServiceAccount, Priority, DefaultTolerationSeconds.
// https://kubernetes.io/docs/reference/access-authn-authz/admission-controllers
func (s *stripper) livePod() {
	spec := tree.P("spec")
	s.drop("the scheduler chose it", spec.With("nodeName"))
	for _, field := range []string{"priority", "preemptionPolicy", "serviceAccount"} {
		s.drop(filledIn, spec.With(field))
	}
	if text(s.o.Node, "spec", "serviceAccountName") == "default" {
		s.drop(filledIn, spec.With("serviceAccountName"))
	}
	s.each(spec.With("tolerations"), func(n *tree.Node) bool {
		key := text(n, "key")
		return (key == "node.kubernetes.io/not-ready" || key == "node.kubernetes.io/unreachable") && n.Get("tolerationSeconds") != nil && n.Get("tolerationSeconds").Text == "300"
	})
	volumes := map[string]bool{}
	for _, list := range []string{"initContainers", "containers"} {
		for i, container := range elements(s.o.Node.At(spec.With(list))) {
			for _, mount := range elements(container.Get("volumeMounts")) {
				if text(mount, "mountPath") == tokenPath {
					volumes[text(mount, "name")] = true
				}
			}
			s.each(spec.With(list, i, "volumeMounts"), func(n *tree.Node) bool { return text(n, "mountPath") == tokenPath })
		}
	}
	s.each(spec.With("volumes"), func(n *tree.Node) bool { return volumes[text(n, "name")] })
}

// each takes the elements out of a list that the API server added, the last first, so
// that indices stay.
func (s *stripper) each(list tree.Path, isServers func(*tree.Node) bool) {
	found := elements(s.o.Node.At(list))
	for i := len(found) - 1; i >= 0; i-- {
		if isServers(found[i]) {
			s.drop(filledIn, list.With(i))
		}
	}
	if left := s.o.Node.At(list); left != nil && len(found) > 0 && len(left.Fields) == 0 {
		s.o.Node = s.o.Node.WithoutAt(list)
	}
}
