package templates

import (
	"github.com/kgen-dev/kgen/pkg/tree"
	"github.com/kgen-dev/kgen/schema"
)

// objectPlace is the part of the service that describes the object.
func objectPlace(m *made, _ tree.Path) (found, bool) {
	s := m.service
	switch m.kind {
	case "ServiceAccount":
		return foundAt("serviceAccount").by("serviceAccount.create"), true
	case "HorizontalPodAutoscaler":
		return foundAt("autoscaling"), true
	case "PodDisruptionBudget":
		return foundAt("podDisruptionBudget").by("podDisruptionBudget.maxUnavailable"), true
	case "NetworkPolicy":
		if s.NetworkPolicy == nil {
			return foundAt("metrics", "from"), true
		}
		return foundAt("networkPolicy"), true
	case "Ingress":
		return foundAt("ingress"), true
	case "HTTPRoute", "GRPCRoute":
		key, r, _ := m.routePlace()
		return foundAt(m.routeField(), key), r != nil
	case "Service":
		switch extra := m.extra(); {
		case m.isForPodNames():
			return wholeAt("service", "headless"), true
		case extra != nil:
			return foundAt("extraServices", extra.Key), true
		case s.Kind == schema.StatefulSet:
			return foundAt("service").by("service.headless"), true
		}
		return foundAt("service"), true
	case "ConfigMap":
		for i := range s.ConfigMaps {
			if c := &s.ConfigMaps[i]; s.ConfigMapName(c.Key) == m.name {
				return foundAt("configMaps", c.Key), true
			}
		}
		return filesPlace(m), true
	case "Secret":
		for i := range s.Secrets {
			if c := &s.Secrets[i]; s.SecretName(c.Key) == m.name {
				return foundAt("secrets", c.Key), true
			}
		}
		return filesPlace(m), true
	case "PersistentVolumeClaim":
		for i := range s.Volumes {
			if v := &s.Volumes[i]; v.Value.Size != "" && s.ClaimName(v.Key, &v.Value) == m.name {
				return foundAt("volumes", v.Key), true
			}
		}
	}
	return addonPlace(m)
}

// filesPlace is the directory of files that the object holds.
func filesPlace(m *made) found {
	for _, dir := range m.service.FileDirs() {
		if dir.Name == m.name {
			return dirPlace(dir)
		}
	}
	return wholeAt("files")
}

// extra is the extra Service that the object is; nil for the service's own.
func (m *made) extra() *schema.Entry[schema.ExtraService] {
	for i := range m.service.ExtraServices {
		if extra := &m.service.ExtraServices[i]; schema.ExtraServiceName(extra.Key, &extra.Value) == m.name ||
			m.service.HasCanary() && schema.ExtraCanaryName(extra.Key, &extra.Value) == m.name {
			return extra
		}
	}
	return nil
}

// exposedPlace is what makes a Service: what is said about it, else the ports.
func exposedPlace(m *made, at tree.Path) (found, bool) {
	s := m.service
	hasAddress := s.Kind == schema.StatefulSet && !s.Service.IsHeadless()
	if m.extra() == nil && !m.isForPodNames() && (s.Service == nil || hasAddress) {
		return m.portsPlace(), true
	}
	return objectPlace(m, at)
}

// namePlace is what names the object: a name of its own, its key, or the service.
func namePlace(m *made, at tree.Path) (found, bool) {
	object, _ := objectPlace(m, at)
	own := m.objectName()
	switch {
	case m.kind == "Certificate":
		return certificateNamePlace(m), true
	case m.isRBAC():
		return rbacNamePlace(m), true
	case own != "" && m.kind == "ServiceAccount":
		return foundAt("serviceAccount", "name"), true
	case own != "":
		return foundAt(object.Path.With("objectName")...), true
	case len(object.Path) > 1 && !object.isWhole: // it is one of several, by its key
		return foundAt(object.Path...), true
	}
	return foundAt("name"), true
}

// objectName is the name that the service gives the object alone, if any.
func (m *made) objectName() string {
	s := m.service
	switch {
	case m.isForPodNames():
		return ""
	case m.kind == "ServiceAccount" && s.ServiceAccount != nil:
		return s.ServiceAccount.Name
	case m.kind == "HorizontalPodAutoscaler" && s.Autoscaling != nil:
		return s.Autoscaling.ObjectName
	case m.kind == "PodDisruptionBudget" && s.PodDisruptionBudget != nil:
		return s.PodDisruptionBudget.ObjectName
	case m.kind == "NetworkPolicy" && s.NetworkPolicy != nil:
		return s.NetworkPolicy.ObjectName
	case m.kind == "Ingress" && s.Ingress != nil:
		return s.Ingress.ObjectName
	case m.kind == "HTTPRoute" || m.kind == "GRPCRoute":
		if _, r, _ := m.routePlace(); r != nil {
			return r.ObjectName
		}
	case m.kind == "Service" && m.extra() != nil:
		return m.extra().Value.ObjectName
	case m.kind == "Service" && s.Service != nil:
		return s.Service.ObjectName
	case m.kind == "PersistentVolumeClaim":
		for i := range s.Volumes {
			if v := &s.Volumes[i]; v.Value.ObjectName == m.name {
				return m.name
			}
		}
	}
	return m.addonName()
}
