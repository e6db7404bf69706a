package lint

import (
	"slices"

	corev1 "k8s.io/api/core/v1"

	"github.com/kgen-dev/kgen/pkg/report"
	"github.com/kgen-dev/kgen/pkg/tree"
)

var servicePortInvalid = Rule{
	ID: "service-port-invalid", Severity: report.Error, SkipsTests: true, Refused: true,
	Kinds: []string{"Service"},
	Params: []Param{
		{Name: "min-node-port", Default: 30000, Least: 1, Most: 65535, Doc: "the first port that the cluster gives to node ports"},
		{Name: "max-node-port", Default: 32767, Least: 1, Most: 65535, Doc: "the last port that the cluster gives to node ports"},
	},
	Doc: Doc{
		Title: "ports of a Service contradict each other",
		Why:   "the API server refuses the Service in the middle of a rollout, when half of the manifests are applied",
		Fix:   "name each port of several, and give each its own number, name and node port",
		Bad: `apiVersion: v1
kind: Service
metadata: {name: web}
spec:
  type: NodePort
  selector: {app: web}
  ports:
  - name: http
    port: 80
    nodePort: 8080 # <-
  - port: 80 # <-
`,
		Good: `apiVersion: v1
kind: Service
metadata: {name: web}
spec:
  type: NodePort
  selector: {app: web}
  ports:
  - name: http
    port: 80
    nodePort: 30080
  - name: metrics
    port: 9090
`,
		Notes: []string{
			"The same number for two protocols is fine.",
			"A node port of another Service is an error in the same directory or project, and a warning where the two may be for different clusters.",
		},
	},
	Check: func(o *Object, all *Index, r *Reporter) {
		s, isTyped := o.Value.(*corev1.Service)
		if !isTyped || s.Spec.Type == corev1.ServiceTypeExternalName {
			return
		}
		for i := range s.Spec.Ports {
			checkServicePort(s.Spec.Ports, i, r)
		}
		if len(nodePorts(s)) > 0 {
			checkNodePorts(o, s, all, r)
		}
	},
}

// checkServicePort compares port i with those before it.
func checkServicePort(ports []corev1.ServicePort, i int, r *Reporter) {
	p, before := &ports[i], ports[:i]
	at := tree.P("spec", "ports", i)
	has := func(same func(other *corev1.ServicePort) bool) bool {
		return slices.ContainsFunc(before, func(other corev1.ServicePort) bool { return same(&other) })
	}
	switch {
	case p.Name == "" && len(ports) > 1:
		r.At(at.With("name"), "port %d has no name beside other ports", p.Port)
	case p.Name != "" && has(func(other *corev1.ServicePort) bool { return other.Name == p.Name }):
		r.At(at.With("name"), "another port is called %s as well", p.Name)
	}
	switch {
	case p.Port < 1 || p.Port > 65535:
		r.At(at.With("port"), "port %d is not from 1 to 65535", p.Port)
	case has(func(other *corev1.ServicePort) bool {
		return other.Port == p.Port && protocolOf(other.Protocol) == protocolOf(p.Protocol)
	}):
		r.At(at.With("port"), "another port is %d/%s as well", p.Port, protocolOf(p.Protocol))
	}
}

func checkNodePorts(o *Object, s *corev1.Service, all *Index, r *Reporter) {
	for i := range s.Spec.Ports {
		number := s.Spec.Ports[i].NodePort
		if number == 0 {
			continue
		}
		at := tree.P("spec", "ports", i, "nodePort")
		if low, high := r.Int("min-node-port"), r.Int("max-node-port"); int(number) < low || int(number) > high {
			r.At(at, "node port %d is not from %d to %d", number, low, high).With("leave nodePort out, or choose one from %d to %d", low, high)
			continue
		}
		for _, other := range all.lookUp().nodePorts[number] {
			if other == o {
				break
			}
			if isAnother(o, other, all) {
				r.Overlap(other, at, "node port %d is that of %s as well", number, other.Ref()).And(other, tree.P("spec", "ports"))
				break
			}
		}
	}
}

// isAnother reports whether two objects of a kind can stand in one cluster.
func isAnother(a, b *Object, all *Index) bool {
	return (a.Name != b.Name || a.space() != b.space()) && all.AreTogether(a, b)
}
