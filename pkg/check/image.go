package check

import (
	"github.com/kgen-dev/kgen/pkg/report"
	"github.com/kgen-dev/kgen/schema"
)

// imageTag: row 19, an image that is another one tomorrow.
func imageTag(s *schema.Service, sink *report.Sink) {
	for c := range s.PodContainers() {
		containerImage(&c, sink)
	}
}

func containerImage(c *schema.PodContainer, sink *report.Sink) {
	i := c.Image
	if i.Mutable || i.Digest != "" || i.Repository == "" {
		return
	}
	switch i.Tag {
	case "":
		sink.Errorf(schema.MutableImage, c.Path.With("image"), "%s has neither tag nor digest", i).
			Fix = "name a version, as in " + i.String() + ":1.4.2, or set image: mutable: true"
	case "latest":
		sink.Errorf(schema.MutableImage, c.Path.With("image", "tag"), "%s is another image after every push", i).
			Fix = "name a version or a digest, or set image: mutable: true"
	}
}
