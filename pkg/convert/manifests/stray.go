package manifests

import (
	"strings"

	"github.com/kgen-dev/kgen/pkg/convert"
	"github.com/kgen-dev/kgen/pkg/manifest"
	"github.com/kgen-dev/kgen/pkg/read"
	"github.com/kgen-dev/kgen/pkg/tree"
	"github.com/kgen-dev/kgen/schema"
)

// mostStrays is how many bytes of manifests may stand in kgen.cue: kgen reads no file
// larger than read.MaxFileSize, and CUE takes some more than YAML.
const mostStrays = read.MaxFileSize * 4 / 5

// addStrays gives the project what belongs to no service: as it is, but for Secrets,
// whose values stand nowhere, and for what kgen.cue would be too large with.
func (c *converter) addStrays() {
	objects, size := &tree.Node{Kind: tree.Map}, 0
	for _, o := range c.objects {
		switch {
		case c.owners[o] != nil:
		case o.Kind == "Secret":
			c.dropSecret(o)
		default:
			written := c.asWritten(o)
			n := len(manifest.Append(nil, written))
			if size+n > mostStrays {
				c.leftOut[o] = "kgen.cue, where it would stand, is larger than kgen reads with it: import less at once, or keep it outside of the project"
				continue
			}
			size += n
			objects.Set(keyFor(objects, o), tree.Pos{}, written)
		}
	}
	if len(objects.Fields) > 0 {
		c.draft.Project = c.draft.Project.WithAt(tree.P("objects"), objects)
	}
}

// adoptSecrets gives the Secrets that no service uses to the first, and reports whether
// there were any.
func (c *converter) adoptSecrets() (adopted bool) {
	for _, o := range c.objects {
		if c.owners[o] == nil && o.Kind == "Secret" {
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
	if c.canStand(o) { // the project itself renders no Secret, not even one without values
		at := tree.P("objects", keyFor(g.service.Root.Get("objects"), o))
		g.service.Root = g.service.Root.WithAt(at, c.asWritten(o))
		g.Others = append(g.Others, o)
		c.owners[o] = g
		return true
	}
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
