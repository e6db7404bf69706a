package load

import (
	"strings"

	"github.com/distribution/reference"

	"github.com/kgen-dev/kgen/pkg/tree"
	"github.com/kgen-dev/kgen/schema"
)

// expandImage takes a reference apart: "ghcr.io/acme/web:1.4.2@sha256:...".
func expandImage(x *expander, n *tree.Node) *tree.Node {
	if n.Kind != tree.String {
		return n
	}
	ref, err := reference.Parse(n.Text)
	if err != nil {
		x.refuse(n, schema.InvalidValue, "%q is no image reference: %v", n.Text, err).
			Fix = "write REPOSITORY:TAG, REGISTRY/REPOSITORY:TAG or REPOSITORY@DIGEST"
		return n
	}
	named, ok := ref.(reference.Named)
	if !ok {
		x.refuse(n, schema.InvalidValue, "%q names no repository", n.Text)
		return n
	}
	result := &tree.Node{Kind: tree.Map, Pos: n.Pos}
	set := func(key, value string) {
		if value != "" {
			result.Fields = append(result.Fields, tree.Field{Key: key, KeyPos: n.Pos, Value: &tree.Node{Kind: tree.String, Pos: n.Pos, Text: value}})
		}
	}
	registry, repository := splitRegistry(named.Name())
	set("registry", registry)
	set("repository", repository)
	if tagged, ok := ref.(reference.Tagged); ok {
		set("tag", tagged.Tag())
	}
	if digested, ok := ref.(reference.Digested); ok {
		set("digest", digested.Digest().String())
	}
	return result
}

// splitRegistry cuts the registry off a repository's name: its first segment,
// where that has a dot or a colon or is localhost, as container runtimes read it.
func splitRegistry(name string) (registry, repository string) {
	first, rest, found := strings.Cut(name, "/")
	if found && (strings.ContainsAny(first, ".:") || first == "localhost") {
		return first, rest
	}
	return "", name
}
