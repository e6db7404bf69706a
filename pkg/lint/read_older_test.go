package lint

import (
	"strings"
	"testing"

	"github.com/kgen-dev/kgen/pkg/read"
	"github.com/kgen-dev/kgen/pkg/report"
	"github.com/kgen-dev/kgen/pkg/tree"
)

// oldScaler is an autoscaler of autoscaling/v2beta1; its target stands in line 11.
const oldScaler = `apiVersion: autoscaling/v2beta1
kind: HorizontalPodAutoscaler
metadata: {name: hpa}
spec:
  maxReplicas: 9
  scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: web}
  metrics:
  - type: Resource
    resource:
      name: cpu
      targetAverageUtilization: 100
`

// oldIngress is an Ingress of networking.k8s.io/v1beta1 with backends in lines 6 and 12.
const oldIngress = `apiVersion: networking.k8s.io/v1beta1
kind: Ingress
metadata: {name: web}
spec:
  backend:
    serviceName: gone
    servicePort: 80
  rules:
  - http:
      paths:
      - backend:
          serviceName: web
          servicePort: http
`

// TestOlderVersions finds in manifests of older API versions what it finds in newer
// ones, at the fields as they were called.
func TestOlderVersions(t *testing.T) {
	bare := web("", "", "")
	v2beta2 := strings.NewReplacer("v2beta1", "v2beta2", "targetAverageUtilization: 100", "target: {type: Utilization, averageUtilization: 97}").Replace(oldScaler)
	ofContainer := strings.NewReplacer("Resource", "ContainerResource", "resource:", "containerResource:\n      container: api").Replace(oldScaler)
	check(t, &hpaTargetTooHigh, []ruleCase{
		{name: "v2beta1", text: oldScaler, want: []string{"11: error: cpu target is 100 %"}},
		{name: "v2beta1 of a container", text: ofContainer, want: []string{"12: error: cpu target is 100 %"}},
		{name: "v2beta1 by amount", text: strings.Replace(oldScaler, "targetAverageUtilization: 100", "targetAverageValue: 1", 1)},
		{name: "v2beta1 that cannot be read", text: strings.Replace(oldScaler, ": 100", ": a lot", 1)},
		{name: "v2beta2", text: v2beta2, want: []string{"11: warning: cpu target is 97 %"}},
	})
	check(t, &hpaMissingRequest, []ruleCase{
		{name: "v2beta1", text: oldScaler + bare, want: []string{"13: error: " + noRequest}},
		{name: "v2beta1 of a container", text: ofContainer + bare, want: []string{"10: error: Deployment web has no container api"}},
		{name: "v2beta1 by amount", text: strings.Replace(oldScaler, "targetAverageUtilization: 100", "targetAverageValue: 1", 1) + bare},
	})
	const served = "---\n{apiVersion: v1, kind: Service, metadata: {name: web}, spec: {ports: [{name: web, port: 80}]}}\n"
	lost := []string{"13: error: Service web has no port http, only web 80", "6: warning: there is no Service gone"}
	check(t, &danglingIngress, []ruleCase{
		{name: "v1beta1", text: oldIngress + served, want: lost},
		{name: "extensions", text: strings.Replace(oldIngress, "networking.k8s.io", "extensions", 1) + served, want: lost},
		{name: "found", text: strings.NewReplacer("gone", "web", "http\n", "80\n").Replace(oldIngress) + served},
	})
}

func TestModernSharesNothing(t *testing.T) {
	for _, text := range []string{oldScaler, oldIngress} {
		read.Documents(&tree.Source{Name: "a.yaml"}, []byte(text), &report.Sink{}, func(n *tree.Node) {
			before := string(n.AppendJSON(nil))
			FromNode(n, ".")
			if after := string(n.AppendJSON(nil)); after != before {
				t.Errorf("the manifest was %s, and is %s", before, after)
			}
		})
	}
}

func TestWrittenPaths(t *testing.T) {
	for _, test := range []struct {
		written func(tree.Path) tree.Path
		at      tree.Path
		want    string
	}{
		{writtenMetric, tree.P("spec", "metrics", 1, "resource", "target", "averageUtilization"), "spec.metrics[1].resource.targetAverageUtilization"},
		{writtenMetric, tree.P("spec", "metrics", 1, "resource", "name"), "spec.metrics[1].resource.name"},
		{writtenMetric, tree.P("spec", "maxReplicas"), "spec.maxReplicas"},
		{writtenBackend, tree.P("spec", "defaultBackend", "service", "name"), "spec.backend.serviceName"},
		{writtenBackend, tree.P("spec", "defaultBackend"), "spec.backend"},
		{writtenBackend, tree.P("spec", "rules", 0, "http", "paths", 1, "backend", "service", "port", "number"), "spec.rules[0].http.paths[1].backend.servicePort"},
		{writtenBackend, tree.P("spec", "tls", 0, "hosts"), "spec.tls[0].hosts"},
		{writtenBackend, nil, ""},
	} {
		if got := test.written(test.at).String(); got != test.want {
			t.Errorf("%s is written as %s, want %s", test.at, got, test.want)
		}
	}
}
