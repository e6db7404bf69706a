package check

import (
	"slices"
	"strings"

	"github.com/kgen-dev/kgen/pkg/report"
	"github.com/kgen-dev/kgen/pkg/tree"
	"github.com/kgen-dev/kgen/schema"
)

// metrics: row 7, a port that Prometheus does not find, and what the way in which it
// is told cannot say.
func metrics(s *schema.Service, sink *report.Sink) {
	m := s.Metrics
	if m == nil || m.Declined {
		return
	}
	if m.Kind == schema.ScrapeAnnotations {
		annotationsSay(m, sink)
	}
	labels(sink, m.Labels, "metrics", "labels")
	metricsReading(m, sink)
	port := s.MetricsPort()
	switch at := tree.P("metrics", "port"); {
	case m.Port.IsZero():
		sink.KeyErrorf(schema.MissingField, at, "no port is named, and none is called metrics").
			Fix = `add one, as in metrics: port: "http", or decline with metrics: false`
	case port == nil:
		unknownPort(sink, at, "the service", m.Port, namesOf(s.PodPorts()))
	case port.Value.Protocol != "" && port.Value.Protocol != "TCP":
		sink.Errorf(schema.UnknownPort, at, "port %s is not TCP", m.Port).Fix = "name a TCP port"
	case m.Kind == schema.ServiceMonitor:
		monitoredService(s, sink, port)
	case m.Kind == schema.PodMonitor:
		monitoredPods(sink, port)
	}
	metricsKept(s, sink)
	if m.Kind != schema.ServiceMonitor && len(m.TargetLabels) > 0 {
		sink.KeyErrorf(schema.InvalidValue, tree.P("metrics", "targetLabels"), "they are labels of the Service, by which a ServiceMonitor alone goes").
			Fix = `take podTargetLabels, or metrics: kind: "ServiceMonitor"`
	}
}

// monitoredService: a ServiceMonitor finds what stands on a Service with labels.
func monitoredService(s *schema.Service, sink *report.Sink, port *schema.Entry[schema.Port]) {
	const instead = `take metrics: kind: "PodMonitor", which finds the pods themselves`
	isExtra := slices.ContainsFunc(s.ExtraServices, func(e schema.Entry[schema.ExtraService]) bool {
		return !e.Value.Declined && e.Value.Ports.Has(port.Key)
	})
	switch {
	case isExtra && s.MonitoredLabel().Value != "": // which has the label too
	case !s.HasService():
		sink.Errorf(schema.UnknownPort, tree.P("metrics", "kind"), "a ServiceMonitor finds nothing: the service has no Service").Fix = instead
	case port.Value.Expose != nil && !*port.Value.Expose:
		sink.Errorf(schema.UnknownPort, tree.P("metrics", "kind"), "a ServiceMonitor finds nothing: port %q is not on the Service", port.Key).Fix = instead
	case s.MonitoredLabel().Value == "":
		sink.Errorf(schema.UnknownReference, tree.P("metrics", "kind"), "a ServiceMonitor finds nothing: the Service has no label %s", s.MonitoredLabel().Key).Fix = instead
	}
}

// monitoredPods: a PodMonitor finds ports by their names in the pods.
func monitoredPods(sink *report.Sink, port *schema.Entry[schema.Port]) {
	if !port.Value.IsNamed() {
		sink.Errorf(schema.UnknownPort, tree.P("metrics", "port"), "a PodMonitor finds ports by name, and port %q has none in the pod", port.Key).
			Fix = "remove named: false"
	}
}

// annotationsSay refuses what has no annotation.
func annotationsSay(m *schema.Metrics, sink *report.Sink) {
	for _, f := range []struct {
		name  string
		isSet bool
	}{
		{"objectName", m.ObjectName != ""}, {"interval", m.Interval != ""}, {"scrapeTimeout", m.ScrapeTimeout != ""}, {"labels", len(m.Labels) > 0},
		{"params", len(m.Params) > 0}, {"honorLabels", m.HonorLabels},
		{"basicAuth", m.BasicAuth != nil}, {"authorization", m.Authorization != nil}, {"tlsConfig", m.TLSConfig != nil},
		{"relabelings", len(m.Relabelings) > 0}, {"metricRelabelings", len(m.MetricRelabelings) > 0},
		{"jobLabel", m.JobLabel != ""}, {"podTargetLabels", len(m.PodTargetLabels) > 0}, {"sampleLimit", m.SampleLimit > 0},
	} {
		if f.isSet {
			sink.KeyErrorf(schema.InvalidValue, tree.P("metrics", f.name), "no annotation says it: %s is for a monitor", f.name).
				Fix = `remove it, or set metrics: kind: "PodMonitor"`
		}
	}
}

// metricsKept warns of a policy that admits services of the project alone: Prometheus
// is mostly none of them.
func metricsKept(s *schema.Service, sink *report.Sink) {
	p := s.NetworkPolicy
	if p == nil || p.Ingress != nil || p.From == nil && (p.To != nil || p.Egress != nil) || s.Metrics.From != nil {
		return
	}
	if p.From != nil && slices.ContainsFunc(*p.From, func(peer string) bool { return strings.ContainsAny(peer, ":/") }) {
		return
	}
	sink.Warnf(schema.UnreadMetrics, writtenOf(sink, tree.P("networkPolicy"), "from"), "it keeps Prometheus from the metrics").
		Fix = `add metrics: from: ["namespace:monitoring"], which admits it to their port; metrics: from: [] says that it comes in some other way`
}
