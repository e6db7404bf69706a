package load

import (
	"slices"

	"github.com/kgen-dev/kgen/pkg/report"
	"github.com/kgen-dev/kgen/pkg/tree"
	"github.com/kgen-dev/kgen/schema"
)

// A group is a set of choices of which exactly one may stand. A layer that makes
// another choice than the one it inherits drops that one with all that belongs
// to it; two in one layer are an error.
type group struct {
	id      string
	choices []choice
}

// choice is made by any of its fields; params belong to it but choose nothing.
type choice struct {
	fields []string
	params []string
}

// A shape says which groups a map has, and what shape its values have.
type shape struct {
	groups []group
	fields map[string]*shape
	each   *shape // of every value, where the keys are names
	items  *shape // of the elements of a list
	// settle drops what the layer above makes meaningless, beyond groups.
	settle func(inherited, layer *tree.Node)
	// raw marks other people's manifests, whose nulls may mean something.
	raw bool
}

func oneOf(names ...string) []choice {
	var choices []choice
	for _, name := range names {
		choices = append(choices, choice{fields: []string{name}})
	}
	return choices
}

func groupOf(names ...string) []group { return []group{{schema.TwoOfGroup, oneOf(names...)}} }

var (
	keyOf         = []string{"key", "optional"}
	handlerShape  = &shape{groups: groupOf("exec", "httpGet", "tcpSocket", "sleep")}
	probeShape    = &shape{groups: []group{{schema.BadProbe, oneOf("httpGet", "tcpSocket", "exec", "grpc")}}}
	manifestShape = &shape{raw: true}
)

// containerShape is the shape of what every container has.
var containerShape = &shape{fields: map[string]*shape{
	"image": {settle: tagOverDigest},
	"env": {each: &shape{groups: []group{{schema.TwoOfGroup, []choice{
		{fields: []string{"value"}},
		{fields: []string{"secret"}, params: keyOf},
		{fields: []string{"configMap"}, params: keyOf},
		{fields: []string{"field"}},
		{fields: []string{"resource"}},
	}}}}},
	"envFrom":   {items: &shape{groups: groupOf("secret", "configMap")}},
	"probes":    {each: probeShape},
	"lifecycle": {each: handlerShape},
	"files": {each: &shape{
		groups: groupOf("content", "source", "binary", "secret"),
		fields: map[string]*shape{"secret": {groups: groupOf("env", "file")}},
	}},
}}

// serviceShape is the shape of a service in the long form.
var serviceShape = &shape{
	groups: []group{
		{schema.ReplicasTwice, oneOf("replicas", "autoscaling")},
		{schema.TwoOfGroup, oneOf("spread", "topologySpreadConstraints")},
	},
	fields: map[string]*shape{
		"image":          containerShape.fields["image"],
		"env":            containerShape.fields["env"],
		"envFrom":        containerShape.fields["envFrom"],
		"probes":         containerShape.fields["probes"],
		"lifecycle":      containerShape.fields["lifecycle"],
		"initContainers": {each: containerShape},
		"sidecars":       {each: containerShape},
		"configMaps": {each: &shape{groups: []group{{schema.TwoOfGroup, []choice{
			{fields: []string{"data", "binaryData"}, params: []string{"immutable", "hashed"}},
			{fields: []string{"existing"}},
		}}}}},
		"secrets":     {each: secretShape},
		"autoscaling": autoscalingShape,
		"metrics":     metricsShape,
		"ingress":     {fields: map[string]*shape{"certificate": certificateShape}},
		"files":       containerShape.fields["files"],
		"volumes": {each: &shape{groups: []group{
			{schema.TwoOfGroup, append([]choice{
				{fields: []string{"size"}, params: []string{"storageClassName", "accessModes", "dataSource", "retain", "labels", "annotations"}},
			}, oneOf("claim", "emptyDir", "configMap", "secret", "hostPath", "nfs", "csi", "projected", "ephemeral")...)},
			{schema.TwoOfGroup, oneOf("mountPath", "mounts")},
		}}},
		"strategy":            {settle: recreateOrRolling},
		"httpRoutes":          {each: routeShape},
		"grpcRoutes":          {each: routeShape},
		"release":             releaseShape,
		"podDisruptionBudget": {groups: groupOf("minAvailable", "maxUnavailable")},
		"patches":             {items: &shape{groups: groupOf("merge", "jsonPatch")}},
		"objects":             {each: manifestShape},
	},
}

func (s *shape) of(key string) *shape {
	switch {
	case s == nil:
		return nil
	case s.raw:
		return s
	}
	if f := s.fields[key]; f != nil {
		return f
	}
	return s.each
}

// chosen returns the choice that layer makes in g, -1 for none, and the field
// that makes it.
func (g *group) chosen(layer *tree.Node, from int) (int, string) {
	for i := from; i < len(g.choices); i++ {
		for _, name := range g.choices[i].fields {
			if isMade(name, layer.Get(name)) {
				return i, name
			}
		}
	}
	return -1, ""
}

// drop removes from inherited every choice of g but the one that layer makes.
func (g *group) drop(inherited, layer *tree.Node) {
	made, _ := g.chosen(layer, 0)
	had, _ := g.chosen(inherited, 0)
	if made < 0 || had < 0 || made == had {
		return
	}
	for _, name := range slices.Concat(g.choices[had].fields, g.choices[had].params) {
		dropChoice(inherited, name)
	}
}

// checkGroups reports every group of which a layer makes two choices.
func checkGroups(n *tree.Node, s *shape, at tree.Path, sink *report.Sink) {
	if s == nil || s.raw {
		return
	}
	for i := range s.groups {
		g := &s.groups[i]
		made, first := g.chosen(n, 0)
		if made < 0 {
			continue
		}
		if _, second := g.chosen(n, made+1); second != "" {
			pair := inOrder(n, first, second)
			sink.KeyErrorf(g.id, at.With(pair[1]), "only one of %s and %s may stand", pair[0], pair[1]).
				Fix = "remove one; to replace what a lower layer says, set the one you want alone"
		}
	}
	for i, f := range n.Fields {
		switch {
		case n.Kind == tree.Map:
			checkGroups(f.Value, s.of(f.Key), at.With(f.Key), sink)
		case s.items != nil:
			checkGroups(f.Value, s.items, at.With(i), sink)
		}
	}
}

// tagOverDigest: a new tag without a digest is another image than the digest's.
func tagOverDigest(inherited, layer *tree.Node) {
	if tag := layer.Get("tag"); tag != nil && tag.Kind != tree.Null {
		inherited.Delete("digest")
	}
}

// rollingParameters are those of a strategy that replaces pods bit by bit.
var rollingParameters = []string{"maxSurge", "maxUnavailable", "partition"}

// recreateOrRolling: Recreate and OnDelete have no parameters, and parameters say
// rolling.
func recreateOrRolling(inherited, layer *tree.Node) {
	isOther := func(n *tree.Node) bool {
		t := n.Get("type")
		return t != nil && (t.Text == "Recreate" || t.Text == "OnDelete")
	}
	for _, name := range rollingParameters {
		switch {
		case isOther(layer):
			inherited.Delete(name)
		case layer.Get(name) != nil && isOther(inherited):
			inherited.Delete("type")
		}
	}
}

// inOrder returns two keys of a map in the order they were written.
func inOrder(n *tree.Node, a, b string) [2]string {
	for i := range n.Fields {
		switch n.Fields[i].Key {
		case a:
			return [2]string{a, b}
		case b:
			return [2]string{b, a}
		}
	}
	return [2]string{a, b}
}
