package check

import (
	"github.com/kgen-dev/kgen/pkg/report"
	"github.com/kgen-dev/kgen/pkg/tree"
	"github.com/kgen-dev/kgen/schema"
)

// headlessService: row 21, a StatefulSet whose pods get no names.
func headlessService(s *schema.Service, sink *report.Sink) {
	if s.Kind != schema.StatefulSet {
		return
	}
	if name, _ := s.GoverningService(); name == "" {
		sink.KeyErrorf(schema.HeadlessService, tree.P("service"), "a StatefulSet needs a headless Service, which gives its pods their names").
			Fix = "remove service: false, or add extraServices: NAME: headless: true"
	}
}

// headlessPorts: nothing maps the ports of the headless Service that a StatefulSet has
// by default: its name leads to the pods themselves.
func headlessPorts(s *schema.Service, sink *report.Sink) {
	if s.Kind != schema.StatefulSet || !s.Service.IsHeadless() || sink.At(tree.P("service", "headless")) != nil {
		return
	}
	for i := range s.Ports {
		p := &s.Ports[i]
		if port := p.Value.Port; port != 0 && port != p.Value.ContainerPort && isExposed(&p.Value) {
			sink.Errorf(schema.HeadlessService, tree.P("ports", p.Key, "port"),
				"the Service is headless: its clients reach port %d of the pods, and not port %d", p.Value.ContainerPort, port).
				Fix = "remove port, or set service: headless: false"
		}
	}
}

// statefulClaims: what the claims of a StatefulSet do not have.
func statefulClaims(s *schema.Service, sink *report.Sink) {
	for i := range s.Volumes {
		key, v := s.Volumes[i].Key, &s.Volumes[i].Value
		if !s.IsClaimTemplate(v) {
			continue
		}
		if v.ObjectName != "" {
			sink.Errorf(schema.WrongKind, tree.P("volumes", key, "objectName"), "the claims of a StatefulSet are called %s-%s-0 and so on", key, s.Name).
				Fix = "remove it, or call the volume otherwise"
		}
		if v.Retain {
			sink.Errorf(schema.WrongKind, tree.P("volumes", key, "retain"), "the claims of a StatefulSet are not among its manifests, so nothing prunes them").
				Fix = "remove it: they stay unless persistentVolumeClaimRetentionPolicy says otherwise"
		}
	}
}
