package templates_test

import (
	"bytes"
	"testing"

	"sigs.k8s.io/randfill"

	"github.com/kgen-dev/kgen/pkg/tree"
	"github.com/kgen-dev/kgen/schema"
	"github.com/kgen-dev/kgen/templates"
)

// shopFront has what a path in an object may lead to.
const shopFront = `
image: {repository: shop, tag: "1"}
ports: {http: {containerPort: 8080, port: 80}, admin: {containerPort: 9000, expose: false}, metrics: {containerPort: 9090}}
env: {URL: {value: "http://$(HOST)"}, HOST: {value: localhost}, TOKEN: {secret: login, key: token}}
configMaps: {settings: {data: {A: "1"}}}
secrets: {login: {data: {token: {env: TOKEN}}}, account: {type: kubernetes.io/service-account-token, data: {extra: {env: EXTRA}}}}
files: {/etc/shop/app.conf: {content: a}, /etc/shop/key.pem: {secret: {env: KEY}, mode: "0400"}}
volumes: {data: {size: 1Gi, mounts: {/data: {}, /var: {subPath: var}}}}
probes: {readiness: {httpGet: {path: /}}}
autoscaling: {maxReplicas: 3, memory: 80, metrics: [{type: External}]}
extraServices: {peers: {headless: true, ports: {gossip: {port: 7000, targetPort: admin}}}}
ingress: {hosts: {'*': {/: {port: http}}, shop.example.com: {/: {port: http}, /admin: {port: admin}}}, tls: {}}
networkPolicy: {from: [a, b], ingress: [{}], to: [dns, c]}
labels: {team: shop}
podLabels: {canary: "true"}
`

var (
	podPath       = tree.P("spec", "template", "spec")
	containerPath = podPath.With("containers", 0)
)

// shopOrigins are the origins of what is, or is not, in the objects of shopFront.
var shopOrigins = []struct {
	kind, name string
	at         tree.Path
	want       string
	byDefault  string
	isAbove    bool
}{
	{"Deployment", "web", nil, "kind", "kind", false},
	{"Deployment", "web", tree.P("spec"), "", "", false},
	{"Deployment", "web", tree.P("spec", "paused"), "", "", true},
	{"Deployment", "web", tree.P("spec", "strategy"), "strategy", "", false},
	{"Deployment", "web", tree.P("spec", "strategy", "rollingUpdate", "maxSurge"), "strategy.maxSurge", "strategy.maxSurge", false},
	{"Deployment", "web", tree.P("metadata", "labels", "team"), "labels.team", "", false},
	{"Deployment", "web", tree.P("metadata", "labels", "app.kubernetes.io/version"), "image.tag", "labels", false},
	{"Deployment", "web", tree.P("metadata", "labels", "nobody.writes/it"), "labels", "labels", true},
	{"Deployment", "web", tree.P("spec", "template", "metadata", "labels"), "podLabels", "", false},
	{"Deployment", "web", tree.P("spec", "template", "metadata", "labels", "app.kubernetes.io/name"), `selector["app.kubernetes.io/name"]`, "selector", false},
	{"Deployment", "web", containerPath.With("image"), "image", "", false},
	{"Deployment", "web", containerPath.With("stdin"), "", "", true},
	{"Deployment", "web", containerPath.With("ports", 1, "hostPort"), "ports.admin.hostPort", "", false},
	{"Deployment", "web", containerPath.With("ports", 3, "hostPort"), "ports", "", true},
	{"Deployment", "web", containerPath.With("env", 0, "name"), "env.HOST", "", false},
	{"Deployment", "web", containerPath.With("env", 1, "value"), "env.URL.value", "", false},
	{"Deployment", "web", containerPath.With("env", 2, "valueFrom", "secretKeyRef", "key"), "env.TOKEN.key", "env.*.key", false},
	{"Deployment", "web", containerPath.With("resources", "limits", "memory"), "resources.limits.memory", "resources.limits.memory", false},
	{"Deployment", "web", containerPath.With("readinessProbe", "httpGet", "port"), "probes.readiness.httpGet.port", "probes.*.*.port", false},
	{"Deployment", "web", containerPath.With("lifecycle", "preStop", "sleep"), "drainSeconds", "drainSeconds", false},
	{"Deployment", "web", containerPath.With("volumeMounts", 1, "subPath"), `volumes.data.mounts["/var"].subPath`, "", false},
	{"Deployment", "web", containerPath.With("volumeMounts", 2, "mountPath"), "files", "", false},
	{"Deployment", "web", containerPath.With("volumeMounts", 3, "mountPath"), "writable", "writable", false},
	{"Deployment", "web", podPath.With("volumes", 0, "persistentVolumeClaim", "claimName"), "volumes.data", "", false},
	{"Deployment", "web", podPath.With("volumes", 1, "projected", "sources", 1, "secret", "items", 0, "mode"), `files["/etc/shop/key.pem"].mode`, "", false},
	{"ConfigMap", "settings", tree.P("data", "A"), "configMaps.settings.data.A", "", false},
	{"ConfigMap", "web-files", tree.P("data", "app.conf"), `files["/etc/shop/app.conf"].content`, "", false},
	{"Secret", "login", tree.P("data", "token"), "secrets.login.data.token", "", false},
	{"Secret", "login", tree.P("data", "gone"), "secrets.login.data", "", true},
	{"Secret", "account", tree.P("data", "extra"), "secrets.account.data.extra", "", false},
	{"Secret", "account", tree.P("data", "gone"), "secrets.account.type", "", false},
	{"Secret", "account", tree.P("metadata", "annotations", "kubernetes.io/service-account.name"), "secrets.account.type", "", false},
	{"Secret", "web-files", tree.P("data", "key.pem"), `files["/etc/shop/key.pem"].secret`, "", false},
	{"PersistentVolumeClaim", "web-data", tree.P("metadata", "name"), "volumes.data", "", false},
	{"PersistentVolumeClaim", "web-data", tree.P("spec", "accessModes"), "volumes.data.accessModes", "volumes.*.accessModes", false},
	{"HorizontalPodAutoscaler", "web", tree.P("spec", "metrics", 0, "resource", "name"), "autoscaling.memory", "", false},
	{"HorizontalPodAutoscaler", "web", tree.P("spec", "metrics", 1, "external"), "autoscaling.metrics[0].external", "", false},
	{"Service", "web", tree.P("spec", "ports", 1, "port"), "ports.metrics.containerPort", "ports.*.port", false},
	{"Service", "web", tree.P("spec", "ports", 0, "port"), "ports.http.port", "ports.*.port", false},
	{"Service", "web", tree.P("spec", "type"), "service.type", "", false},
	{"Service", "peers", tree.P("spec", "ports", 0, "protocol"), "ports.admin.protocol", "", false},
	{"Service", "peers", tree.P("spec", "clusterIP"), "extraServices.peers.headless", "", false},
	{"Ingress", "web", tree.P("spec", "rules", 1, "http", "paths", 1, "backend", "service", "port", "name"), `ingress.hosts["shop.example.com"]["/admin"].port`, "ingress.hosts.*.*.port", false},
	{"Ingress", "web", tree.P("spec", "tls", 0, "hosts", 0), `ingress.hosts["shop.example.com"]`, "", false},
	{"NetworkPolicy", "web", tree.P("spec", "ingress", 0, "from", 1, "podSelector"), "networkPolicy.from[1]", "", false},
	{"NetworkPolicy", "web", tree.P("spec", "ingress", 0, "ports", 1, "port"), "ports.admin.containerPort", "", false},
	{"NetworkPolicy", "web", tree.P("spec", "ingress", 1, "from"), "networkPolicy.ingress[0].from", "", false},
	{"NetworkPolicy", "web", tree.P("spec", "egress", 0, "to", 0), "networkPolicy.to[1]", "", false},
	{"NetworkPolicy", "web", tree.P("spec", "egress", 1, "ports", 0), "networkPolicy.to", "", false},
	{"NetworkPolicy", "web", tree.P("spec", "policyTypes", 0), "networkPolicy", "", false},
	{"HorizontalPodAutoscaler", "web", tree.P("spec", "scaleTargetRef", "kind"), "kind", "kind", false},
	{"Ingress", "web", tree.P("spec", "defaultBackend", "service", "name"), "ingress.defaultBackend.service", "", false},
	{"RoleBinding", "web", tree.P("subjects", 0, "kind"), "serviceAccount", "", false},
	{"RoleBinding", "web", tree.P("roleRef", "apiGroup"), "serviceAccount.rules", "", false},
	{"RoleBinding", "web", tree.P("roleRef", "name"), "name", "", false},
	{"ClusterRoleBinding", "shop-web", tree.P("metadata", "name"), "name", "", false},
	{"Lease", "web", tree.P("spec"), "", "", true},
}

// TestOriginOfRoleNames: a binding is called as its role is, unless it has a name of its
// own.
func TestOriginOfRoleNames(t *testing.T) {
	s := world(t, service(t, "web", `
image: {repository: shop, tag: "1"}
serviceAccount:
  rules: [{apiGroups: [""], resources: [pods], verbs: [get]}]
  roleName: reader
  clusterRules: [{apiGroups: [""], resources: [nodes], verbs: [get]}]
  clusterRoleName: shop:nodes
  clusterRoleBindingName: shop:web
`)).Services[0].Value
	named, bound := tree.P("metadata", "name"), tree.P("roleRef", "name")
	for _, tt := range []struct {
		kind, name string
		at         tree.Path
		want       string
	}{
		{"Role", "reader", named, "serviceAccount.roleName"},
		{"RoleBinding", "reader", named, "serviceAccount.roleName"},
		{"RoleBinding", "reader", bound, "serviceAccount.roleName"},
		{"ClusterRole", "shop:nodes", named, "serviceAccount.clusterRoleName"},
		{"ClusterRoleBinding", "shop:web", named, "serviceAccount.clusterRoleBindingName"},
		{"ClusterRoleBinding", "shop:web", bound, "serviceAccount.clusterRoleName"},
	} {
		if got := templates.OriginOf(s, tt.kind, tt.name, tt.at); got.Path.String() != tt.want {
			t.Errorf("%s %s: want %s, got %s", tt.kind, tt.at, tt.want, got.Path)
		}
	}
}

func TestOriginOf(t *testing.T) {
	s := world(t, service(t, "web", shopFront)).Services[0].Value
	for _, tt := range shopOrigins {
		got := templates.OriginOf(s, tt.kind, tt.name, tt.at)
		if got.Path.String() != tt.want || got.Default != tt.byDefault || got.IsAbove != tt.isAbove || got.InProject {
			t.Errorf("%s %s %s: want %s %q %v, got %s %q %v", tt.kind, tt.name, tt.at, tt.want, tt.byDefault, tt.isAbove, got.Path, got.Default, got.IsAbove)
		}
	}
}

// TestProjectOrigins asks for what kgen.cue says, in objects of services too.
func TestProjectOrigins(t *testing.T) {
	s := service(t, "web", shopFront)
	w := world(t, s)
	decodeWorld(t, "namespace: {name: shop, create: true, podSecurity: baseline, networkPolicy: deny, labels: {tier: x}}\npartOf: shop\nlabels: {team: shop}", w)
	for _, tt := range []struct {
		kind string
		at   tree.Path
		want string
	}{
		{"Namespace", tree.P("metadata", "name"), "namespace.name"},
		{"Namespace", tree.P("metadata", "labels", "tier"), "namespace.labels.tier"},
		{"Namespace", tree.P("metadata", "labels", "team"), "labels.team"},
		{"Namespace", tree.P("metadata", "labels", "pod-security.kubernetes.io/warn"), "namespace.podSecurity"},
		{"Namespace", tree.P("metadata", "annotations", "argocd.argoproj.io/sync-options"), "namespace.create"},
		{"NetworkPolicy", tree.P("metadata", "labels", "app.kubernetes.io/part-of"), "partOf"},
		{"NetworkPolicy", tree.P("spec", "ingress"), "namespace.networkPolicy"},
	} {
		if got := templates.ProjectOriginOf(w, tt.kind, "", tt.at); got.Path.String() != tt.want || !got.InProject {
			t.Errorf("%s %s: want %s of the project, got %s %v", tt.kind, tt.at, tt.want, got.Path, got.InProject)
		}
	}
	for _, tt := range []struct {
		at   tree.Path
		want string
	}{
		{tree.P("metadata", "namespace"), "namespace.name"},
		{tree.P("metadata", "labels", "app.kubernetes.io/part-of"), "partOf"},
	} {
		if got := templates.OriginOf(s, "Ingress", "web", tt.at); got.Path.String() != tt.want || !got.InProject {
			t.Errorf("Ingress %s: want %s of the project, got %s %v", tt.at, tt.want, got.Path, got.InProject)
		}
	}
}

// kindNames are the kinds of workload.
var kindNames = []string{schema.Deployment, schema.StatefulSet, schema.DaemonSet, schema.Job, schema.CronJob}

// FuzzOriginOf asks for everything in the objects of services that nobody would
// write, and for what they do not have: nothing panics.
func FuzzOriginOf(f *testing.F) {
	for seed := range 32 {
		f.Add(bytes.Repeat([]byte{byte(seed * 7), byte(seed), byte(seed * 31)}, 300+seed), seed-1, "x")
	}
	f.Fuzz(func(t *testing.T, data []byte, index int, key string) {
		fill := randfill.NewFromGoFuzz(data).NilChance(0.3).NumElements(0, 2).MaxDepth(12).Funcs(
			func(**tree.Node, randfill.Continue) {},
			func(**schema.World, randfill.Continue) {},
		)
		s := &schema.Service{World: &schema.World{}}
		fill.Fill(s.World)
		fill.Fill(s)
		s.Kind = kindNames[len(data)%len(kindNames)]
		schema.ApplyDefaults(s)
		for _, o := range templates.Objects(s, sourcesAsValues) {
			kind := o.GetObjectKind().GroupVersionKind().Kind
			for _, l := range leavesOf(t, o) {
				if templates.OriginOf(s, kind, o.GetName(), l.path).IsAbove {
					t.Errorf("%s %s has no rule", kind, l.path)
				}
				for end := range l.path {
					templates.OriginOf(s, kind, o.GetName(), l.path[:end].With(index))
					templates.OriginOf(s, kind, key, l.path[:end].With(key))
				}
			}
		}
		for _, o := range templates.ProjectObjects(s.World) {
			kind := o.GetObjectKind().GroupVersionKind().Kind
			for _, l := range leavesOf(t, o) {
				if origin := templates.ProjectOriginOf(s.World, kind, o.GetName(), l.path); origin.IsAbove || !origin.InProject {
					t.Errorf("%s %s has no rule", kind, l.path)
				}
			}
		}
	})
}
