package lint

import (
	"github.com/kgen-dev/kgen/pkg/report"
	"github.com/kgen-dev/kgen/pkg/tree"
)

var hpaMinEqualsMax = Rule{
	ID: "hpa-min-equals-max", Severity: report.Warning, // Error where max is less
	Refused: true,
	Kinds:   []string{"HorizontalPodAutoscaler.autoscaling", "ScaledObject.keda.sh"},
	Doc: Doc{
		Title: "autoscaler has no room to scale",
		Why:   "it looks as if the workload scaled, but the number of pods never changes",
		Fix:   "set the maximum above the minimum, or drop the autoscaler and write spec.replicas",
		Bad: `apiVersion: autoscaling/v2
kind: HorizontalPodAutoscaler
metadata: {name: web}
spec:
  scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: web}
  minReplicas: 3
  maxReplicas: 3 # <-
`,
		Good: `apiVersion: autoscaling/v2
kind: HorizontalPodAutoscaler
metadata: {name: web}
spec:
  scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: web}
  minReplicas: 3
  maxReplicas: 9
`,
		Notes: []string{
			"A maximum below the minimum is an error.",
			"A ScaledObject with idleReplicaCount moves between that and its minimum: it may have a maximum that is the same.",
		},
	},
	Check: func(o *Object, all *Index, r *Reporter) {
		a := all.Autoscaler(o)
		if a == nil || o.isUnread(a.MinAt) || a.Most() <= 0 {
			return
		}
		switch least, most := a.Least(), a.Most(); {
		case most < least:
			r.At(a.MaxAt, "the maximum of %d replicas is below the minimum of %d", most, least).As(report.Error)
		case most == least && !idles(o):
			r.At(a.MaxAt, "the maximum of %d replicas is also the minimum", most)
		}
	},
}

// idles reports whether a ScaledObject has a number of replicas below its minimum for
// times without work.
func idles(o *Object) bool {
	return o.Node() != nil && o.Node().At(tree.P("spec", "idleReplicaCount")) != nil
}
