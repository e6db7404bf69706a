package validate

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/kgen-dev/kgen/pkg/validate/apiserver"
)

// TestFixes has manifests with the fixes of what is wrong in them.
func TestFixes(t *testing.T) {
	container := func(fields string) string { return pod("{containers: [{name: a, image: b, " + fields + "}]}") }
	host := func(host string) string {
		return "apiVersion: networking.k8s.io/v1\nkind: Ingress\nmetadata: {name: i}\nspec: {defaultBackend: {service: {name: a, port: {number: 1}}}, rules: [{host: '" + host + "'}]}\n"
	}
	for _, tt := range []struct{ name, text, want string }{
		{"a name", "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: My_App}\n", "write my-app"},
		{"a name with dots", "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: My.Host_1..example.com}\n", "write my.host-1.example.com"},
		{"a label with dots", "apiVersion: v1\nkind: Namespace\nmetadata: {name: My.Space}\n", "write my-space"},
		{"a URL for a name", "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: 'https://a.b'}\n", ""},
		{"a host", host("My.Host.example.com"), "write my.host.example.com"},
		{"a URL for a host", host("https://Example.com:8080/x"), "write example.com"},
		{"a host with a port", host("example.com:80"), "write example.com"},
		{"a wild host", host("*.Example.com"), "write *.example.com"},
		{"any host", host("*"), "leave host out for all hosts, or write *.DOMAIN"},
		{"a mount twice", pod("{containers: [{name: a, image: b, volumeMounts: [{name: v, mountPath: /x}, {name: v, mountPath: /x}]}], volumes: [{name: v, emptyDir: {}}]}"),
			"choose another path, or remove one of the two"},
		{"a hook without a handler", container("lifecycle: {preStop: {}}"), "add one of exec, httpGet and sleep"},
		{"a probe without a handler", container("livenessProbe: {periodSeconds: 3}"), "add one of httpGet, tcpSocket, grpc and exec"},
		{"two kinds of a projected source", pod("{containers: [{name: a, image: b}], volumes: [{name: v, projected: {sources: [{secret: {name: x}, configMap: {name: z}}]}}]}"), "give each its own element of sources"},
		{"two kinds of a persistent volume", "apiVersion: v1\nkind: PersistentVolume\nmetadata: {name: p}\nspec: {capacity: {storage: 1Gi}, accessModes: [ReadWriteOnce], hostPath: {path: /x}, nfs: {server: a, path: /x}}\n",
			"keep one kind of storage"},
		{"no selector", workload("Deployment", "template: {metadata: {labels: {tier: x, app: d}}, spec: {containers: [{name: a, image: b}]}}"),
			"repeat under selector.matchLabels the label app of template.metadata.labels"},
		{"an empty selector", workload("StatefulSet", "selector: {}, template: {metadata: {labels: {tier: x}}, spec: {containers: [{name: a, image: b}]}}"),
			"repeat under selector.matchLabels the label tier of template.metadata.labels"},
		{"no selector of a daemon set", workload("DaemonSet", "template: {spec: {containers: [{name: a, image: b}]}}"),
			"give the pods a label under template.metadata.labels, and repeat it under selector.matchLabels"},
		{"another selector", workload("Deployment", "selector: {matchLabels: {a: c}}, template: {metadata: {labels: {a: b}}, spec: {containers: [{name: a, image: b}]}}"),
			"give template.metadata.labels every label that selector.matchLabels has"},
		{"a selector of a job", "apiVersion: batch/v1\nkind: Job\nmetadata: {name: j}\nspec: {selector: {matchLabels: {a: b}}, template: {metadata: {labels: {a: b}}, spec: {restartPolicy: Never, containers: [{name: a, image: b}]}}}\n",
			"remove spec.selector, which the server makes, or add manualSelector: true"},
		{"an exported job", exportedJob("uid: x", "selector: {matchLabels: {controller-uid: abc}}, "),
			"exported from a cluster: remove spec.selector and the labels controller-uid and job-name, which the server gives"},
		{"exported", "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: c, resourceVersion: '1', uid: x, creationTimestamp: 2024-01-01T00:00:00Z, managedFields: []}\n",
			"exported from a cluster: remove metadata.resourceVersion, uid, creationTimestamp, managedFields, generation and status"},
		{"a number in quotes", container("ports: [{containerPort: '80'}]"), "write 80 without quotes"},
		{"a boolean in quotes", container("tty: 'true'"), "write true without quotes"},
		{"seconds", container("livenessProbe: {tcpSocket: {port: 1}, periodSeconds: 5s}"), "write 5"},
		{"a port's number in quotes", container("livenessProbe: {httpGet: {port: '8080'}}"), "write 8080 without quotes"},
		{"bytes", container("resources: {limits: {memory: 512MB}}"), "write 512M"},
		{"a blank in a quantity", container("resources: {limits: {memory: 1 gib}}"), "write 1Gi"},
		{"cores", container("resources: {limits: {cpu: 0.5 cores}}"), "write 0.5"},
		{"no quantity", container("resources: {limits: {cpu: much}}"), ""},
		{"one for a list", container("args: --x"), "make it a list: put it in brackets, or behind a dash"},
		{"a number for a port", strings.Replace(host("a.b"), "{number: 1}", "1", 1), "write port: {number: N}, or {name: NAME}"},
		{"a selector of a service", "apiVersion: v1\nkind: Service\nmetadata: {name: s}\nspec: {ports: [{port: 1}], selector: {matchLabels: {a: b}}}\n", "a Service selects by labels alone: leave out matchLabels"},
		{"no base64", "apiVersion: v1\nkind: Secret\nmetadata: {name: s}\ndata: {a: 'b c'}\n", "encode it, or put it under stringData as it is"},
		{"the old backend", "apiVersion: networking.k8s.io/v1\nkind: Ingress\nmetadata: {name: i}\nspec: {defaultBackend: {serviceName: a}}\n", "write service.name: networking.k8s.io/v1 has it there"},
		{"a patch", "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: c}\n$patch: delete\n", "this is a patch, for kustomize or kubectl patch: a manifest has no directives"},
		{"a range with more bits", "apiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\nmetadata: {name: p}\nspec: {podSelector: {}, ingress: [{from: [{ipBlock: {cidr: 10.0.0.1/8}}]}]}\n", "write 10.0.0.0/8"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if diff := cmp.Diff([]string{tt.want}, fixesOf(t, tt.text)); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

func fixesOf(t *testing.T, text string) (list []string) {
	t.Helper()
	root := parse(t, text)
	err := Under(apiserver.Release{Minor: 36}, nil, func(j *Judge) {
		_, problems := j.Node(root)
		for i := range problems {
			list = append(list, problems[i].Fix)
			if strings.Contains(problems[i].Message, apiserver.NewUID) {
				t.Errorf("a UID that nobody wrote: %s", problems[i].Message)
			}
		}
	})
	if err != nil {
		t.Fatal(err)
	}
	return list
}

// TestFixesAreUsed finds the rows of tables that an earlier one hides.
func TestFixesAreUsed(t *testing.T) {
	for i, f := range fixes {
		for _, earlier := range fixes[:i] {
			if strings.Contains(f.in, earlier.in) && strings.Contains(f.text, earlier.text) {
				t.Errorf("%q of %q never applies", f.text, f.in)
			}
		}
	}
	for i, m := range moves {
		for _, earlier := range moves[:i] {
			if earlier.kinds == "" && endsIn(m.in, earlier.in) && earlier.fields == "*" {
				t.Errorf("%s in %s never applies", m.fields, m.in)
			}
		}
	}
}
