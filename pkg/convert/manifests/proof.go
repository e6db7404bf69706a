package manifests

import (
	"strings"

	corev1 "k8s.io/api/core/v1"

	"github.com/kgen-dev/kgen/pkg/convert"
	"github.com/kgen-dev/kgen/pkg/manifest"
	"github.com/kgen-dev/kgen/pkg/tree"
)

// unexplained is the reason of a difference that nobody meant.
const unexplained = "kgen renders it so, and no patch says otherwise"

// notRendered is the reason of one that lacks.
const notRendered = "the project does not render it"

// prove compares every object of the input with the one that the project renders.
func (c *converter) prove(r *convert.Rendered) (compared []Comparison) {
	patched := map[*Object]int{}
	for _, g := range c.groups {
		pairs, _ := g.pairs(r)
		for _, p := range pairs {
			patched[p.want] = patchedLeaves(g, p)
		}
	}
	for _, o := range c.objects {
		compared = append(compared, c.compare(o, r, patched[o]))
	}
	return compared
}

func (c *converter) compare(o *Object, r *convert.Rendered, patched int) Comparison {
	result := Comparison{Object: o, Leaves: leavesOf(o), Patched: patched}
	service := ""
	if g := c.owners[o]; g != nil {
		service = g.Name
	}
	for _, kept := range r.Objects[service] {
		if !isSameObject(kept.Object, o.Object) || service == "" && !isSameNamespace(kept.Object, o.Object) {
			continue
		}
		result.Service, result.IsAsItIs = service, !kept.IsMade
		result.Differences = c.differences(o, kept.Object)
		for i := range result.Differences {
			if d := &result.Differences[i]; d.Reason == "" {
				d.Reason = unexplained
			}
		}
		return result
	}
	reason := orText(c.leftOut[o], notRendered+because(r, service))
	if o.Kind == "Secret" && c.leftOut[o] == "" {
		reason = "values of Secrets stand in no project"
	}
	result.Differences = []Difference{{Path: "metadata.name", Old: o.Ref(), Reason: reason}}
	return result
}

func isSameNamespace(a, b *manifest.Object) bool { return a.Namespace == b.Namespace }

// forDiff is an object as it is compared. What the values of a Secret are does not
// count: those of the project come from elsewhere.
func forDiff(o *manifest.Object) *manifest.Object {
	c := *o
	if secret, isSecret := o.Value.(*corev1.Secret); isSecret {
		secret = secret.DeepCopy()
		for key := range secret.StringData {
			if secret.Data == nil {
				secret.Data = map[string][]byte{}
			}
			secret.Data[key] = nil
		}
		secret.StringData = nil
		for key := range secret.Data {
			secret.Data[key] = nil
		}
		c.Value = secret
	}
	if n, isTree := o.Value.(*tree.Node); isTree {
		c.Value = defaulted(o, n)
	}
	return &c
}

// reasonFor is why a service renders otherwise what a path leads to; empty where nobody
// says.
func (c *converter) reasonFor(o *Object, path string) string {
	for _, i := range c.intents[o] {
		if at := o.Node.Named(i.at); i.reason != "" && (isAtOrBelow(path, at) || isAtOrBelow(at, path)) {
			return i.reason
		}
	}
	return ""
}

// isAtOrBelow reports whether a path is another, or leads to what is below that.
func isAtOrBelow(path, top string) bool {
	rest, isInside := strings.CutPrefix(path, top)
	return isInside && (rest == "" || rest[0] == '.' || rest[0] == '[')
}

// leavesOf counts the values of an object, but for those that name it.
func leavesOf(o *Object) int {
	n := leaves(o.Node.Without("apiVersion", "kind"))
	for _, field := range []string{"name", "namespace"} {
		if o.Node.At(tree.P("metadata", field)) != nil {
			n--
		}
	}
	return n
}

// leaves counts the values of a tree.
func leaves(n *tree.Node) int {
	if n.IsScalar() || len(n.Fields) == 0 {
		return 1
	}
	count := 0
	for i := range n.Fields {
		count += leaves(n.Fields[i].Value)
	}
	return count
}

// patchedLeaves counts the values of an object that patches of its service say; all
// where it stands there as it is.
func patchedLeaves(g *Group, p pair) int {
	if p.have == nil || !p.isMade {
		return leavesOf(p.want)
	}
	count := 0
	for _, patch := range elements(g.service.Root.Get("patches")) {
		name := text(patch, "name")
		if text(patch, "kind") != p.want.Kind || name != "" && name != p.want.Name {
			continue
		}
		if merge := patch.Get("merge"); merge != nil {
			count += mergedLeaves(merge)
		}
		for _, op := range elements(patch.Get("jsonPatch")) {
			if value := op.Get("value"); value != nil {
				count += leaves(value)
			} else {
				count++
			}
		}
	}
	return min(count, leavesOf(p.want))
}

// mergedLeaves counts the values of a merge, without those by which it finds elements of
// lists.
func mergedLeaves(n *tree.Node) int {
	if n.IsScalar() || len(n.Fields) == 0 {
		return 1
	}
	count := 0
	for i := range n.Fields {
		f := &n.Fields[i]
		switch {
		case strings.HasPrefix(f.Key, "$"):
			count++
		case n.Kind == tree.List && f.Value.Kind == tree.Map && len(f.Value.Fields) > 1:
			count += mergedLeaves(f.Value) - 1 // the first says which it is
		default:
			count += mergedLeaves(f.Value)
		}
	}
	return count
}
