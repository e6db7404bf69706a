package load

import (
	"cmp"
	"fmt"
	"regexp"
	"strconv"

	"github.com/kgen-dev/kgen/pkg/report"
	"github.com/kgen-dev/kgen/pkg/tree"
	"github.com/kgen-dev/kgen/schema"
)

// world is what every service of an environment sees; nil when kgen.cue or the
// options are wrong about it.
func (l *loader) world(p *Project, name string, sink *report.Sink) *schema.World {
	w := &schema.World{
		Environment: name,
		Provider:    p.Config.Provider,
		PartOf:      p.Config.PartOf,
		Labels:      p.Config.Labels,
		Annotations: p.Config.Annotations,
		Objects:     p.Config.Objects,
	}
	at := tree.P("environments", name)
	w.FeatureGates = append(w.FeatureGates, p.Config.FeatureGates...)
	own := p.Config.Environments.Get(name)
	if own != nil {
		w.FeatureGates = append(w.FeatureGates, own.FeatureGates...)
		w.Provider = cmp.Or(own.Provider, w.Provider)
	}
	w.FeatureGates = append(w.FeatureGates, l.options.FeatureGates...)
	version, from := p.Config.KubernetesVersion, tree.P("kubernetesVersion")
	switch {
	case l.options.KubernetesVersion != "":
		version = l.options.KubernetesVersion
	case own != nil && own.KubernetesVersion != "":
		version, from = own.KubernetesVersion, at.With("kubernetesVersion")
	case version == "":
		version = fmt.Sprintf("1.%d", schema.NewestKubernetes)
	}
	var err error
	if w.Kubernetes, err = ParseVersion(version); err != nil {
		sink.Errorf(schema.KubernetesVersion, from, "%v", err)
		return nil
	}
	if !deliver(p, w, sink) {
		return nil
	}
	namespace := p.Tree.Get("namespace")
	if own := p.Tree.At(at.With("namespace")); own != nil {
		m := merger{sink}
		namespace = m.over(namespace, own, nil, at.With("namespace"))
	}
	if namespace == nil {
		return w
	}
	w.Namespace = &schema.Namespace{}
	if !decode(namespace, w.Namespace, sink) {
		return nil
	}
	return w
}

// release is a version as people and clusters write it: 1.35, v1.35.2-eks-1.
var release = regexp.MustCompile(`^v?1\.([1-9][0-9]?)(\.[0-9]+([-+].*)?)?$`)

// ParseVersion reads a Kubernetes release that kgen knows, 1.29 to 1.36; what
// follows is ignored.
func ParseVersion(s string) (schema.Version, error) {
	if match := release.FindStringSubmatch(s); match != nil {
		minor, err := strconv.Atoi(match[1])
		if err == nil && minor >= schema.OldestKubernetes && minor <= schema.NewestKubernetes {
			return schema.Version{Minor: minor}, nil
		}
	}
	return schema.Version{}, fmt.Errorf("%q: kgen knows Kubernetes 1.%d to 1.%d", s, schema.OldestKubernetes, schema.NewestKubernetes)
}
