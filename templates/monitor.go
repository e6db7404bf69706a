package templates

import (
	"strconv"

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
		Selector:  metav1.LabelSelector{MatchLabels: map[string]string{label.Key: label.Value}},
		Endpoints: metricsEndpoint(s),
	})
}

// PodMonitor has Prometheus read the metrics of the pods of s; nil when s does not
// ask for it.
func PodMonitor(s *schema.Service) *addon.PodMonitor {
	if s.MetricsBy() != schema.PodMonitor {
		return nil
	}
	return addon.New(monitoringVersion, schema.PodMonitor, monitorMetadata(s), addon.PodMonitorSpec{
		Selector:            metav1.LabelSelector{MatchLabels: selector(s)},
		PodMetricsEndpoints: metricsEndpoint(s),
	})
}

func monitorMetadata(s *schema.Service) metav1.ObjectMeta {
	meta := metadata(s, s.MonitorName())
	meta.Labels = overlay(meta.Labels, s.Metrics.Labels)
	return meta
}

// metricsEndpoint is the port by name, which a Service and the pods have in common.
func metricsEndpoint(s *schema.Service) []addon.Endpoint {
	m := s.Metrics
	name := m.Port.String()
	if port := s.MetricsPort(); port != nil {
		name = port.Key
	}
	return []addon.Endpoint{{Port: name, Path: m.Path, Scheme: m.Scheme, Interval: m.Interval, ScrapeTimeout: m.ScrapeTimeout}}
}

// The annotations that the examples of Prometheus go by: there is no standard, but
// most configurations read these.
const (
	scrapeAnnotation = "prometheus.io/scrape"
	scrapePort       = "prometheus.io/port"
	scrapePath       = "prometheus.io/path"
	scrapeScheme     = "prometheus.io/scheme"
)

// scrapeAnnotations tell Prometheus where the metrics of a pod are; nil when s does
// not ask for them.
func scrapeAnnotations(s *schema.Service) map[string]string {
	if s.MetricsBy() != schema.ScrapeAnnotations {
		return nil
	}
	annotations := map[string]string{scrapeAnnotation: "true", scrapePort: s.Metrics.Port.String()}
	if port := s.MetricsPort(); port != nil {
		annotations[scrapePort] = strconv.Itoa(int(port.Value.ContainerPort))
	}
	if s.Metrics.Path != "" {
		annotations[scrapePath] = s.Metrics.Path
	}
	if s.Metrics.Scheme != "" {
		annotations[scrapeScheme] = s.Metrics.Scheme
	}
	return annotations
}
