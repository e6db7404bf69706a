package manifests

import (
	"reflect"
	"slices"
	"strconv"
	"strings"

	"github.com/kgen-dev/kgen/pkg/convert"
	"github.com/kgen-dev/kgen/pkg/manifest"
	"github.com/kgen-dev/kgen/pkg/tree"
	"github.com/kgen-dev/kgen/pkg/validate/apiserver"
)

// said are fields that stay although the API server would come to the same without
// them: readers look for them.
var said = []string{"resources", "emptyDir", "path", "replicas", "targetPort", "selector", "podSelector"}

// maxTried bounds the fields of one object that are tried, and what that costs: each
// time all of it is read.
const (
	maxTried = 2000
	maxCost  = 2_000_000
)

// leaveDefaults takes out of the spec what the API server defaults anyway: an object
// from a cluster has all of it.
func (in *input) leaveDefaults(o *Object) {
	typed, isTyped := o.Value.(manifest.Typed)
	if !isTyped || !apiserver.Handles(o.APIVersion, o.Kind) || o.Node.Get("spec") == nil {
		return
	}
	d := defaulter{o: o, whole: apiserver.Defaulted(typed), node: o.Node, left: min(maxTried, maxCost/leaves(o.Node))}
	d.below(tree.P("spec"))
	if len(d.gone) == 0 {
		return
	}
	pos := o.Node.Nearest(d.gone[0], true)
	o.Node, o.Value = d.node, d.value
	names := make([]string, len(d.gone))
	for i, at := range d.gone {
		names[i] = at.String()
	}
	in.report.Add(convert.Item{
		Outcome: convert.Kept, Pos: pos, Path: o.Ref() + " " + strings.Join(names, ", "), Message: isDefaulted(len(names)),
	})
}

func isDefaulted(n int) string {
	if n == 1 {
		return "the API server defaults to it, and so it need not be said"
	}
	return "the API server defaults to these " + strconv.Itoa(n) + ", and so they need not be said"
}

type defaulter struct {
	o     *Object
	whole any // with defaults
	node  *tree.Node
	value manifest.Typed
	gone  []tree.Path
	left  int
}

// below tries the fields below a place, the largest first.
func (d *defaulter) below(at tree.Path) {
	n := d.node.At(at)
	if n == nil {
		return
	}
	for i := len(n.Fields) - 1; i >= 0; i-- { // what was taken out moves no others
		f := &n.Fields[i]
		switch {
		case n.Kind == tree.List:
			d.below(at.With(i))
		case slices.Contains(said, f.Key) || d.left == 0:
		case !d.leave(at.With(f.Key)):
			d.below(at.With(f.Key))
		}
	}
}

// leave takes out a field, where that changes nothing.
func (d *defaulter) leave(at tree.Path) bool {
	d.left--
	node := d.node.WithoutAt(at)
	value := manifest.KindOf(d.o.APIVersion, d.o.Kind).New()
	if len(tree.Decode(node, value)) > 0 {
		return false
	}
	value.GetObjectKind().SetGroupVersionKind(manifest.KindOf(d.o.APIVersion, d.o.Kind).GroupVersionKind())
	if !reflect.DeepEqual(apiserver.Defaulted(value), d.whole) {
		return false
	}
	d.node, d.value = node, value
	d.gone = append([]tree.Path{at}, d.gone...)
	return true
}
