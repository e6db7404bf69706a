package lint

import (
	"cmp"
	"slices"
	"strconv"

	corev1 "k8s.io/api/core/v1"
	"k8s.io/apimachinery/pkg/util/intstr"
)

// declared is a port that a container of a workload declares.
type declared struct {
	*corev1.ContainerPort
	container *Container
	i         int
}

// ports are those that app containers and sidecars declare, in the order in which a
// Service looks for a name. They are not known where some cannot be read.
func (w *Workload) ports() (ports []declared, known bool) {
	long := w.Long()
	for i := range long {
		if w.isUnread(long[i].Field("ports")) {
			return nil, false
		}
		for j := range long[i].Ports {
			ports = append(ports, declared{&long[i].Ports[j], &long[i], j})
		}
	}
	return ports, len(long) > 0
}

// protocolOf is a protocol, or what it is where nobody wrote it.
func protocolOf(p corev1.Protocol) corev1.Protocol { return cmp.Or(p, corev1.ProtocolTCP) }

// targetPort is the port of the pods that a port of a Service leads to: its own number
// where nobody wrote one.
func targetPort(p *corev1.ServicePort) intstr.IntOrString {
	if p.TargetPort == (intstr.IntOrString{}) {
		return intstr.FromInt32(p.Port)
	}
	return p.TargetPort
}

// is reports whether a name or number means the port.
func (d *declared) is(port intstr.IntOrString) bool {
	if port.Type == intstr.String {
		return d.Name == port.StrVal
	}
	return d.ContainerPort.ContainerPort == port.IntVal
}

// portTexts are the ports as messages name them: http 8080, 9090.
func portTexts(ports []declared) (texts []string) {
	for i := range ports {
		text := strconv.Itoa(int(ports[i].ContainerPort.ContainerPort))
		if ports[i].Name != "" {
			text = ports[i].Name + " " + text
		}
		if p := protocolOf(ports[i].Protocol); p != corev1.ProtocolTCP {
			text += "/" + string(p)
		}
		if !slices.Contains(texts, text) {
			texts = append(texts, text)
		}
	}
	return texts
}
