package lint

import (
	"maps"
	"slices"

	corev1 "k8s.io/api/core/v1"

	"github.com/kgen-dev/kgen/pkg/report"
	"github.com/kgen-dev/kgen/pkg/tree"
)

var hpaMaxCap = Rule{
	ID: "hpa-max-cap", Severity: report.Info, Profile: Off, // Warning beyond a ResourceQuota
	Kinds:  []string{"HorizontalPodAutoscaler.autoscaling", "ScaledObject.keda.sh"},
	Params: []Param{{Name: "max", Default: 100, Least: 1, Doc: "the largest number of replicas that is not reported"}},
	Doc: Doc{
		Title: "autoscaler may make more pods than is wanted",
		Why:   "a loop or an attack scales the service out to a bill that nobody planned, or into a quota that stops it half way",
		Fix:   "set a maximum that the budget and the ResourceQuota of the namespace allow",
		Bad: `apiVersion: autoscaling/v2
kind: HorizontalPodAutoscaler
metadata: {name: web}
spec:
  scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: web}
  minReplicas: 2
  maxReplicas: 1000 # <-
`,
		Good: `apiVersion: autoscaling/v2
kind: HorizontalPodAutoscaler
metadata: {name: web}
spec:
  scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: web}
  minReplicas: 2
  maxReplicas: 20
`,
		Notes: []string{
			"A maximum that needs more than a ResourceQuota among the manifests has is a warning; quotas with a scope are not looked at.",
		},
	},
	Check: func(o *Object, all *Index, r *Reporter) {
		a := all.Autoscaler(o)
		if a == nil {
			return
		}
		if a.Most() > r.Int("max") {
			r.At(a.MaxAt, "the maximum is %d replicas, more than %d", a.Most(), r.Int("max"))
		}
		w := all.Workload(all.Target(a))
		if w == nil {
			return
		}
		for _, quota := range all.Quotas(o) {
			checkQuota(a, w, quota, r)
		}
	},
}

// checkQuota reports a maximum whose pods do not fit into a quota.
func checkQuota(a *Autoscaler, w *Workload, quota *Object, r *Reporter) {
	v, isQuota := quota.Value.(*corev1.ResourceQuota)
	if !isQuota || hasScopes(v) {
		return
	}
	for _, name := range slices.Sorted(maps.Keys(v.Spec.Hard)) {
		hard := v.Spec.Hard[name]
		needed, isKnown := quotaUse(w, name)
		if needed *= float64(a.Most()); isKnown && needed > hard.AsApproximateFloat64()*(1+1e-9) {
			r.At(a.MaxAt, "%d replicas need more %s than the %s of ResourceQuota %s", a.Most(), name, hard.String(), quota.Name).
				As(report.Warning).And(quota, tree.P("spec", "hard", string(name)))
		}
	}
}
