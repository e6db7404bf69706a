package lint

import (
	corev1 "k8s.io/api/core/v1"

	"github.com/kgen-dev/kgen/pkg/report"
)

var spreadConstraintInvalid = Rule{
	ID: "spread-constraint-invalid", Severity: report.Error, SkipsTests: true,
	Refused: true,
	Warned:  []string{"a null labelSelector"},
	Doc: Doc{
		Title: "topology spread constraint that does nothing or is refused",
		Why:   "without a labelSelector it counts no pods and spreads nothing; the rest the API server refuses when it is applied",
		Fix:   "give the constraint a labelSelector, a topologyKey, a maxSkew of at least 1 and a whenUnsatisfiable",
		Bad: `apiVersion: apps/v1
kind: Deployment
metadata: {name: web}
spec:
  replicas: 3
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec:
      topologySpreadConstraints:
      - topologyKey: kubernetes.io/hostname # <-
        maxSkew: 0 # <-
        whenUnsatisfiable: DoNotSchedule
      containers: [{name: web, image: ghcr.io/acme/web:1.4.2}]
`,
		Good: `apiVersion: apps/v1
kind: Deployment
metadata: {name: web}
spec:
  replicas: 3
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec:
      topologySpreadConstraints:
      - topologyKey: kubernetes.io/hostname
        maxSkew: 1
        whenUnsatisfiable: DoNotSchedule
        labelSelector: {matchLabels: {app: web}}
      containers: [{name: web, image: ghcr.io/acme/web:1.4.2}]
`,
		Notes: []string{"matchLabelKeys without a labelSelector counts no pods either."},
	},
	CheckWorkload: func(w *Workload, _ *Index, r *Reporter) {
		for i := range w.Spec.TopologySpreadConstraints {
			checkConstraint(&w.Spec.TopologySpreadConstraints[i], w, i, r)
		}
	},
}

func checkConstraint(c *corev1.TopologySpreadConstraint, w *Workload, i int, r *Reporter) {
	const list = "topologySpreadConstraints"
	if c.LabelSelector == nil {
		r.At(w.In(list, i, "labelSelector"), "constraint on %s has no labelSelector, and counts no pods", c.TopologyKey)
	}
	if c.TopologyKey == "" {
		r.At(w.In(list, i, "topologyKey"), "topologyKey is empty")
	}
	if c.MaxSkew <= 0 {
		r.At(w.In(list, i, "maxSkew"), "maxSkew is %d and must be at least 1", c.MaxSkew)
	}
	isStrict := c.WhenUnsatisfiable == corev1.DoNotSchedule
	if !isStrict && c.WhenUnsatisfiable != corev1.ScheduleAnyway {
		r.At(w.In(list, i, "whenUnsatisfiable"), "whenUnsatisfiable is %q and must be DoNotSchedule or ScheduleAnyway", c.WhenUnsatisfiable)
	}
	switch domains := c.MinDomains; {
	case domains == nil:
	case *domains <= 0:
		r.At(w.In(list, i, "minDomains"), "minDomains is %d and must be at least 1", *domains)
	case !isStrict:
		r.At(w.In(list, i, "minDomains"), "minDomains needs whenUnsatisfiable: DoNotSchedule")
	}
}
