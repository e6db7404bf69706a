package templates

import (
	"github.com/kgen-dev/kgen/pkg/tree"
	"github.com/kgen-dev/kgen/schema"
)

var serviceMonitorOrigins = append(monitorOrigins("endpoints"),
	rule{"spec.selector.*", "{monitoredLabel}"},
	rule{"spec.targetLabels.*", "metrics.targetLabels.*"},
)

var podMonitorOrigins = append(monitorOrigins("podMetricsEndpoints"),
	rule{"spec.selector.*", "selector"},
	rule{"spec.selector.matchLabels.*", "selector.*"},
)

// monitorOrigins are those of a monitor that has the port under field. Which kind it
// is depends on metrics.kind.
func monitorOrigins(field string) []rule {
	return objectOrigins("metrics.kind",
		rule{"metadata.labels.{monitorLabel}", "{monitorLabel}"},
		rule{"spec", "metrics"},
		rule{"spec." + field, "metrics"},
		rule{"spec." + field + ".0.*", "metrics.*"},
		rule{"spec." + field + ".0.port", "metrics.port"},
		rule{"spec." + field + ".0.basicAuth.username.name", "metrics.basicAuth.username.secret"},
		rule{"spec." + field + ".0.basicAuth.password.name", "metrics.basicAuth.password.secret"},
		rule{"spec." + field + ".0.authorization.credentials.name", "metrics.authorization.credentials.secret"},
		rule{"spec." + field + ".0.tlsConfig.keySecret.name", "metrics.tlsConfig.keySecret.secret"},
		rule{"spec." + field + ".0.tlsConfig.{certificateOf}.*", "{certificateOf}"},
		rule{"spec." + field + ".0.tlsConfig.{certificateOf}.secret.name", "{certificateOf}.secret"},
		rule{"spec." + field + ".0.tlsConfig.{certificateOf}.secret.key", "{certificateOf}.key"},
		rule{"spec." + field + ".0.tlsConfig.{certificateOf}.configMap.name", "{certificateOf}.configMap"},
		rule{"spec." + field + ".0.tlsConfig.{certificateOf}.configMap.key", "{certificateOf}.key"},
		rule{"spec.jobLabel", "metrics.jobLabel"},
		rule{"spec.podTargetLabels.*", "metrics.podTargetLabels.*"},
		rule{"spec.sampleLimit", "metrics.sampleLimit"},
	)
}

// monitorLabelPlace is a label of the monitor alone.
func monitorLabelPlace(m *made, at tree.Path) (found, bool) {
	key := keyOf(at)
	return foundAt("metrics", "labels", key), m.service.Metrics != nil && m.service.Metrics.Labels.Has(key)
}

// monitoredLabelPlace is the label by which a ServiceMonitor finds the Service.
func monitoredLabelPlace(m *made, _ tree.Path) (found, bool) {
	return labelPlace(m, tree.P(m.service.MonitoredLabel().Key))
}

// certificateOfPlace is one of the two certificates of a connection.
func certificateOfPlace(_ *made, at tree.Path) (found, bool) {
	field := keyOf(at)
	return foundAt("metrics", "tlsConfig", field), field == "ca" || field == "cert"
}

// scrapePlace is where an annotation of the pods comes from that tells Prometheus
// of them.
func scrapePlace(s *schema.Service, key string) (found, bool) {
	if s.MetricsBy() != schema.ScrapeAnnotations {
		return found{}, false
	}
	switch key {
	case scrapeAnnotation:
		return foundAt("metrics"), true
	case scrapePort:
		if port := s.MetricsPort(); port != nil && s.Metrics.Port.Name != "" {
			return foundAt(s.PortPath(port.Key).With("containerPort")...), true
		}
		return foundAt("metrics", "port"), true
	case scrapePath:
		return foundAt("metrics", "path"), true
	case scrapeScheme:
		return foundAt("metrics", "scheme"), true
	}
	return found{}, false
}
