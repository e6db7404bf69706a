package compose

import (
	"cmp"
	"slices"

	"github.com/kgen-dev/kgen/pkg/tree"
	"github.com/kgen-dev/kgen/schema"
)

// callPods gives pods the names that containers have by themselves, where it matters:
// who reaches itself by a name has to find the pod and not a Service, and some keep their
// data under the name, as RabbitMQ does. kgen has no field for it.
// https://www.rabbitmq.com/docs/clustering#node-names
func (c *converter) callPods() {
	for _, s := range c.all {
		name := s.from.Hostname
		isNamed := name != "" && labelOf(name) == name
		switch {
		case s.to.EndsByItself(), s.pods() > 1, s.to.HostNetwork != nil:
			continue
		case isNamed && (s.hasData() || s.itself == name):
			s.kept("patches", "hostname")
		case s.itself != "" && labelOf(s.itself) == s.itself:
			name = s.itself
			s.changed("patches", "it reaches itself as "+name+", and so its pod is called that")
		default:
			continue
		}
		s.to.Patches = append(s.to.Patches, schema.Patch{
			Kind:  cmp.Or(s.to.Kind, schema.Deployment),
			Merge: textBelow(name, "spec", "template", "spec", "hostname"),
		})
	}
}

// hasData reports whether the service mounts a claim.
func (s *service) hasData() bool {
	return slices.ContainsFunc(s.to.Volumes, func(e schema.Entry[schema.Volume]) bool { return e.Value.Size != "" || e.Value.Claim != "" })
}

// textBelow is a text below keys.
func textBelow(text string, keys ...string) *tree.Node {
	n := &tree.Node{Kind: tree.String, Text: text}
	for _, key := range slices.Backward(keys) {
		parent := &tree.Node{Kind: tree.Map}
		parent.Set(key, tree.Pos{}, n)
		n = parent
	}
	return n
}
