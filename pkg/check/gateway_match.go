package check

import (
	"cmp"
	"fmt"
	"regexp"

	"github.com/kgen-dev/kgen/pkg/report"
	"github.com/kgen-dev/kgen/pkg/tree"
	"github.com/kgen-dev/kgen/schema"
)

// ruleMatches refuses matches that the CRDs do not take.
func ruleMatches(rule *routeRule, sink *report.Sink, at tree.Path) {
	for i := range rule.http {
		m, at := &rule.http[i], at.With("matches", i)
		if m.Path != nil && m.Path.Value != "" {
			if complaint := routePathComplaint(m.Path.Value, m.Path.Type); complaint != "" {
				sink.Errorf(schema.BadRoute, at.With("path", "value"), "%s", complaint)
			}
		}
		valueMatches(m.Headers, sink, at, "headers")
		valueMatches(m.QueryParams, sink, at, "queryParams")
	}
	for i := range rule.grpc {
		m, at := &rule.grpc[i], at.With("matches", i)
		callMatches(m.Method, sink, at.With("method"))
		valueMatches(m.Headers, sink, at, "headers")
	}
}

// valueMatches refuses two of one name: all of a match has to be so.
func valueMatches(matches []schema.RouteValueMatch, sink *report.Sink, of tree.Path, field string) {
	tooMany(len(matches), sink, of.With(field))
	for i := range matches {
		at := of.With(field, i)
		if len(matches[i].Value) > longestOf(field) {
			sink.Errorf(schema.BadRoute, at.With("value"), "the value has %d bytes, and at most %d are allowed", len(matches[i].Value), longestOf(field))
		}
		for j := range i {
			if matches[j].Name == matches[i].Name {
				sink.Errorf(schema.BadRoute, at.With("name"), "%s stands twice", matches[i].Name).Fix = "write a regular expression for both, or two matches"
				break
			}
		}
	}
}

func longestOf(field string) int {
	if field == "queryParams" {
		return longestPath
	}
	return longestHeader
}

// pathText is what a path that is compared as text may be, as the CRD has it.
var pathText = regexp.MustCompile(`^(?:[-A-Za-z0-9/._~!$&'()*+,;=:@]|%[0-9a-fA-F]{2})+$`)

// routePathComplaint says why a route cannot have a path; empty where it can.
func routePathComplaint(path, pathType string) string {
	pathType = cmp.Or(pathType, pathPrefix)
	if len(path) > longestPath {
		return fmt.Sprintf("the path has %d bytes, and at most %d are allowed", len(path), longestPath)
	}
	if pathType != pathPrefix && pathType != "Exact" {
		return "" // what expressions there are is the controller's
	}
	if complaint := pathComplaint(path, pathType); complaint != "" {
		return complaint
	}
	if !pathText.MatchString(path) {
		return fmt.Sprintf("%q: a path of type %s has letters, digits and -._~!$&'()*+,;=:@ between slashes, all else as %%XX", path, pathType)
	}
	return ""
}

var (
	callService = regexp.MustCompile(`^\.?[A-Za-z_][A-Za-z_0-9]*(\.[A-Za-z_][A-Za-z_0-9]*)*$`)
	callMethod  = regexp.MustCompile(`^[A-Za-z_][A-Za-z_0-9]*$`)
)

// callMatches refuses methods of gRPC that there cannot be.
func callMatches(m *schema.GRPCMethodMatch, sink *report.Sink, at tree.Path) {
	if m == nil {
		return
	}
	isText := cmp.Or(m.Type, "Exact") == "Exact"
	switch {
	case m.Service == "" && m.Method == "":
		sink.Errorf(schema.BadRoute, at, "the match names neither a service nor a method").Fix = `add service: "PACKAGE.SERVICE", or remove method`
	case isText && m.Service != "" && !callService.MatchString(m.Service):
		sink.Errorf(schema.BadRoute, at.With("service"), "%q: a service of gRPC is PACKAGE.SERVICE", m.Service)
	case isText && m.Method != "" && !callMethod.MatchString(m.Method):
		sink.Errorf(schema.BadRoute, at.With("method"), "%q: a method of gRPC is letters, digits and underscores", m.Method)
	case len(m.Service) > longestPath || len(m.Method) > longestPath:
		sink.Errorf(schema.BadRoute, at, "a service and a method have at most %d bytes", longestPath)
	}
}
