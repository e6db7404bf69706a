package check

import (
	"cmp"
	"slices"
	"time"

	"github.com/kgen-dev/kgen/pkg/names"
	"github.com/kgen-dev/kgen/pkg/report"
	"github.com/kgen-dev/kgen/pkg/tree"
	"github.com/kgen-dev/kgen/schema"
)

const (
	urlRewrite         = "URLRewrite"
	pathPrefix         = "PathPrefix"
	replacePrefixMatch = "ReplacePrefixMatch"
)

// What the CRDs of routes allow in a rule.
const (
	mostOfRule    = 16 // filters, backends
	mostMatches   = 64
	mostInAll     = 128 // matches of all rules
	longestPath   = 1024
	longestHeader = 4096
)

// routeRules refuses rules that the CRDs do not take.
func routeRules(r *gatewayRoute, sink *report.Sink) {
	var used []string
	matches := len(r.Paths)
	for i := range r.rules {
		rule, at := &r.rules[i], r.at.With("rules", i)
		matches += len(rule.matches)
		if rule.name != "" && slices.Contains(used, rule.name) {
			sink.Errorf(schema.BadRoute, at.With("name"), "another rule is called %s", rule.name)
		}
		used = append(used, rule.name)
		routeRuleOf(r, rule, sink, at)
	}
	if matches > mostInAll {
		sink.KeyErrorf(schema.BadRoute, r.at, "a route has at most %d matches and paths", mostInAll).Fix = "make two of it"
	}
}

func routeRuleOf(r *gatewayRoute, rule *routeRule, sink *report.Sink, at tree.Path) {
	fits(sink, &names.DNSName, "the rule's name", rule.name, at.With("name"))
	if len(rule.matches) > mostMatches || len(rule.filters) > mostOfRule || len(rule.backendRefs) > mostOfRule {
		sink.Errorf(schema.BadRoute, at, "a rule has at most %d matches, and %d filters and backendRefs", mostMatches, mostOfRule).Fix = "make two of it"
	}
	ruleMatches(rule, sink, at)
	routeFilters(rule.filters, r.isGRPC, sink, at)
	prefixMatches(rule, rule.filters, sink, at)
	for j := range rule.backendRefs {
		at := at.With("backendRefs", j)
		routeFilters(rule.backendRefs[j].Filters, r.isGRPC, sink, at)
		prefixMatches(rule, rule.backendRefs[j].Filters, sink, at)
	}
	redirects := slices.ContainsFunc(rule.filters, func(f schema.RouteFilter) bool { return f.Type == redirect })
	switch {
	case len(rule.backendRefs) == 0 && !answers(rule.filters):
		sink.Errorf(schema.BadRoute, at, "the rule leads nowhere").Fix = `add backendRefs: [{port: "PORT"}], or a filter that redirects`
	case len(rule.backendRefs) > 0 && redirects:
		sink.KeyErrorf(schema.BadRoute, at.With("backendRefs"), "a rule that redirects leads to no backend").Fix = "remove them, or the filter RequestRedirect"
	}
	routeTimeouts(rule.timeouts, sink, at.With("timeouts"))
}

// routeTimeouts refuses a try that may take longer than all of them.
func routeTimeouts(t *schema.RouteTimeouts, sink *report.Sink, at tree.Path) {
	if t == nil || t.Request == "" || t.BackendRequest == "" {
		return
	}
	whole, err := time.ParseDuration(t.Request)
	if err != nil || whole == 0 {
		return // the schema tells what is none
	}
	if one, err := time.ParseDuration(t.BackendRequest); err == nil && one > whole {
		sink.Errorf(schema.BadRoute, at.With("backendRequest"), "one try may take %s, and the whole request only %s", t.BackendRequest, t.Request)
	}
}

// prefixMatches refuses to replace a prefix where no single one matched.
func prefixMatches(rule *routeRule, filters []schema.RouteFilter, sink *report.Sink, at tree.Path) {
	if len(rule.http) == 0 || len(rule.http) == 1 && matchesPrefix(rule.http[0].Path) {
		return
	}
	for i := range filters {
		for _, change := range pathChanges(&filters[i]) {
			if change.path.Type == replacePrefixMatch {
				sink.Errorf(schema.BadRoute, at.With("filters", i, change.field, "path"), "%s needs a rule with one match, whose path is of type %s", replacePrefixMatch, pathPrefix).
					Fix = "make a rule of each match"
			}
		}
	}
}

func matchesPrefix(p *schema.RoutePathMatch) bool {
	return p == nil || cmp.Or(p.Type, pathPrefix) == pathPrefix
}

// fits refuses a name that may be left out but is none.
func fits(sink *report.Sink, grammar *names.Grammar, what, name string, at tree.Path) {
	if name != "" && !grammar.Fits(name) {
		sink.Errorf(schema.BadName, at, "%s %s", what, grammar.Complaint(name))
	}
}
