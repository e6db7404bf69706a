package lint

import "github.com/kgen-dev/kgen/pkg/report"

var privilegedPort = Rule{
	ID: "privileged-port", Severity: report.Info, SkipsTests: true, Profile: Off,
	Doc: Doc{
		Title: "container has a port below 1024",
		Why:   "on nodes with an older container runtime only root may listen there, so that the image has to run as root",
		Fix:   "listen on a port from 1024 on; the Service may keep its own",
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
        image: ghcr.io/acme/web:1.4.2
        ports:
        - containerPort: 80 # <-
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
        ports:
        - containerPort: 8080
`,
		Notes: []string{"Current runtimes let anybody listen there; low-port-unbindable looks at the pods that are in danger."},
	},
	CheckContainer: func(c *Container, _ *Index, r *Reporter) {
		for i := range c.Ports {
			if isLowPort(c.Ports[i].ContainerPort) {
				r.At(c.Field("ports", i, "containerPort"), "container %s: port %d", c.Name, c.Ports[i].ContainerPort)
			}
		}
	},
}

// isLowPort reports whether a port is one that Linux reserves for root.
func isLowPort(port int32) bool { return port > 0 && port < 1024 }
