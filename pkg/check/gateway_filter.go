package check

import (
	"slices"

	"github.com/kgen-dev/kgen/pkg/report"
	"github.com/kgen-dev/kgen/pkg/tree"
	"github.com/kgen-dev/kgen/schema"
)

const redirect = "RequestRedirect"

// notOfCalls are the types of filter that a GRPCRoute has not.
var notOfCalls = []string{redirect, "URLRewrite", "CORS"}

// redirectStatuses are those that the CRDs take.
var redirectStatuses = []int{301, 302, 303, 307, 308}

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
		if r := f.RequestRedirect; r != nil {
			pathChange(r.Path, sink, at.With("requestRedirect", "path"))
			if r.StatusCode != 0 && !slices.Contains(redirectStatuses, r.StatusCode) {
				sink.Errorf(schema.InvalidValue, at.With("requestRedirect", "statusCode"), "a status is 301, 302, 303, 307 or 308")
			}
		}
		if f.URLRewrite != nil {
			pathChange(f.URLRewrite.Path, sink, at.With("urlRewrite", "path"))
		}
		if m := f.RequestMirror; m != nil && m.Percent != nil && m.Fraction != nil {
			sink.KeyErrorf(schema.TwoOfGroup, at.With("requestMirror", "fraction"), "only one of percent and fraction may stand")
		}
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
		{"URLRewrite", "urlRewrite", f.URLRewrite != nil},
		{"CORS", "cors", f.CORS != nil},
		{"ExtensionRef", "extensionRef", f.ExtensionRef != nil},
	}
}

func pathChange(p *schema.RoutePathChange, sink *report.Sink, at tree.Path) {
	if p == nil {
		return
	}
	wanted, other, isSet, isOther := "replaceFullPath", "replacePrefixMatch", p.ReplaceFullPath != nil, p.ReplacePrefixMatch != nil
	if p.Type == "ReplacePrefixMatch" {
		wanted, other, isSet, isOther = other, wanted, isOther, isSet
	}
	if !isSet {
		sink.Errorf(schema.BadRoute, at, "type %s needs %s", p.Type, wanted)
	}
	if isOther {
		sink.KeyErrorf(schema.BadRoute, at.With(other), "type %s has no %s", p.Type, other)
	}
}
