package lint

import "github.com/kgen-dev/kgen/pkg/report"

var requiredLabel = Rule{
	ID: "required-label", Severity: report.Warning, Profile: Off,
	Params: []Param{
		{Name: "labels", Default: []string{"app.kubernetes.io/name"}, Doc: `the labels: "owner", or with a regular expression for the value "tier=frontend|backend"`, Check: checkKey},
		kindsParam,
	},
	Doc: Doc{
		Title: "object lacks a label that is agreed on",
		Why:   "who looks by it for the owner, or the cost, of what runs finds nothing",
		Fix:   "add the label",
		Bad: `apiVersion: batch/v1
kind: CronJob
metadata:
  name: report
  labels: # <-
    owner: shop
spec:
  schedule: "0 4 * * *"
  jobTemplate:
    spec:
      template:
        spec:
          restartPolicy: Never
          containers:
          - name: report
            image: ghcr.io/acme/report:1.4.2
`,
		Good: `apiVersion: batch/v1
kind: CronJob
metadata:
  name: report
  labels:
    app.kubernetes.io/name: report
spec:
  schedule: "0 4 * * *"
  jobTemplate:
    spec:
      template:
        spec:
          restartPolicy: Never
          containers:
          - name: report
            image: ghcr.io/acme/report:1.4.2
`,
	},
	Check: func(o *Object, _ *Index, r *Reporter) { require(o, r, "label", o.Labels()) },
}
