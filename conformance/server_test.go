package conformance

import (
	"slices"
	"testing"
)

// TestServer checks the server itself: one document for each stage, with what a
// kube-apiserver 1.36.3 answers.
func TestServer(t *testing.T) {
	const pod = "apiVersion: v1\nkind: Pod\nmetadata: {name: a}\nspec: {containers: [{name: a, image: a}]"
	const service = "apiVersion: v1\nkind: Service\nmetadata: {name: a}\n"
	const namespace = "apiVersion: v1\nkind: Namespace\nmetadata: {name: a, labels: {pod-security.kubernetes.io/enforce: "
	server := newServer(t)
	for _, test := range []struct {
		name, document string
		stage          Stage
		fields         []string
	}{
		{"good", pod + "}", Accepted, nil},
		{"no YAML", pod, Parsing, nil},
		{"no kind", "apiVersion: v1\nkind: Pods\n", Parsing, nil},
		{"two documents", pod + "}\n---\n" + pod + "}", Parsing, nil},
		{"unknown field", pod + ", foo: 1}", Decoding, nil},
		{"wrong type", pod + ", hostname: y}", Decoding, nil},
		{"invalid", pod + ", hostname: A, subdomain: B}", Invalid, []string{"spec.hostname", "spec.subdomain"}},
		{"metadata only after the rest", "apiVersion: v1\nkind: ServiceAccount\nmetadata: {name: a, namespace: A}\n", Invalid, []string{"metadata.namespace"}},
		{"priority", pod + ", priority: 5}", Admission, nil},
		{"overhead", pod + ", overhead: {cpu: 1}}", Admission, nil},
		{"overhead of a class", pod + ", overhead: {cpu: 1}, runtimeClassName: a}", Accepted, nil},
		{"service account", pod + ", serviceAccount: web}", Accepted, nil},
		{"node port", service + "spec: {type: NodePort, ports: [{port: 80, nodePort: 80}]}", Invalid, []string{"spec.ports[0].nodePort"}},
		{"node port again", service + "spec: {type: NodePort, ports: [{port: 80, nodePort: 30080}]}", Accepted, nil},
		{"node port given back", service + "spec: {type: NodePort, ports: [{port: 80, nodePort: 30080}]}", Accepted, nil},
		{"cluster IP out of range", service + "spec: {clusterIP: 10.1.1.1, ports: [{port: 80}]}", Invalid, []string{"spec.clusterIPs"}},
		{"both families", service + "spec: {ipFamilyPolicy: RequireDualStack, ports: [{port: 80}]}", Accepted, nil},
		{"pod security", namespace + "strict}}", Invalid, []string{"metadata.labels[pod-security.kubernetes.io/enforce]"}},
		{"pod security, good", namespace + "baseline}}", Accepted, nil},
		{"resource version", "apiVersion: v1\nkind: Namespace\nmetadata: {name: a, resourceVersion: '1'}\n", Storing, nil},
		{"generated name", "apiVersion: v1\nkind: ConfigMap\nmetadata: {generateName: a-}\n", Accepted, nil},
		{"JSON", `{"apiVersion": "v1", "kind": "ConfigMap", "metadata": {"name": "a"}}`, Accepted, nil},
		{"empty documents around", "---\n# nothing\n---\n" + pod + "}\n---\n", Accepted, nil},
	} {
		t.Run(test.name, func(t *testing.T) {
			answer := server.Create([]byte(test.document))
			if answer.Stage != test.stage || !slices.Equal(answer.Fields, test.fields) {
				t.Errorf("%q %v %s, want %q %v", answer.Stage, answer.Fields, answer.Message, test.stage, test.fields)
			}
		})
	}
	warned := server.Create([]byte(pod + ", nodeSelector: {beta.kubernetes.io/os: linux}}"))
	if len(warned.Warnings) != 1 {
		t.Errorf("warnings %q, want one", warned.Warnings)
	}
}

// TestCompare checks that differences are found at all.
func TestCompare(t *testing.T) {
	for _, test := range []struct {
		answer  Answer
		opinion Opinion
		differs bool
	}{
		{Answer{}, Opinion{}, false},
		{Answer{}, Opinion{Unread: "no YAML"}, true},
		{Answer{}, Opinion{Fields: []string{"spec"}}, true},
		{Answer{Stage: Invalid, Fields: []string{"spec"}}, Opinion{}, true},
		{Answer{Stage: Invalid, Fields: []string{"spec"}}, Opinion{Fields: []string{"spec"}}, false},
		{Answer{Stage: Invalid, Fields: []string{"spec"}}, Opinion{Fields: []string{"metadata"}}, true},
		{Answer{Stage: Invalid, Fields: []string{"spec"}}, Opinion{Fields: []string{"metadata", "spec"}}, true},
		{Answer{Stage: Invalid, Fields: []string{"spec"}}, Opinion{Unread: "no YAML"}, true},
		{Answer{Stage: Decoding}, Opinion{Unread: "no YAML"}, false},
		{Answer{Stage: Decoding}, Opinion{}, true},
		{Answer{Stage: Decoding}, Opinion{Fields: []string{"spec"}}, true},
		{Answer{Stage: Parsing}, Opinion{}, true},
		{Answer{Stage: Admission}, Opinion{}, true},
		{Answer{Stage: Admission}, Opinion{Fields: []string{"spec.priority"}}, false},
	} {
		if what := compare(&test.answer, &test.opinion); (what != "") != test.differs {
			t.Errorf("%+v and %+v: %q", test.answer, test.opinion, what)
		}
	}
}
