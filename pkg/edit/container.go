package edit

import (
	"fmt"

	"github.com/kgen-dev/kgen/pkg/suggest"
	"github.com/kgen-dev/kgen/pkg/tree"
	"github.com/kgen-dev/kgen/schema"
)

// findContainer leads a setting of an image to the container that was named, or to that
// Deployment of a release: blue, green or canary.
func (s *Session) findContainer(setting *Setting) error {
	if setting.container == "" {
		return nil
	}
	root := s.inEffect(setting.Service)
	names := []string{setting.Service}
	if own := root.Get("containerName"); own != nil {
		names[0] = own.Text
	}
	if setting.container == names[0] {
		return nil
	}
	for _, field := range [...]string{"initContainers", "sidecars"} {
		others := root.Get(field)
		if others == nil {
			continue
		}
		for i := range others.Fields {
			name := others.Fields[i].Key
			if names = append(names, name); name != setting.container {
				continue
			}
			var err error
			setting.Field, err = schema.ServiceDocument.Lookup(tree.P(field, name, "image").String())
			return err
		}
	}
	for _, path := range releaseSides(root.Get("release")) {
		slot := path[len(path)-1].(string)
		if names = append(names, slot); slot != setting.container {
			continue
		}
		var err error
		setting.Field, err = schema.ServiceDocument.Lookup(path.With("image").String())
		return err
	}
	return fmt.Errorf("service %s has no container %q%s", setting.Service, setting.container, suggest.Hint(setting.container, names))
}

// releaseSides are where the Deployments of a release say what they run.
func releaseSides(release *tree.Node) []tree.Path {
	switch {
	case release.Get("blueGreen") != nil:
		return []tree.Path{tree.P("release", "blueGreen", schema.Blue), tree.P("release", "blueGreen", schema.Green)}
	case release.Get("canary") != nil:
		return []tree.Path{tree.P("release", schema.CanarySlot)}
	}
	return nil
}
