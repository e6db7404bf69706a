package lint

import "github.com/kgen-dev/kgen/pkg/report"

var imageNotDigest = Rule{
	ID: "image-not-digest", Severity: report.Info, SkipsTests: true, Profile: Off,
	Doc: Doc{
		Title: "image without a digest",
		Why:   "a tag, even of a release, can be moved to another image by whoever may push to the registry",
		Fix:   "add the digest behind the tag, as NAME:TAG@sha256:DIGEST",
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
        image: ghcr.io/acme/web:1.4.2 # <-
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
        image: ghcr.io/acme/web:1.4.2@sha256:4bf5122f344554c53bde2ebb8cd2b7e3d1600ad631c385a5d7cce23c7785459a
`,
	},
	CheckContainer: func(c *Container, _ *Index, r *Reporter) {
		if c.Image != "" && c.image().digest == "" {
			r.At(c.Field("image"), "container %s: image %s has no digest", c.Name, c.Image)
		}
	},
}
