package check

import (
	"regexp"
	"slices"

	corev1 "k8s.io/api/core/v1"

	"github.com/kgen-dev/kgen/pkg/report"
	"github.com/kgen-dev/kgen/pkg/tree"
	"github.com/kgen-dev/kgen/schema"
)

// corsLists refuses a * beside others, which it stands for, and what stands twice.
func corsLists(c *schema.RouteCORS, sink *report.Sink, of tree.Path) {
	for _, list := range []struct {
		field  string
		values []string
		isAny  bool // a * among them is all there is
	}{
		{"allowOrigins", c.AllowOrigins, true}, {"allowMethods", c.AllowMethods, true},
		{"allowHeaders", c.AllowHeaders, true}, {"exposeHeaders", c.ExposeHeaders, false},
	} {
		at := of.With(list.field)
		switch {
		case list.isAny && len(list.values) > 1 && slices.Contains(list.values, everyHost):
			sink.Errorf(schema.BadRoute, at, "* is all, and stands alone")
		case len(list.values) > mostMatches:
			sink.Errorf(schema.BadRoute, at, "at most %d are allowed", mostMatches)
		}
		standsTwice(list.values, sink, at)
	}
}

// headerName is the name of a header, as the CRDs have it.
var headerName = regexp.MustCompile("^[A-Za-z0-9!#$%&'*+.^_`|~-]{1,256}$")

// routeHeaders refuses headers that there cannot be, and one that is changed twice.
func routeHeaders(h *schema.RouteHeaders, sink *report.Sink, of tree.Path) {
	if h == nil {
		return
	}
	for _, list := range []struct {
		field   string
		headers []corev1.HTTPHeader
	}{{"set", h.Set}, {"add", h.Add}} {
		var used []string
		for i, header := range list.headers {
			at := of.With(list.field, i)
			switch {
			case !headerName.MatchString(header.Name):
				sink.Errorf(schema.BadName, at.With("name"), "%q: a header is named by letters, digits and dashes", header.Name)
			case header.Value == "":
				sink.Errorf(schema.BadRoute, at.With("value"), "the value is empty").Fix = "list the header under remove"
			case len(header.Value) > longestHeader:
				sink.Errorf(schema.BadRoute, at.With("value"), "the value has %d bytes, and at most %d are allowed", len(header.Value), longestHeader)
			}
			used = append(used, header.Name)
		}
		standsTwice(used, sink, of.With(list.field))
		tooMany(len(used), sink, of.With(list.field))
	}
	standsTwice(h.Remove, sink, of.With("remove"))
	tooMany(len(h.Remove), sink, of.With("remove"))
}

func tooMany(n int, sink *report.Sink, at tree.Path) {
	if n > mostOfRule {
		sink.KeyErrorf(schema.BadRoute, at, "at most %d are allowed", mostOfRule)
	}
}

// standsTwice refuses a value of a list that stood there before.
func standsTwice(values []string, sink *report.Sink, of tree.Path) {
	for i, value := range values {
		if slices.Contains(values[:i], value) {
			sink.Errorf(schema.BadRoute, of.With(i), "%s stands twice", value)
			return
		}
	}
}
