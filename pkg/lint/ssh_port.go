package lint

import (
	corev1 "k8s.io/api/core/v1"

	"github.com/kgen-dev/kgen/pkg/report"
)

var sshPort = Rule{
	ID: "ssh-port", Severity: report.Info, SkipsTests: true, Profile: Off,
	Doc: Doc{
		Title: "container has the port of SSH",
		Why:   "a login beside the API server is in none of its logs and under none of its rights",
		Fix:   "leave the SSH server out of the image, and use kubectl exec or debug",
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
        - containerPort: 22 # <-
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
	},
	CheckContainer: func(c *Container, _ *Index, r *Reporter) {
		for i := range c.Ports {
			if c.Ports[i].ContainerPort == 22 && protocolOf(c.Ports[i].Protocol) == corev1.ProtocolTCP {
				r.At(c.Field("ports", i, "containerPort"), "container %s: port 22", c.Name)
			}
		}
	},
}
