package lint

import "strings"

// image is what a reference to an image says.
type image struct{ name, tag, digest string }

// imageOf splits a reference. What follows the last colon is a tag only behind the last
// slash: before it stands the port of a registry.
func imageOf(reference string) image {
	name, digest, _ := strings.Cut(reference, "@")
	slash := strings.LastIndexByte(name, '/')
	if colon := strings.LastIndexByte(name, ':'); colon > slash {
		return image{name[:colon], name[colon+1:], digest}
	}
	return image{name, "", digest}
}
