package check

import (
	"strings"

	"github.com/kgen-dev/kgen/pkg/names"
	"github.com/kgen-dev/kgen/pkg/report"
	"github.com/kgen-dev/kgen/pkg/suggest"
	"github.com/kgen-dev/kgen/pkg/tree"
	"github.com/kgen-dev/kgen/schema"
)

// containerName: row 18 for containers, whose names differ within the pod.
func containerName(s *schema.Service, sink *report.Sink) {
	optionalName(sink, &names.DNSLabel, s.ContainerName, "containerName")
	for c := range s.PodContainers() {
		if c.Path == nil {
			continue
		}
		if !names.DNSLabel.Fits(c.Name) {
			sink.KeyErrorf(schema.BadName, c.Path, "the container's name %s", names.DNSLabel.Complaint(c.Name))
		}
		switch first, _ := s.PodContainer(c.Name); {
		case first.Path == nil:
			sink.KeyErrorf(schema.BadName, c.Path, "the service's own container has this name").
				Fix = "call this one otherwise, or the service's own by containerName"
		case first.Path.String() != c.Path.String():
			sink.KeyErrorf(schema.BadName, c.Path, "the name stands under %s too", first.Path[0]).Fix = "call one of them otherwise"
		}
	}
}

// containerNames are the names of all containers, for suggestions.
func containerNames(s *schema.Service) (names []string) {
	for c := range s.PodContainers() {
		names = append(names, c.Name)
	}
	return names
}

// runningNames are the names of the containers that run while the pod serves.
func runningNames(s *schema.Service) (names []string) {
	for c := range s.PodContainers() {
		if c.Runs() {
			names = append(names, c.Name)
		}
	}
	return names
}

// inside is what stands before a field of c, in the words of a fix.
func inside(c *schema.PodContainer) string {
	var out strings.Builder
	for _, step := range c.Path {
		if key, ok := step.(string); ok {
			out.WriteString(key + ": ")
		}
	}
	return out.String()
}

// containerOrder: an order in which containers cannot start.
func containerOrder(s *schema.Service, sink *report.Sink) {
	for c := range s.PodContainers() {
		if c.Role == schema.OrdinarySidecar && len(c.After) > 0 {
			sink.KeyErrorf(schema.BadContainer, c.Path.With("after"), "a sidecar that is not native starts with the service's own container, after all others").
				Fix = "remove after, or native: false"
			continue
		}
		for i, name := range c.After {
			startsAfter(s, sink, name, c.Path.With("after", i))
		}
	}
	_, cycles := s.StartOrder()
	for _, cycle := range cycles {
		startCycle(s, sink, cycle)
	}
}

func startCycle(s *schema.Service, sink *report.Sink, cycle []string) {
	first, _ := s.PodContainer(cycle[0])
	if len(cycle) == 1 {
		sink.KeyErrorf(schema.BadContainer, first.Path.With("after"), "%s starts after itself", first.Name).Fix = "remove it"
		return
	}
	sink.KeyErrorf(schema.BadContainer, first.Path.With("after"), "a cycle: %s; none of them can start", strings.Join(append(cycle, first.Name), " after ")).
		Fix = "remove one of them from after"
}

// startsAfter judges one entry of after.
func startsAfter(s *schema.Service, sink *report.Sink, name string, at tree.Path) {
	other, ok := s.PodContainer(name)
	switch {
	case !ok:
		sink.Errorf(schema.UnknownReference, at, "the service has no init container or sidecar %q%s", name, suggest.Hint(name, containerNames(s)[1:]))
	case other.Role == schema.OwnContainer:
		sink.Errorf(schema.BadContainer, at, "the service's own container starts after all init containers and native sidecars").
			Fix = "remove it"
	case other.Role == schema.OrdinarySidecar:
		sink.Errorf(schema.BadContainer, at, "sidecar %s is not native: it starts with the service's own container", name).
			Fix = "remove it, or native: false of " + name
	}
}

// initContainerFields: what a container that runs to its end does not have.
func initContainerFields(s *schema.Service, sink *report.Sink) {
	for i := range s.InitContainers {
		c, at := &s.InitContainers[i].Value, tree.P("initContainers", s.InitContainers[i].Key)
		fix := "remove it, or move the container to sidecars"
		for _, p := range [...]struct {
			name string
			*schema.Probe
		}{{"liveness", c.Probes.Liveness}, {"readiness", c.Probes.Readiness}, {"startup", c.Probes.Startup}} {
			if p.Probe != nil && !p.Declined {
				sink.KeyErrorf(schema.BadContainer, at.With("probes", p.name), "an init container runs to its end: nothing probes it").Fix = fix
			}
		}
		if c.Lifecycle != nil {
			sink.KeyErrorf(schema.BadContainer, at.With("lifecycle"), "an init container runs to its end: it has no hooks").Fix = fix
		}
		for j := range c.Ports {
			p := &c.Ports[j]
			for _, field := range serviceFields(&p.Value) {
				sink.Errorf(schema.BadPort, at.With("ports", p.Key, field), "no Service leads to the port of an init container").Fix = fix
			}
		}
	}
}

// serviceFields are the fields of a port that are about its Service.
func serviceFields(p *schema.Port) (fields []string) {
	for _, f := range [...]struct {
		name  string
		isSet bool
	}{{"port", p.Port != 0}, {"nodePort", p.NodePort != 0}, {"appProtocol", p.AppProtocol != ""}, {"expose", p.Expose != nil}} {
		if f.isSet {
			fields = append(fields, f.name)
		}
	}
	return fields
}
