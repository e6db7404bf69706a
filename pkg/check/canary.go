package check

import (
	"github.com/kgen-dev/kgen/pkg/report"
	"github.com/kgen-dev/kgen/pkg/tree"
	"github.com/kgen-dev/kgen/schema"
)

// canary looks at the Deployment beside that of the service.
func canary(s *schema.Service, sink *report.Sink) {
	at, c := tree.P("release", "canary"), s.Release.Canary
	variantImage(s, s.Canary(), sink, at)
	ownReplicas(s, sink, c.Replicas, at.With("replicas"))
	switch {
	case !hasAnyService(s):
		sink.Errorf(schema.BadRelease, at, "a canary needs a Service, and the service has none").Fix = "add ports: http: 8080"
	case c.Replicas != nil && *c.Replicas == 0 && c.Weight > 0 && !s.Autoscaling.IsHorizontal():
		sink.Errorf(schema.BadRelease, at.With("replicas"), "no pod would answer %d %% of the requests", c.Weight).
			Fix = "set 1, or weight: 0"
	}
}

// ownReplicas judges how many pods one Deployment has, which beside an autoscaler is
// that one's lower bound.
func ownReplicas(s *schema.Service, sink *report.Sink, replicas *int32, at tree.Path) {
	a := s.Autoscaling
	if !a.IsHorizontal() || replicas == nil {
		return
	}
	switch {
	case *replicas == 0 && a.Keda != nil:
		sink.Errorf(schema.BadRelease, at, "beside autoscaling replicas is the autoscaler's lower bound, and the same triggers wake this side too").
			Fix = "set 1; or leave it out, and set autoscaling: minReplicas: 0 for both"
	case *replicas == 0:
		sink.Errorf(schema.BadRelease, at, "beside autoscaling replicas is the autoscaler's lower bound, and 0 is none").Fix = "set 1"
	case *replicas > a.MaxReplicas:
		sink.Errorf(schema.ReplicaBounds, at, "replicas is above maxReplicas, %d", a.MaxReplicas)
	}
}

// hasAnyService reports whether a Service selects the pods, the service's own or an extra
// one.
func hasAnyService(s *schema.Service) bool {
	for i := range s.ExtraServices {
		if !s.ExtraServices[i].Value.Declined {
			return true
		}
	}
	return s.HasService()
}

// canaryShares demands something that can send each canary its share: a route, or an
// Ingress of ingress-nginx, of whatever service.
func canaryShares(e *environment) {
	var waiting []*member
	for i := range e.members {
		m := &e.members[i]
		if m.Kind == schema.Deployment && m.HasCanary() && m.Release.Canary.Weight > 0 && hasAnyService(m.Service) {
			waiting = append(waiting, m)
		}
	}
	if waiting == nil || e.world.IsIncomplete {
		return
	}
	shared := make(map[string]bool, len(waiting))
	for i := range e.members {
		sharedBy(e.members[i].Service, shared)
	}
	for _, m := range waiting {
		if !shared[m.Name] {
			noShare(m)
		}
	}
}

// sharedBy marks the services whose canaries get their share by an Ingress or a route of s.
func sharedBy(s *schema.Service, shared map[string]bool) {
	for _, c := range s.CanaryIngresses() {
		shared[c.Of.Name] = true
	}
	mark := func(service string, port schema.IntOrName) {
		if target := s.RouteTarget(service, port); target.Canary != "" {
			shared[target.Of.Name] = true
		}
	}
	for r := range gatewayRoutes(s) {
		for i := range r.Paths {
			mark(r.Paths[i].Value.Service, r.Paths[i].Value.Port)
		}
		for _, rule := range r.rules {
			for i := range rule.backendRefs {
				if ref := &rule.backendRefs[i]; isService(ref) {
					mark(ref.Name, ref.Port)
				}
			}
		}
	}
}

func noShare(m *member) {
	at := tree.P("release", "canary", "weight")
	if m.Ingress == nil || m.Ingress.IsNginx() {
		m.sink.Errorf(schema.BadRelease, at, "nothing can send the canary its share: no route leads to the service").
			Fix = `add httpRoutes: ` + m.Name + `: {gateway: "NAMESPACE/NAME", paths: "/": "PORT"}, or an ingress of className "nginx"`
		return
	}
	class := "no class"
	if m.Ingress.ClassName != "" {
		class = `class "` + m.Ingress.ClassName + `"`
	}
	m.sink.Errorf(schema.BadRelease, at, "nothing can send the canary its share: the Ingress has %s, and only ingress-nginx divides requests", class).
		Fix = `set ingress: className: "nginx" where that is the controller, or lead to the service by httpRoutes`
}

// isService reports whether ref leads to a service, as opposed to another kind or what is
// named by its namespace.
func isService(ref *schema.RouteBackendRef) bool {
	return ref.Group == "" && (ref.Kind == "" || ref.Kind == "Service") && ref.Namespace == ""
}
