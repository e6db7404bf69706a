package org

import (
	"fmt"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/kgen-dev/kgen/pkg/lint"
	"github.com/kgen-dev/kgen/pkg/read"
	"github.com/kgen-dev/kgen/pkg/report"
	"github.com/kgen-dev/kgen/pkg/tree"
	"github.com/kgen-dev/kgen/pkg/validate/versions"
	"github.com/kgen-dev/kgen/schema"
)

// compiled are the rules of a configuration in YAML, and the sink with its tree.
func compiled(t testing.TB, text string) (*Rules, *report.Sink) {
	t.Helper()
	sink := &report.Sink{}
	read.Documents(&tree.Source{Name: ".kgen.yaml"}, []byte(text), sink, func(n *tree.Node) { sink.Root = n })
	var config schema.ProjectLint
	for _, mistake := range tree.Decode(sink.Root, &config) {
		t.Fatal(mistake)
	}
	return Compile(config.Rules, tree.P("rules"), versions.Newest, sink), sink
}

// texts are findings as "LINE:COL: severity id: message".
func texts(findings []report.Finding) (lines []string) {
	for i := range findings {
		f := &findings[i]
		lines = append(lines, fmt.Sprintf("%d:%d: %s %s: %s", f.Pos.Line, f.Pos.Col, f.Severity, f.ID, f.Message))
	}
	return lines
}

// lintAll are the findings of rules in manifests, as "LINE:COL: severity id: message".
func lintAll(t testing.TB, rules *Rules, index *lint.Index) (lines []string) {
	t.Helper()
	var chosen []lint.Chosen
	for _, rule := range rules.Lint() {
		chosen = append(chosen, lint.Chosen{Rule: rule})
	}
	findings := lint.Run(index, chosen, 2)
	for i := range findings {
		f := &findings[i]
		pos, _ := f.Object.Locate(f.At)
		lines = append(lines, fmt.Sprintf("%d:%d: %s %s: %s", pos.Line, pos.Col, f.Severity, f.Rule.ID, f.Message))
	}
	return lines
}

// manifests are what the cases judge.
const manifests = `apiVersion: apps/v1
kind: Deployment
metadata: {name: web, labels: {team: shop}}
spec:
  replicas: 1
  template:
    spec:
      hostNetwork: true
      containers:
      - name: web
        image: docker.io/library/web:1
---
apiVersion: v1
kind: Service
metadata: {name: web}
spec: {ports: [{port: 80}]}
---
apiVersion: example.com/v1
kind: Widget
metadata: {name: w}
spec: {size: 3, big: 1.5, names: [a]}
---
apiVersion: v1
kind: Secret
metadata: {name: s}
stringData: {number: hunter2}
`

func TestRules(t *testing.T) {
	for _, tt := range []struct {
		name, rule string
		want       []string
	}{
		{"passes", "kinds: [Deployment], expression: \"object.metadata.labels.team == 'shop'\"", nil},
		{"one path", "kinds: [Deployment], expression: object.spec.replicas >= 2", []string{"5:13: warning r: wrong"}},
		{"common path", "kinds: [Deployment], expression: \"!object.spec.template.spec.hostNetwork || has(object.spec.template.spec.dnsPolicy)\"", []string{"7:5: warning r: wrong"}},
		{"list", "kinds: [Deployment], expression: \"object.spec.template.spec.containers.all(c, c.image.startsWith('ghcr.io/'))\"", []string{"9:7: warning r: wrong"}},
		{"element", "kinds: [Deployment], expression: \"object.spec.template.spec.containers[0].image.startsWith('ghcr.io/')\"", []string{"11:16: warning r: wrong"}},
		{"missing", "kinds: [Deployment], expression: \"object.metadata.?annotations[?'owner'].orValue('') != ''\"", []string{"3:11: warning r: wrong"}},
		{"severity", "kinds: [Deployment.apps], severity: error, expression: 'false'", []string{"1:1: error r: wrong"}},
		{"custom resource", "kinds: [Widget], severity: info, expression: object.spec.size > 3 || object.spec.big > 2.0", []string{"21:7: info r: wrong"}},
		{"custom resource of a group", "kinds: [Widget.example.com], expression: object.spec.size == 4", []string{"21:14: warning r: wrong"}},
		{"another group", "kinds: [Widget.example.org, Deployment.extensions, Service.serving.knative.dev], expression: 'false'", nil},
		{"some kinds", "kinds: [Widget, Service], expression: object.metadata.name == 'x'", []string{"15:18: warning r: wrong", "20:18: warning r: wrong"}},
		{"every kind", "expression: object.metadata.name != 'w'", []string{"20:18: warning r: wrong"}},
		{"other objects", "kinds: [Deployment], expression: \"objects.exists(o, o.kind == 'PodDisruptionBudget' && o.metadata.name == object.metadata.name)\"", []string{"3:18: warning r: wrong"}},
		{"other objects are there", "kinds: [Deployment], expression: \"objects.exists(o, o.kind == 'Service' && o.metadata.name == object.metadata.name)\"", nil},
		{"service", "kinds: [Deployment], expression: service != null && service.name == 'web' && service.replicas == 3", nil},
		{"no service", "kinds: [Service], expression: service == null", nil},
		{"shadowed", "kinds: [Deployment], expression: \"['a'].all(object, object == 'b')\"", []string{"1:1: warning r: wrong"}},
		{"failure", "kinds: [Deployment], severity: info, expression: object.spec.minReadySeconds > 1", []string{
			"4:1: error r: rule r cannot judge Deployment/web: no such key: minReadySeconds, at column 12 of the expression"}},
		{"failure in a block", "kinds: [Service], expression: \"true &&\\n  object.spec.nothing\"", []string{
			"16:7: error r: rule r cannot judge Service/web: no such key: nothing, at line 2, column 14 of the expression"}},
		{"failure in a Secret", "kinds: [Secret], expression: int(object.stringData.number) > 1", []string{
			"26:22: error r: rule r cannot judge Secret/s: it fails at a value, at column 4 of the expression"}},
		{"not a boolean", "kinds: [Widget], expression: \"object.spec.names.all(n, n)\"", []string{
			"21:34: error r: rule r cannot judge Widget/w: no such overload, at column 22 of the expression"}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			rules, sink := compiled(t, "rules: {r: {message: wrong, "+tt.rule+"}}\n")
			if told := texts(sink.Findings); len(told) > 0 {
				t.Fatalf("told %q", told)
			}
			index := lint.NewIndex(lint.Open, versions.Newest, nil, parse(t, manifests))
			index.Objects()[0].Service = "web"
			index.ServiceTree = func(name string) *tree.Node {
				replicas := &tree.Node{Kind: tree.Int, Text: "3"}
				return &tree.Node{Kind: tree.Map, Fields: []tree.Field{{Key: "replicas", Value: replicas}}}
			}
			if diff := cmp.Diff(tt.want, lintAll(t, rules, index)); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

func TestMistakes(t *testing.T) {
	for _, tt := range []struct {
		name, text string
		want       []string
	}{
		{"none", "{}", nil},
		{"syntax", "rules:\n  r:\n    message: m\n    expression: object.spec. > 1\n", []string{
			"4:17: error lint/rule-expression: column 14 of the expression: Syntax error: no viable alternative at input '. >'"}},
		{"type", "rules: {r: {message: m, expression: \"'a' + 1 == 'b'\"}}", []string{
			"1:37: error lint/rule-expression: column 5 of the expression: found no matching overload for '_+_' applied to '(string, int)'"}},
		{"block", "rules:\n  r:\n    message: m\n    expression: |\n      true\n      && nothing.x == 1\n", []string{
			"4:17: error lint/rule-expression: line 2, column 4 of the expression: undeclared reference to 'nothing'"}},
		{"value", "rules: {r: {message: m, expression: size(objects)}}", []string{
			"1:37: error lint/rule-expression: the expression has to be true or false, and is of type int"}},
		{"unknown type", "rules: {r: {message: m, expression: object.spec.hostNetwork}}", []string{
			"1:37: error lint/rule-expression: the expression has to be true or false, and is of type dyn"}},
		{"regular expression", "rules: {r: {message: m, expression: \"'a'.matches('(')\"}}", []string{
			"1:37: error lint/rule-expression: column 13 of the expression: invalid matches argument"}},
		{"of a policy", "rules: {r: {message: m, expression: request.name == 'a'}}", []string{
			"1:37: error lint/rule-expression: column 1 of the expression: undeclared reference to 'request'"}},
		{"ids", "rules: {Team_Label: {message: m, expression: 'true'}, privileged-container: {message: m, expression: 'true'}}", []string{
			`1:9: error lint/rule-id: "Team_Label" is no id of a rule: it consists of small letters, digits and hyphens`,
			"1:55: error lint/rule-id: kgen has a rule privileged-container itself"}},
		{"kinds", "rules: {r: {message: m, kinds: [deployment, Rollout], expression: 'true'}}", []string{
			"1:33: warning lint/rule-kind: there is no kind deployment, did you mean Deployment?"}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			_, sink := compiled(t, tt.text)
			if diff := cmp.Diff(tt.want, texts(sink.Findings)); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

// TestOthersStay demands that a rule with a mistake does not take the others with it,
// and may be named.
func TestOthersStay(t *testing.T) {
	rules, sink := compiled(t, "rules: {a: {message: m, expression: x}, b: {message: m, expression: 'false'}}")
	rules.Test(sink)
	want := []string{
		"1:37: error lint/rule-expression: column 1 of the expression: undeclared reference to 'x'",
		"1:41: warning lint/rule-untested: rule b has no bad and no good example",
	}
	if diff := cmp.Diff(want, texts(sink.Findings)); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	got := lintAll(t, rules, lint.NewIndex(lint.Open, versions.Newest, nil, parse(t, service)))
	if diff := cmp.Diff([]string{"1:1: warning b: m"}, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	if _, left := rules.Policies(choose(rules), versions.Newest); len(left) != 2 || left[0] != (Left{"a", "its expression has a mistake"}) {
		t.Errorf("left: %v", left)
	}
}
