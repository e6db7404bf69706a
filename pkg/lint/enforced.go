package lint

import (
	"fmt"
	"slices"
	"strings"

	"k8s.io/pod-security-admission/api"

	"github.com/kgen-dev/kgen/pkg/report"
	"github.com/kgen-dev/kgen/pkg/tree"
)

// demand is what the Namespace of an object demands of its pods: admission rejects
// those that break a rule of the group.
type demand struct {
	namespace *Object
	group     string // of rules
	minor     int    // the release of the policy, 1.minor
}

// IsEnforceable reports whether a namespace can demand the rule by a label: it is to
// run there although nobody chose it.
func (r *Rule) IsEnforceable() bool {
	return slices.ContainsFunc(r.Groups, func(group string) bool { return strings.HasPrefix(group, "pss-") })
}

// demandOn is what the Namespace of an object, where it is among the objects, demands
// by the label pod-security.kubernetes.io/enforce; nil for nothing.
func (x *Index) demandOn(o *Object) *demand {
	if len(x.byKind["Namespace"]) == 0 || x.workloads[o] == nil {
		return nil
	}
	namespace := x.Find(o, "Namespace", "", o.space())
	if namespace == nil {
		return nil
	}
	level, err := api.ParseLevel(namespace.Labels()[api.EnforceLevelLabel])
	if err != nil || level == api.LevelPrivileged {
		return nil
	}
	d := &demand{namespace, "pss-" + string(level), x.Minor}
	pinned, err := api.ParseVersion(namespace.Labels()[api.EnforceVersionLabel])
	if err == nil && !pinned.Latest() {
		d.minor = min(d.minor, pinned.Minor())
	}
	return d
}

// of is the demand where it is for a rule, else nil.
func (d *demand) of(rule *Rule) *demand {
	if d == nil || !slices.Contains(rule.Groups, d.group) {
		return nil
	}
	return d
}

// mark makes errors of findings, for no pod is made of these.
func (d *demand) mark(findings []Finding) {
	for i := range findings {
		f := &findings[i]
		f.Message += fmt.Sprintf("; namespace %s enforces %s", d.namespace.Name, strings.TrimPrefix(d.group, "pss-"))
		f.As(report.Error).And(d.namespace, tree.P("metadata", "labels", api.EnforceLevelLabel))
	}
}
