package lint

import (
	networkingv1 "k8s.io/api/networking/v1"

	"github.com/kgen-dev/kgen/pkg/tree"
)

const ingressClassAnnotation = "kubernetes.io/ingress.class"

// backend is where an Ingress sends requests.
type backend struct {
	*networkingv1.IngressBackend
	ingress *Object
	at      tree.Path
}

// backendsOf are the backends of an Ingress.
func backendsOf(o *Object, ingress *networkingv1.Ingress) (backends []backend) {
	if ingress.Spec.DefaultBackend != nil {
		backends = append(backends, backend{ingress.Spec.DefaultBackend, o, tree.P("spec", "defaultBackend")})
	}
	for i := range ingress.Spec.Rules {
		http := ingress.Spec.Rules[i].HTTP
		if http == nil {
			continue
		}
		for j := range http.Paths {
			backends = append(backends, backend{&http.Paths[j].Backend, o, tree.P("spec", "rules", i, "http", "paths", j, "backend")})
		}
	}
	return backends
}

// ingressClass is the class of an Ingress, however it is written.
func ingressClass(o *Object, ingress *networkingv1.Ingress) string {
	if ingress.Spec.IngressClassName != nil {
		return *ingress.Spec.IngressClassName
	}
	return o.Annotations()[ingressClassAnnotation]
}

// audienceAnnotations part the Ingresses of a class: each has its own load balancer or
// entry.
var audienceAnnotations = []string{
	"alb.ingress.kubernetes.io/group.name", "alb.ingress.kubernetes.io/scheme", "traefik.ingress.kubernetes.io/router.entrypoints",
}

// audience is what else than the class decides which requests reach an Ingress.
func audience(o *Object) (audience string) {
	for _, key := range audienceAnnotations {
		audience += o.Annotations()[key] + "\n"
	}
	return audience
}

// isCanary reports whether an Ingress takes a part of the requests of another.
func isCanary(o *Object) bool { return o.Annotations()["nginx.ingress.kubernetes.io/canary"] == "true" }

// hostClass is a host as one controller serves it.
type hostClass struct{ host, class, audience string }

// hostUser is a namespace that uses a host, as a directory has it.
type hostUser struct {
	hostClass
	space string
	dir   int
}

// hostPath is a path of a host.
type hostPath struct {
	hostClass
	path, pathType string
}

// addIngress enters the hosts and paths of an Ingress.
func (n *network) addIngress(o *Object, ingress *networkingv1.Ingress) {
	if isCanary(o) {
		return
	}
	eachPath(o, ingress, func(at hostPath, b backend) {
		n.paths[at] = append(n.paths[at], b)
		if user := (hostUser{at.hostClass, o.space(), o.dir}); !n.isHostUsed[user] {
			n.isHostUsed[user] = true
			n.hosts[at.hostClass] = append(n.hosts[at.hostClass], o)
		}
	})
}

// eachPath visits the paths of an Ingress that are for one host.
func eachPath(o *Object, ingress *networkingv1.Ingress, visit func(at hostPath, b backend)) {
	host := hostClass{class: ingressClass(o, ingress), audience: audience(o)}
	for i := range ingress.Spec.Rules {
		rule := &ingress.Spec.Rules[i]
		if rule.Host == "" || rule.HTTP == nil {
			continue
		}
		host.host = rule.Host
		for j := range rule.HTTP.Paths {
			p := &rule.HTTP.Paths[j]
			at := hostPath{host, p.Path, string(networkingv1.PathTypeImplementationSpecific)}
			if p.PathType != nil {
				at.pathType = string(*p.PathType)
			}
			if at.path == "" {
				at.path = "/"
			}
			visit(at, backend{&p.Backend, o, tree.P("spec", "rules", i, "http", "paths", j)})
		}
	}
}
