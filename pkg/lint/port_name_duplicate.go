package lint

import (
	corev1 "k8s.io/api/core/v1"
	"k8s.io/apimachinery/pkg/util/intstr"

	"github.com/kgen-dev/kgen/pkg/report"
	"github.com/kgen-dev/kgen/pkg/tree"
)

var portNameDuplicate = Rule{
	ID: "port-name-duplicate", Severity: report.Error, SkipsTests: true, Refused: true, Warned: []string{"duplicate port name"}, // Warning across containers
	Doc: Doc{
		Title: "two ports of a pod have one name",
		Why:   "a Service that leads to the name takes the first port, which may be that of a sidecar; within a container the API server refuses it",
		Fix:   "give each port of the pod a name of its own",
		Bad: `apiVersion: v1
kind: Service
metadata: {name: web}
spec:
  selector: {app: web}
  ports: [{port: 80, targetPort: http}]
---
apiVersion: apps/v1
kind: Deployment
metadata: {name: web}
spec:
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec:
      containers:
      - name: proxy
        image: ghcr.io/acme/proxy:2.0.1
        ports: [{name: http, containerPort: 3000}]
      - name: web
        image: ghcr.io/acme/web:1.4.2
        ports:
        - name: http # <-
          containerPort: 8080
        - name: http # <-
          containerPort: 8081
`,
		Good: `apiVersion: v1
kind: Service
metadata: {name: web}
spec:
  selector: {app: web}
  ports: [{port: 80, targetPort: http}]
---
apiVersion: apps/v1
kind: Deployment
metadata: {name: web}
spec:
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec:
      containers:
      - name: proxy
        image: ghcr.io/acme/proxy:2.0.1
        ports: [{name: proxy, containerPort: 3000}]
      - name: web
        image: ghcr.io/acme/web:1.4.2
        ports:
        - name: http
          containerPort: 8080
        - name: admin
          containerPort: 8081
`,
		Notes: []string{"The same name in two containers is a warning, and only where a Service leads to it."},
	},
	CheckWorkload: func(w *Workload, all *Index, r *Reporter) {
		for i := range w.containers {
			c := &w.containers[i]
			for j := range c.Ports {
				name := c.Ports[j].Name
				at := func() tree.Path { return c.Field("ports", j, "name") }
				switch {
				case name == "":
				case hasPort(c.Ports[:j], name):
					r.At(at(), "container %s: two ports are called %s", c.Name, name).Container = c.Name
				case c.Role <= Sidecar:
					checkNameAcross(w, i, name, at, all, r)
				}
			}
		}
	},
}

// checkNameAcross looks for the name of a port of container i in those before it, where
// a Service leads to it.
func checkNameAcross(w *Workload, i int, name string, at func() tree.Path, all *Index, r *Reporter) {
	for k := range w.containers[:i] {
		first := &w.containers[k]
		if !hasPort(first.Ports, name) {
			continue
		}
		if service, port := servicePortTo(all.Services(w), name); service != nil {
			r.At(at(), "containers %s and %s: both have a port %s, and %s leads to it", first.Name, w.containers[i].Name, name, service.Ref()).
				As(report.Warning).And(service, tree.P("spec", "ports", port, "targetPort")).Container = w.containers[i].Name
		}
		return
	}
}

func hasPort(ports []corev1.ContainerPort, name string) bool {
	for i := range ports {
		if ports[i].Name == name {
			return true
		}
	}
	return false
}

// servicePortTo is the first of Services that leads to a port by its name, and which
// of its ports does.
func servicePortTo(services []*Object, name string) (service *Object, port int) {
	for _, o := range services {
		s, isTyped := o.Value.(*corev1.Service)
		if !isTyped {
			continue
		}
		for i := range s.Spec.Ports {
			if t := &s.Spec.Ports[i].TargetPort; t.Type == intstr.String && t.StrVal == name {
				return o, i
			}
		}
	}
	return nil, 0
}
