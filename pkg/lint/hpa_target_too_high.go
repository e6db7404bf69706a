package lint

import (
	autoscalingv2 "k8s.io/api/autoscaling/v2"

	"github.com/kgen-dev/kgen/pkg/report"
)

var hpaTargetTooHigh = Rule{
	ID: "hpa-target-too-high", Severity: report.Warning, // Error from 100 % on
	Kinds:  []string{"HorizontalPodAutoscaler.autoscaling", "ScaledObject.keda.sh"},
	Params: []Param{{Name: "max", Default: 94, Least: 1, Doc: "the highest target, in percent of the request, that is not reported"}},
	Doc: Doc{
		Title: "autoscaling target leaves no headroom",
		Why:   "at 100 % a pod is saturated before the autoscaler reacts, and new pods are ready only when requests have queued up",
		Fix:   "aim at 50 to 80 % of the request",
		Bad: `apiVersion: autoscaling/v2
kind: HorizontalPodAutoscaler
metadata: {name: web}
spec:
  scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: web}
  minReplicas: 2
  maxReplicas: 10
  metrics:
  - type: Resource
    resource:
      name: cpu
      target:
        type: Utilization
        averageUtilization: 100 # <-
`,
		Good: `apiVersion: autoscaling/v2
kind: HorizontalPodAutoscaler
metadata: {name: web}
spec:
  scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: web}
  minReplicas: 2
  maxReplicas: 10
  metrics:
  - type: Resource
    resource:
      name: cpu
      target:
        type: Utilization
        averageUtilization: 70
`,
		Notes: []string{
			"A target from 95 to 99 % is a warning, one of 100 % and more an error.",
			"The cpu and memory triggers of a ScaledObject of KEDA are looked at as well.",
		},
	},
	Check: func(o *Object, all *Index, r *Reporter) {
		a := all.Autoscaler(o)
		if a == nil {
			return
		}
		for i := range a.Metrics {
			name, target := utilization(&a.Metrics[i])
			if target == nil || *target.AverageUtilization <= int32(r.Int("max")) {
				continue
			}
			f := r.At(a.MetricAt(i), "%s target is %d %%", name, *target.AverageUtilization)
			if *target.AverageUtilization >= 100 {
				f.As(report.Error)
			}
		}
	},
}

// utilization is the resource that a metric is about, and its target in percent of
// the request; nil for any other metric.
func utilization(m *autoscalingv2.MetricSpec) (resource string, target *autoscalingv2.MetricTarget) {
	switch {
	case m.Resource != nil:
		resource, target = string(m.Resource.Name), &m.Resource.Target
	case m.ContainerResource != nil:
		resource, target = string(m.ContainerResource.Name), &m.ContainerResource.Target
	}
	if target == nil || target.AverageUtilization == nil {
		return "", nil
	}
	return resource, target
}
