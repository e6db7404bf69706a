package manifests

import (
	"reflect"
	"strconv"
	"strings"

	"github.com/kgen-dev/kgen/pkg/tree"
)

// operations are the JSON patch that makes the rendered object the wanted one, for what
// no merge can say.
func (m *merger) operations(s sides) (ops []*tree.Node) {
	for _, key := range keysOf(s) {
		if key != "apiVersion" && key != "kind" && key != "status" {
			ops = m.operationsAt(ops, s.below(key), tree.P(key))
		}
	}
	return ops
}

func (m *merger) operationsAt(ops []*tree.Node, s sides, at tree.Path) []*tree.Node {
	if areSame(s.haveFull, s.wantFull) || s.have == nil && s.want == nil || m.isLeft(at) || len(at) == 2 && at[0] == any("metadata") && (at[1] == any("name") || at[1] == any("namespace")) {
		return ops
	}
	value := either(s.want, s.wantFull)
	switch {
	case value == nil, s.want == nil && s.have != nil:
		return append(ops, operation("remove", at, nil))
	case s.have == nil:
		return append(ops, operation("add", at, value))
	case s.have.Kind == tree.Map && value.Kind == tree.Map:
		for _, key := range keysOf(s) {
			ops = m.operationsAt(ops, s.below(key), at.With(key))
		}
		return ops
	case s.have.Kind == tree.List && value.Kind == tree.List && len(s.have.Fields) == len(value.Fields):
		for i := range value.Fields {
			element := sides{elementAt(s.have, i), elementAt(s.haveFull, i), elementAt(s.want, i), elementAt(s.wantFull, i)}
			ops = m.operationsAt(ops, element, at.With(i))
		}
		return ops
	}
	return append(ops, operation("replace", at, value))
}

func isIndex(e any) bool {
	_, isInt := e.(int)
	return isInt
}

// split are a merge, and the operations for the lists that it would repeat: what is said
// again in a patch goes over the field that says it too, and nobody sees why a claim
// does not grow. Nil where there is no such list.
func (m *merger) split(head *tree.Node, s sides, typ reflect.Type) (patches []*tree.Node) {
	var ops []*tree.Node
	both := merger{isLeft: m.isLeft, inLists: &ops}
	merge := both.merge(s, typ)
	if len(ops) == 0 {
		return nil
	}
	if merge != nil {
		patch := head.Without()
		patch.Set("merge", tree.Pos{}, merge)
		patches = append(patches, patch)
	}
	patch := head.Without()
	patch.Set("jsonPatch", tree.Pos{}, listNode(tree.Pos{}, ops...))
	return append(patches, patch)
}

func operation(op string, at tree.Path, value *tree.Node) *tree.Node {
	n := mapNode(tree.Pos{}, "op", stringNode(op, tree.Pos{}))
	n.Set("path", tree.Pos{}, stringNode(jsonPointer(at), tree.Pos{}))
	if value != nil {
		n.Set("value", tree.Pos{}, bare(value))
	}
	return n
}

// jsonPointer writes a path as RFC 6901 has it.
func jsonPointer(at tree.Path) string {
	var b strings.Builder
	for _, e := range at {
		b.WriteByte('/')
		switch e := e.(type) {
		case int:
			b.WriteString(strconv.Itoa(e))
		case string:
			b.WriteString(strings.NewReplacer("~", "~0", "/", "~1").Replace(e))
		}
	}
	return b.String()
}
