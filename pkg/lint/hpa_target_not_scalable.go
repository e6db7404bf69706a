package lint

import "github.com/kgen-dev/kgen/pkg/report"

var hpaTargetNotScalable = Rule{
	ID: "hpa-target-not-scalable", Severity: report.Error,
	Kinds: []string{"HorizontalPodAutoscaler.autoscaling", "ScaledObject.keda.sh"},
	Doc: Doc{
		Title: "autoscaler of a kind that cannot be scaled",
		Why:   "the autoscaler does nothing but note FailedGetScale in its status, where nobody looks",
		Fix:   "scale a Deployment or a StatefulSet; a DaemonSet grows with the nodes, and Jobs have parallelism",
		Bad: `apiVersion: autoscaling/v2
kind: HorizontalPodAutoscaler
metadata: {name: agent}
spec:
  scaleTargetRef:
    apiVersion: apps/v1
    kind: DaemonSet # <-
    name: agent
  minReplicas: 2
  maxReplicas: 10
`,
		Good: `apiVersion: autoscaling/v2
kind: HorizontalPodAutoscaler
metadata: {name: agent}
spec:
  scaleTargetRef:
    apiVersion: apps/v1
    kind: Deployment
    name: agent
  minReplicas: 2
  maxReplicas: 10
`,
		Notes: []string{"Of custom resources it is not known which have a scale subresource: nothing is said of them."},
	},
	Check: func(_ *Object, all *Index, r *Reporter) {
		if a := all.Autoscaler(r.object); a != nil && isUnscalable(a.TargetAPIVersion, a.TargetKind) {
			r.At(a.TargetAt("kind"), "a %s has no replicas to scale", a.TargetKind)
		}
	},
}
