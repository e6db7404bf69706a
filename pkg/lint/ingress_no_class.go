package lint

import (
	networkingv1 "k8s.io/api/networking/v1"

	"github.com/kgen-dev/kgen/pkg/report"
	"github.com/kgen-dev/kgen/pkg/tree"
)

var ingressNoClass = Rule{
	ID: "ingress-no-class", Severity: report.Info, SkipsTests: true, Refused: true, // Error where two classes differ
	Kinds: []string{"Ingress.networking.k8s.io"},
	Doc: Doc{
		Title: "Ingress does not say once which controller it is for",
		Why:   "in a cluster without a default class no controller serves it, and in one with several the wrong one may",
		Fix:   "write spec.ingressClassName, and not the annotation kubernetes.io/ingress.class",
		Bad: `apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: {name: web}
spec: # <-
  rules:
  - host: shop.example.com
    http:
      paths:
      - path: /
        pathType: Prefix
        backend: {service: {name: web, port: {number: 80}}}
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
`,
		Notes: []string{
			"The field and the annotation with different classes are an error, which the API server answers with as well; with the same they are an info.",
			"Where an IngressClass marked as the default is among the objects, an Ingress needs none.",
		},
	},
	Check: func(o *Object, all *Index, r *Reporter) {
		ingress, isTyped := o.Value.(*networkingv1.Ingress)
		if !isTyped {
			return
		}
		annotation, isAnnotated := o.Annotations()[ingressClassAnnotation]
		class := ingress.Spec.IngressClassName
		switch at := tree.P("metadata", "annotations", ingressClassAnnotation); {
		case class == nil && !isAnnotated:
			if !all.hasDefaultIngressClass(o) {
				r.At(tree.P("spec", "ingressClassName"), "no spec.ingressClassName")
			}
		case class == nil || !isAnnotated:
		case *class != annotation:
			r.At(at, "class %s, but spec.ingressClassName is %s", annotation, *class).As(report.Error)
		default:
			r.At(at, "class %s is in spec.ingressClassName too", annotation)
		}
	},
}

// hasDefaultIngressClass reports whether a class is for Ingresses that name none.
func (x *Index) hasDefaultIngressClass(ingress *Object) bool {
	for _, o := range x.byKind["IngressClass.networking.k8s.io"] {
		if o.Annotations()[networkingv1.AnnotationIsDefaultIngressClass] == "true" && x.AreTogether(o, ingress) {
			return true
		}
	}
	return false
}
