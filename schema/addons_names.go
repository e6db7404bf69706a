package schema

import (
	"cmp"
	"slices"
)

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
		return s.External.keys()
	case s.Sealed != nil:
		return keysOf(s.Sealed.EncryptedData), true
	}
	return keysOf(s.Data), true
}

// Has reports whether the Secret has a key, which it may where its keys are not known.
func (s *Secret) Has(key string) bool {
	keys, areKnown := s.Keys()
	return !areKnown || slices.Contains(keys, key)
}

// keys are those of data and of the template, which is alone where it does not merge.
func (e *ExternalSecret) keys() (keys []string, areKnown bool) {
	t := e.Template
	switch {
	case e.CreationPolicy == "Merge":
		return nil, false
	case t != nil && len(t.Data) > 0 && t.MergePolicy != "Merge":
		return keysOf(t.Data), true
	case e.IsWhole() || len(e.DataFrom) > 0:
		return nil, false
	case t != nil:
		return append(keysOf(e.Data), keysOf(t.Data)...), true
	}
	return keysOf(e.Data), true
}

// IsWhole reports whether the Secret has all values of the entry Key.
func (e *ExternalSecret) IsWhole() bool { return len(e.Data) == 0 && len(e.DataFrom) == 0 }

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

// KedaHPAName is what KEDA calls the autoscaler that it makes for s, which is one for
// each Deployment of a release.
func (s *Service) KedaHPAName() string {
	if own := s.Autoscaling.Keda.HorizontalPodAutoscalerName; own != "" {
		return s.inSlot(own)
	}
	return "keda-hpa-" + s.HPAName()
}

// EnvContainer is the container whose variables triggers of s take.
func (k *Keda) EnvContainer(s *Service) string {
	return cmp.Or(k.EnvSourceContainerName, s.ContainerNameOrDefault())
}

// HasOwnPolicy reports whether v says something of the requests of the service's own
// container.
func (v *VerticalScaling) HasOwnPolicy() bool {
	return v.MinAllowed != nil || v.MaxAllowed != nil || v.ControlledResources != nil || v.ControlledValues != ""
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

// Policy is the NetworkPolicy of s. Where the namespace keeps others out, one of the
// service's own lets Prometheus in: policies add up, so that it opens nothing else.
func (s *Service) Policy() *NetworkPolicy {
	isKept := s.World != nil && s.World.Namespace != nil && s.World.Namespace.NetworkPolicy != ""
	if s.NetworkPolicy == nil && isKept && s.MetricsBy() != "" && s.Metrics.From != nil && len(*s.Metrics.From) > 0 {
		return &NetworkPolicy{From: &[]string{}}
	}
	return s.NetworkPolicy
}

// MetricsPeers are who is let to the port with the metrics: nobody where no policy of
// s keeps others out.
func (s *Service) MetricsPeers() []string {
	p := s.Policy()
	isOpen := p == nil || p.From == nil && p.Ingress == nil && (p.To != nil || p.Egress != nil)
	if isOpen || s.MetricsBy() == "" || s.Metrics.From == nil {
		return nil
	}
	return *s.Metrics.From
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
	return append(slices.Clip(in.servedHosts()), in.Certificate.DNSNames...)
}

// servedHosts are the hosts of the Ingress for which there is a certificate.
func (in *Ingress) servedHosts() []string {
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
