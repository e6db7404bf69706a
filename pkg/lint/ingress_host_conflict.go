package lint

import (
	"strings"

	networkingv1 "k8s.io/api/networking/v1"
	"k8s.io/apimachinery/pkg/api/equality"

	"github.com/kgen-dev/kgen/pkg/report"
	"github.com/kgen-dev/kgen/pkg/tree"
)

var ingressHostConflict = Rule{
	ID: "ingress-host-conflict", Severity: report.Error, SkipsTests: true, // Warning for a host in two namespaces
	Kinds: []string{"Ingress.networking.k8s.io"},
	Doc: Doc{
		Title: "two Ingresses claim the same host and path",
		Why:   "one controller refuses the second, another serves the older one: the requests go to the wrong app, and which one changes when an Ingress is made anew",
		Fix:   "leave the path to one of them, or give the other a host of its own",
		Bad: `apiVersion: networking.k8s.io/v1
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
        backend: {service: {name: web, port: {number: 80}}}
---
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: {name: blog}
spec:
  ingressClassName: nginx
  rules:
  - host: shop.example.com
    http:
      paths:
      - path: / # <-
        pathType: Prefix
        backend: {service: {name: blog, port: {number: 80}}}
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
        backend: {service: {name: web, port: {number: 80}}}
---
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: {name: blog}
spec:
  ingressClassName: nginx
  rules:
  - host: shop.example.com
    http:
      paths:
      - path: /blog
        pathType: Prefix
        backend: {service: {name: blog, port: {number: 80}}}
`,
		Notes: []string{
			overlapNote,
			"Where both lead to the same Service it is a warning, and an info for a class with nothing of nginx in its name.",
			"A host whose paths are spread over two namespaces is a warning.",
			"Ingresses of different classes, load balancers or entry points do not meet; nginx canaries share a path on purpose.",
			"Rules without a host are not looked at, for many controllers give each Ingress an address of its own.",
		},
	},
	Check: func(o *Object, all *Index, r *Reporter) {
		ingress, isTyped := o.Value.(*networkingv1.Ingress)
		if !isTyped || isCanary(o) || len(all.byKind["Ingress.networking.k8s.io"]) < 2 {
			return
		}
		told := map[string]bool{}
		eachPath(o, ingress, func(at hostPath, b backend) {
			for _, other := range all.lookUp().paths[at] {
				if other.ingress == o {
					break
				}
				if isAnother(o, other.ingress, all) {
					f := r.Overlap(other.ingress, b.at.With("path"), "%s%s is claimed by %s as well", at.host, at.path, nameBeside(o, other.ingress)).
						And(other.ingress, other.at.With("path"))
					if o.space() == other.ingress.space() && equality.Semantic.DeepEqual(b.IngressBackend, other.IngressBackend) {
						f.forSameService(at.class)
					}
					told[at.host] = true
					break
				}
			}
		})
		eachPath(o, ingress, func(at hostPath, b backend) {
			if told[at.host] {
				return
			}
			told[at.host] = true
			for _, other := range all.lookUp().hosts[at.hostClass] {
				if other == o {
					break
				}
				if other.space() != o.space() && all.AreTogether(o, other) {
					r.At(b.at[:3].With("host"), "host %s is that of %s as well", at.host, nameBeside(o, other)).As(report.Warning).And(other, tree.P("spec", "rules"))
					break
				}
			}
		})
	},
}

// forSameService is of two Ingresses that lead to the same: requests arrive, but the
// second may not be accepted.
func (f *Finding) forSameService(class string) {
	f.Message += ", for the same Service"
	f.Because("the webhook of ingress-nginx refuses the second, and the apply fails; elsewhere one of the two does nothing").
		With("remove the path from one of them").As(report.Info)
	if class == "" || strings.Contains(class, "nginx") {
		f.As(report.Warning)
	}
}

// nameBeside names another object as seen from one: with its namespace where that is
// another.
func nameBeside(o, other *Object) string {
	if other.space() == o.space() {
		return other.Ref()
	}
	return other.Ref() + " of namespace " + other.space()
}
