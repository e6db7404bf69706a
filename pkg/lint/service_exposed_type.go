package lint

import (
	"slices"

	corev1 "k8s.io/api/core/v1"

	"github.com/kgen-dev/kgen/pkg/report"
	"github.com/kgen-dev/kgen/pkg/tree"
)

var serviceExposedType = Rule{
	ID: "service-exposed-type", Severity: report.Info, SkipsTests: true, // Warning for externalIPs
	Kinds:  []string{"Service"},
	Params: []Param{{Name: "forbid", Default: []string{"NodePort"}, Doc: "the types of Services that are reported", OneOf: []string{"NodePort", "LoadBalancer"}}},
	Warned: []string{"spec.externalIPs is deprecated"},
	Doc: Doc{
		Title: "Service is open to outside of the cluster",
		Why:   "a node port is open on every node and passes by the Ingress with its TLS and logs; with externalIPs a Service takes the traffic of any address",
		Fix:   "make it a ClusterIP behind an Ingress or a Gateway",
		Bad: `apiVersion: v1
kind: Service
metadata: {name: web}
spec:
  type: NodePort # <-
  externalIPs: [192.0.2.10] # <-
  selector: {app: web}
  ports: [{port: 80, targetPort: 8080}]
`,
		Good: `apiVersion: v1
kind: Service
metadata: {name: web}
spec:
  type: ClusterIP
  selector: {app: web}
  ports: [{port: 80, targetPort: 8080}]
`,
		Notes: []string{"externalIPs are a warning, whatever the type (CVE-2020-8554)."},
	},
	Check: func(o *Object, _ *Index, r *Reporter) {
		s, isTyped := o.Value.(*corev1.Service)
		if !isTyped {
			return
		}
		if s.Spec.Type != "" && slices.Contains(r.Texts("forbid"), string(s.Spec.Type)) {
			r.At(tree.P("spec", "type"), "type is %s", s.Spec.Type)
		}
		if len(s.Spec.ExternalIPs) > 0 {
			r.At(tree.P("spec", "externalIPs"), "externalIPs %s", firstOf(s.Spec.ExternalIPs, mostListed)).As(report.Warning).
				With("take a LoadBalancer, or an Ingress or a Gateway")
		}
	},
}
