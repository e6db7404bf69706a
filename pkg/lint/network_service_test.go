package lint

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/kgen-dev/kgen/pkg/report"
	"github.com/kgen-dev/kgen/pkg/tree"
	"github.com/kgen-dev/kgen/pkg/validate/versions"
)

// lines joins manifests of one line each: the first is line 1, the next 3, then 5.
func lines(manifests ...string) string { return strings.Join(manifests, "\n---\n") + "\n" }

// pods is a Deployment in one line.
func pods(name, labels, spec string) string {
	return podsOf("apps/v1", "Deployment", name, labels, spec)
}

func podsOf(apiVersion, kind, name, labels, spec string) string {
	return fmt.Sprintf("{apiVersion: %s, kind: %s, metadata: {name: %s}, spec: {selector: {matchLabels: {%s}}, template: {metadata: {labels: {%s}}, spec: {%s}}}}",
		apiVersion, kind, name, labels, labels, spec)
}

// running is the spec of pods with one container.
func running(image, more string) string {
	return fmt.Sprintf("containers: [{name: main, image: %q, %s}]", image, more)
}

// object is any other manifest in one line.
func object(apiVersion, kind, name, more string) string {
	return fmt.Sprintf("{apiVersion: %s, kind: %s, metadata: {name: %s}, %s}", apiVersion, kind, name, more)
}

func service(name, spec string) string { return object("v1", "Service", name, "spec: {"+spec+"}") }

// directory is manifests in a directory.
type directory struct{ dir, text string }

// checkAcross runs a rule over directories that are linted together.
func checkAcross(t *testing.T, rule *Rule, world World, external []External, want []string, directories ...directory) {
	t.Helper()
	var objects []*Object
	for _, d := range directories {
		for _, o := range parseObjects(t, d.text) {
			o.Dir = d.dir
			objects = append(objects, o)
		}
	}
	var told []string
	for _, f := range Run(NewIndex(world, versions.Newest, external, objects), []Chosen{{Rule: rule}}, 1) {
		told = append(told, fmt.Sprintf("%s/%s: %s: %s", f.Object.Dir, f.Object.Name, f.Severity, f.Message))
	}
	slices.Sort(told)
	if diff := cmp.Diff(want, told); diff != "" {
		t.Errorf("%s (-want +got):\n%s", rule.ID, diff)
	}
}

func TestDanglingService(t *testing.T) {
	web := pods("web", "app: web", running("web:1", ""))
	check(t, &danglingService, []ruleCase{
		{name: "selected", text: lines(service("web", "selector: {app: web}"), web)},
		{name: "all labels count", text: lines(service("web", "selector: {app: web, tier: a}"), web), want: []string{"1: warning: no pods of namespace default have the labels app=web,tier=a"}},
		{name: "closed", world: Closed, text: lines(service("web", "selector: {app: x}"), web), want: []string{"1: error: no pods of namespace default have the labels app=x"}},
		{name: "partial without pods", world: Partial, text: service("web", "selector: {app: x}")},
		{name: "partial with pods", world: Partial, text: lines(service("web", "selector: {app: x}"), web), want: []string{"1: warning: no pods of namespace default have the labels app=x"}},
		{name: "partial without selector", world: Partial, text: lines(service("web", "ports: [{port: 1}]"), web)},
		{name: "labels of controllers", text: lines(service("web", "selector: {app: web, statefulset.kubernetes.io/pod-name: web-0}"), web)},
		{name: "ignored labels", options: map[string]any{"ignored-labels": []string{"color"}}, text: lines(service("web", "selector: {app: web, color: blue}"), web)},
		{name: "ExternalName", text: service("web", "type: ExternalName, externalName: example.com")},
		{name: "no selector", text: service("web", "ports: [{port: 1}]"), want: []string{"1: warning: no selector, and no Endpoints or EndpointSlice for web"}},
		{name: "Endpoints", text: lines(service("web", "ports: [{port: 1}]"), object("v1", "Endpoints", "web", "subsets: []"))},
		{name: "EndpointSlice", text: lines(service("web", "ports: [{port: 1}]"),
			"{apiVersion: discovery.k8s.io/v1, kind: EndpointSlice, metadata: {name: web-1, labels: {kubernetes.io/service-name: web}}, addressType: IPv4, endpoints: []}")},
		{name: "other clusters", text: "{apiVersion: v1, kind: Service, metadata: {name: web, annotations: {service.cilium.io/global: 'true'}}, spec: {selector: {app: x}}}"},
		{name: "another namespace", text: lines("{apiVersion: v1, kind: Service, metadata: {name: web, namespace: shop}, spec: {selector: {app: web}}}", web),
			want: []string{"1: warning: no pods of namespace shop have the labels app=web; those of Deployment/web in namespace default have them"}},
		{name: "default is no namespace", text: lines("{apiVersion: v1, kind: Service, metadata: {name: web, namespace: default}, spec: {selector: {app: web}}}", web)},
		{name: "labels that cannot be read", text: lines(service("web", "selector: {app: web, version: v1}"), pods("web", "app: web, version: 1", running("web:1", "")))},
		{name: "custom resource", text: lines(service("web", "selector: {app: web}"), podsOf("argoproj.io/v1alpha1", "Rollout", "web", "app: web", running("web:1", "")))},
	})
	checkAcross(t, &danglingService, Closed, []External{{Kind: "Pod", Name: "prom*"}, {Kind: "Endpoints", Name: "db"}}, []string{"a/web: error: no pods of namespace default have the labels app=web"},
		directory{"a", lines(service("prometheus", "selector: {app: p}"), service("db", "ports: [{port: 5432}]"), service("web", "selector: {app: web}"))})
}

func TestServiceTargetPort(t *testing.T) {
	to := func(port string) string { return service("web", "selector: {app: web}, ports: [{port: 80, "+port+"}]") }
	web := func(ports string) string { return pods("web", "app: web", running("web:1", "ports: ["+ports+"]")) }
	check(t, &serviceTargetPort, []ruleCase{
		{name: "name", text: lines(to("targetPort: http"), web("{name: http, containerPort: 8080}"))},
		{name: "missing name", text: lines(to("targetPort: http"), web("{name: web, containerPort: 8080}, {containerPort: 9090}")),
			want: []string{"1: error: port http: Deployment/web declares web 8080, 9090"}},
		{name: "name without ports", text: lines(to("targetPort: http"), web("")), want: []string{"1: error: port http: Deployment/web declares no ports"}},
		{name: "name of another protocol", text: lines(to("targetPort: dns, protocol: UDP"), web("{name: dns, containerPort: 53}")),
			want: []string{"1: error: port dns: Deployment/web has it for TCP, not UDP"}},
		{name: "number", text: lines(to("targetPort: 8080"), web("{containerPort: 8080}"))},
		{name: "number not declared", text: lines(to("targetPort: 8081"), web("{containerPort: 8080}")), want: []string{"1: warning: port 8081: Deployment/web declares 8080"}},
		{name: "number not among several", text: lines(to("targetPort: 8081"), web("{containerPort: 8080}, {name: metrics, containerPort: 9090}")),
			want: []string{"1: info: port 8081: Deployment/web declares 8080, metrics 9090"}},
		{name: "several workloads", text: lines(to("targetPort: http"), web("{containerPort: 8080}"), pods("b", "app: web", running("b:1", "")), pods("c", "app: web", running("c:1", ""))),
			want: []string{"1: error: port http: Deployment/web declares 8080, and 2 more lack it"}},
		{name: "number without ports", text: lines(to("targetPort: 8081"), web(""))},
		{name: "number of another protocol", text: lines(to("targetPort: 53, protocol: UDP"), web("{containerPort: 53}")),
			want: []string{"1: warning: port 53: Deployment/web has it for TCP, not UDP"}},
		{name: "no targetPort", text: lines(to(""), web("{containerPort: 8080}")), want: []string{"1: warning: port 80: Deployment/web declares 8080"}},
		{name: "some have it", text: lines(to("targetPort: http"), web("{name: http, containerPort: 8080}"), pods("b", "app: web", running("b:1", ""))),
			want: []string{"1: warning: port http: Deployment/b declares no ports"}},
		{name: "sidecar", text: lines(to("targetPort: proxy"),
			pods("web", "app: web", "initContainers: [{name: p, image: p, restartPolicy: Always, ports: [{name: proxy, containerPort: 1}]}], "+running("web:1", "")))},
		{name: "init container", text: lines(to("targetPort: proxy"),
			pods("web", "app: web", "initContainers: [{name: p, image: p, ports: [{name: proxy, containerPort: 1}]}], "+running("web:1", ""))),
			want: []string{"1: error: port proxy: Deployment/web declares no ports"}},
		{name: "ports that cannot be read", text: lines(to("targetPort: http"), web("{name: http, containerPort: eighty}, {name: 5, containerPort: 5}"))},
		{name: "jobs", text: lines(to("targetPort: http"), podsOf("batch/v1", "Job", "web", "app: web", running("web:1", "")))},
	})
}

func TestServiceSelectsSeveralWorkloads(t *testing.T) {
	shop := service("shop", "selector: {app: shop}")
	ports := "ports: [{containerPort: 8080}]"
	check(t, &serviceSelectsSeveralWorkloads, []ruleCase{
		{name: "canary", text: lines(shop, pods("a", "app: shop, track: stable", running("shop:1", ports)), pods("b", "app: shop, track: canary", running("shop:2", ports))),
			want: []string{"1: info: selects the pods of Deployment/a, Deployment/b"}},
		{name: "other image", text: lines(shop, pods("a", "app: shop", running("shop:1", ports)), pods("b", "app: shop", running("worker:1", ports))),
			want: []string{"1: warning: selects the pods of Deployment/a, Deployment/b"}},
		{name: "other ports", text: lines(shop, pods("a", "app: shop", running("shop:1", ports)), pods("b", "app: shop", running("shop:1", ""))),
			want: []string{"1: warning: selects the pods of Deployment/a, Deployment/b"}},
		{name: "headless", text: lines(service("shop", "clusterIP: None, selector: {app: shop}"), pods("a", "app: shop", running("a:1", "")), pods("b", "app: shop", running("b:1", ""))),
			want: []string{"1: info: selects the pods of Deployment/a, Deployment/b"}},
		{name: "job alone", text: lines(shop, podsOf("batch/v1", "Job", "migrate", "app: shop", running("shop:1", ""))), want: []string{"1: warning: selects the pods of Job/migrate"}},
		{name: "job of the same image", text: lines(shop, pods("a", "app: shop", running("shop:1", "")), podsOf("batch/v1", "Job", "migrate", "app: shop", running("shop:1", ""))),
			want: []string{"1: warning: selects the pods of Deployment/a, Job/migrate"}},
		{name: "one", text: lines(shop, pods("a", "app: shop", running("shop:1", "")))},
	})
	checkAcross(t, &serviceSelectsSeveralWorkloads, Open, nil, nil,
		directory{"base", shop}, directory{"dev", pods("a", "app: shop", running("shop:1", ""))}, directory{"prod", pods("a", "app: shop", running("shop:2", ""))})
}

func TestServicePortInvalid(t *testing.T) {
	check(t, &servicePortInvalid, []ruleCase{
		{name: "two protocols", text: service("dns", "ports: [{name: a, port: 53}, {name: b, port: 53, protocol: UDP}]")},
		{name: "duplicates", text: service("web", "ports: [{name: a, port: 80}, {name: a, port: 80, protocol: TCP}, {port: 70000}]"), want: []string{
			"1: error: another port is 80/TCP as well", "1: error: another port is called a as well",
			"1: error: port 70000 has no name beside other ports", "1: error: port 70000 is not from 1 to 65535"}},
		{name: "ExternalName", text: service("web", "type: ExternalName, externalName: a.b, ports: [{port: 1}, {port: 1}]")},
		{name: "node port", text: service("web", "type: NodePort, ports: [{port: 80, nodePort: 80}]"), want: []string{"1: error: node port 80 is not from 30000 to 32767"}},
		{name: "node port of another range", options: map[string]any{"min-node-port": 80}, text: service("web", "type: NodePort, ports: [{port: 80, nodePort: 80}]")},
		{name: "node port of ClusterIP", text: service("web", "ports: [{port: 80, nodePort: 80}]")},
		{name: "reused", text: lines(service("a", "type: NodePort, ports: [{port: 80, nodePort: 30080}]"), service("b", "type: LoadBalancer, ports: [{port: 80, nodePort: 30080}]")),
			want: []string{"3: error: node port 30080 is that of Service/a as well"}},
	})
	a, b := service("a", "type: NodePort, ports: [{port: 80, nodePort: 30080}]"), service("b", "type: NodePort, ports: [{port: 80, nodePort: 30080}]")
	checkAcross(t, &servicePortInvalid, Open, nil, []string{"b/b: warning: node port 30080 is that of Service/a as well"}, directory{"a", a}, directory{"b", b})
	checkAcross(t, &servicePortInvalid, Closed, nil, []string{"b/b: error: node port 30080 is that of Service/a as well"}, directory{"a", a}, directory{"b", b})
	checkAcross(t, &servicePortInvalid, Open, nil, nil, directory{"a", a}, directory{"b", a})
}

func TestServiceExposedType(t *testing.T) {
	check(t, &serviceExposedType, []ruleCase{
		{name: "default", text: service("web", "ports: [{port: 80}]")},
		{name: "LoadBalancer", text: service("web", "type: LoadBalancer")},
		{name: "forbidden LoadBalancer", options: map[string]any{"forbid": []string{"LoadBalancer"}}, text: service("web", "type: LoadBalancer"), want: []string{"1: info: type is LoadBalancer"}},
		{name: "externalIPs", text: service("web", "externalIPs: [192.0.2.1]"), want: []string{"1: warning: externalIPs 192.0.2.1"}},
	})
}

// TestRelatedObjects names both sides of what does not fit.
func TestRelatedObjects(t *testing.T) {
	objects := parseObjects(t, lines(service("web", "selector: {app: web}, ports: [{port: 80, targetPort: http}]"), pods("web", "app: web", running("web:1", ""))))
	found := Run(NewIndex(Open, versions.Newest, nil, objects), []Chosen{{Rule: &serviceTargetPort}}, 1)
	if len(found) != 1 || found[0].Severity != report.Error || len(found[0].Related) != 1 || found[0].Related[0].Object != objects[1] {
		t.Fatalf("got %+v", found)
	}
	if at := tree.P("spec", "ports", 0, "targetPort"); found[0].At.String() != at.String() {
		t.Errorf("at %s, want %s", found[0].At, at)
	}
}
