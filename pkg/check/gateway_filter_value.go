package check

import (
	"slices"
	"strings"

	"github.com/kgen-dev/kgen/pkg/names"
	"github.com/kgen-dev/kgen/pkg/report"
	"github.com/kgen-dev/kgen/pkg/tree"
	"github.com/kgen-dev/kgen/schema"
)

// redirectStatuses are those that the CRDs take.
var redirectStatuses = []int{301, 302, 303, 307, 308}

// filterValues refuses what the fields of a filter cannot be.
func filterValues(f *schema.RouteFilter, sink *report.Sink, at tree.Path) {
	routeHeaders(f.RequestHeaderModifier, sink, at.With("requestHeaderModifier"))
	routeHeaders(f.ResponseHeaderModifier, sink, at.With("responseHeaderModifier"))
	if r := f.RequestRedirect; r != nil {
		changedHost(r.Hostname, sink, at.With("requestRedirect", "hostname"))
		if r.StatusCode != 0 && !slices.Contains(redirectStatuses, r.StatusCode) {
			sink.Errorf(schema.InvalidValue, at.With("requestRedirect", "statusCode"), "a status is 301, 302, 303, 307 or 308")
		}
	}
	if f.URLRewrite != nil {
		changedHost(f.URLRewrite.Hostname, sink, at.With("urlRewrite", "hostname"))
	}
	for _, change := range pathChanges(f) {
		pathChange(change.path, sink, at.With(change.field, "path"))
	}
	if m := f.RequestMirror; m != nil {
		mirrorShare(m, sink, at.With("requestMirror"))
	}
	if c := f.CORS; c != nil {
		corsLists(c, sink, at.With("cors"))
	}
	if e := f.ExtensionRef; e != nil {
		fits(sink, &names.DNSName, "the group", e.Group, at.With("extensionRef", "group"))
		if e.Name == "" {
			sink.Errorf(schema.BadName, at.With("extensionRef", "name"), "the name is empty")
		}
	}
}

func changedHost(host string, sink *report.Sink, at tree.Path) {
	complaint := hostComplaint(host)
	if complaint == "" && strings.HasPrefix(host, everyHost) {
		complaint = "the host that a request is sent to has no *"
	}
	if host != "" && complaint != "" {
		sink.Errorf(schema.BadName, at, "%s", complaint)
	}
}

// changedPath is the path that a filter of a field puts in place of another.
type changedPath struct {
	field string
	path  *schema.RoutePathChange
}

func pathChanges(f *schema.RouteFilter) (changes []changedPath) {
	if r := f.RequestRedirect; r != nil && r.Path != nil {
		changes = append(changes, changedPath{"requestRedirect", r.Path})
	}
	if r := f.URLRewrite; r != nil && r.Path != nil {
		changes = append(changes, changedPath{"urlRewrite", r.Path})
	}
	return changes
}

func pathChange(p *schema.RoutePathChange, sink *report.Sink, at tree.Path) {
	wanted, other, set, unwanted := "replaceFullPath", "replacePrefixMatch", p.ReplaceFullPath, p.ReplacePrefixMatch
	if p.Type == replacePrefixMatch {
		wanted, other, set, unwanted = other, wanted, unwanted, set
	}
	switch {
	case set == nil:
		sink.Errorf(schema.BadRoute, at, "type %s needs %s", p.Type, wanted)
	case len(*set) > longestPath:
		sink.Errorf(schema.BadRoute, at.With(wanted), "the path has %d bytes, and at most %d are allowed", len(*set), longestPath)
	}
	if unwanted != nil {
		sink.KeyErrorf(schema.BadRoute, at.With(other), "type %s has no %s", p.Type, other)
	}
}

func mirrorShare(m *schema.RouteMirror, sink *report.Sink, at tree.Path) {
	f := m.Fraction
	if f == nil {
		return
	}
	if m.Percent != nil {
		sink.KeyErrorf(schema.TwoOfGroup, at.With("fraction"), "only one of percent and fraction may stand")
	}
	below := int32(100)
	if f.Denominator != nil {
		below = *f.Denominator
	}
	if f.Numerator > below {
		sink.Errorf(schema.BadRoute, at.With("fraction", "numerator"), "%d/%d is more than all requests", f.Numerator, below)
	}
}
