package lint

import "github.com/kgen-dev/kgen/pkg/report"

var danglingHPA = Rule{
	ID: "dangling-hpa", Severity: report.Error, // Warning in an open world
	Kinds:   []string{"HorizontalPodAutoscaler.autoscaling", "ScaledObject.keda.sh"},
	Refused: true, // an apiVersion without a group
	Doc: Doc{
		Title: "autoscaler of a workload that is not there",
		Why:   "nothing is scaled, and nobody is told: the workload meets its peak with the pods that it has",
		Fix:   "name the workload as it is called, with the apiVersion of its kind, and keep both in one namespace",
		Bad: `apiVersion: autoscaling/v2
kind: HorizontalPodAutoscaler
metadata: {name: web}
spec:
  scaleTargetRef:
    apiVersion: apps/v1
    kind: Deployment
    name: website # <-
  maxReplicas: 10
---
apiVersion: autoscaling/v2
kind: HorizontalPodAutoscaler
metadata: {name: old}
spec:
  scaleTargetRef:
    apiVersion: extensions/v1beta1 # <-
    kind: Deployment
    name: web
  maxReplicas: 10
---
apiVersion: apps/v1
kind: Deployment
metadata: {name: web}
spec:
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec:
      containers: [{name: web, image: ghcr.io/acme/web:1.4.2}]
`,
		Good: `apiVersion: autoscaling/v2
kind: HorizontalPodAutoscaler
metadata: {name: web}
spec:
  scaleTargetRef:
    apiVersion: apps/v1
    kind: Deployment
    name: web
  maxReplicas: 10
---
apiVersion: apps/v1
kind: Deployment
metadata: {name: web}
spec:
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec:
      containers: [{name: web, image: ghcr.io/acme/web:1.4.2}]
`,
		Notes: []string{
			danglingNote,
			"Custom resources, such as a Rollout, count as targets; list what lives elsewhere as external.",
			"The autoscaler goes by group and kind: an old version of the right group does no harm.",
		},
	},
	Check: func(_ *Object, all *Index, r *Reporter) {
		a := all.Autoscaler(r.object)
		if a == nil || isUnscalable(a.TargetAPIVersion, a.TargetKind) {
			return
		}
		if version := scaleVersion(a.TargetAPIVersion, a.TargetKind); version != "" {
			given := "apiVersion " + a.TargetAPIVersion
			if a.TargetAPIVersion == "" {
				given = "the core group, for want of an apiVersion,"
			}
			r.At(a.TargetAt("apiVersion"), "%s has no %s", given, a.TargetKind).With("set apiVersion: %s", version)
			return
		}
		kind := GroupKind(a.TargetAPIVersion, a.TargetKind)
		if all.Lacks(a.Object, kind, a.Namespace, a.TargetName) {
			r.Dangling(a.TargetAt("name"), "there is no %s%s", a.targetRef(), all.Hint(a.Object, kind, a.Namespace, a.TargetName))
		}
	},
}
