package lint

import "github.com/kgen-dev/kgen/pkg/report"

var requiredAnnotation = Rule{
	ID: "required-annotation", Severity: report.Warning, Profile: Off,
	Params: []Param{
		{Name: "annotations", Default: []string{"a8r.io/owner"}, Doc: `the annotations: "email", or with a regular expression for the value "email=.+@example[.]com"`, Check: checkKey},
		kindsParam,
	},
	Doc: Doc{
		Title: "object lacks an annotation that is agreed on",
		Why:   "whoever is woken by it does not know whom to call",
		Fix:   "add the annotation",
		Bad: `apiVersion: apps/v1
kind: Deployment
metadata: # <-
  name: web
spec:
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec:
      containers:
      - name: web
        image: ghcr.io/acme/web:1.4.2
`,
		Good: `apiVersion: apps/v1
kind: Deployment
metadata:
  name: web
  annotations: {a8r.io/owner: team-shop}
spec:
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec:
      containers:
      - name: web
        image: ghcr.io/acme/web:1.4.2
`,
	},
	Check: func(o *Object, _ *Index, r *Reporter) { require(o, r, "annotation", o.Annotations()) },
}
