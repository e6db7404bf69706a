package lint

import (
	"github.com/kgen-dev/kgen/pkg/report"
	"github.com/kgen-dev/kgen/pkg/validate/versions"
)

var hpaMinReplicas = Rule{
	ID: "hpa-min-replicas", Severity: report.Warning,
	Kinds:  []string{"HorizontalPodAutoscaler.autoscaling"},
	Params: []Param{{Name: "min", Default: 2, Least: 1, Doc: "the least minReplicas that is not reported"}},
	Doc: Doc{
		Title: "autoscaler may leave a single pod",
		Why:   "at night, when little is asked, one pod is all there is: the node that is drained then takes the service down",
		Fix:   "set minReplicas to at least 2",
		Bad: `apiVersion: autoscaling/v2
kind: HorizontalPodAutoscaler
metadata: {name: web}
spec:
  scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: web}
  minReplicas: 1 # <-
  maxReplicas: 10
`,
		Good: `apiVersion: autoscaling/v2
kind: HorizontalPodAutoscaler
metadata: {name: web}
spec:
  scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: web}
  minReplicas: 2
  maxReplicas: 10
`,
		Notes: []string{
			"minReplicas is 1 where it is not set, and may be 0 only with the feature gate HPAScaleToZero.",
			"A ScaledObject of KEDA is not looked at: it scales to zero on purpose.",
		},
	},
	Check: func(_ *Object, all *Index, r *Reporter) {
		a := all.Autoscaler(r.object)
		if a == nil || a.Least() >= r.Int("min") || all.isBeside(all.Workload(all.Target(a))) {
			return
		}
		switch {
		case a.Min == nil:
			r.At(a.MinAt, "minReplicas is not set, which is 1")
		case *a.Min == 0 && !versions.IsGateOn("HPAScaleToZero", all.Minor, all.Gates):
			r.At(a.MinAt, "minReplicas is 0, which needs the feature gate HPAScaleToZero")
		default:
			r.At(a.MinAt, "minReplicas is %d", *a.Min)
		}
	},
}
