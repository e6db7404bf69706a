package lint

import (
	"slices"

	corev1 "k8s.io/api/core/v1"
	networkingv1 "k8s.io/api/networking/v1"
	"k8s.io/apimachinery/pkg/util/intstr"

	"github.com/kgen-dev/kgen/pkg/report"
	"github.com/kgen-dev/kgen/pkg/tree"
)

var networkPolicyPortMismatch = Rule{
	ID: "networkpolicy-port-mismatch", Severity: report.Warning, SkipsTests: true,
	Kinds: []string{networkPolicyKind},
	Doc: Doc{
		Title: "NetworkPolicy allows a port that the pods do not have",
		Why:   "policies are about the ports of pods, not those of Services: the clients that the rule was written for are shut out",
		Fix:   "write the port of the container",
		Bad: `apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: {name: web}
spec:
  podSelector: {matchLabels: {app: web}}
  policyTypes: [Ingress]
  ingress:
  - ports:
    - port: 80 # <-
---
apiVersion: v1
kind: Service
metadata: {name: web}
spec:
  selector: {app: web}
  ports: [{port: 80, targetPort: 8080}]
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
        ports: [{containerPort: 8080}]
`,
		Good: `apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: {name: web}
spec:
  podSelector: {matchLabels: {app: web}}
  policyTypes: [Ingress]
  ingress:
  - ports:
    - port: 8080
---
apiVersion: v1
kind: Service
metadata: {name: web}
spec:
  selector: {app: web}
  ports: [{port: 80, targetPort: 8080}]
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
        ports: [{containerPort: 8080}]
`,
		Notes: []string{
			"One selected pod with the port is enough; a number is not looked for where some of the pods declare no ports.",
		},
	},
	Check: func(o *Object, all *Index, r *Reporter) {
		p, isTyped := o.Value.(*networkingv1.NetworkPolicy)
		if !isTyped || !isolates(p, networkingv1.PolicyTypeIngress) || !namesPorts(p) {
			return
		}
		selected := all.SelectedBy(o)
		ports, declareAll := portsOfAll(selected)
		if len(selected) == 0 || !declareAll {
			return
		}
		for i := range p.Spec.Ingress {
			for j := range p.Spec.Ingress[i].Ports {
				port := &p.Spec.Ingress[i].Ports[j]
				if port.Port == nil || slices.ContainsFunc(ports, func(d declared) bool { return opensTo(port, &d) }) {
					continue
				}
				f := r.At(tree.P("spec", "ingress", i, "ports", j, "port"), "port %s is none of the pods, which have %s",
					policyPortText(port), firstOf(portTexts(ports), mostListed))
				if service := serviceWithPort(selected, port.Port, all); service != nil {
					f.Message += ", but that of " + service.Ref()
					f.And(service, tree.P("spec", "ports"))
				}
			}
		}
	},
}

func namesPorts(p *networkingv1.NetworkPolicy) bool {
	return slices.ContainsFunc(p.Spec.Ingress, func(rule networkingv1.NetworkPolicyIngressRule) bool { return len(rule.Ports) > 0 })
}

// portsOfAll are the ports that workloads declare, where each of them does.
func portsOfAll(workloads []*Workload) (ports []declared, declareAll bool) {
	for _, w := range workloads {
		own, known := w.ports()
		if !known || len(own) == 0 {
			return nil, false
		}
		ports = append(ports, own...)
	}
	return ports, true
}

// opensTo reports whether a port of a policy, or a range of them, means a container port.
func opensTo(port *networkingv1.NetworkPolicyPort, d *declared) bool {
	protocol := corev1.ProtocolTCP
	if port.Protocol != nil {
		protocol = *port.Protocol
	}
	if protocolOf(d.Protocol) != protocol {
		return false
	}
	if port.EndPort != nil && port.Port.Type == intstr.Int {
		return port.Port.IntVal <= d.ContainerPort.ContainerPort && d.ContainerPort.ContainerPort <= *port.EndPort
	}
	return d.is(*port.Port)
}

func policyPortText(port *networkingv1.NetworkPolicyPort) string {
	if port.Protocol != nil && *port.Protocol != corev1.ProtocolTCP {
		return port.Port.String() + "/" + string(*port.Protocol)
	}
	return port.Port.String()
}

// serviceWithPort is a Service for some of the workloads with a port of that number or
// name; nil where none has it.
func serviceWithPort(workloads []*Workload, port *intstr.IntOrString, all *Index) *Object {
	for _, w := range workloads {
		for _, o := range all.Services(w) {
			s, isTyped := o.Value.(*corev1.Service)
			if isTyped && slices.ContainsFunc(s.Spec.Ports, func(p corev1.ServicePort) bool {
				return port.Type == intstr.Int && p.Port == port.IntVal || port.Type == intstr.String && p.Name == port.StrVal
			}) {
				return o
			}
		}
	}
	return nil
}
