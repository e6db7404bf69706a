package lint

import (
	"fmt"
	"slices"

	corev1 "k8s.io/api/core/v1"
	"k8s.io/apimachinery/pkg/util/intstr"

	"github.com/kgen-dev/kgen/pkg/report"
	"github.com/kgen-dev/kgen/pkg/tree"
)

var serviceTargetPort = Rule{
	ID: "service-target-port", Severity: report.Error, SkipsTests: true, // Warning or Info where it may work
	Kinds: []string{"Service"},
	Doc: Doc{
		Title: "Service leads to a port that the pods do not have",
		Why:   "a name that no container port has leaves the Service without endpoints: the rollout is green and every connection is refused",
		Fix:   "make targetPort the name, or the number, of a port that the container declares",
		Bad: `apiVersion: v1
kind: Service
metadata: {name: web}
spec:
  selector: {app: web}
  ports:
  - port: 80
    targetPort: http # <-
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
        ports: [{name: web, containerPort: 8080}]
`,
		Good: `apiVersion: v1
kind: Service
metadata: {name: web}
spec:
  selector: {app: web}
  ports:
  - port: 80
    targetPort: web
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
        ports: [{name: web, containerPort: 8080}]
`,
		Notes: []string{
			"A name that no selected pod has is an error; one that some have and others lack is a warning.",
			"A number that is not declared is a warning beside one port that is, an info beside several, because a declaration opens nothing, and silent where the pods declare no ports; one that is declared for another protocol is a warning.",
			"Ports of containers that are injected later are not known.",
		},
	},
	Check: func(o *Object, all *Index, r *Reporter) {
		s, isTyped := o.Value.(*corev1.Service)
		if !isTyped {
			return
		}
		selected := slices.DeleteFunc(slices.Clone(all.SelectedByService(o, s)), (*Workload).EndsByItself)
		for i := range s.Spec.Ports {
			checkTargetPort(i, &s.Spec.Ports[i], selected, r)
		}
	},
}

// lackingPort are workloads without a port that a Service leads to, for one reason.
type lackingPort struct {
	reason    string
	severity  report.Severity
	workloads []*Workload
}

// checkTargetPort looks for port i of a Service among the ports of each workload that
// it selects.
func checkTargetPort(i int, p *corev1.ServicePort, selected []*Workload, r *Reporter) {
	target, protocol := targetPort(p), protocolOf(p.Protocol)
	worst := lackingPort{}
	lacking := 0
	for _, w := range selected {
		ports, known := w.ports()
		if !known {
			continue
		}
		reason, severity := lacksPort(ports, target, protocol)
		if reason == "" {
			continue
		}
		lacking++
		if len(worst.workloads) == 0 || severity > worst.severity {
			worst.reason, worst.severity = reason, severity
			worst.workloads = slices.Insert(worst.workloads, 0, w)
		} else {
			worst.workloads = append(worst.workloads, w)
		}
	}
	if lacking == 0 {
		return
	}
	if worst.severity == report.Error && lacking < len(selected) {
		worst.severity = report.Warning
	}
	others := ""
	if lacking > 1 {
		others = fmt.Sprintf(", and %d more lack it", lacking-1)
	}
	f := r.At(tree.P("spec", "ports", i, "targetPort"), "port %s: %s %s%s", target.String(), worst.workloads[0].Ref(), worst.reason, others).As(worst.severity)
	for _, w := range worst.workloads[:min(lacking, mostRelated)] {
		f.And(w.Object, w.In("containers"))
	}
}

// mostRelated are as many objects as somebody looks at.
const mostRelated = 3

// lacksPort says why none of the ports is wanted, and how bad that is; empty where one
// is, or none is declared and a number is wanted.
func lacksPort(ports []declared, target intstr.IntOrString, protocol corev1.Protocol) (reason string, severity report.Severity) {
	other := corev1.Protocol("")
	for i := range ports {
		if d := &ports[i]; d.is(target) {
			if protocolOf(d.Protocol) == protocol {
				return "", 0
			}
			other = protocolOf(d.Protocol)
		}
	}
	severity = report.Error
	if target.Type == intstr.Int && other == "" && len(ports) > 1 {
		severity = report.Info
	} else if target.Type == intstr.Int {
		severity = report.Warning
	}
	switch {
	case other != "":
		return "has it for " + string(other) + ", not " + string(protocol), severity
	case len(ports) > 0:
		return "declares " + firstOf(portTexts(ports), mostListed), severity
	case target.Type == intstr.String:
		return "declares no ports", severity
	}
	return "", 0
}
