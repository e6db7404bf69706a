package check

import (
	"github.com/kgen-dev/kgen/pkg/tree"
	"github.com/kgen-dev/kgen/schema"
)

// duplicateRoutes: row 8. Ingresses of different classes are read by different
// controllers; within one, namespaces do not tell them apart.
func duplicateRoutes(e *environment) {
	type route struct{ class, host, path, pathType string }
	var taken map[route]string
	for i := range e.members {
		m := &e.members[i]
		if m.Ingress == nil || isCanary(m.Ingress) {
			continue
		}
		if taken == nil {
			taken = map[route]string{}
		}
		for _, host := range m.Ingress.Hosts {
			for _, path := range host.Value {
				r := route{m.Ingress.ClassName, host.Key, path.Key, pathType(&path.Value)}
				if owner, isTaken := taken[r]; isTaken {
					m.sink.KeyErrorf(schema.DuplicateRoute, tree.P("ingress", "hosts", host.Key, path.Key), "service %s has this host and path too", owner).
						Fix = "remove one of them, or give them different paths"
					continue
				}
				taken[r] = m.Name
			}
		}
	}
}

// isCanary reports whether the controller takes the Ingress for a share of the
// traffic of another, which has the same hosts and paths.
func isCanary(in *schema.Ingress) bool {
	canary := in.Annotations.Get("nginx.ingress.kubernetes.io/canary")
	return canary != nil && canary.Value == "true"
}

func pathType(b *schema.IngressBackend) string {
	if b.PathType == "" {
		return "Prefix"
	}
	return b.PathType
}
