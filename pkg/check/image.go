package check

import (
	"github.com/kgen-dev/kgen/pkg/report"
	"github.com/kgen-dev/kgen/pkg/tree"
	"github.com/kgen-dev/kgen/schema"
)

// imageTag: row 19, an image that is another one tomorrow.
func imageTag(s *schema.Service, sink *report.Sink) {
	i := s.Image
	if i.Mutable || i.Digest != "" || i.Repository == "" {
		return
	}
	switch i.Tag {
	case "":
		sink.Errorf(schema.MutableImage, tree.P("image"), "%s has neither tag nor digest", i).
			Fix = "name a version, as in " + i.String() + ":1.4.2, or set image: mutable: true"
	case "latest":
		sink.Errorf(schema.MutableImage, tree.P("image", "tag"), "%s is another image after every push", i).
			Fix = "name a version or a digest, or set image: mutable: true"
	}
}
