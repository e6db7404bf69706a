package lint

import (
	"slices"

	corev1 "k8s.io/api/core/v1"

	"github.com/kgen-dev/kgen/pkg/report"
)

var imagePullPolicy = Rule{
	ID: "image-pull-policy", Severity: report.Warning, SkipsTests: true,
	Params: []Param{mutableTags, {
		Name: "require", Default: "", Doc: "the policy that every container must have; any where it is empty",
		OneOf: []string{"", "Always", "IfNotPresent", "Never"},
	}},
	Doc: Doc{
		Title: "pull policy that runs whatever image a node has",
		Why:   "with Never a pod fails on each node that lacks the image; with IfNotPresent and a tag that moves, nodes run different code under one name",
		Fix:   "leave imagePullPolicy out, and name an image by release or digest",
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
        image: ghcr.io/acme/web:main
        imagePullPolicy: IfNotPresent # <-
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
        imagePullPolicy: IfNotPresent
`,
		Notes: []string{"Where no policy is written it is Always for the tag latest, else IfNotPresent."},
	},
	CheckContainer: func(c *Container, _ *Index, r *Reporter) {
		at, i := c.Field("imagePullPolicy"), c.image()
		isLatest := i.digest == "" && (i.tag == "" || i.tag == "latest")
		effective := c.ImagePullPolicy
		switch {
		case effective != "":
		case isLatest:
			effective = corev1.PullAlways
		default:
			effective = corev1.PullIfNotPresent
		}
		switch required := r.Text("require"); {
		case required != "":
			if string(effective) != required {
				r.At(at, "container %s: imagePullPolicy is %s, not %s", c.Name, effective, required)
			}
		case effective == corev1.PullNever:
			r.At(at, "container %s: imagePullPolicy is Never", c.Name)
		case c.ImagePullPolicy == corev1.PullIfNotPresent && (isLatest || i.digest == "" && slices.Contains(r.Texts("tags"), i.tag)):
			r.At(at, "container %s: imagePullPolicy is IfNotPresent, and the tag of %s moves", c.Name, c.Image)
		}
	},
}
