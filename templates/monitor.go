package templates

import (
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"

	"github.com/kgen-dev/kgen/pkg/addon"
	"github.com/kgen-dev/kgen/schema"
)

const monitoringVersion = "monitoring.coreos.com/v1"

// ServiceMonitor has Prometheus read the metrics behind the Service of s; nil when s
// does not ask for it.
func ServiceMonitor(s *schema.Service) *addon.ServiceMonitor {
	if s.MetricsBy() != schema.ServiceMonitor {
		return nil
	}
	label := s.MonitoredLabel()
	return addon.New(monitoringVersion, schema.ServiceMonitor, monitorMetadata(s), addon.ServiceMonitorSpec{
		Monitored:    monitored(s.Metrics),
		TargetLabels: s.Metrics.TargetLabels,
		Selector:     metav1.LabelSelector{MatchLabels: map[string]string{label.Key: label.Value}},
		Endpoints:    metricsEndpoint(s),
	})
}

// PodMonitor has Prometheus read the metrics of the pods of s; nil when s does not
// ask for it.
func PodMonitor(s *schema.Service) *addon.PodMonitor {
	if s.MetricsBy() != schema.PodMonitor {
		return nil
	}
	return addon.New(monitoringVersion, schema.PodMonitor, monitorMetadata(s), addon.PodMonitorSpec{
		Monitored:           monitored(s.Metrics),
		Selector:            metav1.LabelSelector{MatchLabels: selector(s)},
		PodMetricsEndpoints: metricsEndpoint(s),
	})
}

func monitorMetadata(s *schema.Service) metav1.ObjectMeta {
	meta := metadata(s, s.MonitorName())
	meta.Labels = overlay(meta.Labels, s.Metrics.Labels)
	return meta
}

func monitored(m *schema.Metrics) addon.Monitored {
	return addon.Monitored{JobLabel: m.JobLabel, PodTargetLabels: m.PodTargetLabels, SampleLimit: m.SampleLimit}
}

// metricsEndpoint is the port by name, which a Service and the pods have in common.
func metricsEndpoint(s *schema.Service) []addon.Endpoint {
	m := s.Metrics
	name := m.Port.String()
	if port := s.MetricsPort(); port != nil {
		name = port.Key
	}
	return []addon.Endpoint{{
		Port: name, Path: m.Path, Scheme: m.Scheme, Params: m.Params.Plain(),
		Interval: m.Interval, ScrapeTimeout: m.ScrapeTimeout, HonorLabels: m.HonorLabels,
		BasicAuth: basicAuth(m.BasicAuth), Authorization: authorization(m.Authorization), TLSConfig: tlsConfig(m.TLSConfig),
		Relabelings: m.Relabelings, MetricRelabelings: m.MetricRelabelings,
	}}
}
