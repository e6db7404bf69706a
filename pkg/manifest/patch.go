package manifest

import (
	"bytes"
	"slices"
	"strings"

	"github.com/kgen-dev/kgen/pkg/report"
	"github.com/kgen-dev/kgen/pkg/suggest"
	"github.com/kgen-dev/kgen/pkg/tree"
	"github.com/kgen-dev/kgen/schema"
)

// ApplyPatches applies the patches, in order, to the objects that each names by
// kind and name; at leads to the list of patches. A patch that matches nothing,
// does not apply, or has a part that changes nothing in any object is an error
// at its line, and leaves the objects as they are.
func ApplyPatches(objects []*Object, patches []schema.Patch, at tree.Path, sink *report.Sink) {
	for i := range patches {
		p := patcher{patch: &patches[i], sink: sink, changed: map[*tree.Node]bool{}}
		p.run(objects, at.With(i))
	}
}

// patcher applies one patch to all objects that it matches.
type patcher struct {
	patch  *schema.Patch
	sink   *report.Sink
	failed bool
	// parts are the leaves and directives of the patch in the order met; one
	// that changes no object is a mistake.
	parts   []part
	changed map[*tree.Node]bool
}

type part struct {
	node *tree.Node
	at   tree.Path
}

func (p *patcher) run(objects []*Object, at tree.Path) {
	matching := p.matching(objects)
	if len(matching) == 0 {
		p.matchesNothing(objects, at)
		return
	}
	if p.touchesSecrets(at); p.failed {
		return
	}
	results := make([]any, len(matching))
	for i, o := range matching {
		if p.patch.Merge != nil {
			results[i] = p.merge(o, at.With("merge"))
		} else {
			results[i] = p.applyJSON(o, at.With("jsonPatch"))
		}
		if p.failed {
			return // further objects would repeat the error
		}
	}
	for i, o := range matching {
		p.strangers(o.Value, results[i], at)
	}
	if len(p.parts) == 0 {
		p.errorf(&tree.Node{}, at, "changes nothing")
	}
	for _, part := range p.parts {
		if !p.changed[part.node] {
			p.errorf(part.node, part.at, "changes nothing")
		}
	}
	if p.failed {
		return
	}
	for i, o := range matching {
		o.Value = results[i]
	}
}

func (p *patcher) matching(objects []*Object) (matching []*Object) {
	for _, o := range objects {
		if o.Kind == p.patch.Kind && (p.patch.Name == "" || o.Name == p.patch.Name) {
			matching = append(matching, o)
		}
	}
	return matching
}

func (p *patcher) matchesNothing(objects []*Object, at tree.Path) {
	var kinds, names []string
	for _, o := range objects {
		kinds = append(kinds, o.Kind)
		if o.Kind == p.patch.Kind {
			names = append(names, o.Name)
		}
	}
	wanted, present, where := p.patch.Kind, kinds, at.With("kind")
	if len(names) > 0 {
		wanted, present, where = p.patch.Name, names, at.With("name")
	}
	hint := suggest.Hint(wanted, present)
	slices.Sort(present)
	p.sink.Errorf(schema.MatchesNothing, where, "matches no object%s", hint).Fix = "the service renders " + list(slices.Compact(present))
}

// touchesSecrets refuses patches of a Secret's values: source has no place for them.
func (p *patcher) touchesSecrets(at tree.Path) {
	if p.patch.Kind != "Secret" {
		return
	}
	refuse := func(n *tree.Node, at tree.Path) {
		f := p.errorf(n, at, "a patch cannot change the values of a Secret")
		f.ID, f.Fix = schema.LiteralSecret, "change them under secrets, where they come from the environment or a file"
	}
	for _, key := range secretFields {
		if n := p.patch.Merge.Get(key); n != nil {
			refuse(n, at.With("merge", key))
		}
		for i, op := range p.patch.JSONPatch {
			path := op.Get("path")
			if path != nil && (path.Text == "/"+key || strings.HasPrefix(path.Text, "/"+key+"/")) {
				refuse(path, at.With("jsonPatch", i, "path"))
			}
		}
	}
}

func (p *patcher) errorf(n *tree.Node, at tree.Path, format string, args ...any) *report.Finding {
	p.failed = true
	if !n.Pos.IsValid() {
		return p.sink.Errorf(schema.BadPatch, at, format, args...)
	}
	return p.sink.ErrorAt(n.Pos, schema.BadPatch, at, format, args...)
}

// mark notes whether a part of the patch changes the object at hand.
func (p *patcher) mark(n *tree.Node, at tree.Path, changed bool) {
	if _, met := p.changed[n]; !met {
		p.parts = append(p.parts, part{n, at})
	}
	p.changed[n] = p.changed[n] || changed
}

// report turns errors of the decoder at n into findings.
func (p *patcher) report(errors []tree.DecodeError, n *tree.Node, at tree.Path) {
	for _, e := range errors {
		f := p.errorf(&tree.Node{Pos: e.Pos}, at.With(e.Path...), "%s", e.Message)
		if f.Fix = e.Fix; e.Kind == tree.Ambiguous {
			f.ID = schema.AmbiguousScalar
		}
		if !e.Pos.IsValid() {
			f.Pos = n.Pos
		}
	}
}

// keepsIdentity reports at n when value is no longer the object o: patches
// change objects, they make no others.
func (p *patcher) keepsIdentity(o *Object, value any, n *tree.Node, at tree.Path) {
	after := identity(value)
	for _, was := range []struct {
		path      tree.Path
		old, want string
	}{
		{tree.P("apiVersion"), o.APIVersion, after.APIVersion},
		{tree.P("kind"), o.Kind, after.Kind},
		{tree.P("metadata", "name"), o.Name, after.Name},
		{tree.P("metadata", "namespace"), o.Namespace, after.Namespace},
	} {
		if was.old == was.want {
			continue
		}
		where := n
		if found := n.At(was.path); found != nil {
			where, at = found, at.With(was.path...)
		}
		p.errorf(where, at, "a patch cannot change %s", was.path)
		return
	}
}

// identity is apiVersion, kind, namespace and name of a value.
func identity(value any) Object {
	switch value := value.(type) {
	case Typed:
		return *Of("", tree.Pos{}, value)
	case *tree.Node:
		text := func(path ...any) string {
			if n := value.At(path); n != nil {
				return n.Text
			}
			return ""
		}
		return Object{APIVersion: text("apiVersion"), Kind: text("kind"), Namespace: text("metadata", "namespace"), Name: text("metadata", "name")}
	}
	return Object{}
}

// merge returns o's value with the strategic merge patch applied.
func (p *patcher) merge(o *Object, at tree.Path) any {
	n := p.patch.Merge
	var value any
	switch old := o.Value.(type) {
	case Typed:
		value = p.mergeTyped(old, n, at)
	case *tree.Node:
		if n.Kind != tree.Map {
			p.errorf(n, at, "expected a map, found %s", n.Kind)
			return nil
		}
		value = inOrder(p.mergeNode(old, n, at))
	}
	if !p.failed {
		p.keepsIdentity(o, value, n, at)
	}
	return value
}

// mergeNode merges the map n into an object without a Go type: maps merge,
// everything else replaces (RFC 7386), for nobody knows its lists' keys.
func (p *patcher) mergeNode(old, n *tree.Node, at tree.Path) *tree.Node {
	merged := &tree.Node{Pos: n.Pos, Kind: tree.Map}
	if old != nil && old.Kind == tree.Map {
		merged.Pos, merged.Fields = old.Pos, slices.Clone(old.Fields)
	}
	if len(n.Fields) == 0 {
		p.mark(n, at, old == nil || old.Kind != tree.Map)
	}
	for i := range n.Fields {
		f, below := &n.Fields[i], at.With(n.Fields[i].Key)
		if isDirective(f.Key) {
			p.errorf(f.Value, below, "kgen does not know the lists of this kind; write jsonPatch instead of merge")
			continue
		}
		before := merged.Get(f.Key)
		switch f.Value.Kind {
		case tree.Null:
			p.mark(f.Value, below, merged.Delete(f.Key))
		case tree.Map:
			merged.Set(f.Key, f.KeyPos, p.mergeNode(before, f.Value, below))
		default:
			p.mark(f.Value, below, before == nil || !bytes.Equal(Append(nil, before), Append(nil, f.Value)))
			merged.Set(f.Key, f.KeyPos, f.Value)
		}
	}
	return merged
}
