package manifests

import (
	"slices"

	"github.com/kgen-dev/kgen/pkg/tree"
)

// settleMetadata brings the labels and annotations of a service to what its objects
// have: what most of them say alike it says, and declines what kgen adds and they do
// not have. What is left is for patches.
func (c *converter) settleMetadata(g *Group, pairs []pair) {
	made := slices.DeleteFunc(slices.Clone(pairs), func(p pair) bool { return p.have == nil || !p.isMade })
	for _, field := range []string{"labels", "annotations"} {
		var before, after []*tree.Node
		for _, p := range made {
			before = append(before, treeOf(p.have).At(tree.P("metadata", field)))
			after = append(after, p.want.Node.At(tree.P("metadata", field)))
		}
		c.settleTexts(g, field, before, after)
	}
	for _, p := range made {
		if p.want == g.Workload {
			c.settlePod(g, p, "labels", "podLabels")
			c.settlePod(g, p, "annotations", "podAnnotations")
		}
		if volume := claimVolume(g, p.want); volume != "" {
			c.settleClaim(g, p, "labels", tree.P("volumes", volume, "labels"))
			c.settleClaim(g, p, "annotations", tree.P("volumes", volume, "annotations"))
		}
	}
}

// settleTexts settles the texts of one field over all objects.
func (c *converter) settleTexts(g *Group, field string, have, want []*tree.Node) {
	for _, key := range allKeys(have, want) {
		asItIs := 0
		for i := range want {
			if textUnder(have[i], key) == textUnder(want[i], key) {
				asItIs++
			}
		}
		best, most := "", asItIs
		isBetter := false
		for _, value := range append(values(want, key), "") {
			n := 0
			for i := range want {
				if textUnder(want[i], key) == value {
					n++
				}
			}
			// Of two that are alike, what is said is shorter: patches that take it off
			// are the same for many services.
			if n > most || n == most && !isBetter && value != absent && n > 0 && field == "labels" {
				best, most, isBetter = value, n, true
			}
		}
		if isBetter {
			c.setText(g, tree.P(field, key), best, isKgens(key))
		}
	}
}

// values are the texts that a key has, in the order of the objects.
func values(nodes []*tree.Node, key string) (found []string) {
	for _, n := range nodes {
		if v := textUnder(n, key); v != "" && !slices.Contains(found, v) {
			found = append(found, v)
		}
	}
	return found
}

// absent is what no text can be; an empty text is one.
const absent = ""

// textUnder is the text under a key, marked as being there, or absent.
func textUnder(n *tree.Node, key string) string {
	if v := n.Get(key); v != nil && v.Kind != tree.Null {
		return "=" + v.Text
	}
	return absent
}

func allKeys(lists ...[]*tree.Node) (all []string) {
	for _, list := range lists {
		for _, n := range list {
			for _, key := range keys(n) {
				if !slices.Contains(all, key) {
					all = append(all, key)
				}
			}
		}
	}
	slices.Sort(all)
	return all
}

// kgenKeys are the labels and annotations that kgen adds by itself.
var kgenKeys = []string{
	"app.kubernetes.io/name", "app.kubernetes.io/instance", "app.kubernetes.io/version", "app.kubernetes.io/component", "app.kubernetes.io/part-of",
	"app.kubernetes.io/managed-by", "checksum/config",
}

func isKgens(key string) bool { return slices.Contains(kgenKeys, key) }

// setText sets a text of the service, or declines it; what nobody adds need not be
// declined.
func (c *converter) setText(g *Group, at tree.Path, value string, isDeclined bool) {
	root := g.service.Root
	switch {
	case value != absent:
		g.service.Root = root.WithAt(at, stringNode(value[1:], tree.Pos{}))
	case isDeclined:
		g.service.Root = root.WithAt(at, boolNode(false))
	default:
		g.service.Root = root.WithoutAt(at)
	}
}

// settlePod brings the labels or annotations of the pods to what they are, where they
// are other than those of the workload.
func (c *converter) settlePod(g *Group, p pair, field, own string) {
	template := podTemplate(p.want)
	have := treeOf(p.have)
	pod, wanted := have.At(template.With("metadata", field)), p.want.Node.At(template.With("metadata", field))
	above := g.service.Root.Get(field)
	for _, key := range allKeys([]*tree.Node{pod, above}, []*tree.Node{wanted}) {
		inherited := absent
		if field == "labels" { // pods have those of the workload
			inherited = textUnder(have.At(tree.P("metadata", field)), key)
			switch said := above.Get(key); {
			case said != nil && said.Kind == tree.String:
				inherited = "=" + said.Text
			case said != nil:
				inherited = absent
			}
		}
		value := textUnder(wanted, key)
		isInherited := inherited == value && (field == "labels" || textUnder(pod, key) == value)
		switch {
		case isInherited && g.service.Root.At(tree.P(own, key)) == nil:
		case isInherited:
			g.service.Root = g.service.Root.WithoutAt(tree.P(own, key))
		default:
			c.setText(g, tree.P(own, key), value, true)
		}
	}
}

// claimVolume is the volume of the service that makes a claim; empty where none does.
func claimVolume(g *Group, o *Object) string {
	volumes := g.service.Root.Get("volumes")
	for _, key := range keys(volumes) {
		name := g.Name + "-" + key
		if own := volumes.Get(key).Get("objectName"); own != nil {
			name = own.Text
		}
		if o.Kind == "PersistentVolumeClaim" && name == o.Name && volumes.Get(key).Get("size") != nil {
			return key
		}
	}
	return ""
}

// settleClaim brings the labels or annotations of a claim to what they are, where they
// are other than those of the service.
func (c *converter) settleClaim(g *Group, p pair, field string, own tree.Path) {
	have, wanted := treeOf(p.have).At(tree.P("metadata", field)), p.want.Node.At(tree.P("metadata", field))
	above := g.service.Root.Get(field)
	for _, key := range allKeys([]*tree.Node{have, above}, []*tree.Node{wanted}) {
		made := textUnder(have, key)
		if said := above.Get(key); said != nil && g.service.Root.At(own.With(key)) == nil {
			made = absent
			if said.Kind == tree.String {
				made = "=" + said.Text
			}
		}
		if value := textUnder(wanted, key); value != made {
			c.setText(g, own.With(key), value, true)
		}
	}
}
