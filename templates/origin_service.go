package templates

import (
	"github.com/kgen-dev/kgen/pkg/tree"
	"github.com/kgen-dev/kgen/schema"
)

// serviceObjectOrigins are those of the Service and of extra Services.
var serviceObjectOrigins = objectOrigins("{exposed}",
	rule{"spec.ports", "{servicePorts}"},
	rule{"spec.ports.{servicePort}", "{servicePort}"},
	rule{"spec.ports.{servicePort}.name", "{servicePort}"},
	rule{"spec.ports.{servicePort}.port", "{portNumber}"},
	rule{"spec.ports.{servicePort}.targetPort", "{portTarget}"},
	rule{"spec.ports.{servicePort}.protocol", "{portProtocol}"},
	rule{"spec.ports.{servicePort}.appProtocol", "{servicePort}.appProtocol"},
	rule{"spec.ports.{servicePort}.nodePort", "{servicePort}.nodePort"},
	rule{"spec.selector.*", "selector.*"},
	rule{"spec.clusterIP", "{object}.headless"},
	rule{"spec.publishNotReadyAddresses", "{object}.publishNotReadyAddresses"},
	rule{"spec.type", "{object}.type"},
	rule{"spec.sessionAffinity", "{object}.sessionAffinity"},
	rule{"spec.loadBalancerSourceRanges.*", "{object}.loadBalancerSourceRanges.*"},
	rule{"spec.externalTrafficPolicy", "{object}.externalTrafficPolicy"},
	rule{"spec.ipFamilyPolicy", "{object}.ipFamilyPolicy"},
	rule{"spec.loadBalancerClass", "{object}.loadBalancerClass"},
	rule{"spec.internalTrafficPolicy", "{object}.internalTrafficPolicy"},
)

func servicePortsPlace(m *made, _ tree.Path) (found, bool) {
	if extra := m.extra(); extra != nil && len(extra.Value.Ports) > 0 {
		return foundAt("extraServices", extra.Key, "ports"), true
	}
	return m.portsPlace(), true
}

// portsPlace is where the first port of the Service stands: those of a sidecar where
// the service has none of its own.
func (m *made) portsPlace() found { return m.placeOf(m.service.ExposedPorts()) }

// placeOf is where the first of ports stands.
func (m *made) placeOf(ports schema.Map[schema.Port]) found {
	if len(ports) == 0 {
		return foundAt("ports")
	}
	path := m.service.PortPath(ports[0].Key)
	return foundAt(path[:len(path)-1]...)
}

// servicePortPlace is a port of the container, or one of an extra Service's own.
func servicePortPlace(m *made, at tree.Path) (found, bool) {
	if extra := m.extra(); extra != nil && len(extra.Value.Ports) > 0 {
		port, ok := entryOf(extra.Value.Ports, at)
		if !ok {
			return found{}, false
		}
		return foundAt("extraServices", extra.Key, "ports", port.Key), true
	}
	port, ok := entryOf(m.service.ExposedPorts(), at)
	if !ok {
		return found{}, false
	}
	return foundAt(m.service.PortPath(port.Key)...), true
}

func portNumberPlace(m *made, at tree.Path) (found, bool) {
	f, ok := servicePortPlace(m, at)
	if !ok {
		return f, false
	}
	if port := m.service.PodPorts().Get(keyOf(f.Path)); f.Path[0] != "extraServices" && port.Port == 0 {
		return foundAt(f.Path.With("containerPort")...).by("ports.*.port"), true
	}
	return foundAt(f.Path.With("port")...), true
}

func portTargetPlace(m *made, at tree.Path) (found, bool) {
	f, ok := servicePortPlace(m, at)
	if !ok || f.Path[0] != "extraServices" {
		return f, ok
	}
	return foundAt(f.Path.With("targetPort")...), true
}

// portProtocolPlace is that of the port of the container that is meant.
func portProtocolPlace(m *made, at tree.Path) (found, bool) {
	f, ok := servicePortPlace(m, at)
	if !ok || f.Path[0] != "extraServices" {
		return foundAt(f.Path.With("protocol")...), ok
	}
	target := keyOf(f.Path)
	if port := m.extra().Value.Ports.Get(target); port.TargetPort != "" {
		target = port.TargetPort
	}
	if m.service.PodPorts().Has(target) {
		return foundAt(m.service.PortPath(target).With("protocol")...), true
	}
	return f, true
}
