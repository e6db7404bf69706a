package lint

import (
	corev1 "k8s.io/api/core/v1"
	"k8s.io/apimachinery/pkg/util/intstr"
	"k8s.io/apimachinery/pkg/util/validation"

	"github.com/kgen-dev/kgen/pkg/report"
	"github.com/kgen-dev/kgen/pkg/tree"
)

var portNameInvalid = Rule{
	ID: "port-name-invalid", Severity: report.Error, SkipsTests: true, Refused: true,
	Doc: Doc{
		Title: "name or number of a port is not possible",
		Why:   "the API server refuses the manifest, or, of a custom resource, every pod that is made of it",
		Fix:   "take a name of at most 15 lower-case letters, digits and single dashes, with a letter, and a number from 1 to 65535",
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
        - name: prometheus-metrics # <-
          containerPort: 9090
        - name: http
          containerPort: 80800 # <-
---
apiVersion: v1
kind: Service
metadata: {name: web}
spec:
  selector: {app: web}
  ports:
  - port: 9090
    targetPort: prometheus-metrics # <-
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
        - name: metrics
          containerPort: 9090
        - name: http
          containerPort: 8080
---
apiVersion: v1
kind: Service
metadata: {name: web}
spec:
  selector: {app: web}
  ports:
  - name: prometheus-metrics
    port: 9090
    targetPort: metrics
`,
		Notes: []string{"The name of a Service's own port may have 63 characters."},
	},
	Check: func(o *Object, all *Index, r *Reporter) {
		if s, isService := o.Value.(*corev1.Service); isService {
			for i := range s.Spec.Ports {
				checkTargetPortForm(tree.P("spec", "ports", i, "targetPort"), &s.Spec.Ports[i], r)
			}
			return
		}
		w := all.Workload(o)
		if w == nil {
			return
		}
		for i := range w.containers {
			c := &w.containers[i]
			for j := range c.Ports {
				p := &c.Ports[j]
				if p.Name != "" && !isPortName(p.Name) {
					r.At(c.Field("ports", j, "name"), "container %s: port name %q", c.Name, p.Name).Container = c.Name
				}
				if !isPortNumber(p.ContainerPort) {
					r.At(c.Field("ports", j, "containerPort"), "container %s: port %d", c.Name, p.ContainerPort).Container = c.Name
				}
			}
		}
	},
}

// checkTargetPortForm looks at the form of a targetPort, where one is written.
func checkTargetPortForm(at tree.Path, p *corev1.ServicePort, r *Reporter) {
	switch t := p.TargetPort; {
	case t == (intstr.IntOrString{}):
	case t.Type == intstr.String && !isPortName(t.StrVal):
		r.At(at, "targetPort %q", t.StrVal)
	case t.Type == intstr.Int && !isPortNumber(t.IntVal):
		r.At(at, "targetPort %d", t.IntVal)
	}
}

func isPortName(name string) bool { return len(validation.IsValidPortName(name)) == 0 }

func isPortNumber(number int32) bool { return number > 0 && number < 65536 }
