package check

import (
	"github.com/kgen-dev/kgen/pkg/report"
	"github.com/kgen-dev/kgen/pkg/suggest"
	"github.com/kgen-dev/kgen/pkg/tree"
	"github.com/kgen-dev/kgen/schema"
)

// serverCPUTarget is the utilization, in percent, that the API server aims at
// when an autoscaler names no metric.
const serverCPUTarget = 80

// utilization: row 3, a target in percent of a request that does not exist.
func utilization(s *schema.Service, sink *report.Sink) {
	a := s.Autoscaling
	if !a.IsHorizontal() || !s.IsScalable() {
		return
	}
	if a.CPU != nil {
		needRequest(s, sink, "cpu", *a.CPU, "autoscaling", "cpu")
	}
	if a.Memory != nil {
		needRequest(s, sink, "memory", *a.Memory, "autoscaling", "memory")
	}
	if hasNoMetric(a) {
		needRequest(s, sink, "cpu", serverCPUTarget, "autoscaling")
	}
	for i := range a.Metrics {
		metricRequest(s, sink, i)
	}
}

// hasNoMetric reports whether a leaves it to the API server what to scale by.
func hasNoMetric(a *schema.Autoscaling) bool {
	return a.CPU == nil && a.Memory == nil && len(a.Metrics) == 0 && a.Keda == nil
}

// isTarget reports whether an autoscaler aims at a share of cpu or memory.
func isTarget(a *schema.Autoscaling, resource string) bool {
	switch {
	case !a.IsHorizontal():
		return false
	case resource == "cpu":
		return a.CPU != nil || hasNoMetric(a)
	}
	return a.Memory != nil
}

func metricRequest(s *schema.Service, sink *report.Sink, i int) {
	m := &s.Autoscaling.Metrics[i]
	if r := m.Resource; r != nil && r.Target.AverageUtilization != nil {
		needRequest(s, sink, string(r.Name), *r.Target.AverageUtilization,
			"autoscaling", "metrics", i, "resource", "target", "averageUtilization")
	}
	r := m.ContainerResource
	if r == nil {
		return
	}
	c, ok := s.PodContainer(r.Container)
	if !ok || !c.Runs() {
		sink.Errorf(schema.UnknownReference, tree.P("autoscaling", "metrics", i, "containerResource", "container"),
			"the service has no container %q%s", r.Container, suggest.Hint(r.Container, runningNames(s)))
		return
	}
	if r.Target.AverageUtilization != nil && !hasAmount(c.Resources, string(r.Name)) {
		noRequest(&c, sink, string(r.Name), *r.Target.AverageUtilization,
			"autoscaling", "metrics", i, "containerResource", "target", "averageUtilization")
	}
}

// needRequest reports a target in percent of a request that a container of s does
// not have. A limit alone is a request too: the API server takes it for one. Of
// init containers only those count that are sidecars.
func needRequest(s *schema.Service, sink *report.Sink, resource string, percent int32, at ...any) {
	for c := range s.PodContainers() {
		if c.Runs() && !hasAmount(c.Resources, resource) {
			noRequest(&c, sink, resource, percent, at...)
		}
	}
}

func noRequest(c *schema.PodContainer, sink *report.Sink, resource string, percent int32, at ...any) {
	who := "there"
	if c.Path != nil {
		who = "in sidecar " + c.Name + " there"
	}
	f := sink.Errorf(schema.UtilizationRequest, at, "the target is %d %% of the %s request, and %s is no %s request", percent, resource, who, resource)
	f.Fix = "add " + inside(c) + "resources: requests: " + resource + `: "` + exampleRequest(resource) + `"`
	if c.Resources != nil && c.Resources.Declined {
		f.Fix += " in place of resources: false"
	}
}

// hasAmount reports whether r requests the resource, or limits it, which is then
// the request.
func hasAmount(r *schema.Resources, resource string) bool {
	if r == nil || r.Declined {
		return false
	}
	for _, amounts := range [...]schema.Map[schema.Text]{r.Requests, r.Limits} {
		if amount := amounts.Get(resource); amount != nil && !amount.Declined {
			return true
		}
	}
	return false
}

// exampleRequest is an amount that a small web service starts with.
func exampleRequest(resource string) string {
	switch resource {
	case "cpu":
		return "100m"
	case "memory":
		return "128Mi"
	case "ephemeral-storage":
		return "1Gi"
	}
	return "1"
}
