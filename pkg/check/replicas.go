package check

import (
	"slices"

	"github.com/kgen-dev/kgen/pkg/report"
	"github.com/kgen-dev/kgen/pkg/tree"
	"github.com/kgen-dev/kgen/schema"
)

// minReplicas: row 1, bounds that no number of pods can meet, and scaling to
// zero by a metric that pods which do not run cannot give.
func minReplicas(s *schema.Service, sink *report.Sink) {
	a := s.Autoscaling
	if a == nil || a.MinReplicas == nil {
		return
	}
	if *a.MinReplicas > a.MaxReplicas && a.MaxReplicas > 0 {
		sink.Errorf(schema.ReplicaBounds, tree.P("autoscaling", "maxReplicas"), "maxReplicas %d is below minReplicas %d", a.MaxReplicas, *a.MinReplicas).
			Fix = "raise maxReplicas or lower minReplicas"
	}
	if *a.MinReplicas == 0 && !hasOutsideMetric(a) {
		sink.Errorf(schema.ReplicaBounds, tree.P("autoscaling", "minReplicas"), "minReplicas is 0, but no metric comes from outside the pods").
			Fix = outsideMetric(a) + ", or set minReplicas: 1"
	}
}

func outsideMetric(a *schema.Autoscaling) string {
	if a.Keda != nil {
		return "add a trigger other than cpu and memory"
	}
	return "add a metric of type Object or External"
}

func hasOutsideMetric(a *schema.Autoscaling) bool {
	if a.Keda != nil {
		return slices.ContainsFunc(a.Keda.Triggers, func(t schema.KedaTrigger) bool { return !goesByUse(&t) })
	}
	for i := range a.Metrics {
		if a.Metrics[i].Object != nil || a.Metrics[i].External != nil {
			return true
		}
	}
	return false
}
