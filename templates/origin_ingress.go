package templates

import "github.com/kgen-dev/kgen/pkg/tree"

var ingressOrigins = objectOrigins("ingress",
	rule{"spec.ingressClassName", "ingress.className"},
	rule{"spec.defaultBackend", "ingress.defaultBackend"},
	rule{"spec.defaultBackend.service.name", "ingress.defaultBackend.service"},
	rule{"spec.defaultBackend.service.port.*", "ingress.defaultBackend.port"},
	rule{"spec.tls", "ingress.tls"},
	rule{"spec.tls.0.secretName", "ingress.tls.secretName"},
	rule{"spec.tls.0.hosts", "{tlsHosts}"},
	rule{"spec.tls.0.hosts.{tlsHost}", "{tlsHost}"},
	rule{"spec.rules", "ingress.hosts"},
	rule{"spec.rules.{host}", "{host}"},
	rule{"spec.rules.{host}.host", "{host}"},
	rule{"spec.rules.{host}.http.paths", "{host}"},
	rule{"spec.rules.{host}.http.paths.{hostPath}", "{hostPath}"},
	rule{"spec.rules.{host}.http.paths.{hostPath}.path", "{hostPath}"},
	rule{"spec.rules.{host}.http.paths.{hostPath}.pathType", "{hostPath}.pathType"},
	rule{"spec.rules.{host}.http.paths.{hostPath}.backend.service.name", "{hostPath}.service"},
	rule{"spec.rules.{host}.http.paths.{hostPath}.backend.service.port.*", "{hostPath}.port"},
)

func hostPlace(m *made, at tree.Path) (found, bool) {
	if m.service.Ingress == nil {
		return found{}, false
	}
	host, ok := entryOf(m.service.Ingress.Hosts, at)
	if !ok {
		return found{}, false
	}
	return foundAt("ingress", "hosts", host.Key), true
}

// hostPathPlace is reached through its host.
func hostPathPlace(m *made, at tree.Path) (found, bool) {
	f, ok := hostPlace(m, at[:len(at)-1])
	if !ok {
		return found{}, false
	}
	path, ok := entryOf(*m.service.Ingress.Hosts.Get(keyOf(f.Path)), at)
	if !ok {
		return found{}, false
	}
	return foundAt(f.Path.With(path.Key)...), true
}

func tlsHostsPlace(m *made, _ tree.Path) (found, bool) {
	if in := m.service.Ingress; in != nil && in.TLS != nil && len(in.TLS.Hosts) == 0 {
		return foundAt("ingress", "hosts"), true
	}
	return foundAt("ingress", "tls", "hosts"), true
}

// tlsHostPlace is a host that the certificate is said to be for, else one of all.
func tlsHostPlace(m *made, at tree.Path) (found, bool) {
	in, i := m.service.Ingress, lastIndex(at)
	if in == nil || in.TLS == nil || i < 0 {
		return found{}, false
	}
	if len(in.TLS.Hosts) > 0 {
		return foundAt("ingress", "tls", "hosts", i), true
	}
	for _, host := range in.Hosts {
		if host.Key == anyHost {
			continue
		}
		if i == 0 {
			return foundAt("ingress", "hosts", host.Key), true
		}
		i--
	}
	return found{}, false
}
