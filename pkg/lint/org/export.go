package org

import (
	"fmt"
	"strings"

	admissionv1 "k8s.io/api/admissionregistration/v1"

	"github.com/kgen-dev/kgen/pkg/lint"
	"github.com/kgen-dev/kgen/pkg/manifest"
	"github.com/kgen-dev/kgen/pkg/report"
	"github.com/kgen-dev/kgen/pkg/tree"
)

// Left is a rule that has no policy, and why.
type Left struct{ Rule, Reason string }

// firstWithPolicies is the first release 1.N whose API server has policies.
const firstWithPolicies = 30

// Policies are chosen rules as a ValidatingAdmissionPolicy and its binding each, for
// the API server of release 1.minor, in the order of the rules; and the rules that
// cannot be one.
func (r *Rules) Policies(chosen []lint.Chosen, minor int) (objects []*manifest.Object, left []Left) {
	for i := range chosen {
		c := &chosen[i]
		p, reason := r.policy(c)
		if minor < firstWithPolicies {
			reason = fmt.Sprintf("Kubernetes 1.%d has no ValidatingAdmissionPolicy", minor)
		}
		if reason != "" {
			left = append(left, Left{c.ID, reason})
			continue
		}
		for _, object := range []manifest.Typed{p.manifest(), p.binding()} {
			objects = append(objects, manifest.Of("", tree.Pos{}, object))
		}
	}
	return objects, left
}

// policy is a rule on its way to a policy, or the reason why it cannot be one.
func (r *Rules) policy(c *lint.Chosen) (p *policy, reason string) {
	p = &policy{id: c.ID, severity: c.Rule.Severity, title: c.Doc.Title, fix: c.Doc.Fix}
	if c.Severity != nil {
		p.severity = *c.Severity
	}
	if own := r.of(c.Rule); own != nil {
		reason = p.takeOwn(own)
	} else {
		reason = p.takeForm(c)
	}
	return p, reason
}

// takeOwn makes p of a rule of the organisation.
func (p *policy) takeOwn(r *rule) (reason string) {
	switch {
	case r.program == nil:
		return "its expression has a mistake"
	case r.uses.objects:
		return "it looks at other objects, and a policy sees one"
	case r.uses.service:
		return "it looks at the service, which a cluster does not know"
	case len(r.written.Kinds) == 0:
		return "it is for every kind, and would stop what controllers make for themselves: name its kinds"
	case len(r.kinds.named) > 0:
		return unknownResource(r.kinds.named)
	}
	p.expression = r.written.Expression
	p.always = "request.operation == 'CREATE'"
	return p.match(r.kinds.known)
}

// takeForm makes p of a rule of kgen's.
func (p *policy) takeForm(c *lint.Chosen) (reason string) {
	form := c.CELForm()
	switch {
	case form == nil:
		return "it has no form in CEL"
	case len(c.Options) > 0:
		return "its form in CEL knows no other parameters than the default ones"
	}
	p.expression, p.each = form.Expression, form.Each
	if form.IsBarrier {
		p.always = "request.operation == 'CREATE' || has(request.subResource) && request.subResource == 'ephemeralcontainers'"
		p.debugs = true
	}
	return p.match(form.Kinds)
}

// match makes p look at kinds.
func (p *policy) match(kinds []string) (reason string) {
	var unknown []string
	for _, kind := range kinds {
		found, isKnown := resourceOf(kind)
		if !isKnown {
			unknown = append(unknown, kind)
			continue
		}
		p.resources = append(p.resources, found)
	}
	if len(unknown) > 0 {
		return unknownResource(unknown)
	}
	return ""
}

func unknownResource(kinds []string) string {
	return "kgen does not know the resource of " + strings.Join(kinds, ", ")
}

// actions are what becomes of an object that is not right.
var actions = [...]admissionv1.ValidationAction{report.Info: admissionv1.Audit, report.Warning: admissionv1.Warn, report.Error: admissionv1.Deny}
