package lint

import (
	"slices"

	corev1 "k8s.io/api/core/v1"

	"github.com/kgen-dev/kgen/pkg/report"
	"github.com/kgen-dev/kgen/pkg/tree"
)

var hpaMissingRequest = Rule{
	ID: "hpa-missing-request", Severity: report.Error,
	Covers: []string{"no-cpu-request", "no-memory-request"},
	Doc: Doc{
		Title: "autoscaling in percent of a request that is not there",
		Why:   "one container without the request, a sidecar even, and the autoscaler cannot tell how busy the pods are: it never scales",
		Fix:   "give each container of the pods the request, or scale on a ContainerResource",
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
      target: {type: Utilization, averageUtilization: 70}
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
        resources: {requests: {cpu: 200m}}
      - name: proxy # <-
        image: ghcr.io/acme/proxy:2.0.1
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
      target: {type: Utilization, averageUtilization: 70}
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
        resources: {requests: {cpu: 200m}}
      - name: proxy
        image: ghcr.io/acme/proxy:2.0.1
        resources: {limits: {cpu: 100m}}
`,
		Notes: []string{
			"An autoscaler without metrics goes by 80 % of the cpu request.",
			"A limit without a request is the request too, and so is a default of a LimitRange in the namespace or a request of the pod as a whole.",
			"A ContainerResource metric needs the request of the container that it names alone, which has to exist.",
		},
	},
	Check: func(o *Object, all *Index, r *Reporter) {
		if a := all.Autoscaler(o); a != nil {
			checkMetricContainers(a, all, r)
			return
		}
		w := all.Workload(o)
		if w == nil {
			return
		}
		scalers := all.Autoscalers(w)
		for i := range w.Long() {
			checkRequests(&w.Long()[i], scalers, all, r)
		}
	},
}

// checkRequests reports what a container does not request although an autoscaler goes
// by it, each resource once.
func checkRequests(c *Container, scalers []*Autoscaler, all *Index, r *Reporter) {
	var told []corev1.ResourceName
	for _, a := range scalers {
		if isUnscalable(a.TargetAPIVersion, a.TargetKind) {
			continue
		}
		for _, n := range needs(a) {
			if n.container != "" && n.container != c.Name || slices.Contains(told, n.resource) || hasRequest(c, n, all) {
				continue
			}
			told = append(told, n.resource)
			f := r.At(c.Field("resources", "requests", string(n.resource)), "container %s has no %s request, by which %s %s scales", c.Name, n.resource, a.Kind, a.Name)
			f.And(a.Object, n.at).Container = c.Name
		}
	}
}

func hasRequest(c *Container, n need, all *Index) bool {
	if _, isSet := requested(&c.Resources, n.resource); isSet {
		return true
	}
	if pod := c.Workload.Spec.Resources; pod != nil && n.container == "" {
		if _, isSet := requested(pod, n.resource); isSet {
			return true
		}
	}
	return all.isRequestedByDefault(c.Workload, n.resource)
}

// checkMetricContainers reports metrics of containers that the pods do not have.
func checkMetricContainers(a *Autoscaler, all *Index, r *Reporter) {
	target := all.Workload(all.Target(a))
	if target == nil || target.isUnread(target.In("containers")) {
		return
	}
	for i := range a.Metrics {
		m := a.Metrics[i].ContainerResource
		if m == nil || slices.ContainsFunc(target.Long(), func(c Container) bool { return c.Name == m.Container }) {
			continue
		}
		at := tree.P("spec", "metrics", i, "containerResource", "container")
		if a.Kind == "ScaledObject" {
			at = tree.P("spec", "triggers", i, "metadata", "containerName")
		}
		r.At(at, "%s has no container %s", a.targetRef(), m.Container).And(target.Object, target.In("containers"))
	}
}
