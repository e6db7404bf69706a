package templates

import (
	"github.com/kgen-dev/kgen/pkg/tree"
	"github.com/kgen-dev/kgen/schema"
)

var externalSecretOrigins = objectOrigins("{object}",
	rule{"spec.refreshInterval", "{object}.external.refreshInterval"},
	rule{"spec.secretStoreRef.*", "{object}.external.store.*"},
	rule{"spec.target", "{object}"},
	rule{"spec.target.immutable", "{object}.immutable"},
	rule{"spec.target.template.type", "{object}.type"},
	rule{"spec.data", "{object}.external.data"},
	rule{"spec.data.{externalValue}", "{externalValue}"},
	rule{"spec.data.{externalValue}.secretKey", "{externalValue}"},
	rule{"spec.data.{externalValue}.remoteRef.*", "{externalValue}.*"},
	rule{"spec.data.{externalValue}.remoteRef.{externalRef}", "{externalRef}"},
	rule{"spec.dataFrom", "{object}.external"},
	rule{"spec.dataFrom.0.extract.*", "{object}.external.*"},
)

var sealedSecretOrigins = objectOrigins("{object}",
	rule{"spec.encryptedData.*", "{object}.sealed.encryptedData.*"},
	rule{"spec.template", "{object}"},
	rule{"spec.template.immutable", "{object}.immutable"},
	rule{"spec.template.type", "{object}.type"},
)

var certificateOrigins = objectOrigins("ingress.certificate",
	rule{"spec.secretName", "{name}"},
	rule{"spec.dnsNames", "{tlsHosts}"},
	rule{"spec.dnsNames.{tlsHost}", "{tlsHost}"},
	rule{"spec.commonName", "ingress.certificate.commonName"},
	rule{"spec.duration", "ingress.certificate.duration"},
	rule{"spec.renewBefore", "ingress.certificate.renewBefore"},
	rule{"spec.privateKey.*", "ingress.certificate.privateKey.*"},
	rule{"spec.issuerRef", "ingress.clusterIssuer"},
	rule{"spec.issuerRef.name", "ingress.clusterIssuer"},
	rule{"spec.issuerRef.kind", "ingress.clusterIssuer"},
)

var serviceMonitorOrigins = append(monitorOrigins("endpoints"),
	rule{"spec.selector.*", "{monitoredLabel}"},
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
	)
}

// externalValuePlace is one key of a Secret whose values a store has.
func externalValuePlace(m *made, at tree.Path) (found, bool) {
	object, _ := objectPlace(m, nil)
	secret := m.service.Secrets.Get(keyOf(object.Path))
	if secret == nil || secret.External == nil {
		return found{}, false
	}
	value, ok := entryOf(secret.External.Data, at)
	if !ok {
		return found{}, false
	}
	return foundAt(object.Path.With("external", "data", value.Key)...), true
}

// externalRefPlace is the entry, and its version, that a key without one of its own
// takes from the whole.
func externalRefPlace(m *made, at tree.Path) (found, bool) {
	value, ok := externalValuePlace(m, at)
	if !ok || keyOf(at) == "property" {
		return found{}, false
	}
	object, _ := objectPlace(m, nil)
	external := m.service.Secrets.Get(keyOf(object.Path)).External
	own := external.Data.Get(keyOf(value.Path))
	if own.Key != "" || keyOf(at) == "version" && own.Version != "" {
		return found{}, false
	}
	return foundAt(object.Path.With("external", keyOf(at))...), true
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

// addonPlace is objectPlace for the kinds that are not Kubernetes' own.
func addonPlace(m *made) (found, bool) {
	switch m.kind {
	case "ScaledObject":
		return foundAt("autoscaling"), true
	case "VerticalPodAutoscaler":
		return wholeAt("autoscaling", "vertical"), true
	case "Certificate":
		return wholeAt("ingress", "certificate"), true
	case "ServiceMonitor", "PodMonitor":
		return foundAt("metrics"), true
	case "ExternalSecret", "SealedSecret":
		return foundAt("secrets", m.name), true
	}
	return found{}, false
}

// addonName is objectName for the kinds that are not Kubernetes' own.
func (m *made) addonName() string {
	s := m.service
	switch {
	case m.kind == "ScaledObject" && s.Autoscaling != nil:
		return s.Autoscaling.ObjectName
	case m.kind == "VerticalPodAutoscaler" && s.Autoscaling != nil && s.Autoscaling.Vertical != nil:
		return s.Autoscaling.Vertical.ObjectName
	case (m.kind == "ServiceMonitor" || m.kind == "PodMonitor") && s.Metrics != nil:
		return s.Metrics.ObjectName
	}
	return ""
}

// certificateNamePlace is what names the Secret of a certificate, and so the
// Certificate.
func certificateNamePlace(m *made) found {
	if in := m.service.Ingress; in != nil && in.TLS != nil && in.TLS.SecretName != "" {
		return foundAt("ingress", "tls", "secretName")
	}
	return foundAt("name")
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
