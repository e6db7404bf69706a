package lint

import (
	"slices"

	"github.com/kgen-dev/kgen/pkg/report"
)

var noPodSpread = Rule{
	ID: "no-pod-spread", Severity: report.Info, SkipsTests: true,
	Params: []Param{
		{Name: "keys", Default: []string{
			"kubernetes.io/hostname", "topology.kubernetes.io/zone", "topology.kubernetes.io/region",
			"failure-domain.beta.kubernetes.io/zone", "failure-domain.beta.kubernetes.io/region",
		}, Doc: "the labels of nodes that count"},
		unsetReplicas,
	},
	Doc: Doc{
		Title: "replicas may all run on one node",
		Why:   "the scheduler spreads pods by default, but not when nodes are full: one node that fails then takes all replicas with it",
		Fix:   "add a topologySpreadConstraint on kubernetes.io/hostname that selects the pods' own labels",
		Bad: `apiVersion: apps/v1
kind: Deployment
metadata: {name: web}
spec:
  replicas: 3
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec: # <-
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
      - maxSkew: 1
        topologyKey: kubernetes.io/hostname
        whenUnsatisfiable: ScheduleAnyway
        labelSelector: {matchLabels: {app: web}}
      containers: [{name: web, image: ghcr.io/acme/web:1.4.2}]
`,
		Notes: []string{
			"Anti-affinity, required or preferred, does as well. What selects other pods is reported by spread-selector-mismatch instead.",
			"Workloads that may run a single pod, and DaemonSets, are not looked at.",
		},
	},
	CheckWorkload: func(w *Workload, all *Index, r *Reporter) {
		if !w.IsReplicated() || w.IsHook() || w.isOwned() || leastReplicas(w, all, r) < 2 || len(misdirected(w, all)) > 0 {
			return
		}
		for _, t := range spreadTerms(w) {
			if slices.Contains(r.Texts("keys"), t.key) && (t.matches(w) || t.isConstraint && t.selector == nil) {
				return
			}
		}
		r.At(w.In("topologySpreadConstraints"), "nothing spreads the replicas over nodes or zones")
	},
}
