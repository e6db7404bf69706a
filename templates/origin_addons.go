package templates

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
	case "TriggerAuthentication":
		return foundAt("autoscaling", "keda", "authentications", m.name), true
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
