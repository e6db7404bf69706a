package templates

import "github.com/kgen-dev/kgen/pkg/tree"

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
	return foundAt("ports"), true
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
	return foundAt("ports", port.Key), true
}

func portNumberPlace(m *made, at tree.Path) (found, bool) {
	f, ok := servicePortPlace(m, at)
	if !ok {
		return f, false
	}
	if port := m.service.Ports.Get(keyOf(f.Path)); f.Path[0] == "ports" && port.Port == 0 {
		return foundAt(f.Path.With("containerPort")...).by("ports.*.port"), true
	}
	return foundAt(f.Path.With("port")...), true
}

func portTargetPlace(m *made, at tree.Path) (found, bool) {
	f, ok := servicePortPlace(m, at)
	if !ok || f.Path[0] == "ports" {
		return f, ok
	}
	return foundAt(f.Path.With("targetPort")...), true
}

// portProtocolPlace is that of the port of the container that is meant.
func portProtocolPlace(m *made, at tree.Path) (found, bool) {
	f, ok := servicePortPlace(m, at)
	if !ok || f.Path[0] == "ports" {
		return foundAt(f.Path.With("protocol")...), ok
	}
	target := keyOf(f.Path)
	if port := m.extra().Value.Ports.Get(target); port.TargetPort != "" {
		target = port.TargetPort
	}
	if m.service.Ports.Has(target) {
		return foundAt("ports", target, "protocol"), true
	}
	return f, true
}
