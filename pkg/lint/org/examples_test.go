package org

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

const service = "{apiVersion: v1, kind: Service, metadata: {name: web}}"

func TestExamples(t *testing.T) {
	for _, tt := range []struct {
		name, text string
		want       []string
	}{
		{"right", `rules:
  r:
    message: m
    kinds: [Service]
    expression: "'team' in object.metadata.?labels.orValue({})"
    bad:
    - ` + service + `
    good:
    - {apiVersion: v1, kind: Service, metadata: {name: web, labels: {team: a}}}
`, nil},
		{"wrong", `rules:
  r:
    message: m
    kinds: [Service, Ingress]
    expression: "!has(object.metadata.labels)"
    bad:
    - {apiVersion: v1, kind: Service, metadata: {name: web, labels: {team: a}}}
    - ` + service + `
    - {apiVersion: v1, kind: Pod, metadata: {name: web}}
    - {kind: Service}
    - {spec: {}}
    good:
    - {apiVersion: v1, kind: Service, metadata: {name: web, labels: {team: a}}}
    - {apiVersion: v1, kind: Service}
    - []
`, []string{
			"8:7: error lint/rule-example: rule r does not find the bad example",
			"9:7: error lint/rule-example: rule r does not look at the example, which is a Pod",
			"10:7: error lint/rule-example: an example is a manifest, with apiVersion and kind, or has one under object, beside objects and service",
			"11:7: error lint/rule-example: an example is a manifest, with apiVersion and kind, or has one under object, beside objects and service",
			"13:7: error lint/rule-example: rule r finds the good example",
			"15:7: error lint/rule-example: an example is a manifest, with apiVersion and kind, or has one under object, beside objects and service",
		}},
		{"untested", `rules:
  a: {message: m, expression: "true"}
  b: {message: m, expression: "true", good: [` + service + `]}
  c: {message: m, expression: "false", bad: [` + service + `]}
`, []string{
			"2:3: warning lint/rule-untested: rule a has no bad and no good example",
			"3:3: warning lint/rule-untested: rule b has no bad example",
			"4:3: warning lint/rule-untested: rule c has no good example",
		}},
		{"failure", `rules:
  r:
    message: m
    expression: object.spec.replicas > 1
    bad: [` + service + `]
    good: [{apiVersion: apps/v1, kind: Deployment, metadata: {name: a}, spec: {replicas: 2}}]
`, []string{"5:11: error lint/rule-example: rule r cannot judge the example Service/web: no such key: replicas, at column 12 of the expression"}},
		{"beside others", `rules:
  r:
    message: m
    expression: objects.exists(o, o.kind == 'Deployment' && o.metadata.name == object.metadata.name) || service != null && service.kind == 'worker'
    bad:
    - ` + service + `
    - object: ` + service + `
      objects: [{apiVersion: apps/v1, kind: Deployment, metadata: {name: other}}]
      service: {kind: web}
    good:
    - object: ` + service + `
      objects: [{apiVersion: apps/v1, kind: Deployment, metadata: {name: web}}]
    - object: ` + service + `
      service: {kind: worker}
    - apiVersion: v1
      kind: List
      items:
      - ` + service + `
      - {apiVersion: apps/v1, kind: Deployment, metadata: {name: web}}
`, nil},
	} {
		t.Run(tt.name, func(t *testing.T) {
			rules, sink := compiled(t, tt.text)
			rules.Test(sink)
			if diff := cmp.Diff(tt.want, texts(sink.Findings)); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}
