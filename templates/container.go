package templates

import (
	corev1 "k8s.io/api/core/v1"
	"k8s.io/apimachinery/pkg/util/intstr"

	"github.com/kgen-dev/kgen/schema"
)

func container(s *schema.Service, c schema.PodContainer, st *storage) corev1.Container {
	out := corev1.Container{
		Name:            c.Name,
		Image:           c.Image.String(),
		Command:         c.Command,
		Args:            c.Args,
		WorkingDir:      c.WorkingDir,
		Ports:           containerPorts(c.Ports),
		EnvFrom:         envFrom(s, c.EnvFrom),
		Env:             env(s, c.Env),
		Resources:       resources(c.Resources),
		VolumeMounts:    st.of(c.Name),
		LivenessProbe:   probe(s, c, c.Probes.Liveness),
		ReadinessProbe:  probe(s, c, c.Probes.Readiness),
		StartupProbe:    probe(s, c, c.Probes.Startup),
		Lifecycle:       c.Lifecycle,
		ImagePullPolicy: corev1.PullPolicy(c.Image.PullPolicy),
		SecurityContext: c.SecurityContext,
	}
	switch c.Role {
	case schema.OwnContainer, schema.OrdinarySidecar:
		out.Lifecycle = lifecycle(s, c.Lifecycle)
	case schema.NativeSidecar:
		always := corev1.ContainerRestartPolicyAlways
		out.RestartPolicy = &always
	}
	return out
}

// initContainers are those that start before the others, one after the other.
func initContainers(s *schema.Service, st *storage) []corev1.Container {
	ordered, _ := s.StartOrder()
	return containers(s, ordered, st)
}

func containers(s *schema.Service, of []schema.PodContainer, st *storage) []corev1.Container {
	var out []corev1.Container
	for _, c := range of {
		out = append(out, container(s, c, st))
	}
	return out
}

func containerPorts(ports schema.Map[schema.Port]) []corev1.ContainerPort {
	var out []corev1.ContainerPort
	for _, p := range ports {
		name := p.Key
		if !p.Value.IsNamed() {
			name = ""
		}
		out = append(out, corev1.ContainerPort{
			Name:          name,
			HostPort:      p.Value.HostPort,
			ContainerPort: p.Value.ContainerPort,
			Protocol:      protocol(p.Value.Protocol),
		})
	}
	return out
}

// protocol leaves out TCP, which is the API server's default.
func protocol(name string) corev1.Protocol {
	if name == string(corev1.ProtocolTCP) {
		return ""
	}
	return corev1.Protocol(name)
}

func resources(r *schema.Resources) corev1.ResourceRequirements {
	if r == nil || r.Declined {
		return corev1.ResourceRequirements{}
	}
	return corev1.ResourceRequirements{Limits: amounts(r.Limits), Requests: amounts(r.Requests)}
}

func amounts(texts schema.Map[schema.Text]) corev1.ResourceList {
	var list corev1.ResourceList
	for _, t := range texts {
		amount, ok := schema.ParseQuantity(t.Value.Value)
		if t.Value.Declined || !ok {
			continue
		}
		if list == nil {
			list = make(corev1.ResourceList, len(texts))
		}
		list[corev1.ResourceName(t.Key)] = amount
	}
	return list
}

func probe(s *schema.Service, c schema.PodContainer, p *schema.Probe) *corev1.Probe {
	if p == nil || p.Declined {
		return nil
	}
	return &corev1.Probe{
		ProbeHandler:                  probeHandler(s, c, p),
		InitialDelaySeconds:           p.InitialDelaySeconds,
		TimeoutSeconds:                p.TimeoutSeconds,
		PeriodSeconds:                 p.PeriodSeconds,
		SuccessThreshold:              p.SuccessThreshold,
		FailureThreshold:              p.FailureThreshold,
		TerminationGracePeriodSeconds: p.TerminationGracePeriodSeconds,
	}
}

func probeHandler(s *schema.Service, c schema.PodContainer, p *schema.Probe) corev1.ProbeHandler {
	var handler corev1.ProbeHandler
	if h := p.HTTPGet; h != nil {
		handler.HTTPGet = &corev1.HTTPGetAction{
			Path:        h.Path,
			Port:        portRef(s, c, h.Port),
			Host:        h.Host,
			Scheme:      corev1.URIScheme(h.Scheme),
			HTTPHeaders: h.HTTPHeaders,
		}
	}
	if h := p.TCPSocket; h != nil {
		handler.TCPSocket = &corev1.TCPSocketAction{Port: portRef(s, c, h.Port), Host: h.Host}
	}
	if h := p.Exec; h != nil {
		handler.Exec = &corev1.ExecAction{Command: h.Command}
	}
	if h := p.GRPC; h != nil {
		handler.GRPC = &corev1.GRPCAction{Port: portNumber(s, h.Port), Service: h.Service}
	}
	return handler
}

// portRef is a name of the container's own, else a number: the kubelet looks no
// name up in another container.
func portRef(s *schema.Service, c schema.PodContainer, port schema.IntOrName) intstr.IntOrString {
	if number := portNumber(s, port); port.Name == "" || !hasNamed(c.Ports, port.Name) && number != 0 {
		return intstr.FromInt32(number)
	}
	return intstr.FromString(port.Name)
}

func hasNamed(ports schema.Map[schema.Port], name string) bool {
	p := ports.Get(name)
	return p != nil && p.IsNamed()
}

// targetPort is a port of the pod by name, so that its number can change; by number
// where it has no name.
func targetPort(s *schema.Service, name string) intstr.IntOrString {
	if p := s.PodPorts().Get(name); p != nil && !p.IsNamed() {
		return intstr.FromInt32(p.ContainerPort)
	}
	return intstr.Parse(name)
}

// portNumber resolves a name through the ports of the pod, for a gRPC probe takes
// a number only.
func portNumber(s *schema.Service, port schema.IntOrName) int32 {
	if p := s.PodPorts().Get(port.Name); p != nil {
		return p.ContainerPort
	}
	return port.Number
}

// lifecycle is the person's own; a sleep before the stop where that has no hook. The
// containers that stop together wait together: what one of them still serves may
// need another.
func lifecycle(s *schema.Service, own *corev1.Lifecycle) *corev1.Lifecycle {
	if s.DrainSeconds == nil || *s.DrainSeconds == 0 || own != nil && own.PreStop != nil {
		return own
	}
	var out corev1.Lifecycle
	if own != nil {
		out = *own
	}
	out.PreStop = &corev1.LifecycleHandler{Sleep: &corev1.SleepAction{Seconds: *s.DrainSeconds}}
	return &out
}
