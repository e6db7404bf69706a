package org

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/kgen-dev/kgen/pkg/lint"
	"github.com/kgen-dev/kgen/pkg/manifest"
	"github.com/kgen-dev/kgen/pkg/validate/versions"
)

// TestCost demands that an expression that would go on for ever ends, and says so.
func TestCost(t *testing.T) {
	var text strings.Builder
	for i := range 150 {
		fmt.Fprintf(&text, "---\n{apiVersion: v1, kind: ConfigMap, metadata: {name: c%d}}\n", i)
	}
	text.WriteString("---\n" + service + "\n")
	for expression, want := range map[string]string{
		"objects.all(a, objects.all(b, objects.all(c, a.kind + b.kind + c.kind != 'x')))": "the expression does more work than a cluster lets it",
		"objects.all(a, objects.all(b, a.kind != 'x'))":                                   "",
	} {
		rules, sink := compiled(t, `rules: {r: {message: m, kinds: [Service], expression: "`+expression+`"}}`)
		if told := texts(sink.Findings); len(told) > 0 {
			t.Fatal(told)
		}
		got := lintAll(t, rules, lint.NewIndex(lint.Open, versions.Newest, nil, parse(t, text.String())))
		if text := strings.Join(got, "\n"); want == "" && text != "" || !strings.HasSuffix(text, want) {
			t.Errorf("%s: %s", expression, text)
		}
	}
}

// TestBudget demands that a rule that looks at everything for each object ends.
func TestBudget(t *testing.T) {
	rules, _ := compiled(t, "rules: {r: {message: m, expression: \"objects.all(o, o.metadata.name != 'x')\"}}")
	rules.list[0].budget = 30
	text := strings.Repeat("---\n"+service+"\n", 10)
	got := lintAll(t, rules, lint.NewIndex(lint.Open, versions.Newest, nil, parse(t, text)))
	want := []string{"4:1: error r: rule r cannot judge Service/web: it looks at too many others, and stops here, as number 2: compare their kind first"}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

// TestNarrow compares the kinds that an expression over objects looks at.
func TestNarrow(t *testing.T) {
	for expression, want := range map[string]string{
		"objects.exists(o, o.kind == 'A' && o.x)":                                     "A",
		"objects.exists(o, o.x == 1 && 'A' == o.kind || o.kind in ['C', 'B'])":        "A B C",
		"objects.all(o, o.kind != 'A' || o.x == 1)":                                   "A",
		"objects.all(o, !(o.kind == 'A' && o.x))":                                     "A",
		"objects.filter(o, o.kind == 'A').size() > 0":                                 "A",
		"objects.filter(o, o.kind == 'A').exists(o, o.kind == 'B' && o.x)":            "A",
		"objects.exists_one(o, o.kind == 'A' && o.x)":                                 "A",
		"size(objects.map(o, o.kind == 'A', o.metadata)) > 0":                         "A",
		"objects.exists(o, o.kind == 'A') && objects.all(o, !(o.kind in ['B']))":      "A B",
		"[1].exists(x, objects.exists(o, o.kind == 'A' && o.x == x))":                 "A",
		"objects.exists(o, o.kind == 'A' || o.x == 1)":                                "*",
		"objects.exists(o, object.kind == 'A')":                                       "*",
		"objects.exists(o, o.kind == object.kind)":                                    "*",
		"objects.all(o, o.kind == 'A' || o.x == 1)":                                   "*",
		"objects.exists(o, o.kind != 'A')":                                            "*",
		"objects.exists(o, has(o.kind))":                                              "*",
		"objects.exists(o, o.kind in object.kinds)":                                   "*",
		"size(objects.map(o, o.kind)) > 0":                                            "*",
		"objects[0].kind == 'A'":                                                      "*",
		"objects.exists(o, o.kind == 'A') && size(objects) > 1":                       "*",
		"object.items.exists(o, o.kind == 'A')":                                       "",
		"objects.exists(p, objects.exists(o, p.kind == 'A' && o.kind == 'B'))":        "*",
		"[[1]].all(objects, objects.all(o, o == 1))":                                  "",
		"objects.exists(o, o.kind == 'A' && objects.exists(p, p.kind == 'B' && p.x))": "A B",
	} {
		rules, sink := compiled(t, `rules: {r: {message: m, expression: "`+expression+`"}}`)
		if len(rules.list) == 0 {
			t.Errorf("%s: %q", expression, texts(sink.Findings))
			continue
		}
		u := rules.list[0].uses
		got := strings.Join(u.kinds, " ")
		if u.isWide {
			got = "*"
		}
		if got != want || u.objects != (want != "") {
			t.Errorf("%s: %q, want %q", expression, got, want)
		}
	}
}

// TestUnread demands that nothing is said of what could not be read, and that the
// rules see the rest of the object.
func TestUnread(t *testing.T) {
	const text = `apiVersion: apps/v1
kind: Deployment
metadata: {name: web}
spec:
  replicas: many
  template: {spec: {hostNetwork: true}}
`
	for expression, want := range map[string][]string{
		"object.spec.replicas > 1":                                 nil,
		"object.spec.replicas > 1 || object.kind == 'x'":           nil,
		"size(object.spec) == 0":                                   nil,
		"object == null":                                           nil,
		"object.spec.template.spec.?hostNetwork.orValue(0) == 0":   {"6:34: warning r: m"},
		"!has(object.metadata.name) || object.metadata.name == ''": {"3:18: warning r: m"},
	} {
		rules, _ := compiled(t, `rules: {r: {message: m, expression: "`+expression+`"}}`)
		got := lintAll(t, rules, lint.NewIndex(lint.Open, versions.Newest, nil, parse(t, text)))
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%s (-want +got):\n%s", expression, diff)
		}
	}
}

// TestApart demands that objects of another environment are not seen.
func TestApart(t *testing.T) {
	rules, _ := compiled(t, "rules: {r: {message: m, kinds: [Service], expression: \"objects.exists(o, o.kind == 'Pod')\"}}")
	objects := append(parse(t, service), parse(t, service+"\n---\n{apiVersion: v1, kind: Pod, metadata: {name: p}}\n")...)
	objects[0].Dir, objects[1].Dir, objects[2].Dir = "dev", "prod", "prod"
	got := lintAll(t, rules, lint.NewIndex(lint.Open, versions.Newest, nil, objects))
	if diff := cmp.Diff([]string{"1:45: warning r: m"}, got); diff != "" && len(got) != 1 {
		t.Errorf("(-want +got):\n%s", diff)
	}
	objects[0].Dir = "common"
	objects[0].Name = "other"
	if got := lintAll(t, rules, lint.NewIndex(lint.Open, versions.Newest, nil, objects)); len(got) > 0 {
		t.Errorf("found %q", got)
	}
}

// TestResources demands the names of the server for all kinds.
func TestResources(t *testing.T) {
	var names []string
	for _, k := range manifest.Kinds() {
		r, isKnown := resourceOf(lint.GroupKind(k.APIVersion, k.Kind))
		if !isKnown {
			t.Errorf("%s is not known", k.Kind)
		}
		names = append(names, strings.Trim(r.group+"/"+r.version+"/"+r.name, "/"))
	}
	want := `apps/v1/controllerrevisions apps/v1/daemonsets apps/v1/deployments apps/v1/replicasets apps/v1/statefulsets
autoscaling/v2/horizontalpodautoscalers autoscaling/v2/horizontalpodautoscalers batch/v1/cronjobs batch/v1/jobs coordination.k8s.io/v1/leases
discovery.k8s.io/v1/endpointslices networking.k8s.io/v1/ipaddresses networking.k8s.io/v1/ingresses networking.k8s.io/v1/ingressclasses
networking.k8s.io/v1/networkpolicies networking.k8s.io/v1/servicecidrs node.k8s.io/v1/runtimeclasses policy/v1/poddisruptionbudgets
rbac.authorization.k8s.io/v1/clusterroles rbac.authorization.k8s.io/v1/clusterrolebindings rbac.authorization.k8s.io/v1/roles
rbac.authorization.k8s.io/v1/rolebindings scheduling.k8s.io/v1/priorityclasses storage.k8s.io/v1/csidrivers storage.k8s.io/v1/csinodes
storage.k8s.io/v1/csistoragecapacities storage.k8s.io/v1/storageclasses storage.k8s.io/v1/volumeattachments storage.k8s.io/v1/volumeattributesclasses
v1/configmaps v1/endpoints v1/limitranges v1/namespaces v1/nodes v1/persistentvolumes v1/persistentvolumeclaims v1/pods v1/podtemplates
v1/replicationcontrollers v1/resourcequotas v1/secrets v1/services v1/serviceaccounts`
	if diff := cmp.Diff(strings.Fields(want), names); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}
