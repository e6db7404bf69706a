package check

import (
	"slices"

	"github.com/kgen-dev/kgen/pkg/report"
	"github.com/kgen-dev/kgen/pkg/tree"
	"github.com/kgen-dev/kgen/schema"
)

const redirect = "RequestRedirect"

// notOfCalls are the types of filter that a GRPCRoute has not.
var notOfCalls = []string{redirect, urlRewrite, "CORS"}

// answers reports whether a filter answers requests itself, or may.
func answers(filters []schema.RouteFilter) bool {
	return slices.ContainsFunc(filters, func(f schema.RouteFilter) bool { return f.Type == redirect || f.Type == "ExtensionRef" })
}

// routeFilters refuses filters whose fields are not those of their type.
func routeFilters(filters []schema.RouteFilter, isGRPC bool, sink *report.Sink, at tree.Path) {
	for i := range filters {
		f, at := &filters[i], at.With("filters", i)
		if isGRPC && slices.Contains(notOfCalls, f.Type) {
			sink.Errorf(schema.BadRoute, at.With("type"), "a GRPCRoute has no filter %s", f.Type)
			continue
		}
		for _, of := range fieldsOf(f) {
			switch {
			case of.kind == f.Type && !of.isSet:
				sink.Errorf(schema.BadRoute, at, "a filter of type %s needs %s", f.Type, of.field)
			case of.kind != f.Type && of.isSet:
				sink.KeyErrorf(schema.BadRoute, at.With(of.field), "a filter of type %s has no %s", f.Type, of.field)
			}
		}
		filterValues(f, sink, at)
	}
	filtersTogether(filters, sink, at)
}

// filtersTogether refuses filters that cannot stand together.
func filtersTogether(filters []schema.RouteFilter, sink *report.Sink, of tree.Path) {
	var types []string
	for i := range filters {
		kind, at := filters[i].Type, of.With("filters", i)
		other := map[string]string{redirect: urlRewrite, urlRewrite: redirect}[kind]
		switch isMany := kind == "RequestMirror" || kind == "ExtensionRef"; {
		case !isMany && slices.Contains(types, kind):
			sink.Errorf(schema.BadRoute, at, "there is another filter of type %s", kind).Fix = "make one of them"
		case other != "" && slices.Contains(types, other):
			sink.Errorf(schema.BadRoute, at, "%s and %s exclude each other", kind, other).Fix = "a redirect has hostname and path of its own"
		}
		types = append(types, kind)
	}
}

// filterField is the field that belongs to one type of filter.
type filterField struct {
	kind, field string
	isSet       bool
}

func fieldsOf(f *schema.RouteFilter) []filterField {
	return []filterField{
		{"RequestHeaderModifier", "requestHeaderModifier", f.RequestHeaderModifier != nil},
		{"ResponseHeaderModifier", "responseHeaderModifier", f.ResponseHeaderModifier != nil},
		{"RequestMirror", "requestMirror", f.RequestMirror != nil},
		{redirect, "requestRedirect", f.RequestRedirect != nil},
		{urlRewrite, "urlRewrite", f.URLRewrite != nil},
		{"CORS", "cors", f.CORS != nil},
		{"ExtensionRef", "extensionRef", f.ExtensionRef != nil},
	}
}
