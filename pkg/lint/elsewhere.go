package lint

import "strings"

// Elsewhere is what is known of what the file of an object is put together with, as by
// kustomize. A nil Elsewhere is nothing.
type Elsewhere struct {
	// IsPart is set where some of that is not among the objects.
	IsPart bool
	// External are the objects that come with it.
	External []External
	// Tags are the tags, or digests, that images get, by their name.
	Tags map[string]string
}

// isPart reports whether what the object names may lie in files that are not given.
func (o *Object) isPart() bool { return o.Elsewhere != nil && o.Elsewhere.IsPart }

// comesWith reports whether what the object names is put together with it.
func (o *Object) comesWith(groupKind, namespace, name string) bool {
	return o.Elsewhere != nil && isAmong(o.Elsewhere.External, groupKind, namespace, name)
}

// image is what the reference of a container says, with the tag that it gets.
func (c *Container) image() image {
	i := imageOf(c.Image)
	if e := c.Workload.Elsewhere; e != nil && e.Tags[i.name] != "" {
		if tag := e.Tags[i.name]; strings.Contains(tag, ":") {
			i.digest = tag
		} else {
			i.tag, i.digest = tag, ""
		}
	}
	return i
}
