package templates

import (
	"cmp"

	"github.com/kgen-dev/kgen/pkg/addon"
	"github.com/kgen-dev/kgen/schema"
)

// wholeWeight is what weights are multiplied by in a rule that leads to a canary, whose
// share is in percent.
const wholeWeight = 100

// pathBackends are those of a path: one Service, or two that share its requests.
func pathBackends(s *schema.Service, b *schema.RouteBackend) []addon.RouteBackend {
	return routeBackends(s, []schema.RouteBackendRef{{Name: b.Service, Port: b.Port}})
}

// routeBackends are those of a rule; beside a service with a canary stands that.
func routeBackends(s *schema.Service, refs []schema.RouteBackendRef) []addon.RouteBackend {
	whole := int32(1)
	for i := range refs {
		if _, target := routeObject(s, &refs[i]); target.Canary != "" {
			whole = wholeWeight
		}
	}
	var out []addon.RouteBackend
	for i := range refs {
		ref := &refs[i]
		object, target := routeObject(s, ref)
		weight := int32(1)
		if ref.Weight != nil {
			weight = *ref.Weight
		}
		backend := addon.RouteBackend{RouteObject: object, Weight: weight * whole, Filters: routeFilters(s, ref.Filters)}
		if target.Canary == "" {
			out = append(out, backend)
			continue
		}
		beside := backend
		beside.Name = target.Canary
		beside.Weight = weight * target.Of.Release.Canary.Weight
		backend.Weight -= beside.Weight
		out = append(out, backend, beside)
	}
	return out
}

// routeObject is what ref leads to, and what that is of the project.
func routeObject(s *schema.Service, ref *schema.RouteBackendRef) (object addon.RouteObject, target schema.RouteTarget) {
	object = addon.RouteObject{
		Group: ref.Group, Kind: cmp.Or(ref.Kind, "Service"), Name: ref.Name, Namespace: ref.Namespace, Port: ref.Port.Number,
	}
	if object.Group != "" || object.Kind != "Service" || ref.Namespace != "" {
		return object, target
	}
	target = s.RouteTarget(ref.Name, ref.Port)
	object.Name, object.Namespace, object.Port = target.Service, target.Namespace, target.Port
	return object, target
}
