package manifests

import (
	"slices"

	corev1 "k8s.io/api/core/v1"
	"k8s.io/apimachinery/pkg/util/intstr"

	"github.com/kgen-dev/kgen/pkg/convert"
	"github.com/kgen-dev/kgen/schema"
)

// probes writes the probes of a container, and declines the readiness that kgen asks for
// where a service has ports.
func (f *workload) probes(p *place) {
	p.to.Probes = schema.Probes{
		Liveness:  f.probe(p, "liveness", p.LivenessProbe),
		Readiness: f.probe(p, "readiness", p.ReadinessProbe),
		Startup:   f.probe(p, "startup", p.StartupProbe),
	}
	if p.path == nil && p.to.Probes.Readiness == nil && len(p.to.Ports) > 0 && !f.s.EndsByItself() {
		p.to.Probes.Readiness = &schema.Probe{Declined: true}
		if p.ReadinessProbe == nil {
			f.tell(convert.Debt, p.at, "probes.readiness", "%s has ports and no readiness probe: it gets traffic before it is ready", p.Name)
		}
	}
}

// probe is a probe in kgen's words; nil for none, and for one that kgen refuses.
func (f *workload) probe(p *place, name string, from *corev1.Probe) *schema.Probe {
	if from == nil {
		return nil
	}
	to := &schema.Probe{
		InitialDelaySeconds: from.InitialDelaySeconds, TimeoutSeconds: from.TimeoutSeconds, PeriodSeconds: from.PeriodSeconds,
		SuccessThreshold: from.SuccessThreshold, FailureThreshold: from.FailureThreshold,
		TerminationGracePeriodSeconds: from.TerminationGracePeriodSeconds,
	}
	isKnown, at := true, p.at.With(name+"Probe")
	if h := from.HTTPGet; h != nil {
		to.HTTPGet = &schema.HTTPGetProbe{Path: h.Path, Port: probePort(p, h.Port), Scheme: string(h.Scheme), Host: h.Host, HTTPHeaders: unlessNone(h.HTTPHeaders)}
		isKnown = f.connects(p, h.Port, h.Host)
	}
	if h := from.TCPSocket; h != nil {
		to.TCPSocket = &schema.SocketProbe{Port: probePort(p, h.Port), Host: h.Host}
		isKnown = f.connects(p, h.Port, h.Host)
	}
	if h := from.Exec; h != nil {
		to.Exec = &schema.ExecProbe{Command: h.Command}
	}
	if h := from.GRPC; h != nil {
		to.GRPC = &schema.GRPCProbe{Port: grpcPort(p, h.Port), Service: h.Service}
		isKnown = f.connects(p, intstr.FromInt32(h.Port), "")
	}
	if !isKnown || p.role == schema.InitContainer {
		f.tell(convert.Debt, at, p.field("probes", name), "no container of the pods says that it has the port, and so a patch keeps the probe: say it under ports, with expose: false, and the probe can stand in its field")
		return nil
	}
	return to
}

// probePort is the port that a probe asks. One that stays unsaid is the first of TCP by
// its name; a number is said, for the pods would be replaced for the name.
func probePort(p *place, port intstr.IntOrString) schema.IntOrName {
	first := firstTCP(p)
	switch {
	case port.Type == intstr.Int:
		return schema.IntOrName{Number: port.IntVal}
	case first != nil && first.Key == port.StrVal:
		return schema.IntOrName{}
	}
	return schema.IntOrName{Name: port.StrVal}
}

// grpcPort is the port of a gRPC probe, which is always a number.
func grpcPort(p *place, port int32) schema.IntOrName {
	if first := firstTCP(p); first != nil && first.Value.ContainerPort == port {
		return schema.IntOrName{}
	}
	return schema.IntOrName{Number: port}
}

func firstTCP(p *place) *schema.Entry[schema.Port] {
	i := slices.IndexFunc(p.to.Ports, func(e schema.Entry[schema.Port]) bool { return e.Value.Protocol == "" })
	if i < 0 {
		return nil
	}
	return &p.to.Ports[i]
}

// connects reports whether kgen knows the port: a name of the container's own, a number
// of any container, of TCP.
func (f *workload) connects(p *place, port intstr.IntOrString, host string) bool {
	if port.Type == intstr.Int && host != "" {
		return true
	}
	isIt := func(key string, to *schema.Port) bool {
		return to.Protocol == "" && (key == port.StrVal || port.Type == intstr.Int && to.ContainerPort == port.IntVal)
	}
	if port.Type == intstr.String {
		own := p.to.Ports.Get(port.StrVal)
		return own != nil && isIt(port.StrVal, own)
	}
	return f.anyPort(p, isIt)
}
