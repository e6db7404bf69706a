package manifests

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	corev1 "k8s.io/api/core/v1"
	"k8s.io/apimachinery/pkg/util/intstr"

	"github.com/kgen-dev/kgen/pkg/convert"
	"github.com/kgen-dev/kgen/pkg/names"
	"github.com/kgen-dev/kgen/pkg/tree"
	"github.com/kgen-dev/kgen/schema"
)

// podPort is a port that a container of the pods says it has.
type podPort struct {
	name, protocol string
	number         int32
	at             tree.Path // in the workload
}

// podPorts are the ports of the containers that run while the pods serve.
func (g *Group) podPorts() []podPort { return podPortsOf(g.Workload) }

func podPortsOf(o *Object) (ports []podPort) {
	spec := podTemplate(o).With("spec")
	for _, list := range []string{"containers", "initContainers"} {
		for i, container := range elements(o.Node.At(spec.With(list))) {
			if list == "initContainers" && text(container, "restartPolicy") != "Always" {
				continue
			}
			for j, p := range elements(container.Get("ports")) {
				port := podPort{text(p, "name"), orText(text(p, "protocol"), "TCP"), 0, spec.With(list, i, "ports", j)}
				if n := p.Get("containerPort"); n != nil {
					number, _ := strconv.ParseInt(n.Text, 10, 32)
					port.number = int32(number)
				}
				ports = append(ports, port)
			}
		}
	}
	return ports
}

// lead is a port of a Service, and the port of the pods that it leads to.
type lead struct {
	port     *corev1.ServicePort
	at       tree.Path // in the Service
	number   int32
	protocol string
	to       *podPort // nil where no container says that it has it
}

// leads are the ports of a Service; false where one leads to a name that no container
// has.
func (g *Group) leads(o *Object) (leads []lead, areKnown bool) {
	service, isService := o.Value.(*corev1.Service)
	if !isService {
		return nil, false
	}
	ports := g.podPorts()
	for i := range service.Spec.Ports {
		p := &service.Spec.Ports[i]
		l := lead{port: p, at: tree.P("spec", "ports", i), number: p.TargetPort.IntVal, protocol: orText(string(p.Protocol), "TCP")}
		if l.number == 0 {
			l.number = p.Port
		}
		isNamed := p.TargetPort.Type == intstr.String && p.TargetPort.StrVal != ""
		found := slices.IndexFunc(ports, func(to podPort) bool {
			return to.protocol == l.protocol && (isNamed && to.name == p.TargetPort.StrVal || !isNamed && to.number == l.number)
		})
		switch {
		case found >= 0:
			l.to, l.number = &ports[found], ports[found].number
		case isNamed:
			return nil, false
		}
		leads = append(leads, l)
	}
	return leads, true
}

// offer makes the ports of the service's own Service those of the input; others stay off
// it.
func (c *converter) offer(g *Group, o *Object, s *schema.Service, leads []lead) {
	var offered []*schema.Port
	for i := range leads {
		c.portOf(g, s, &leads[i]) // first all, for one that is added moves the others
	}
	for i := range leads {
		l := &leads[i]
		port := &c.portOf(g, s, l).Value
		port.Port, port.NodePort, port.Expose = l.port.Port, l.port.NodePort, nil
		if l.port.AppProtocol != nil {
			port.AppProtocol = *l.port.AppProtocol
		}
		offered = append(offered, port)
	}
	isOff := false
	for _, ports := range allPorts(s) {
		for i := range *ports {
			if port := &(*ports)[i].Value; !slices.Contains(offered, port) {
				port.Expose = &isOff
			}
		}
	}
	c.explainLeads(g, o, s, leads)
}

// allPorts are the ports of the containers that run while the pods serve.
func allPorts(s *schema.Service) (all []*schema.Map[schema.Port]) {
	all = append(all, &s.Ports)
	for i := range s.Sidecars {
		all = append(all, &s.Sidecars[i].Value.Ports)
	}
	return all
}

// portOf is the port of the service that a port of a Service leads to, added where there
// is none.
func (c *converter) portOf(g *Group, s *schema.Service, l *lead) *schema.Entry[schema.Port] {
	for _, ports := range allPorts(s) {
		for i := range *ports {
			if p := &(*ports)[i]; p.Value.ContainerPort == l.number && orText(p.Value.Protocol, "TCP") == l.protocol {
				return p
			}
		}
	}
	return c.addPort(g, s, l)
}

// addPort gives the service's own container a port that no container says it has. It is
// off the Service until that offers it.
func (c *converter) addPort(g *Group, s *schema.Service, l *lead) *schema.Entry[schema.Port] {
	key := freePort(s, l)
	port := schema.Port{ContainerPort: l.number, Named: new(bool), Expose: new(bool)}
	if l.protocol != "TCP" {
		port.Protocol = l.protocol
	}
	s.Ports = append(s.Ports, schema.Entry[schema.Port]{Key: key, Value: port})
	if l.to == nil {
		containers := podTemplate(g.Workload).With("spec", "containers")
		isOwn := func(n *tree.Node) bool { return text(n, "name") == orText(s.ContainerName, s.Name) }
		at := containers.With(max(0, slices.IndexFunc(elements(g.Workload.Node.At(containers)), isOwn)))
		c.note(convert.Debt, g, g.Workload, at, "ports."+key, "a Service leads to port "+strconv.Itoa(int(l.number))+
			", which no container says that it has: the service says so, and a patch keeps it off the pods, which would be replaced")
	}
	return &s.Ports[len(s.Ports)-1]
}

// freePort is a name for a port: that on the Service, or one of its number.
func freePort(s *schema.Service, l *lead) string {
	if names.PortName.Fits(l.port.Name) && !s.PodPorts().Has(l.port.Name) {
		return l.port.Name
	}
	return strings.ToLower(l.protocol) + "-" + strconv.Itoa(int(l.number))
}

// explainLeads says what becomes of ports by number and without a name: kgen leads to
// the container's by name. Pods whose ports have no names yet a Service does not find by
// these, and so that is told.
func (c *converter) explainLeads(g *Group, o *Object, s *schema.Service, leads []lead) {
	var told []string
	for i := range leads {
		l := &leads[i]
		to := c.portOf(g, s, l)
		key := to.Key
		isNamed := l.to != nil && l.to.name != ""
		if l.port.Name == "" {
			c.intends(o, l.at.With("name"), "kgen names every port")
		}
		switch at := l.at.With("targetPort"); {
		case l.port.TargetPort.StrVal != "" || !to.Value.IsNamed():
		case !c.isNamedElsewhere(g, o, l, key): // the other pods that it finds are found by the number alone
		case isNamed && l.to.name == key:
			c.comesTo(o, at, key)
		default:
			c.intends(o, at, "the port of the container by the name that it gets: it is the same one")
			told = append(told, fmt.Sprintf("%d is %s", l.number, key))
		}
	}
	if len(told) == 0 {
		return
	}
	c.note(convert.Changed, g, o, tree.P("spec", "ports"), "ports",
		"it leads to ports of the container by their names, which these get now ("+strings.Join(told, ", ")+"): until the new pods are there it finds no others")
}

// isNamedElsewhere reports whether the pods of other workloads that a Service finds have
// the port that it leads to by a name too.
func (c *converter) isNamedElsewhere(g *Group, o *Object, l *lead, name string) bool {
	selector := selectorOf(o)
	if selector == nil {
		return true
	}
	return !slices.ContainsFunc(c.index().pods.find(selector), func(other *Object) bool {
		return other != g.Workload && !slices.ContainsFunc(podPortsOf(other), func(p podPort) bool {
			return p.name == name && p.number == l.number && p.protocol == l.protocol
		})
	})
}
