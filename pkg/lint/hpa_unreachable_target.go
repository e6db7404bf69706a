package lint

import (
	autoscalingv2 "k8s.io/api/autoscaling/v2"
	corev1 "k8s.io/api/core/v1"

	"github.com/kgen-dev/kgen/pkg/report"
)

var hpaUnreachableTarget = Rule{
	ID: "hpa-unreachable-target", Severity: report.Error,
	Kinds: []string{"HorizontalPodAutoscaler.autoscaling", "ScaledObject.keda.sh"},
	Doc: Doc{
		Title: "cpu limits keep usage below what scales out",
		Why:   "the limit throttles the pods before their usage passes the target: they get slower and slower, and no pod is added",
		Fix:   "lower the target, or raise the cpu limits above the requests",
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
        averageUtilization: 92 # <-
---
apiVersion: apps/v1
kind: Deployment
metadata: {name: web}
spec:
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec:
      containers:
      - name: web
        image: ghcr.io/acme/web:1.4.2
        resources:
          requests: {cpu: 500m}
          limits: {cpu: 500m}
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
---
apiVersion: apps/v1
kind: Deployment
metadata: {name: web}
spec:
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec:
      containers:
      - name: web
        image: ghcr.io/acme/web:1.4.2
        resources:
          requests: {cpu: 500m}
          limits: {cpu: 500m}
`,
		Notes: []string{
			"Usage has to pass the target by a tenth, or by behavior.scaleUp.tolerance, before a pod is added.",
			"Pods with a container that has no cpu limit are not looked at.",
		},
	},
	Check: func(_ *Object, all *Index, r *Reporter) {
		a := all.Autoscaler(r.object)
		if a == nil {
			return
		}
		w := all.Workload(all.Target(a))
		if w == nil {
			return
		}
		for i := range a.Metrics {
			name, target := utilization(&a.Metrics[i])
			if name != string(corev1.ResourceCPU) {
				continue
			}
			most, isKnown := mostUsage(w, &a.Metrics[i])
			if isKnown && float64(*target.AverageUtilization)*(1+tolerance(a)) >= most {
				r.At(a.MetricAt(i), "cpu target is %d %%, but the limits of %s hold usage at %.0f %%", *target.AverageUtilization, a.targetRef(), most).
					And(w.Object, w.In("containers"))
			}
		}
	},
}

// mostUsage is the highest usage of cpu that the limits allow, in percent of the
// requests.
func mostUsage(w *Workload, m *autoscalingv2.MetricSpec) (percent float64, isKnown bool) {
	if m.Resource != nil {
		limit, isLimited := podResource(w, corev1.ResourceCPU, limited)
		request, isRequested := podResource(w, corev1.ResourceCPU, requested)
		return 100 * limit / request, isLimited && isRequested && limit > 0 && request > 0
	}
	for i := range w.Long() {
		c := &w.Long()[i]
		if c.Name != m.ContainerResource.Container || w.isUnread(c.Field("resources")) {
			continue
		}
		limit, isLimited := limited(&c.Resources, corev1.ResourceCPU)
		request, isRequested := requested(&c.Resources, corev1.ResourceCPU)
		percent = 100 * limit.AsApproximateFloat64() / request.AsApproximateFloat64()
		return percent, isLimited && isRequested && limit.Sign() > 0 && request.Sign() > 0
	}
	return 0, false
}

// tolerance is the part of the target that usage has to pass it by.
func tolerance(a *Autoscaler) float64 {
	v, isV2 := a.Value.(*autoscalingv2.HorizontalPodAutoscaler)
	if !isV2 || v.Spec.Behavior == nil || v.Spec.Behavior.ScaleUp == nil || v.Spec.Behavior.ScaleUp.Tolerance == nil {
		return 0.1
	}
	return v.Spec.Behavior.ScaleUp.Tolerance.AsApproximateFloat64()
}
