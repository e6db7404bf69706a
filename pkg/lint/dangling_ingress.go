package lint

import (
	"slices"
	"strconv"
	"strings"

	corev1 "k8s.io/api/core/v1"
	networkingv1 "k8s.io/api/networking/v1"

	"github.com/kgen-dev/kgen/pkg/report"
	"github.com/kgen-dev/kgen/pkg/tree"
)

var danglingIngress = Rule{
	ID: "dangling-ingress", Severity: report.Error, SkipsTests: true, // Warning for a Service in an open world
	Kinds: []string{"Ingress.networking.k8s.io"},
	Doc: Doc{
		Title: "Ingress leads to no Service",
		Why:   "every request for the path is answered with 503, because the Service, or its port, has another name",
		Fix:   "name a Service of the same namespace, and one of its ports",
		Bad: `apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: {name: web}
spec:
  ingressClassName: nginx
  defaultBackend:
    service:
      name: website # <-
      port: {number: 80}
  rules:
  - host: shop.example.com
    http:
      paths:
      - path: /
        pathType: Prefix
        backend:
          service:
            name: web
            port:
              number: 8080 # <-
---
apiVersion: v1
kind: Service
metadata: {name: web}
spec:
  selector: {app: web}
  ports: [{name: http, port: 80, targetPort: 8080}]
`,
		Good: `apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: {name: web}
spec:
  ingressClassName: nginx
  rules:
  - host: shop.example.com
    http:
      paths:
      - path: /
        pathType: Prefix
        backend:
          service:
            name: web
            port:
              number: 80
---
apiVersion: v1
kind: Service
metadata: {name: web}
spec:
  selector: {app: web}
  ports: [{name: http, port: 80, targetPort: 8080}]
`,
		Notes: []string{
			danglingNote,
			"Backends that are a resource, actions of the AWS load balancer controller (use-annotation) and the Services of cert-manager's solvers are not looked at.",
			"A port that the Service does not have is an error in every world.",
		},
	},
	Check: func(o *Object, all *Index, r *Reporter) {
		ingress, isTyped := o.Value.(*networkingv1.Ingress)
		if !isTyped {
			return
		}
		for _, b := range backendsOf(o, ingress) {
			to := b.Service
			if to == nil || to.Port.Name == "use-annotation" || strings.HasPrefix(to.Name, "cm-acme-http-solver") {
				continue
			}
			if all.Lacks(o, "Service", o.Namespace, to.Name) {
				r.Dangling(b.at.With("service", "name"), "there is no Service %s%s", to.Name, all.Hint(o, "Service", o.Namespace, to.Name))
				continue
			}
			at := b.at.With("service", "port", "number")
			if to.Port.Name != "" {
				at = b.at.With("service", "port", "name")
			}
			checkServiceHasPort(at, to.Name, to.Port.Name, to.Port.Number, all, r)
		}
	},
}

// checkServiceHasPort reports a port, by name or else by number, that a Service in the
// namespace of the object does not have.
func checkServiceHasPort(at tree.Path, service, name string, number int32, all *Index, r *Reporter) {
	found := all.Find(r.object, "Service", r.object.Namespace, service)
	if found == nil {
		return
	}
	if port, has, lacks := lackedPort(found, name, number); lacks {
		r.At(at, "Service %s has no port %s, only %s", service, port, has).And(found, tree.P("spec", "ports"))
	}
}

// lackedPort tells whether a Service lacks a port, and what it has.
func lackedPort(o *Object, name string, number int32) (port, has string, lacks bool) {
	s, isTyped := o.Value.(*corev1.Service)
	if !isTyped || name == "" && number == 0 || o.isUnread(tree.P("spec", "ports")) || s.Spec.Type == corev1.ServiceTypeExternalName && len(s.Spec.Ports) == 0 {
		return "", "", false
	}
	ports := s.Spec.Ports
	if slices.ContainsFunc(ports, func(p corev1.ServicePort) bool { return name != "" && p.Name == name || name == "" && p.Port == number }) {
		return "", "", false
	}
	port = name
	if name == "" {
		port = strconv.Itoa(int(number))
	}
	texts := make([]string, len(ports))
	for i := range ports {
		texts[i] = strings.TrimSpace(ports[i].Name + " " + strconv.Itoa(int(ports[i].Port)))
	}
	if len(texts) == 0 {
		texts = []string{"none"}
	}
	return port, firstOf(texts, mostListed), true
}
