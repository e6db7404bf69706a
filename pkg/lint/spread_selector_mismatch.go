package lint

import "github.com/kgen-dev/kgen/pkg/report"

var spreadSelectorMismatch = Rule{
	ID: "spread-selector-mismatch", Severity: report.Warning, SkipsTests: true,
	Doc: Doc{
		Title: "what should spread the pods selects other pods",
		Why:   "copied from another workload, it spreads nothing: all replicas may land on one node and go down with it",
		Fix:   "select the labels of the workload's own pod template",
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
      - maxSkew: 1
        topologyKey: kubernetes.io/hostname
        whenUnsatisfiable: ScheduleAnyway
        labelSelector: {matchLabels: {app: api}} # <-
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
			"Anti-affinity to other pods is taken as meant where another term is about the workload's own pods, where it names other namespaces, and of workloads with a single pod.",
			"A constraint without any labelSelector is reported by spread-constraint-invalid.",
		},
	},
	CheckWorkload: func(w *Workload, all *Index, r *Reporter) {
		for _, t := range misdirected(w, all) {
			what := "anti-affinity"
			if t.isConstraint {
				what = "topology spread constraint"
			}
			if t.selector == nil {
				r.At(t.at.With("labelSelector"), "%s has no labelSelector, and selects no pod", what)
				continue
			}
			r.At(t.at.With("labelSelector"), "%s does not select the pods' own labels", what)
		}
	},
}
