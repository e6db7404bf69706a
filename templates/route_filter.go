package templates

import (
	"github.com/kgen-dev/kgen/pkg/addon"
	"github.com/kgen-dev/kgen/schema"
)

// The defaults of the CRDs.
const (
	redirectStatus      = 302
	corsSeconds         = 5
	fractionDenominator = 100
)

func routeFilters(s *schema.Service, filters []schema.RouteFilter) []addon.RouteFilter {
	var out []addon.RouteFilter
	for i := range filters {
		out = append(out, routeFilter(s, &filters[i]))
	}
	return out
}

func routeFilter(s *schema.Service, f *schema.RouteFilter) addon.RouteFilter {
	return addon.RouteFilter{
		Type:                   f.Type,
		RequestHeaderModifier:  f.RequestHeaderModifier,
		ResponseHeaderModifier: f.ResponseHeaderModifier,
		RequestMirror:          routeMirror(s, f.RequestMirror),
		RequestRedirect:        routeRedirect(f.RequestRedirect),
		URLRewrite:             f.URLRewrite,
		CORS:                   routeCORS(f.CORS),
		ExtensionRef:           f.ExtensionRef,
	}
}

func routeMirror(s *schema.Service, m *schema.RouteMirror) *addon.RouteMirror {
	if m == nil {
		return nil
	}
	ref := schema.RouteBackendRef{
		Group: m.BackendRef.Group, Kind: m.BackendRef.Kind, Name: m.BackendRef.Name,
		Namespace: m.BackendRef.Namespace, Port: m.BackendRef.Port,
	}
	object, _ := routeObject(s, &ref)
	mirror := &addon.RouteMirror{BackendRef: object, Percent: m.Percent}
	if m.Fraction != nil {
		fraction := *m.Fraction
		if fraction.Denominator == nil {
			denominator := int32(fractionDenominator)
			fraction.Denominator = &denominator
		}
		mirror.Fraction = &fraction
	}
	return mirror
}

func routeRedirect(r *schema.RouteRedirect) *schema.RouteRedirect {
	if r == nil {
		return nil
	}
	redirect := *r
	if redirect.StatusCode == 0 {
		redirect.StatusCode = redirectStatus
	}
	return &redirect
}

func routeCORS(c *schema.RouteCORS) *schema.RouteCORS {
	if c == nil {
		return nil
	}
	cors := *c
	if cors.MaxAge == 0 {
		cors.MaxAge = corsSeconds
	}
	return &cors
}
