package diff_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/kgen-dev/kgen/pkg/diff"
	"github.com/kgen-dev/kgen/pkg/lint"
	"github.com/kgen-dev/kgen/pkg/read"
	"github.com/kgen-dev/kgen/pkg/report"
	"github.com/kgen-dev/kgen/pkg/tree"
	"github.com/kgen-dev/kgen/pkg/validate"
)

func objects(text string) (all []*diff.Object) {
	read.Documents(&tree.Source{}, []byte(text), &report.Sink{}, func(document *tree.Node) {
		validate.Elements(document, func(n *tree.Node) {
			if n.Get("apiVersion") != nil && n.Get("kind") != nil {
				all = append(all, &diff.Object{Object: lint.FromNode(n, "").Object})
			}
		})
	})
	return all
}

func printed(t *testing.T, in diff.Input) string {
	t.Helper()
	changes, foreign := diff.Compare(in)
	r := &diff.Result{}
	r.Add("", changes, foreign)
	var b strings.Builder
	if err := (diff.Text{}).Print(&b, r); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

const (
	deployment = "{apiVersion: apps/v1, kind: Deployment, metadata: {name: web}, spec: {selector: {matchLabels: {app: web}}, template: {metadata: {labels: {app: web}}, spec: {containers: [{name: web, image: 'web:1'}]}}}}"
	service    = "{apiVersion: v1, kind: Service, metadata: {name: web}, spec: {ports: [{port: 80, name: http}, {port: 53, protocol: UDP, name: dns}, {port: 53, protocol: TCP, name: dns-tcp}]}}"
	stateful   = "{apiVersion: apps/v1, kind: StatefulSet, metadata: {name: db}, spec: {serviceName: db, selector: {matchLabels: {app: db}}, template: {metadata: {labels: {app: db}}, spec: {containers: [{name: db, image: 'db:1'}]}}, volumeClaimTemplates: [{metadata: {name: data}, spec: {accessModes: [ReadWriteOnce], resources: {requests: {storage: 1Gi}}}}]}}"
	ingress    = "{apiVersion: networking.k8s.io/v1, kind: Ingress, metadata: {name: web}, spec: {rules: [{host: a.example, http: {paths: [{path: /a, pathType: Prefix, backend: {service: {name: web, port: {number: 80}}}}, {path: /b, pathType: Prefix, backend: {service: {name: web, port: {number: 80}}}}]}}]}}"
	definition = "{apiVersion: apiextensions.k8s.io/v1, kind: CustomResourceDefinition, metadata: {name: foos.a.example}, spec: {group: a.example, names: {kind: Foo, plural: foos}, scope: Namespaced, versions: [{name: v1, served: true, storage: true, schema: {openAPIV3Schema: {type: object}}}]}}"
	account    = "{apiVersion: v1, kind: ServiceAccount, metadata: {name: web}}"
	liveMeta   = "uid: 5b1, resourceVersion: '9', generation: 3, creationTimestamp: '2026-01-01T00:00:00Z', managedFields: [{manager: kubectl}]"
)

func TestCompare(t *testing.T) {
	with := func(text string, pairs ...string) string { return strings.NewReplacer(pairs...).Replace(text) }
	for _, test := range []struct{ name, old, now, want string }{
		{"nothing", deployment, deployment, ""},
		{"defaults that are written out", deployment, with(deployment, "spec: {selector", "spec: {replicas: 1, progressDeadlineSeconds: 600, selector", "image: 'web:1'", "image: 'web:1', imagePullPolicy: IfNotPresent"), ""},
		{"quantities that are the same", with(deployment, "image: 'web:1'", "image: 'web:1', resources: {limits: {cpu: 1000m, memory: 1024Mi}}"), with(deployment, "image: 'web:1'", "image: 'web:1', resources: {limits: {cpu: '1', memory: 1Gi}}"), ""},
		{"the token that an account gives anyway", account, with(account, "}}", "}, automountServiceAccountToken: true}"), ""},
		{"an account by its former name", with(deployment, "containers:", "serviceAccount: web, containers:"), with(deployment, "containers:", "serviceAccountName: web, containers:"), ""},
		{"an account by both names", with(deployment, "containers:", "serviceAccount: web, serviceAccountName: web, containers:"), with(deployment, "containers:", "serviceAccountName: web, containers:"), ""},
		{"no token", account, with(account, "}}", "}, automountServiceAccountToken: false}"), `
~ ServiceAccount/web
  + automountServiceAccountToken: false
0 added, 1 changed, 0 removed
`},
		{"a default that is written otherwise", deployment, with(deployment, "spec: {selector", "spec: {replicas: 3, selector"), `
~ Deployment/web
  ~ spec.replicas: 1 (default) -> 3
0 added, 1 changed, 0 removed
`},
		{"an image and a container", deployment, with(deployment, "image: 'web:1'}]", "image: 'web:2'}, {name: side, image: 'side:1', ports: [{containerPort: 8080}]}]"), `
~ Deployment/web
    ! restarts-pods: spec.template: its pods are replaced, one after another
  ~ spec.template.spec.containers[web].image: web:1 -> web:2
  + spec.template.spec.containers[side]: {name: side, image: side:1, ports: [{containerPort: 8080}]}
0 added, 1 changed, 0 removed; 1 needs care
`},
		{"the order of variables", with(deployment, "image: 'web:1'", "image: 'web:1', env: [{name: A, value: '1'}, {name: B, value: '2'}]"), with(deployment, "image: 'web:1'", "image: 'web:1', env: [{name: B, value: '2'}, {name: A, value: '1'}]"), `
~ Deployment/web
    ! restarts-pods: spec.template: its pods are replaced, one after another
  ~ spec.template.spec.containers[web].env: order [A, B] -> [B, A]
0 added, 1 changed, 0 removed; 1 needs care
`},
		{"a selector", deployment, with(deployment, "app: web", "app: api"), `
~ Deployment/web
    ! refused: spec.selector: the API server refuses the update: field is immutable
  ~ spec.selector.matchLabels.app: web -> api
  ~ spec.template.metadata.labels.app: web -> api
0 added, 1 changed, 0 removed; 1 needs care
`},
		{"what the server says of claim templates", with(stateful, "metadata: {name: db}", "metadata: {name: db, "+liveMeta+"}", "[{metadata", "[{apiVersion: v1, kind: PersistentVolumeClaim, status: {phase: Pending}, metadata"), stateful, ""},
		{"and an image with them", with(stateful, "metadata: {name: db}", "metadata: {name: db, "+liveMeta+"}", "[{metadata", "[{apiVersion: v1, kind: PersistentVolumeClaim, status: {phase: Pending}, metadata"), with(stateful, "db:1", "db:2"), `
~ StatefulSet/db
    ! restarts-pods: spec.template: its pods are replaced, one after another
  ~ spec.template.spec.containers[db].image: db:1 -> db:2
0 added, 1 changed, 0 removed; 1 needs care
`},
		{"what the server says of a CRD", with(definition, "{name: foos.a.example}", "{name: foos.a.example, "+liveMeta+"}", "kind: Foo", "kind: Foo, listKind: FooList, singular: foo", "scope:", "conversion: {strategy: None}, scope:"), definition, ""},
		{"a variable that is a secret by its name", with(deployment, "image: 'web:1'", "image: 'web:1', env: [{name: DB_PASSWORD, value: hunter2}, {name: API_TOKEN, value: hunter2}]"),
			with(deployment, "image: 'web:1'", "image: 'web:1', env: [{name: DB_PASSWORD, valueFrom: {secretKeyRef: {name: db, key: password}}}, {name: API_TOKEN, value: hunter3}, {name: MY_SECRET, value: hunter4}]"), `
~ Deployment/web
    ! restarts-pods: spec.template: its pods are replaced, one after another
  + spec.template.spec.containers[web].env[DB_PASSWORD].valueFrom: {secretKeyRef: {name: db, key: password}}
  - spec.template.spec.containers[web].env[DB_PASSWORD].value: (not shown)
  ~ spec.template.spec.containers[web].env[API_TOKEN].value: changed (not shown)
  + spec.template.spec.containers[web].env[MY_SECRET]: {name: MY_SECRET, value: (not shown)}
0 added, 1 changed, 0 removed; 1 needs care
`},
		{"a path that is no longer served", ingress, with(ingress, ", {path: /b, pathType: Prefix, backend: {service: {name: web, port: {number: 80}}}}", ""), `
~ Ingress/web
    ! traffic: spec.rules[a.example].http.paths[/b]: no longer served
  - spec.rules[a.example].http.paths[/b]: {path: /b, pathType: Prefix, backend: {service: {name: web, port: {number: 80}}}}
0 added, 1 changed, 0 removed; 1 needs care
`},
		{"ports of one number", service, with(service, "port: 53, protocol: TCP", "port: 53, targetPort: 5353, protocol: TCP"), `
~ Service/web
  ~ spec.ports[dns-tcp].targetPort: 53 (default) -> 5353
0 added, 1 changed, 0 removed
`},
		{"a port that is gone", service, with(service, "{port: 80, name: http}, ", ""), `
~ Service/web
    ! traffic: spec.ports[http]: port 80 is no longer served
  - spec.ports[http]: {name: http, port: 80}
0 added, 1 changed, 0 removed; 1 needs care
`},
		{"a headless service", service, with(service, "ports:", "clusterIP: None, ports:"), `
~ Service/web
    ! refused: spec.clusterIPs[0]: the API server refuses the update: may not change once set
  + spec.clusterIP: None
0 added, 1 changed, 0 removed; 1 needs care
`},
		{"no more headless", with(service, "ports:", "clusterIP: None, ports:"), service, `
~ Service/web
    ! refused: spec.clusterIP: the API server keeps None; delete the Service and create it anew
  - spec.clusterIP: None
0 added, 1 changed, 0 removed; 1 needs care
`},
		{"a removed claim", "{apiVersion: v1, kind: PersistentVolumeClaim, metadata: {name: data}}", "", `
- PersistentVolumeClaim/data
    ! data: its data may be lost
0 added, 0 changed, 1 removed; 1 needs care
`},
		{"a renamed one", deployment, with(deployment, "name: web}, spec", "name: shop}, spec"), `
+ Deployment/shop
    ! renamed: it seems to be what Deployment/web was
- Deployment/web
    ! replicas: its pods stop with it
    ! renamed: it seems to become Deployment/shop
1 added, 0 changed, 1 removed; 2 need care
`},
		{"text", "{apiVersion: v1, kind: ConfigMap, metadata: {name: a}, data: {f: \"a\\nb\\nc\\n\", g: x}}", "{apiVersion: v1, kind: ConfigMap, metadata: {name: a}, data: {f: \"a\\nB\\nc\\n\", h: \"\\e[1m\"}}", `
~ ConfigMap/a
  ~ data.f:
      @@ -1,3 +1,3 @@
       a
      -b
      +B
       c
  + data.h: "\x1B[1m"
  - data.g: x
0 added, 1 changed, 0 removed
`},
		{"an older version", "{apiVersion: autoscaling/v1, kind: HorizontalPodAutoscaler, metadata: {name: a}, spec: {maxReplicas: 3, targetCPUUtilizationPercentage: 70, scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: a}}}",
			"{apiVersion: autoscaling/v2, kind: HorizontalPodAutoscaler, metadata: {name: a}, spec: {maxReplicas: 3, metrics: [{type: Resource, resource: {name: cpu, target: {type: Utilization, averageUtilization: 70}}}], scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: a}}}", ""},
		{"a custom resource", "{apiVersion: example.com/v1, kind: Thing, metadata: {name: a}, spec: {size: 1, list: [{name: x, v: 1}]}, status: {ok: true}}", "{apiVersion: example.com/v1, kind: Thing, metadata: {name: a}, spec: {size: 1.0, list: [{name: x, v: 2}]}}", `
~ Thing/a
  ~ spec.list[x].v: 1 -> 2
0 added, 1 changed, 0 removed
`},
	} {
		got := printed(t, diff.Input{Old: objects(test.old), New: objects(test.now)})
		if d := cmp.Diff(strings.TrimPrefix(test.want, "\n"), got); d != "" {
			t.Errorf("%s (-want +got):\n%s", test.name, d)
		}
	}
}

// TestFromCluster compares with what kubectl get prints.
func TestFromCluster(t *testing.T) {
	for _, test := range []struct{ name, old, now, want string }{
		{"what the server sets", strings.NewReplacer("name: web}, spec", liveMeta+", name: web, namespace: shop, annotations: {deployment.kubernetes.io/revision: '4'}}, status: {replicas: 1}, spec", "spec: {selector", "spec: {replicas: 5, selector",
			"containers:", "serviceAccountName: web, serviceAccount: web, schedulerName: default-scheduler, dnsPolicy: ClusterFirst, containers:").Replace(deployment),
			strings.Replace(deployment, "containers:", "serviceAccountName: web, containers:", 1), ""},
		{"addresses", strings.NewReplacer("name: web}, spec", liveMeta+", name: web}, spec", "ports:", "clusterIP: 10.0.0.7, clusterIPs: [10.0.0.7], ipFamilies: [IPv4], ipFamilyPolicy: SingleStack, type: NodePort, ports:", "port: 80,", "port: 80, nodePort: 30123,").Replace(service),
			strings.Replace(service, "ports:", "type: NodePort, ports:", 1), ""},
		{"what somebody else applied", strings.NewReplacer("name: web}, spec", liveMeta+`, name: web, labels: {theirs: x, ours: v}, annotations: {kubectl.kubernetes.io/last-applied-configuration: '{"metadata":{"name":"web","labels":{"ours":"v"}}}'}}, spec`).Replace(service), service, `
~ Service/web
  - metadata.labels.ours: v
0 added, 1 changed, 0 removed
`},
		{"what nobody says who applied", strings.NewReplacer("name: web}, spec", liveMeta+`, name: web, labels: {theirs: x}}, spec`).Replace(service), service, `
~ Service/web
  - metadata.labels.theirs: x
0 added, 1 changed, 0 removed
`},
		{"others", "{apiVersion: v1, kind: ConfigMap, metadata: {name: other, " + liveMeta + "}}\n---\n{apiVersion: v1, kind: ConfigMap, metadata: {name: ours, labels: {app.kubernetes.io/managed-by: kgen}, " + liveMeta + "}}", "", `
- ConfigMap/ours
0 added, 0 changed, 1 removed
`},
	} {
		got := printed(t, diff.Input{Old: objects(test.old), New: objects(test.now)})
		if d := cmp.Diff(strings.TrimPrefix(test.want, "\n"), got); d != "" {
			t.Errorf("%s (-want +got):\n%s", test.name, d)
		}
	}
}

// TestSecretsAreNotShown compares Secrets of every form in all formats.
func TestSecretsAreNotShown(t *testing.T) {
	const canary = "canaryofasecret"
	forms := []string{
		"stringData: {a: " + canary + "}", "data: {a: " + canary + "}", "data: " + canary, "stringData: [" + canary + "]", "data: {a: {b: " + canary + "}}", "",
		"metadata: {name: s, annotations: {kubectl.kubernetes.io/last-applied-configuration: '" + canary + "'}}", "stringData: {a: other}", "immutable: true\nstringData: {a: " + canary + "}",
	}
	for _, apiVersion := range []string{"v1", "v2", "example.com/v1"} {
		for _, a := range forms {
			for _, b := range forms {
				head := "apiVersion: " + apiVersion + "\nkind: Secret\nmetadata: {name: s}\n"
				changes, n := diff.Compare(diff.Input{Old: objects(head + a), New: objects(head + b)})
				gone, _ := diff.Compare(diff.Input{Old: objects(head + a)})
				r := &diff.Result{}
				r.Add("", append(changes, gone...), n)
				var out strings.Builder
				for _, err := range []error{(diff.Text{}).Print(&out, r), (diff.Markdown{}).Print(&out, r), (diff.JSON{}).Print(&out, r)} {
					if err != nil {
						t.Fatal(err)
					}
				}
				if strings.Contains(out.String(), canary) || strings.Contains(out.String(), "Y2FuYXJ5") {
					t.Errorf("%s\n---\n%s\n%s", a, b, out.String())
				}
			}
		}
	}
}

func TestMarkdownHasRoom(t *testing.T) {
	var old, now strings.Builder
	for i := range 3000 {
		name := strings.Repeat("x", i%50) + "-" + strings.Repeat("y", i/50)
		old.WriteString("---\n{apiVersion: v1, kind: ConfigMap, metadata: {name: a" + name + "}, data: {a: '```@everyone'}}\n")
		now.WriteString("---\n{apiVersion: v1, kind: ConfigMap, metadata: {name: a" + name + "}, data: {a: b}}\n")
	}
	changes, _ := diff.Compare(diff.Input{Old: objects(old.String()), New: objects(now.String())})
	r := &diff.Result{}
	r.Add("prod", changes, 0)
	var b strings.Builder
	if err := (diff.Markdown{}).Print(&b, r); err != nil {
		t.Fatal(err)
	}
	if b.Len() > 65_000 || !strings.Contains(b.String(), "Not shown, for a comment has no more room: 0 added, ") || !strings.Contains(b.String(), "````diff") {
		t.Errorf("%d bytes: %s", b.Len(), b.String()[:500])
	}
}

// What changes alike in two projects happens to two objects.
func TestProjectsStayApart(t *testing.T) {
	r := &diff.Result{}
	for _, namespace := range []string{"a", "b"} {
		r.Begin()
		in := func(text string) []*diff.Object {
			return objects(strings.Replace(text, "{name: web}", "{name: web, namespace: "+namespace+"}", 1))
		}
		changes, foreign := diff.Compare(diff.Input{Old: in(deployment), New: in(strings.Replace(deployment, "web:1", "web:2", 1))})
		r.Add("", changes, foreign)
	}
	var b strings.Builder
	if err := (diff.Text{}).Print(&b, r); err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"~ Deployment/web in a\n", "~ Deployment/web in b\n", "0 added, 2 changed, 0 removed"} {
		if !strings.Contains(b.String(), want) {
			t.Errorf("%q is missing in\n%s", want, b.String())
		}
	}
}
