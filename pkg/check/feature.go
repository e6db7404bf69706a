package check

import (
	"github.com/kgen-dev/kgen/pkg/report"
	"github.com/kgen-dev/kgen/pkg/suggest"
	"github.com/kgen-dev/kgen/pkg/tree"
	"github.com/kgen-dev/kgen/pkg/validate/versions"
	"github.com/kgen-dev/kgen/schema"
)

// sourceFeatures: row 23, what the target release does not have, or drops in
// silence because its gate is off.
func sourceFeatures(s *schema.Service, sink *report.Sink) {
	minor := schema.NewestKubernetes
	if s.World != nil {
		minor = s.World.Kubernetes.Minor
	}
	for i := range features {
		f := &features[i]
		if minor >= f.since && (f.gate == "" || isOn(s.World, f.gate)) {
			continue
		}
		for _, at := range f.used(s) {
			if minor < f.since {
				sink.Errorf(schema.KubernetesVersion, at, "%s came with Kubernetes 1.%d, the target is 1.%d", f.what, f.since, minor)
				continue
			}
			sink.Errorf(schema.KubernetesVersion, at, "%s needs the feature gate %s, which is off in Kubernetes 1.%d", f.what, f.gate, minor).
				Fix = "where the cluster has it on, add featureGates: " + f.gate + ": true to kgen.cue"
		}
	}
}

// featureGates: row 23, gates that decide nothing that kgen knows of.
func featureGates(p *schema.Project, sink *report.Sink) {
	unknownGates(sink, p.FeatureGates, "featureGates")
	for i := range p.Environments {
		unknownGates(sink, p.Environments[i].Value.FeatureGates, "environments", p.Environments[i].Key, "featureGates")
	}
}

func unknownGates(sink *report.Sink, have schema.Map[bool], at ...any) {
	for i := range have {
		name := have[i].Key
		if versions.IsGate(name) {
			continue
		}
		sink.KeyErrorf(schema.KubernetesVersion, tree.Path(at).With(name), "no manifest depends on a feature gate %q%s", name, suggest.Hint(name, versions.GateNames())).
			Fix = "remove it, or correct its name"
	}
}
