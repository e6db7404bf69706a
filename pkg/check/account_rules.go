package check

import (
	rbacv1 "k8s.io/api/rbac/v1"

	"github.com/kgen-dev/kgen/pkg/report"
	"github.com/kgen-dev/kgen/pkg/tree"
	"github.com/kgen-dev/kgen/schema"
)

// accountRules: rules that allow nothing, which the API server refuses.
func accountRules(s *schema.Service, sink *report.Sink) {
	if s.ServiceAccount == nil {
		return
	}
	for i := range s.ServiceAccount.Rules {
		at, rule := tree.P("serviceAccount", "rules", i), &s.ServiceAccount.Rules[i]
		if len(rule.NonResourceURLs) > 0 {
			sink.KeyErrorf(schema.InvalidValue, at.With("nonResourceURLs"), "a URL lies in no namespace").Fix = "move the rule to clusterRules"
			continue
		}
		accountRule(rule, at, sink)
	}
	for i := range s.ServiceAccount.ClusterRules {
		at, rule := tree.P("serviceAccount", "clusterRules", i), &s.ServiceAccount.ClusterRules[i]
		switch {
		case len(rule.NonResourceURLs) == 0:
			accountRule(rule, at, sink)
		case len(rule.Resources) > 0 || len(rule.APIGroups) > 0:
			sink.KeyErrorf(schema.InvalidValue, at.With("nonResourceURLs"), "one rule is about resources or about URLs").Fix = "make two rules of it"
		}
	}
}

func accountRule(rule *rbacv1.PolicyRule, at tree.Path, sink *report.Sink) {
	switch {
	case len(rule.Verbs) == 0:
		sink.Errorf(schema.MissingField, at.With("verbs"), "the rule allows no verb").Fix = `name some, as in ["get", "list", "watch"]`
	case len(rule.Resources) == 0:
		sink.KeyErrorf(schema.MissingField, at.With("resources"), "the rule is about no resource").Fix = `name some, as in ["pods"]`
	case len(rule.APIGroups) == 0:
		sink.KeyErrorf(schema.MissingField, at.With("apiGroups"), "the rule names no API group").Fix = `add apiGroups, as in [""] for pods or ["apps"] for deployments`
	}
}
