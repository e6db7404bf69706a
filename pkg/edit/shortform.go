package edit

import (
	"fmt"

	"github.com/kgen-dev/kgen/pkg/load"
	"github.com/kgen-dev/kgen/pkg/tree"
)

// changesIn are the changes of one layer, as it is written, that set a field to a value,
// or with nil take it out. What is written in short stays short where it can.
func changesIn(layer *tree.Node, at tree.Path, value *tree.Node) ([]Change, error) {
	at = settleData(layer, at, value)
	for i := 1; i < len(at); i++ {
		n := layer.At(at[:i])
		if n == nil {
			break
		}
		if n.Kind == tree.Map {
			continue
		}
		if n.Kind == tree.List {
			return nil, fmt.Errorf("%s is a list, which is set as a whole", at[:i])
		}
		return throughShort(layer, at, i, value)
	}
	old := layer.At(at)
	if value == nil || old == nil || old.Kind != tree.Map || !value.IsScalar() || value.Kind == tree.Null {
		return []Change{{at, value}}, nil
	}
	long := longAt(at, value)
	if long.Kind != tree.Map || len(long.Fields) != 1 {
		return []Change{{at, value}}, nil
	}
	key := long.Fields[0].Key
	if at[0] == any("env") && old.Get(key) == nil {
		return []Change{{at, value}}, nil // another source takes the place of the one there
	}
	return []Change{{at.With(key), value}}, nil
}

// throughShort are the changes where a short form stands on the way, at the end of the
// first keys.
func throughShort(layer *tree.Node, at tree.Path, depth int, value *tree.Node) ([]Change, error) {
	short, rest := at[:depth], keysOf(at[depth:])
	n := layer.At(short)
	long := longAt(short, n)
	if long.Kind != tree.Map {
		if value == nil {
			return nil, nil
		}
		return []Change{{short, nested(rest, value)}}, nil
	}
	if len(rest) == 1 && len(long.Fields) == 1 && long.Fields[0].Key == rest[0] && value != nil {
		return []Change{{short, value}}, nil
	}
	if isImage(short) && len(rest) == 1 {
		return inReference(short, long, rest[0], value)
	}
	if value == nil {
		if long.At(at[depth:]) == nil {
			return nil, nil
		}
		return nil, fmt.Errorf("%s is written in short, as %s: take out %s, or write another value", at, short, short)
	}
	whole := &tree.Node{Kind: tree.Map}
	for _, f := range long.Fields {
		whole.Set(f.Key, tree.Pos{}, sameKind(f.Value, n))
	}
	return []Change{{short, changed(whole, at[depth:], value)}}, nil
}

// sameKind is a value of the long form as it was typed in the short one.
func sameKind(long, short *tree.Node) *tree.Node {
	if long.IsScalar() && long.Text == short.Text {
		return short
	}
	return long
}

// inReference changes one part of an image that is written as a reference.
func inReference(at tree.Path, long *tree.Node, key string, value *tree.Node) ([]Change, error) {
	isPart := key == "registry" || key == "repository" || key == "tag" || key == "digest"
	if value == nil && long.Get(key) == nil {
		return nil, nil
	}
	whole := changed(long, tree.P(key), value)
	if key == "tag" && value != nil {
		whole.Delete("digest")
	}
	if !isPart || value != nil && value.Kind != tree.String {
		return []Change{{at, whole}}, nil
	}
	i := imageOf(whole)
	if i.repository == "" {
		return nil, fmt.Errorf("%s is written as one reference: take out %s, or write another", at, at)
	}
	return []Change{{at, &tree.Node{Kind: tree.String, Text: i.String()}}}, nil
}

// longAt is the long form of a value that stands at a path of a service.
func longAt(at tree.Path, n *tree.Node) *tree.Node {
	return load.LongForm(nested(keysOf(at), n)).At(at)
}

// settleData is a path to the data of a ConfigMap or Secret as the layer writes it: in
// short without the key data.
func settleData(layer *tree.Node, at tree.Path, value *tree.Node) tree.Path {
	if len(at) < 3 || at[0] != any("configMaps") && at[0] != any("secrets") {
		return at
	}
	n := layer.At(at[:2])
	if n == nil || n.Kind != tree.Map || len(n.Fields) == 0 {
		return at
	}
	isLong := n.Get("data") != nil && n.Get("data").Kind == tree.Map && longAt(at[:2], n) == n
	asked := longAt(at[:2], nested(keysOf(at[2:]), orNull(value)))
	wantsData := asked.Kind == tree.Map && asked.Get("data") != nil
	switch {
	case !isLong && at[2] == any("data") && longAt(at[:2], n) != n && len(at) > 3:
		return at[:2].With(at[3:]...)
	case isLong && at[2] != any("data") && wantsData && n.Get(keysOf(at)[2]) == nil:
		return at[:2].With("data").With(at[2:]...)
	}
	return at
}

func orNull(n *tree.Node) *tree.Node {
	if n == nil {
		return &tree.Node{Kind: tree.String}
	}
	return n
}
