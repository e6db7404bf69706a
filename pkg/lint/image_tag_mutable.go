package lint

import (
	"slices"

	"github.com/kgen-dev/kgen/pkg/report"
)

// mutableTags is the parameter of rules about tags that are moved to new images.
var mutableTags = Param{Name: "tags", Default: []string{
	"latest", "main", "master", "trunk", "dev", "develop", "development", "edge", "nightly", "canary", "unstable", "stable", "snapshot", "HEAD",
}, Doc: "tags that are moved from image to image; a missing tag is latest"}

var imageTagMutable = Rule{
	ID: "image-tag-mutable", Severity: report.Warning, SkipsTests: true,
	Params: []Param{mutableTags},
	Doc: Doc{
		Title: "image without a tag that stays",
		Why:   "a pod that is restarted may run other code than its neighbours, without a rollout, and there is nothing to roll back to",
		Fix:   "name a release, or a digest",
		Bad: `apiVersion: apps/v1
kind: Deployment
metadata: {name: web}
spec:
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec:
      containers:
      - name: web
        image: ghcr.io/acme/web:latest # <-
      - name: proxy
        image: registry.acme.example:5000/proxy # <-
`,
		Good: `apiVersion: apps/v1
kind: Deployment
metadata: {name: web}
spec:
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec:
      containers:
      - name: web
        image: ghcr.io/acme/web:1.4.2
      - name: proxy
        image: registry.acme.example:5000/proxy:2.0.1
`,
		Notes: []string{"With a digest any tag is fine."},
	},
	CheckContainer: func(c *Container, _ *Index, r *Reporter) {
		switch i := c.image(); {
		case c.Image == "" || i.digest != "":
		case i.tag == "":
			r.At(c.Field("image"), "container %s: image %s has no tag, which is latest", c.Name, c.Image)
		case slices.Contains(r.Texts("tags"), i.tag):
			r.At(c.Field("image"), "container %s: tag %s may be another image tomorrow", c.Name, i.tag)
		}
	},
}
