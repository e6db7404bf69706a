package edit

import (
	"fmt"
	"strings"

	"github.com/kgen-dev/kgen/pkg/load"
	"github.com/kgen-dev/kgen/pkg/tree"
)

// image is a reference in its parts; each may be empty.
type image struct{ registry, repository, tag, digest string }

// parseImage takes the reference apart that was typed. A map, null and false are no
// reference.
func (s *Setting) parseImage() error {
	if s.Text == "" || s.Text == "null" || strings.HasPrefix(s.Text, "{") {
		return nil
	}
	text := strings.Trim(s.Text, `"`)
	rest, hasTagAlone := strings.CutPrefix(text, ":")
	digest, hasDigestAlone := strings.CutPrefix(text, "@")
	switch {
	case hasTagAlone:
		tag, digest, _ := strings.Cut(rest, "@")
		s.image = &image{tag: tag, digest: digest}
	case hasDigestAlone:
		s.image = &image{digest: digest}
	}
	if s.image != nil {
		text = "repository" + text // for the grammar
	}
	parts := imageOf(load.LongForm(nested([]string{"image"}, &tree.Node{Kind: tree.String, Text: text})).Get("image"))
	if parts == nil {
		return fmt.Errorf("%q is no image reference: write REGISTRY/REPOSITORY:TAG, with @DIGEST behind it or in the place of :TAG", s.Text)
	}
	if s.image == nil {
		s.image = parts
	}
	return nil
}

// imageOf are the parts of an image in the long form; nil where there are none.
func imageOf(n *tree.Node) *image {
	if n == nil || n.Kind != tree.Map {
		return nil
	}
	text := func(key string) string {
		if part := n.Get(key); part != nil && part.IsScalar() {
			return part.Text
		}
		return ""
	}
	return &image{text("registry"), text("repository"), text("tag"), text("digest")}
}

// name is the repository with its registry.
func (i *image) name() string { return strings.TrimPrefix(i.registry+"/"+i.repository, "/") }

// String is the reference.
func (i *image) String() string {
	s := i.name()
	if i.tag != "" {
		s += ":" + i.tag
	}
	if i.digest != "" {
		s += "@" + i.digest
	}
	return s
}

// isIn reports whether the image in effect is the one asked for.
func (i *image) isIn(effect *image) bool {
	switch {
	case effect == nil:
		return false
	case i.repository != "" && i.registry != "" && i.name() != effect.name():
		return false
	case i.repository != "" && i.registry == "" && i.repository != effect.repository && i.repository != effect.name():
		return false
	}
	return (i.tag == "" || i.tag == effect.tag) && i.digest == effect.digest
}

// parts are those that the reference sets or, empty, takes out.
func (i *image) parts() [][2]string {
	parts := [][2]string{{"registry", i.registry}, {"repository", i.repository}, {"tag", i.tag}, {"digest", i.digest}}
	switch {
	case i.repository == "" && i.tag == "":
		return parts[3:]
	case i.repository == "":
		return parts[2:]
	}
	return parts
}

// changes are those of a layer that give it the image at a path; effect is the image
// before.
func (i *image) changes(at tree.Path, layer *tree.Node, effect *image) []Change {
	written := layer.At(at)
	switch {
	case written != nil && written.Kind == tree.Map:
		return i.partChanges(at, written, effect)
	case written != nil && written.Kind == tree.String:
		asked := *i
		have := imageOf(load.LongForm(layer).At(at))
		if have != nil && (i.repository == "" || effect != nil && i.name() == effect.name()) {
			asked.registry, asked.repository = have.registry, have.repository
		}
		if have != nil && i.repository == "" && i.tag == "" {
			asked.tag = have.tag
		}
		return []Change{{at, &tree.Node{Kind: tree.String, Text: asked.String()}}}
	case i.repository != "":
		return []Change{{at, &tree.Node{Kind: tree.String, Text: i.String()}}}
	}
	parts := &tree.Node{Kind: tree.Map}
	for _, part := range i.parts() {
		if part[1] != "" {
			parts.Set(part[0], tree.Pos{}, &tree.Node{Kind: tree.String, Text: part[1]})
		}
	}
	return []Change{{at, parts}}
}

// partChanges are those of an image that is written in parts.
func (i *image) partChanges(place tree.Path, written *tree.Node, effect *image) (changes []Change) {
	if effect == nil {
		effect = &image{}
	}
	isSameName := i.name() == effect.name()
	inEffect := map[string]string{"registry": effect.registry, "repository": effect.repository, "tag": effect.tag, "digest": effect.digest}
	for _, part := range i.parts() {
		key, text := part[0], part[1]
		isName := key == "registry" || key == "repository"
		at, have := place.With(key), written.Get(key)
		switch {
		case isName && isSameName:
		case text == "" && have != nil:
			changes = append(changes, Change{At: at})
		case text != "" && (have != nil || inEffect[key] != text):
			changes = append(changes, Change{at, &tree.Node{Kind: tree.String, Text: text}})
		}
	}
	return changes
}
