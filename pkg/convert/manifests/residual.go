package manifests

import (
	"cmp"
	"slices"
	"strconv"

	"github.com/kgen-dev/kgen/pkg/convert"
	"github.com/kgen-dev/kgen/pkg/diff"
	"github.com/kgen-dev/kgen/pkg/manifest"
	"github.com/kgen-dev/kgen/pkg/report"
	"github.com/kgen-dev/kgen/pkg/tree"
	"github.com/kgen-dev/kgen/schema"
)

// pair is an object of the input and the one that its service renders in its place; nil
// where there is none.
type pair struct {
	want   *Object
	have   *manifest.Object
	isMade bool // by a template, as opposed to one that stands in objects
}

// pairs are the objects of a group, and those that its service renders besides.
func (g *Group) pairs(r *convert.Rendered) (pairs []pair, excess []*manifest.Object) {
	kept := r.Objects[g.Name]
	taken := make([]bool, len(kept))
	for _, o := range append([]*Object{g.Workload}, g.Others...) {
		p := pair{want: o}
		for i := range kept {
			if !taken[i] && isSameObject(kept[i].Object, o.Object) {
				p.have, p.isMade, taken[i] = kept[i].Object, kept[i].IsMade, true
				break
			}
		}
		pairs = append(pairs, p)
	}
	for i := range kept {
		if !taken[i] {
			excess = append(excess, kept[i].Object)
		}
	}
	return pairs, excess
}

func isSameObject(a, b *manifest.Object) bool {
	return a.Kind == b.Kind && a.Name == b.Name && manifest.GroupOf(a.APIVersion) == manifest.GroupOf(b.APIVersion)
}

// settle brings what the services render to what the input has: what is too much is
// declined, what is missing becomes an object, what differs a patch.
func (c *converter) settle(s *convert.Stage) error {
	steps := []func(*Group, *convert.Rendered){c.declineExcess, c.addMissing, c.declineMetadata, c.patch}
	for _, step := range steps {
		if err := c.accept(s); err != nil {
			return err
		}
		r, err := s.Render()
		if err != nil {
			return err
		}
		for _, g := range c.groups {
			step(g, r)
		}
	}
	return c.accept(s)
}

// excessFields decline an object that a service renders and the input does not have, by
// its kind.
var excessFields = map[string]tree.Path{
	"ServiceAccount":          tree.P("serviceAccount", "create"),
	"PodDisruptionBudget":     tree.P("podDisruptionBudget"),
	"Service":                 tree.P("service"),
	"HorizontalPodAutoscaler": tree.P("autoscaling"),
	"NetworkPolicy":           tree.P("networkPolicy"),
	"Ingress":                 tree.P("ingress"),
	"ServiceMonitor":          tree.P("metrics"),
	"PodMonitor":              tree.P("metrics"),
}

// declineExcess declines what the service renders besides the objects of the input.
func (c *converter) declineExcess(g *Group, r *convert.Rendered) {
	_, excess := g.pairs(r)
	for _, o := range excess {
		at := excessFields[o.Kind]
		switch {
		case o.Kind == "Service" && g.Workload.Kind == schema.StatefulSet && g.mainService() == nil:
			// It names the pods, which kgen demands: declineService tells of it.
		case at == nil, o.Kind == "Service" && slices.ContainsFunc(g.Others, func(w *Object) bool { return w.Kind == o.Kind && w.Name == g.Name }):
			c.draft.Report.Add(convert.Item{
				Outcome: convert.Changed, Pos: g.Workload.Node.Pos, Path: g.Workload.Ref(), Service: g.Name,
				Message: "kgen renders " + o.Ref() + " besides, which the input does not have",
			})
		case o.Kind == "HorizontalPodAutoscaler" || o.Kind == "NetworkPolicy" || o.Kind == "Ingress":
			if g.service.Root.At(at) != nil {
				g.service.Root = g.service.Root.WithoutAt(at)
				c.leaveReplicas(g)
			}
		default:
			g.service.Root = g.service.Root.WithAt(at, boolNode(false))
		}
	}
}

// addMissing gives the service the objects of its group that it does not render, as they
// are.
func (c *converter) addMissing(g *Group, r *convert.Rendered) {
	pairs, _ := g.pairs(r)
	for _, p := range pairs {
		if p.have != nil || p.want == g.Workload {
			continue
		}
		if !c.canStand(p.want) {
			c.dropSecret(p.want)
			continue
		}
		root := g.service.Root
		g.service.Root = root.WithAt(tree.P("objects", keyFor(root.Get("objects"), p.want)), c.asWritten(p.want))
	}
}

// declineMetadata brings labels and annotations to what they are.
func (c *converter) declineMetadata(g *Group, r *convert.Rendered) {
	pairs, _ := g.pairs(r)
	c.settleMetadata(g, pairs)
}

// patch says by patches what the service has no words for.
func (c *converter) patch(g *Group, r *convert.Rendered) {
	pairs, excess := g.pairs(r)
	var objects []*manifest.Object
	for _, p := range pairs {
		if p.have != nil && p.isMade {
			objects = append(objects, p.have)
		}
	}
	objects = append(objects, excess...)
	// In one order in all services: what is the same in them goes to the defaults.
	slices.SortStableFunc(pairs, func(a, b pair) int {
		return cmp.Or(cmp.Compare(a.want.Kind, b.want.Kind), cmp.Compare(a.want.Name, b.want.Name))
	})
	for _, p := range pairs {
		if p.have == nil || !p.isMade {
			continue
		}
		if patches := c.patchesOf(p, objects); len(patches) > 0 {
			list := listNode(tree.Pos{}, append(elements(g.service.Root.Get("patches")), patches...)...)
			g.service.Root = g.service.Root.WithAt(tree.P("patches"), list)
		}
	}
}

// patchesOf are the patches that make one object the wanted one; nil where none is
// needed, or none does.
func (c *converter) patchesOf(p pair, all []*manifest.Object) []*tree.Node {
	m := merger{isLeft: func(at tree.Path) bool { return isValueOfSecret(p.want, at) || c.isIntended(p.want, at) }}
	sides, typ := sidesOf(p.have, p.want.Object)
	if m.merge(sides, typ) == nil || !c.isUnlike(p.want, p.have) {
		return nil
	}
	head := mapNode(tree.Pos{}, "kind", stringNode(p.want.Kind, tree.Pos{}))
	if slices.ContainsFunc(all, func(o *manifest.Object) bool { return o != p.have && o.Kind == p.want.Kind }) {
		head.Set("name", tree.Pos{}, stringNode(p.want.Name, tree.Pos{}))
	}
	// Of two fields one may have its default by the other: where that gets in the way,
	// all is said that the input says.
	said := sides.said()
	tries := []tree.Field{
		{Key: "merge", Value: m.merge(sides, typ)},
		{Key: "merge", Value: m.merge(said, typ)},
		{Key: "jsonPatch", Value: listNode(tree.Pos{}, m.operations(said)...)},
	}
	// A merge repeats all of a list whose elements it cannot name.
	if exact := listNode(tree.Pos{}, m.operations(sides)...); 2*leaves(exact) < leaves(tries[0].Value) {
		tries = append([]tree.Field{{Key: "jsonPatch", Value: exact}}, tries...)
	}
	if patches := m.split(head, sides, typ); patches != nil && c.work(patches, p) {
		return patches
	}
	for _, try := range tries {
		if try.Value == nil {
			continue
		}
		patch := head.Without()
		patch.Set(try.Key, tree.Pos{}, try.Value)
		if patches := []*tree.Node{patch}; c.work(patches, p) {
			return patches
		}
	}
	return nil
}

// work reports whether patches apply, and leave nothing different.
func (c *converter) work(patches []*tree.Node, p pair) bool {
	have := *p.have
	for _, patch := range patches {
		var decoded schema.Patch
		if len(tree.Decode(patch, &decoded)) > 0 {
			return false
		}
		sink := &report.Sink{Root: patch}
		manifest.ApplyPatches([]*manifest.Object{&have}, []schema.Patch{decoded}, nil, sink)
		if report.HasErrors(sink.Findings) {
			return false
		}
	}
	return !c.isUnlike(p.want, &have)
}

// isUnlike reports whether something differs that nobody meant to.
func (c *converter) isUnlike(want *Object, have *manifest.Object) bool {
	return slices.ContainsFunc(c.differences(want, have), func(d Difference) bool { return d.Reason == "" })
}

// isValueOfSecret reports whether a path leads to the values of a Secret, which are in no
// project.
func isValueOfSecret(o *Object, at tree.Path) bool {
	return o.Kind == "Secret" && len(at) > 0 && (at[0] == any("data") || at[0] == any("stringData"))
}

// isIntended reports whether a service says otherwise on purpose what a path leads to.
func (c *converter) isIntended(o *Object, at tree.Path) bool {
	return slices.ContainsFunc(c.intents[o], func(i intent) bool {
		return len(i.at) <= len(at) && slices.Equal(i.at, at[:len(i.at)])
	})
}

// differences are what the API server sees between an object of the input and the one
// that is rendered, each with the reason where there is one.
func (c *converter) differences(want *Object, have *manifest.Object) (found []Difference) {
	changes, _ := diff.Compare(diff.Input{
		Old: []*diff.Object{{Object: forDiff(want.Object)}}, New: []*diff.Object{{Object: forDiff(have)}}, IsUnapplied: true,
	})
	for _, change := range changes {
		for i := range change.Fields {
			f := &change.Fields[i]
			if c.isSame(want, f) {
				continue
			}
			old, now := f.Shown()
			found = append(found, Difference{Path: f.Path, Old: old, New: now, Reason: c.reasonFor(want, f.Path)})
		}
		if change.Action == diff.Added || change.Action == diff.Removed {
			found = append(found, Difference{Path: "metadata", Old: want.Ref(), New: have.Ref()})
		}
	}
	if n := replicasOf(have); n != nil && replicasOf(want.Object) == nil && c.scalerOf(want) != nil {
		// One is the default, and yet to say it takes the number from the autoscaler.
		found = append(found, Difference{Path: "spec.replicas", New: strconv.Itoa(int(*n))})
	}
	return found
}
