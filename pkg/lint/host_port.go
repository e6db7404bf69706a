package lint

import "github.com/kgen-dev/kgen/pkg/report"

var hostPort = Rule{
	ID: "host-port", Severity: report.Warning, SkipsTests: true,
	Groups: []string{pssBaseline, pssRestricted},
	Doc: Doc{
		Title: "container takes a port of its node",
		Why:   "only one such pod fits on a node, the others stay pending, and the port passes by NetworkPolicies and Services",
		Fix:   "leave hostPort out, and lead to the pods by a Service",
		Bad: `apiVersion: apps/v1
kind: Deployment
metadata: {name: web}
spec:
  replicas: 3
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec:
      containers:
      - name: web
        image: ghcr.io/acme/web:1.4.2
        ports:
        - containerPort: 8080
          hostPort: 80 # <-
`,
		Good: `apiVersion: apps/v1
kind: Deployment
metadata: {name: web}
spec:
  replicas: 3
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec:
      containers:
      - name: web
        image: ghcr.io/acme/web:1.4.2
        ports:
        - containerPort: 8080
`,
		Notes: []string{"Agents that the node itself talks to need one: ignore the rule there, with the reason."},
	},
	CheckContainer: func(c *Container, all *Index, r *Reporter) {
		for i := range c.Ports {
			port := c.Ports[i].HostPort
			if port == 0 {
				continue
			}
			f := r.At(c.Field("ports", i, "hostPort"), "container %s: port %d of the node", c.Name, port)
			if _, most := all.Replicas(c.Workload); most > 1 && c.Workload.IsReplicated() {
				f.Message += ", so one of the pods fits on a node"
			}
		}
	},
}
