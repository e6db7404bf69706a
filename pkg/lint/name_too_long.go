package lint

import (
	"github.com/kgen-dev/kgen/pkg/report"
)

// longestDeployment is the length of the longest name that the names of pods have with
// both hashes, of ten and five characters: the API server cuts what a name is generated
// of to 58 characters.
const longestDeployment = 46

var nameTooLong = Rule{
	ID: "name-too-long", Severity: report.Error, Refused: true, // Info of a Deployment
	Doc: Doc{
		Title: "object has a name that is too long",
		Why:   "a StatefulSet is accepted, but its pods are never made, for a label that has its name is too long; others are refused",
		Fix:   "shorten the name, often that of the Helm release",
		Bad: `apiVersion: apps/v1
kind: StatefulSet
metadata:
  name: production-shop-web-session-store-with-replicated-redis # <-
spec:
  serviceName: redis
  selector: {matchLabels: {app: redis}}
  template:
    metadata: {labels: {app: redis}}
    spec:
      containers:
      - name: redis
        image: redis:8.0.1
`,
		Good: `apiVersion: apps/v1
kind: StatefulSet
metadata:
  name: shop-sessions
spec:
  serviceName: redis
  selector: {matchLabels: {app: redis}}
  template:
    metadata: {labels: {app: redis}}
    spec:
      containers:
      - name: redis
        image: redis:8.0.1
`,
		Notes: []string{
			"StatefulSets and CronJobs have 52 characters, Services, Namespaces and Jobs 63, others 253.",
			"A Deployment with more than 46 is an info: the names of its pods are cut before their last five characters, and lose the hash of the rollout, from 57 on all of it.",
		},
	},
	Check: func(o *Object, all *Index, r *Reporter) {
		n := nameRuleOf(o.GroupKind(), all.Minor)
		if n == nil || n.most() == 0 {
			return
		}
		switch length := len(o.Name); {
		case length > n.most() && n.why != "":
			r.At(metadataName, "the name has %d characters, a %s has at most %d: %s", length, o.Kind, n.most(), n.why)
		case length > n.most():
			r.At(metadataName, "the name has %d characters, a %s has at most %d", length, o.Kind, n.most())
		case length > longestDeployment && o.GroupKind() == "Deployment.apps":
			r.At(metadataName, "the name has %d characters: with more than %d the names of the pods are cut before their last five", length, longestDeployment).As(report.Info)
		}
	},
}
