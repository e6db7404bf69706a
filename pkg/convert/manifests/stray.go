package manifests

import (
	"strings"

	"github.com/kgen-dev/kgen/pkg/convert"
	"github.com/kgen-dev/kgen/pkg/manifest"
	"github.com/kgen-dev/kgen/pkg/tree"
	"github.com/kgen-dev/kgen/schema"
)

// addStrays gives the project what belongs to no service: as it is, but for Secrets,
// whose values stand nowhere.
func (c *converter) addStrays() {
	for _, o := range c.objects {
		if c.owners[o] != nil {
			continue
		}
		switch {
		case c.canStand(o):
			objects := c.draft.Project.Get("objects")
			c.draft.Project = c.draft.Project.WithAt(tree.P("objects", keyFor(objects, o)), c.asWritten(o))
		default:
			c.dropSecret(o)
		}
	}
}

// adoptSecrets gives the Secrets that no service uses to the first, and reports whether
// there were any.
func (c *converter) adoptSecrets() (adopted bool) {
	for _, o := range c.objects {
		if c.owners[o] == nil && !c.canStand(o) {
			adopted = c.adopt(o) || adopted
		}
	}
	return adopted
}

// canStand reports whether an object may stand among objects: Secrets with values may not.
func (c *converter) canStand(o *Object) bool {
	if o.Kind != "Secret" {
		return true
	}
	return len(keys(o.Node.Get("data")))+len(keys(o.Node.Get("stringData"))) == 0
}

// adopt gives a Secret that no service uses to the first: a project has no place for one.
func (c *converter) adopt(o *Object) bool {
	if len(c.groups) == 0 {
		return false
	}
	g := c.groups[0]
	s := &schema.Service{Name: g.Name}
	if !c.fillFrom(g, o, s) {
		return false
	}
	added := tree.Encode(s).Get("secrets")
	if added == nil {
		return false
	}
	for _, f := range added.Fields {
		g.service.Root = g.service.Root.WithAt(tree.P("secrets", f.Key), f.Value)
	}
	g.Others = append(g.Others, o)
	c.owners[o] = g
	return true
}

// dropSecret reports a Secret that nothing in the project can declare.
func (c *converter) dropSecret(o *Object) {
	in := input{}
	in.add(convert.ToDo, o, nil, "values of Secrets stand in no project: make it by other means, or declare it under secrets of a service")
	c.draft.Report.Add(in.report.Items[0])
}

// keyFor is a key of objects for an object: its name, where that is free.
func keyFor(objects *tree.Node, o *Object) string {
	key := o.Name
	if objects.Get(key) != nil {
		key = strings.ToLower(o.Kind) + "-" + o.Name
	}
	for objects.Get(key) != nil {
		key += "-" + strings.ToLower(manifest.GroupOf(o.APIVersion))
	}
	return key
}

// asWritten is an object as it stands among objects, where the project says the
// namespace.
func (c *converter) asWritten(o *Object) *tree.Node {
	n := withoutNulls(o.Node)
	if kind := manifest.KindOf(o.APIVersion, o.Kind); kind != nil && o.Namespace == c.namespace {
		n = n.WithoutAt(tree.P("metadata", "namespace"))
	}
	return n
}
