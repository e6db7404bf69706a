package schema

import "cmp"

// What is called how, and which of several kinds it is, where add-ons are rendered.

// IsMade reports whether kgen itself makes the Secret: it is neither there already
// nor made by a controller.
func (s *Secret) IsMade() bool { return !s.Existing && s.External == nil && s.Sealed == nil }

// Keys are the keys of the Secret in the order written; false where its content is
// not known, as of one that exists already or has all that an entry of a store has.
func (s *Secret) Keys() (keys []string, areKnown bool) {
	switch {
	case s.Existing:
		return nil, false
	case s.External != nil:
		return keysOf(s.External.Data), len(s.External.Data) > 0
	case s.Sealed != nil:
		return keysOf(s.Sealed.EncryptedData), true
	}
	return keysOf(s.Data), true
}

// Has reports whether the Secret has a key, which it may where its keys are not known.
func (s *Secret) Has(key string) bool {
	switch {
	case s.Existing:
		return true
	case s.External != nil:
		return len(s.External.Data) == 0 || s.External.Data.Has(key)
	case s.Sealed != nil:
		return s.Sealed.EncryptedData.Has(key)
	}
	return s.Data.Has(key)
}

func keysOf[T any](m Map[T]) []string {
	keys := make([]string, len(m))
	for i := range m {
		keys[i] = m[i].Key
	}
	return keys
}

// Ref is where value v of the store is: what it does not say the whole says.
func (e *ExternalSecret) Ref(v ExternalValue) ExternalValue {
	if v.Key == "" {
		v.Key, v.Version = e.Key, cmp.Or(v.Version, e.Version)
	}
	return v
}

// IsHorizontal reports whether a changes the number of pods: with vertical alone it
// does not.
func (a *Autoscaling) IsHorizontal() bool {
	return a != nil && (a.Vertical == nil || a.MaxReplicas > 0)
}

// VerticalName is the name of the VerticalPodAutoscaler.
func (s *Service) VerticalName() string {
	if s.Autoscaling != nil && s.Autoscaling.Vertical != nil {
		return s.inSlot(or(s.Autoscaling.Vertical.ObjectName, s.Name))
	}
	return s.inSlot(s.Name)
}

// MonitorName is the name of the ServiceMonitor or PodMonitor.
func (s *Service) MonitorName() string {
	if s.Metrics != nil {
		return s.inSlot(or(s.Metrics.ObjectName, s.Name))
	}
	return s.inSlot(s.Name)
}

// The ways in which Prometheus is told of metrics.
const (
	ServiceMonitor    = "ServiceMonitor"
	PodMonitor        = "PodMonitor"
	ScrapeAnnotations = "annotations"
)

// MetricsBy is the way in which s tells Prometheus of its metrics; empty where it
// has none.
func (s *Service) MetricsBy() string {
	if s.Metrics == nil || s.Metrics.Declined {
		return ""
	}
	return s.Metrics.Kind
}

// MetricsPort is the container's port with the metrics; nil where there is none.
func (s *Service) MetricsPort() *Entry[Port] {
	if s.Metrics == nil || s.Metrics.Port.IsZero() {
		return nil
	}
	ports, port := s.PodPorts(), s.Metrics.Port
	for i := range ports {
		if ports[i].Key == port.Name || port.Name == "" && ports[i].Value.ContainerPort == port.Number {
			return &ports[i]
		}
	}
	return nil
}

// MonitoredLabel is the label by which a ServiceMonitor finds the Service; its value
// is empty where the service declines it.
func (s *Service) MonitoredLabel() Entry[string] {
	const name = "app.kubernetes.io/name"
	if own := s.Labels.Get(name); own != nil {
		return Entry[string]{name, own.Value}
	}
	return Entry[string]{name, s.Name}
}

// HasCertificate reports whether a Certificate is rendered for the Ingress.
func (in *Ingress) HasCertificate() bool { return in != nil && in.Certificate != nil }

// CertificateHosts are the hosts that the certificate of the Ingress is for.
func (in *Ingress) CertificateHosts() []string {
	if in.TLS != nil && len(in.TLS.Hosts) > 0 {
		return in.TLS.Hosts
	}
	var hosts []string
	for i := range in.Hosts {
		if in.Hosts[i].Key != "*" {
			hosts = append(hosts, in.Hosts[i].Key)
		}
	}
	return hosts
}
