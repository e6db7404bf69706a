package lint

import (
	"fmt"
	"testing"
)

func TestConfigReferences(t *testing.T) {
	uses := func(spec string) string { return pods("web", "app: web", spec) }
	env := func(from string) string { return uses(running("web:1", "env: [{name: A, valueFrom: {"+from+"}}]")) }
	missing := func(kind string) []string {
		return []string{"1: warning: there is no " + kind + " conf"}
	}
	check(t, &configRefMissingObject, []ruleCase{
		{name: "env", text: env("configMapKeyRef: {name: conf, key: a}"), want: missing("ConfigMap")},
		{name: "env of a Secret, closed", world: Closed, text: env("secretKeyRef: {name: conf, key: a}"), want: []string{"1: error: there is no Secret conf"}},
		{name: "partial", world: Partial, text: env("secretKeyRef: {name: conf, key: a}")},
		{name: "optional", text: env("secretKeyRef: {name: conf, key: a, optional: true}")},
		{name: "envFrom", text: uses(running("web:1", "envFrom: [{secretRef: {name: conf}}, {configMapRef: {name: x, optional: true}}]")), want: missing("Secret")},
		{name: "volumes", text: uses("volumes: [{name: a, secret: {secretName: conf}}], " + running("web:1", "")), want: missing("Secret")},
		{name: "projected", text: uses("volumes: [{name: a, projected: {sources: [{configMap: {name: conf}}, {secret: {name: x, optional: true}}]}}], " + running("web:1", "")),
			want: missing("ConfigMap")},
		{name: "csi", text: uses("volumes: [{name: a, csi: {driver: d, nodePublishSecretRef: {name: conf}}}], " + running("web:1", "")), want: missing("Secret")},
		{name: "pull secret", text: uses("imagePullSecrets: [{name: conf}], " + running("web:1", "")), want: []string{"1: info: there is no Secret conf"}},
		{name: "slip", text: lines(env("configMapKeyRef: {name: conf, key: a}"), object("v1", "ConfigMap", "config", ""), object("v1", "ConfigMap", "conv", "")),
			want: []string{`1: warning: there is no ConfigMap conf, did you mean "conv"?`}},
		{name: "once", text: uses(running("web:1", "envFrom: [{secretRef: {name: conf}}, {secretRef: {name: conf}}]")), want: missing("Secret")},
		{name: "in every namespace", text: env("configMapKeyRef: {name: kube-root-ca.crt, key: ca.crt}")},
		{name: "ExternalSecret", text: lines(env("secretKeyRef: {name: conf, key: a}"), object("external-secrets.io/v1", "ExternalSecret", "conf", "spec: {}"))},
		{name: "SopsSecret", text: lines(env("secretKeyRef: {name: conf, key: a}"), object("isindir.github.com/v1alpha3", "SopsSecret", "x", "spec: {secretTemplates: [{name: y}, {}, {name: conf}]}"))},
		{name: "SecretProviderClass", text: lines(env("secretKeyRef: {name: conf, key: a}"), object("secrets-store.csi.x-k8s.io/v1", "SecretProviderClass", "x", "spec: {secretObjects: [{secretName: y}, {secretName: conf}]}"))},
		{name: "generator", text: lines(env("configMapKeyRef: {name: conf, key: a}"),
			"{apiVersion: kustomize.config.k8s.io/v1beta1, kind: Kustomization, configMapGenerator: [{name: x}, {name: conf, literals: [a=b]}]}")},
		{name: "test of a chart", text: "{apiVersion: v1, kind: Pod, metadata: {name: t, annotations: {helm.sh/hook: test-success}}, spec: {imagePullSecrets: [{name: conf}], containers: []}}"},
		{name: "name that cannot be read", text: env("secretKeyRef: {name: 5, key: a}")},
	})
	checkAcross(t, &configRefMissingObject, Closed, []External{{Kind: "Secret", Name: "co*", Namespace: "default"}}, nil, directory{"a", env("secretKeyRef: {name: conf, key: a}")})

	conf := object("v1", "ConfigMap", "conf", "data: {a: x}, binaryData: {b: eA==}")
	secret := object("v1", "Secret", "conf", "data: {a: eA==}, stringData: {b: x, c: 5}")
	key := func(kind, name string) string { return fmt.Sprintf("%s: {name: conf, key: %s}", kind, name) }
	check(t, &configRefMissingKey, []ruleCase{
		{name: "there", text: lines(env(key("configMapKeyRef", "a")), conf)},
		{name: "binary", text: lines(env(key("configMapKeyRef", "b")), conf)},
		{name: "missing", text: lines(env(key("configMapKeyRef", "x")), conf), want: []string{"1: error: ConfigMap conf has no key x"}},
		{name: "missing, partial", world: Partial, text: lines(env(key("configMapKeyRef", "x")), conf), want: []string{"1: error: ConfigMap conf has no key x"}},
		{name: "Secret", text: lines(env(key("secretKeyRef", "b")), secret)},
		{name: "value that cannot be read", text: lines(env(key("secretKeyRef", "c")), secret)},
		{name: "missing in a Secret", text: lines(env(key("secretKeyRef", "x")), secret), want: []string{"1: error: Secret conf has no key x"}},
		{name: "optional", text: lines(env("secretKeyRef: {name: conf, key: x, optional: true}"), secret)},
		{name: "no object", text: env(key("secretKeyRef", "x"))},
		{name: "made by a controller", text: lines(env(key("secretKeyRef", "x")), object("bitnami.com/v1alpha1", "SealedSecret", "conf", "spec: {}"))},
		{name: "items", text: lines(uses("volumes: [{name: v, configMap: {name: conf, items: [{key: a, path: a}, {key: x, path: x}]}}], "+running("web:1", "")), conf),
			want: []string{"1: error: ConfigMap conf has no key x"}},
		{name: "projected items", text: lines(uses("volumes: [{name: v, projected: {sources: [{secret: {name: conf, items: [{key: x, path: x}]}}]}}], "+running("web:1", "")), secret),
			want: []string{"1: error: Secret conf has no key x"}},
	})
}

func TestConfigReferencePaths(t *testing.T) {
	objects := parseObjects(t, pods("web", "app: web", `volumes: [{name: v, projected: {sources: [{secret: {name: conf, items: [{key: x, path: x}]}}]}}], `+
		running("web:1", "env: [{name: A, valueFrom: {secretKeyRef: {name: s, key: k}}}]")))
	var paths []string
	eachConfigRef(NewIndex(Open, 36, nil, objects).Workload(objects[0]), func(ref configRef) {
		at := ref.nameAt()
		if ref.key != "" {
			at = ref.keyAt()
		}
		paths = append(paths, at.String())
	})
	want := "[spec.template.spec.containers[0].env[0].valueFrom.secretKeyRef.key " +
		"spec.template.spec.volumes[0].projected.sources[0].secret.name spec.template.spec.volumes[0].projected.sources[0].secret.items[0].key]"
	if got := fmt.Sprint(paths); got != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
}

func TestDanglingServiceAccount(t *testing.T) {
	uses := func(spec string) string { return pods("web", "app: web", spec+", "+running("web:1", "")) }
	account := "{apiVersion: v1, kind: ServiceAccount, metadata: {name: web, namespace: default}}"
	check(t, &danglingServiceAccount, []ruleCase{
		{name: "missing", text: uses("serviceAccountName: web"), want: []string{"1: warning: there is no ServiceAccount web"}},
		{name: "missing, closed", world: Closed, text: uses("serviceAccountName: web"), want: []string{"1: error: there is no ServiceAccount web"}},
		{name: "missing, partial", world: Partial, text: uses("serviceAccountName: web")},
		{name: "old field", text: uses("serviceAccount: web"), want: []string{"1: warning: there is no ServiceAccount web"}},
		{name: "default", text: uses("serviceAccountName: default")},
		{name: "unset", text: pods("web", "app: web", running("web:1", ""))},
		{name: "there", text: lines(uses("serviceAccountName: web"), account)},
	})
}

func TestRBACDanglingRole(t *testing.T) {
	bind := func(kind, roleKind, role, subject string) string {
		return object("rbac.authorization.k8s.io/v1", kind, "b", "roleRef: {kind: "+roleKind+", name: '"+role+"'}, subjects: [{"+subject+"}]")
	}
	user := "kind: User, name: jane"
	account := "{apiVersion: v1, kind: ServiceAccount, metadata: {name: web, namespace: shop}}"
	check(t, &rbacDanglingRole, []ruleCase{
		{name: "built in", text: lines(bind("RoleBinding", "ClusterRole", "view", user), bind("ClusterRoleBinding", "ClusterRole", "system:node", user))},
		{name: "view as a Role", text: bind("RoleBinding", "Role", "view", user), want: []string{"1: warning: there is no Role view"}},
		{name: "ClusterRole", text: bind("ClusterRoleBinding", "ClusterRole", "x", user), want: []string{"1: warning: there is no ClusterRole x"}},
		{name: "ClusterRole with a namespace", text: lines(bind("ClusterRoleBinding", "ClusterRole", "x", user),
			"{apiVersion: rbac.authorization.k8s.io/v1, kind: ClusterRole, metadata: {name: x, namespace: shop}}")},
		{name: "no namespace", text: bind("ClusterRoleBinding", "ClusterRole", "view", "kind: ServiceAccount, name: web"),
			want: []string{"1: warning: ServiceAccount web has no namespace"}},
		{name: "own namespace", text: bind("RoleBinding", "ClusterRole", "view", "kind: ServiceAccount, name: web"),
			want: []string{"1: warning: there is no ServiceAccount web in namespace default"}},
		{name: "default account", text: bind("RoleBinding", "ClusterRole", "view", "kind: ServiceAccount, name: default")},
		{name: "namespace elsewhere", text: bind("RoleBinding", "ClusterRole", "view", "kind: ServiceAccount, name: x, namespace: shop")},
		{name: "namespace elsewhere, closed", world: Closed, text: bind("RoleBinding", "ClusterRole", "view", "kind: ServiceAccount, name: x, namespace: shop"),
			want: []string{"1: warning: there is no ServiceAccount x in namespace shop"}},
		{name: "namespace with others", text: lines(bind("ClusterRoleBinding", "ClusterRole", "view", "kind: ServiceAccount, name: x, namespace: shop"), account),
			want: []string{"1: warning: there is no ServiceAccount x in namespace shop"}},
		{name: "there", text: lines(bind("ClusterRoleBinding", "ClusterRole", "view", "kind: ServiceAccount, name: web, namespace: shop"), account)},
	})
}

func TestDanglingServiceMonitor(t *testing.T) {
	web := "{apiVersion: v1, kind: Service, metadata: {name: web, namespace: shop, labels: {app: web}}, spec: {ports: [{name: metrics, port: 9090}]}}"
	monitor := func(kind, spec string) string {
		return object("monitoring.coreos.com/v1", kind, "web", "spec: {"+spec+"}")
	}
	pod := pods("web", "app: web", running("web:1", "ports: [{name: metrics, containerPort: 9090}]"))
	check(t, &danglingServiceMonitor, []ruleCase{
		{name: "own namespace", text: lines(monitor("ServiceMonitor", "selector: {}"), web), want: []string{"1: warning: no Service in namespace default"}},
		{name: "named namespace", text: lines(monitor("ServiceMonitor", "selector: {}, namespaceSelector: {matchNames: [shop]}, endpoints: [{port: metrics}]"), web)},
		{name: "any namespace", text: lines(monitor("ServiceMonitor", "selector: {matchLabels: {app: web}}, namespaceSelector: {any: true}, endpoints: [{port: http}]"), web),
			want: []string{"1: warning: no selected Service has a port called http"}},
		{name: "other labels", text: lines(monitor("ServiceMonitor", "selector: {matchLabels: {app: x}}, namespaceSelector: {any: true}"), web),
			want: []string{"1: warning: no Service in any namespace has the labels app=x"}},
		{name: "target port", text: lines(monitor("ServiceMonitor", "namespaceSelector: {any: true}, endpoints: [{targetPort: 9090}]"), web)},
		{name: "partial", world: Partial, text: monitor("ServiceMonitor", "selector: {}")},
		{name: "pods", text: lines(monitor("PodMonitor", "selector: {matchLabels: {app: web}}, podMetricsEndpoints: [{port: metrics}]"), pod)},
		{name: "port of pods", text: lines(monitor("PodMonitor", "selector: {matchLabels: {app: web}}, podMetricsEndpoints: [{port: http}]"), pod),
			want: []string{"1: warning: no selected Pod has a port called http"}},
		{name: "no pods", text: lines(monitor("PodMonitor", "selector: {matchLabels: {app: x}}"), pod), want: []string{"1: warning: no Pod in namespace default has the labels app=x"}},
		{name: "odd", text: monitor("PodMonitor", "selector: [], podMetricsEndpoints: 5, namespaceSelector: x")},
	})
}

func TestDanglingHTTPRoute(t *testing.T) {
	route := func(spec string) string {
		return object("gateway.networking.k8s.io/v1", "HTTPRoute", "web", "spec: {"+spec+"}")
	}
	to := func(backend string) string { return route("rules: [{backendRefs: [{" + backend + "}]}]") }
	web := service("web", "ports: [{port: 80}]")
	shop := "{apiVersion: v1, kind: Service, metadata: {name: web, namespace: shop}, spec: {ports: [{port: 80}]}}"
	gateway := object("gateway.networking.k8s.io/v1", "Gateway", "public", "spec: {listeners: [{name: https}]}")
	grant := func(from, to string) string {
		return "{apiVersion: gateway.networking.k8s.io/v1beta1, kind: ReferenceGrant, metadata: {name: g, namespace: shop}, " +
			"spec: {from: [{group: gateway.networking.k8s.io, kind: HTTPRoute, namespace: " + from + "}], to: [{group: '', kind: Service" + to + "}]}}"
	}
	refused := []string{"1: warning: no ReferenceGrant of namespace shop allows it"}
	check(t, &danglingHTTPRoute, []ruleCase{
		{name: "there", text: lines(to("name: web, port: 80"), web)},
		{name: "no port", text: lines(to("name: web, port: 81"), web), want: []string{"1: warning: Service web has no port 81, only 80"}},
		{name: "no Service", text: to("name: web, port: 80"), want: []string{"1: warning: there is no Service web"}},
		{name: "mirror", text: route("rules: [{filters: [{requestMirror: {backendRef: {name: x, port: 1}}}]}]"), want: []string{"1: warning: there is no Service x"}},
		{name: "other kind", text: to("group: net.gke.io, kind: ServiceImport, name: web")},
		{name: "another namespace", text: lines(to("name: web, namespace: shop, port: 80"), shop), want: refused},
		{name: "granted", text: lines(to("name: web, namespace: shop, port: 80"), shop, grant("default", ""))},
		{name: "granted by name", text: lines(to("name: web, namespace: shop, port: 80"), shop, grant("default", ", name: web"))},
		{name: "granted for another", text: lines(to("name: web, namespace: shop, port: 80"), shop, grant("default", ", name: x")), want: refused},
		{name: "granted to another", text: lines(to("name: web, namespace: shop, port: 80"), shop, grant("x", "")), want: refused},
		{name: "gateway elsewhere", text: route("parentRefs: [{name: public}]")},
		{name: "gateway, closed", world: Closed, text: route("parentRefs: [{name: public}]"), want: []string{"1: warning: there is no Gateway public"}},
		{name: "another gateway", text: lines(route("parentRefs: [{name: x}]"), gateway), want: []string{"1: warning: there is no Gateway x"}},
		{name: "listener", text: lines(route("parentRefs: [{name: public, sectionName: https}]"), gateway)},
		{name: "no listener", text: lines(route("parentRefs: [{name: public, sectionName: http}]"), gateway), want: []string{"1: warning: Gateway public has no listener http"}},
		{name: "mesh", text: route("parentRefs: [{group: '', kind: Service, name: web}]")},
		{name: "odd", text: route("parentRefs: {}, rules: [5, {backendRefs: x}]")},
	})
}
