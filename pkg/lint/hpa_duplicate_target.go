package lint

import (
	"slices"

	"github.com/kgen-dev/kgen/pkg/report"
	"github.com/kgen-dev/kgen/pkg/tree"
)

var hpaDuplicateTarget = Rule{
	ID: "hpa-duplicate-target", Severity: report.Error,
	Kinds: []string{"HorizontalPodAutoscaler.autoscaling", "ScaledObject.keda.sh"},
	Doc: Doc{
		Title: "two autoscalers pull at one workload",
		Why:   "each undoes what the other did: pods come and go all the time, and the numbers of neither mean anything",
		Fix:   "keep one autoscaler, with the metrics of both; let a VerticalPodAutoscaler control other resources",
		Bad: `apiVersion: autoscaling/v2
kind: HorizontalPodAutoscaler
metadata: {name: web}
spec:
  scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: web}
  minReplicas: 2
  maxReplicas: 10
---
apiVersion: autoscaling/v2
kind: HorizontalPodAutoscaler
metadata: {name: web-memory}
spec:
  scaleTargetRef:
    apiVersion: apps/v1
    kind: Deployment
    name: web # <-
  minReplicas: 2
  maxReplicas: 20
  metrics:
  - type: Resource
    resource:
      name: memory
      target: {type: Utilization, averageUtilization: 70}
`,
		Good: `apiVersion: autoscaling/v2
kind: HorizontalPodAutoscaler
metadata: {name: web}
spec:
  scaleTargetRef:
    apiVersion: apps/v1
    kind: Deployment
    name: web
  minReplicas: 2
  maxReplicas: 20
  metrics:
  - type: Resource
    resource:
      name: cpu
      target: {type: Utilization, averageUtilization: 70}
  - type: Resource
    resource:
      name: memory
      target: {type: Utilization, averageUtilization: 70}
`,
		Notes: []string{
			overlapNote,
			"A VerticalPodAutoscaler counts where it changes, in running pods, the request that the other one goes by in percent.",
			"The autoscaler that KEDA makes of a ScaledObject, or takes over by scaledobject.keda.sh/transfer-hpa-ownership, is no second one.",
		},
	},
	Check: func(o *Object, all *Index, r *Reporter) {
		a := all.Autoscaler(o)
		if a == nil || a.TargetName == "" || o.isOwned() {
			return
		}
		for _, other := range all.rivals(a) {
			if other == a {
				break
			}
			if all.areRivals(a, other) {
				r.Overlap(other.Object, a.TargetAt("name"), "%s %s scales %s too", other.Kind, other.Name, a.targetRef()).And(other.Object, other.TargetAt("name"))
				break
			}
		}
		for _, v := range all.verticals(a) {
			if all.AreTogether(o, v.Object) {
				checkVertical(a, v, all.Workload(all.Target(a)), r)
			}
		}
	},
}

// areRivals reports whether two autoscalers of one target are at odds. One object that
// is written twice is not.
func (x *Index) areRivals(a, b *Autoscaler) bool {
	const handsOver = "scaledobject.keda.sh/transfer-hpa-ownership"
	return (a.Kind != b.Kind || a.Name != b.Name) && x.AreTogether(a.Object, b.Object) && !b.isOwned() &&
		a.Annotations()[handsOver] != "true" && b.Annotations()[handsOver] != "true"
}

// checkVertical reports the first resource that an autoscaler scales on while v
// changes its request.
func checkVertical(a *Autoscaler, v *vertical, w *Workload, r *Reporter) {
	for _, n := range needs(a) {
		containers := []string{n.container}
		if n.container == "" && w != nil {
			containers = namesOf(w.Long())
		}
		if slices.ContainsFunc(containers, func(name string) bool { return v.controls(name, string(n.resource)) }) {
			r.Overlap(v.Object, n.at, "VerticalPodAutoscaler %s changes the %s request by which it scales", v.Name, n.resource).And(v.Object, tree.P("spec", "targetRef"))
			return
		}
	}
}

func namesOf(containers []Container) (names []string) {
	for i := range containers {
		names = append(names, containers[i].Name)
	}
	return names
}
