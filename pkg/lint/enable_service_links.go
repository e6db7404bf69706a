package lint

import (
	"strconv"
	"strings"

	corev1 "k8s.io/api/core/v1"

	"github.com/kgen-dev/kgen/pkg/report"
)

var enableServiceLinks = Rule{
	ID: "enable-service-links", Severity: report.Info, SkipsTests: true, Profile: Strict,
	Params: []Param{{Name: "max-services", Default: 99, Doc: "how many Services a namespace may have before their variables are too many"}},
	Doc: Doc{
		Title: "variables of Services get in the way of the pods' own",
		Why:   "a Service called redis gives every container of the namespace REDIS_PORT=tcp://..., and one that reads a number there crashes; hundreds of Services make pods slow to start or keep them from it",
		Fix:   "set enableServiceLinks to false: Services are found by DNS",
		Bad: `apiVersion: v1
kind: Service
metadata: {name: redis}
spec:
  selector: {app: redis}
  ports: [{port: 6379}]
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
      - name: web
        image: ghcr.io/acme/web:1.4.2
        env:
        - name: REDIS_PORT # <-
          value: "6379"
`,
		Good: `apiVersion: v1
kind: Service
metadata: {name: redis}
spec:
  selector: {app: redis}
  ports: [{port: 6379}]
---
apiVersion: apps/v1
kind: Deployment
metadata: {name: web}
spec:
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec:
      enableServiceLinks: false
      containers:
      - name: web
        image: ghcr.io/acme/web:1.4.2
        env:
        - name: REDIS_PORT
          value: "6379"
`,
		Notes: []string{
			"The variable of the container wins where it has one; its other containers, and those of other pods, get the one of the Service.",
			"Headless Services and those of type ExternalName give no variables.",
		},
	},
	CheckWorkload: func(w *Workload, all *Index, r *Reporter) {
		if links := w.Spec.EnableServiceLinks; links != nil && !*links || w.isUnread(w.In("enableServiceLinks")) {
			return
		}
		if n := all.countLinked(w); n > r.Int("max-services") {
			r.At(w.In("enableServiceLinks"), "enableServiceLinks is on beside %d Services", n)
		}
		for i := range w.containers {
			c := &w.containers[i]
			for j := range c.Env {
				service, value := all.linkedBy(w, c.Env[j].Name)
				if service == nil || value != "" && c.Env[j].Value == value {
					continue
				}
				r.At(c.Field("env", j, "name"), "container %s: %s is a variable of %s too", c.Name, c.Env[j].Name, service.Ref()).
					And(service, metadataName).Container = c.Name
			}
		}
	},
}

// linkedBy is the Service that gives the pods of a workload a variable, and its value
// where that is known.
func (x *Index) linkedBy(w *Workload, name string) (service *Object, value string) {
	for end := range name {
		suffix := name[end:]
		if suffix[0] != '_' || !strings.HasPrefix(suffix, "_PORT") && !strings.HasPrefix(suffix, "_SERVICE_") {
			continue
		}
		for _, o := range x.lookUp().linked[envPrefix{w.space(), name[:end]}] {
			if s, isTyped := o.Value.(*corev1.Service); isTyped && x.AreTogether(o, w.Object) {
				if value, isLink := linkValue(s, suffix); isLink {
					return o, value
				}
			}
		}
	}
	return nil, ""
}

// countLinked is the number of Services that give the pods of a workload variables.
func (x *Index) countLinked(w *Workload) (n int) {
	for _, o := range x.servicesIn(w.Namespace) {
		if s, isTyped := o.Value.(*corev1.Service); isTyped && givesVariables(s) && x.AreTogether(o, w.Object) {
			n++
		}
	}
	return n
}

// linkValue tells whether a Service gives a variable with that end, and its value where
// that is known.
func linkValue(s *corev1.Service, suffix string) (value string, isLink bool) {
	switch suffix {
	case "_SERVICE_HOST", "_PORT":
		return "", true
	case "_SERVICE_PORT":
		if len(s.Spec.Ports) == 0 {
			return "", false
		}
		return strconv.Itoa(int(s.Spec.Ports[0].Port)), true
	}
	for i := range s.Spec.Ports {
		p := &s.Spec.Ports[i]
		number := strconv.Itoa(int(p.Port))
		if p.Name != "" && suffix == "_SERVICE_PORT_"+strings.ToUpper(strings.ReplaceAll(p.Name, "-", "_")) {
			return number, true
		}
		rest, isLink := strings.CutPrefix(suffix, "_PORT_"+number+"_"+string(protocolOf(p.Protocol)))
		if !isLink {
			continue
		}
		switch rest {
		case "_PORT":
			return number, true
		case "", "_PROTO", "_ADDR":
			return "", true
		}
	}
	return "", false
}
