package check

import (
	"strconv"

	corev1 "k8s.io/api/core/v1"
	networkingv1 "k8s.io/api/networking/v1"
	"k8s.io/apimachinery/pkg/util/intstr"

	"github.com/kgen-dev/kgen/pkg/report"
	"github.com/kgen-dev/kgen/pkg/suggest"
	"github.com/kgen-dev/kgen/pkg/tree"
	"github.com/kgen-dev/kgen/schema"
)

// probePort: row 7 for the one handler of a probe.
func probePort(s *schema.Service, c *schema.PodContainer, sink *report.Sink, at tree.Path, p *schema.Probe) {
	if g := p.HTTPGet; g != nil && !connects(s, c, g.Port, g.Host) {
		wrongPort(s, c, sink, g.Port, at.With("httpGet", "port"))
	}
	if t := p.TCPSocket; t != nil && !connects(s, c, t.Port, t.Host) {
		wrongPort(s, c, sink, t.Port, at.With("tcpSocket", "port"))
	}
	if g := p.GRPC; g != nil && !connects(s, c, g.Port, "") {
		wrongPort(s, c, sink, g.Port, at.With("grpc", "port"))
	}
}

// handlerPorts: row 7 for a hook of the container's life. What it names is handed
// on as it is, so it has to be the container's own.
func handlerPorts(s *schema.Service, c *schema.PodContainer, sink *report.Sink, hook string, h *corev1.LifecycleHandler) {
	if h == nil {
		return
	}
	for _, action := range hookPorts(h) {
		isKnown := connects(s, c, action.port, action.host) && (action.port.Name == "" || c.Ports.Has(action.port.Name))
		if !isKnown {
			wrongPort(s, c, sink, action.port, c.Path.With("lifecycle", hook, action.field, "port"))
		}
	}
}

// hookPort is a port that a hook connects to.
type hookPort struct {
	field, host string
	port        schema.IntOrName
}

func hookPorts(h *corev1.LifecycleHandler) (ports []hookPort) {
	if g := h.HTTPGet; g != nil {
		ports = append(ports, hookPort{"httpGet", g.Host, intOrName(g.Port)})
	}
	if t := h.TCPSocket; t != nil {
		ports = append(ports, hookPort{"tcpSocket", t.Host, intOrName(t.Port)})
	}
	return ports
}

func intOrName(v intstr.IntOrString) schema.IntOrName {
	if v.Type == intstr.String {
		return schema.IntOrName{Name: v.StrVal}
	}
	return schema.IntOrName{Number: v.IntVal}
}

// connects reports whether the pod takes connections on port, by default the
// container's first TCP port. A number on another host is that host's.
func connects(s *schema.Service, c *schema.PodContainer, port schema.IntOrName, host string) bool {
	if port.Number != 0 && host != "" {
		return true
	}
	return hasPort(c.Ports, port, true) || !port.IsZero() && hasPort(s.PodPorts(), port, true)
}

// hasPort reports whether ports have one of that name or number, or any where
// port is zero; one that is TCP where it has to take connections.
func hasPort(ports schema.Map[schema.Port], port schema.IntOrName, isTCP bool) bool {
	for i := range ports {
		p := &ports[i]
		isIt := port.IsZero() || p.Key == port.Name || port.Name == "" && p.Value.ContainerPort == port.Number
		if isIt && (!isTCP || p.Value.Protocol == "" || p.Value.Protocol == "TCP") {
			return true
		}
	}
	return false
}

// wrongPort says why the container does not take connections on port.
func wrongPort(s *schema.Service, c *schema.PodContainer, sink *report.Sink, port schema.IntOrName, at tree.Path) {
	who, ports := "the service", s.PodPorts()
	if c.Path != nil {
		who = "the container"
	}
	switch {
	case port.IsZero():
		sink.Errorf(schema.UnknownPort, at, "no port is named, and %s has no TCP port to take", who).
			Fix = "add " + inside(c) + "ports: http: 8080, or name the port"
	case hasPort(ports, port, false):
		f := sink.Errorf(schema.UnknownPort, at, "port %s is not TCP", port)
		f.Fix = "name a TCP port, or use exec"
		if hasPort(ports, port, true) { // of another container
			f.Message, f.Fix = "port "+port.String()+" is another container's", "name it by its number"
		}
	case port.Name == "" && len(ports) > 0:
		sink.Errorf(schema.UnknownPort, at, "the service has no port %s", port).
			Fix = "take one of " + list(namesOf(ports)) + ", or add it under ports; expose: false keeps it off the Service"
	default:
		unknownPort(sink, at, who, port, namesOf(ports))
	}
}

// unknownPort says that owner has no such port, and which it has.
func unknownPort(sink *report.Sink, at tree.Path, owner string, port schema.IntOrName, have []string) {
	hint := ""
	if port.Name != "" {
		hint = suggest.Hint(port.Name, have)
	}
	f := sink.Errorf(schema.UnknownPort, at, "%s has no port %s%s", owner, port, hint)
	switch {
	case len(have) == 0:
		f.Fix = "add the port under ports"
	case hint == "":
		f.Fix = "its ports are " + list(have)
	}
}

// namesOf are the keys of a map, as a message lists them.
func namesOf[T any](m schema.Map[T]) []string {
	names := make([]string, len(m))
	for i := range m {
		names[i] = m[i].Key
	}
	return names
}

// extraServicePorts: row 7 for the further Services in front of the pods.
func extraServicePorts(s *schema.Service, sink *report.Sink) {
	ports := s.PodPorts()
	for i := range s.ExtraServices {
		extra := &s.ExtraServices[i]
		for j := range extra.Value.Ports {
			p := &extra.Value.Ports[j]
			name, at := p.Value.TargetPort, tree.Path(nil)
			if name == "" {
				name = p.Key
			}
			if ports.Has(name) {
				continue
			}
			if at = tree.P("extraServices", extra.Key, "ports", p.Key); p.Value.TargetPort != "" {
				at = at.With("targetPort")
			}
			unknownPort(sink, at, "the service", schema.IntOrName{Name: name}, namesOf(ports))
		}
		if len(extra.Value.Ports) == 0 && len(s.ExposedPorts()) == 0 && !extra.Value.IsHeadless() {
			sink.Errorf(schema.UnknownPort, tree.P("extraServices", extra.Key), "the Service has no port, and the service has none to take").
				Fix = "add ports: http: 8080"
		}
	}
}

// policyPorts: row 7 for ports by name in the policy's own ingress rules; those
// of egress are other pods'.
func policyPorts(s *schema.Service, sink *report.Sink) {
	if s.NetworkPolicy == nil || s.NetworkPolicy.Ingress == nil {
		return
	}
	for i, rule := range *s.NetworkPolicy.Ingress {
		for j := range rule.Ports {
			policyPort(s, sink, &rule.Ports[j], "networkPolicy", "ingress", i, "ports", j, "port")
		}
	}
}

func policyPort(s *schema.Service, sink *report.Sink, p *networkingv1.NetworkPolicyPort, at ...any) {
	if p.Port == nil || p.Port.Type != intstr.String || s.PodPorts().Has(p.Port.StrVal) {
		return
	}
	unknownPort(sink, at, "the service", schema.IntOrName{Name: p.Port.StrVal}, namesOf(s.PodPorts()))
}

// list joins quoted names for a message.
func list(names []string) string {
	out := ""
	for i, name := range names {
		if i > 0 {
			out += ", "
		}
		out += strconv.Quote(name)
	}
	return out
}
