package tree

import "strings"

// identities are the fields that tell the elements of a list apart, the first that
// an element has.
var identities = []string{"name", "containerPort", "port", "mountPath", "host", "path", "key", "topologyKey", "secretName"}

// Identities are the fields that tell the elements of a list apart: the name of a
// container, or the port of one that has none. The first that an element has counts.
func Identities() []string { return identities }

// Named writes the path with the names of the elements of lists instead of their
// indices, containers[web].image, so that it stays when elements move; nameOf is the
// name of the element at the end of a path. One without a name leaves args[].
func (p Path) Named(nameOf func(Path) string) string {
	var b strings.Builder
	for i, e := range p {
		if _, isIndex := e.(int); isIndex {
			b.WriteString("[" + nameOf(p[:i+1]) + "]")
			continue
		}
		text := P(e).String()
		if i > 0 && !strings.HasPrefix(text, "[") {
			b.WriteByte('.')
		}
		b.WriteString(text)
	}
	return b.String()
}

// Named is Path.Named of a path below n.
func (n *Node) Named(path Path) string {
	return path.Named(func(at Path) string {
		element := n.At(at)
		for _, field := range identities {
			if found := element.Get(field); found != nil && found.IsScalar() && found.Kind != Null {
				return found.Text
			}
		}
		return ""
	})
}
