package schema

// metricsPort is what a port is called that serves nothing else.
const metricsPort = "metrics"

func defaultMetrics(s *Service) {
	m := s.Metrics
	if m == nil || m.Declined {
		return
	}
	if ports := s.PodPorts(); m.Port.IsZero() && ports.Has(metricsPort) {
		m.Port.Name = metricsPort
	}
	if m.Kind != "" {
		return
	}
	if m.Kind = PodMonitor; s.isOnOneService(s.MetricsPort()) {
		m.Kind = ServiceMonitor
	}
}

// isOnOneService reports whether a ServiceMonitor finds the port, and finds it once:
// all Services of s have the same labels.
func (s *Service) isOnOneService(port *Entry[Port]) bool {
	isExposed := port != nil && (port.Value.Expose == nil || *port.Value.Expose)
	return isExposed && s.HasService() && s.MonitoredLabel().Value != "" && len(s.ExtraServices) == 0 && !s.hasSecondService()
}

// hasSecondService reports whether a headless Service is made besides the service's own.
func (s *Service) hasSecondService() bool {
	_, isMade := s.GoverningService()
	return s.Kind == StatefulSet && isMade
}

// defaultKeda: without a word from anybody KEDA scales to zero.
func defaultKeda(a *Autoscaling) {
	if a != nil && a.Keda != nil {
		setDefault(&a.MinReplicas, 1)
	}
}

// defaultVertical: the admission of a VerticalPodAutoscaler wants the mode wherever
// something else is said of updates. It is the one that holds without a word.
func defaultVertical(a *Autoscaling) {
	if a == nil || a.Vertical == nil || a.Vertical.UpdateMode != "" {
		return
	}
	if v := a.Vertical; v.MinReplicas != nil || len(v.EvictionRequirements) > 0 {
		v.UpdateMode = "Recreate"
	}
}
