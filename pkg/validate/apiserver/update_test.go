package apiserver

import (
	"strings"
	"testing"

	corev1 "k8s.io/api/core/v1"
	"k8s.io/apimachinery/pkg/runtime"
	"sigs.k8s.io/yaml"
)

// updates are changes of one object, and the fields that the server does not let
// change so.
var updates = []struct {
	name, kind, before, after string
	fields                    string
}{
	{"a selector", "apps/v1 Deployment", deploymentOf("app: a", "1"), deploymentOf("app: b", "1"), "spec.selector"},
	{"an image", "apps/v1 Deployment", deploymentOf("app: a", "1"), deploymentOf("app: a", "2"), ""},
	{"a selector of a daemon set", "apps/v1 DaemonSet", deploymentOf("app: a", "1"), deploymentOf("app: b", "1"), "spec.selector"},
	{"an image of a daemon set", "apps/v1 DaemonSet", deploymentOf("app: a", "1"), deploymentOf("app: a", "2"), ""},
	{"the service of a stateful set", "apps/v1 StatefulSet", "spec: {serviceName: a, " + podOf("app: a", "1") + "}", "spec: {serviceName: b, " + podOf("app: a", "1") + "}", "spec"},
	{"an image of a stateful set", "apps/v1 StatefulSet", "spec: {" + podOf("app: a", "1") + "}", "spec: {replicas: 3, " + podOf("app: a", "2") + "}", ""},
	{"a job's template", "batch/v1 Job", jobOf("1"), jobOf("2"), "spec.template"},
	{"a job's deadline", "batch/v1 Job", jobOf("1"), strings.Replace(jobOf("1"), "spec: {", "spec: {activeDeadlineSeconds: 9, ", 1), ""},
	{"less storage", "v1 PersistentVolumeClaim", claimOf("10Gi", "fast"), claimOf("5Gi", "fast"), "spec.resources.requests.storage"},
	{"more storage", "v1 PersistentVolumeClaim", claimOf("10Gi", "fast"), claimOf("20Gi", "fast"), ""},
	{"another class of storage", "v1 PersistentVolumeClaim", claimOf("10Gi", "fast"), claimOf("10Gi", "slow"), "spec"},
	{"an immutable map", "v1 ConfigMap", "immutable: true\ndata: {a: b}", "immutable: true\ndata: {a: c}", "data"},
	{"a map that becomes immutable", "v1 ConfigMap", "data: {a: b}", "immutable: true\ndata: {a: c}", ""},
	{"the type of a secret", "v1 Secret", "type: Opaque", "type: example.com/other", "type"},
	{"a headless service", "v1 Service", "spec: {ports: [{port: 80}]}", "spec: {clusterIP: None, ports: [{port: 80}]}", "spec.clusterIPs[0]"},
	{"a service that says no more about addresses", "v1 Service", "spec: {clusterIP: 10.0.0.1, ports: [{port: 80}]}", "spec: {ports: [{port: 80}]}", ""},
	{"the type of a service", "v1 Service", "spec: {type: LoadBalancer, ports: [{port: 80}]}", "spec: {type: ClusterIP, ports: [{port: 80}]}", ""},
	{"an external name", "v1 Service", "spec: {type: ExternalName, externalName: example.com}", "spec: {ports: [{port: 80}]}", ""},
	{"a binding's role", "rbac.authorization.k8s.io/v1 RoleBinding", "roleRef: {apiGroup: rbac.authorization.k8s.io, kind: Role, name: a}", "roleRef: {apiGroup: rbac.authorization.k8s.io, kind: Role, name: b}", "roleRef"},
	{"a mistake that is not of the change", "apps/v1 Deployment", deploymentOf("app: a", "1"), "spec: {replicas: -1, " + podOf("app: a", "1") + "}", ""},
}

func podOf(labels, tag string) string {
	return "selector: {matchLabels: {" + labels + "}}, template: {metadata: {labels: {" + labels + "}}, spec: {containers: [{name: a, image: 'a:" + tag + "'}]}}"
}

func deploymentOf(labels, tag string) string { return "spec: {" + podOf(labels, tag) + "}" }

func jobOf(tag string) string {
	return "spec: {template: {spec: {restartPolicy: Never, containers: [{name: a, image: 'a:" + tag + "'}]}}}"
}

func claimOf(size, class string) string {
	return "spec: {accessModes: [ReadWriteOnce], storageClassName: " + class + ", resources: {requests: {storage: " + size + "}}}"
}

func TestUpdate(t *testing.T) {
	for _, test := range updates {
		var fields []string
		for _, o := range Update(parsed(t, test.kind, test.before), parsed(t, test.kind, test.after)) {
			fields = append(fields, o.Field)
			if strings.Contains(o.Message, "\n") || o.Message == "" {
				t.Errorf("%s: %q", test.name, o.Message)
			}
		}
		if got := strings.Join(fields, " "); got != test.fields {
			t.Errorf("%s: %q, want %q", test.name, got, test.fields)
		}
		for _, state := range []string{test.before, test.after} {
			if same := Update(parsed(t, test.kind, state), parsed(t, test.kind, state)); same != nil {
				t.Errorf("%s: %v of no change", test.name, same)
			}
		}
	}
}

func parsed(t *testing.T, name, text string) runtime.Object {
	t.Helper()
	apiVersion, kind, _ := strings.Cut(name, " ")
	obj := newObject(apiVersion, kind)
	if err := yaml.UnmarshalStrict([]byte("metadata: {name: a, namespace: b}\n"+text), obj); err != nil {
		t.Fatal(err)
	}
	return obj
}

func TestDefaulted(t *testing.T) {
	before := &corev1.Service{Spec: corev1.ServiceSpec{Ports: []corev1.ServicePort{{Port: 80}}}}
	after, _ := Defaulted(before).(*corev1.Service)
	if after.Spec.Type != corev1.ServiceTypeClusterIP || after.Spec.Ports[0].Protocol != corev1.ProtocolTCP || before.Spec.Type != "" {
		t.Errorf("%v of %v", after.Spec, before.Spec)
	}
}
