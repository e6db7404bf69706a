package render_test

import (
	stdcmp "cmp"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	appsv1 "k8s.io/api/apps/v1"
	corev1 "k8s.io/api/core/v1"

	"github.com/kgen-dev/kgen/pkg/load"
	"github.com/kgen-dev/kgen/pkg/render"
)

// addContainer adds all that one of several containers says, under its name: each
// value with the path to it, in which list elements have their own names.
func (f facts) addContainer(t *testing.T, kind string, c *corev1.Container) {
	t.Helper()
	container := c.DeepCopy()
	for i := range container.Ports { // what the API server fills in
		container.Ports[i].Protocol = tcp(container.Ports[i].Protocol)
	}
	if s := container.SecurityContext; s != nil && s.Privileged != nil && !*s.Privileged {
		s.Privileged = nil
	}
	f.addLeaves(t, kind+" "+c.Name, container)
}

// addLeaves adds the values of an object as the API has it.
func (f facts) addLeaves(t *testing.T, fact string, object any) {
	t.Helper()
	text, err := json.Marshal(object)
	if err != nil {
		t.Fatal(err)
	}
	var value any
	if err := json.Unmarshal(text, &value); err != nil {
		t.Fatal(err)
	}
	f.addValue(fact, value)
}

func (f facts) addValue(fact string, value any) {
	switch v := value.(type) {
	case map[string]any:
		for key, child := range v {
			f.addValue(fact+" "+key, child)
		}
		if len(v) == 0 && !strings.HasSuffix(fact, " resources") { // an empty one says nothing
			f.add(fact, "{}")
		}
	case []any:
		for i, child := range v {
			f.addValue(fact+" "+elementName(child, i), child)
		}
	default:
		f.add(fact, fmt.Sprint(v))
	}
}

// elementName is how an element of a list is called on both sides.
func elementName(element any, i int) string {
	m, _ := element.(map[string]any)
	for _, key := range []string{"mountPath", "containerPort", "name"} {
		if name, ok := m[key]; ok {
			return fmt.Sprint(name)
		}
	}
	return strconv.Itoa(i)
}

// elasticsearch is the one other pod of the corpus that has several containers, as a
// service. Its original is a ReplicationController, of which the pod is compared.
const elasticsearch = `
containerName: "es"
securityPreset: "none"
image: "quay.io/pires/docker-elasticsearch-kubernetes:5.6.2"
env: {
	KUBERNETES_CA_CERTIFICATE_FILE: "/var/run/secrets/kubernetes.io/serviceaccount/ca.crt"
	NAMESPACE: field: "metadata.namespace"
	CLUSTER_NAME:      "myesdb"
	DISCOVERY_SERVICE: "elasticsearch"
	NODE_MASTER:       "true"
	NODE_DATA:         "true"
	HTTP_ENABLE:       "true"
}
ports: {http: 9200, transport: 9300}
probes: readiness: false
resources: false
securityContext: capabilities: add: ["IPC_LOCK"]
volumes: storage: {emptyDir: {}, mountPath: "/data"}
serviceAccount: {create: false, name: "elasticsearch", automountServiceAccountToken: true}
initContainers: "init-sysctl": {
	image: {repository: "busybox", mutable: true, pullPolicy: "IfNotPresent"}
	command: ["sysctl", "-w", "vm.max_map_count=262144"]
	securityContext: privileged: true
	resources: false
}
`

// elasticsearchOnPurpose is all that its pod says otherwise than the original.
var elasticsearchOnPurpose = []difference{
	{"es", "container es lifecycle preStop sleep seconds", "", "5", "the service has ports: traffic gets time to move away"},
	{"es", "pod automountServiceAccountToken", "", "true", "the service says that it uses the token: the original has what the API server fills in"},
	{"es", "pod enableServiceLinks", "", "false", "variables of other services are not asked for"},
}

// TestSeveralContainers compares what it renders to with the original.
func TestSeveralContainers(t *testing.T) {
	original := "../../../shared/corpus/kubernetes-examples/_archived/elasticsearch/es-rc.yaml"
	data, err := os.ReadFile(original)
	if errors.Is(err, fs.ErrNotExist) {
		t.Skip("the original manifests are not here")
	}
	if err != nil {
		t.Fatal(err)
	}
	want := podFacts(t, &decodeAs[corev1.ReplicationController](t, data, "ReplicationController").Spec.Template.Spec)
	dir := t.TempDir()
	name := filepath.Join(dir, "es.cue")
	if err := os.WriteFile(name, []byte(elasticsearch), 0o600); err != nil {
		t.Fatal(err)
	}
	loaded, err := load.Load(load.Options{Paths: []string{name}})
	if err != nil {
		t.Fatal(err)
	}
	project, findings := render.Render(loaded.Projects[0], render.Options{})
	for _, f := range slices.Concat(loaded.Findings, findings) {
		t.Errorf("%s: %s", f.Pos, f.Message)
	}
	i := slices.IndexFunc(project.Environments[0].Objects, func(o render.Object) bool { return decodeAs[appsv1.Deployment](t, o.YAML, "Deployment") != nil })
	if i < 0 {
		t.Fatal("there is no Deployment")
	}
	got := podFacts(t, &decodeAs[appsv1.Deployment](t, project.Environments[0].Objects[i].YAML, "Deployment").Spec.Template.Spec)
	if diff := cmp.Diff(elasticsearchOnPurpose, want.differences("es", got), cmp.AllowUnexported(difference{}), cmpopts.IgnoreFields(difference{}, "reason")); diff != "" {
		t.Errorf("differences (-on purpose +found):\n%s", diff)
	}
}

// podFacts are all that a pod says; containers also in their order.
func podFacts(t *testing.T, pod *corev1.PodSpec) facts {
	t.Helper()
	f := facts{}
	for i := range pod.InitContainers {
		f.add("init container", fmt.Sprint(i, " ", pod.InitContainers[i].Name))
		f.addContainer(t, "init container", &pod.InitContainers[i])
	}
	for i := range pod.Containers {
		f.add("container", fmt.Sprint(i, " ", pod.Containers[i].Name))
		f.addContainer(t, "container", &pod.Containers[i])
	}
	rest := pod.DeepCopy()
	rest.InitContainers, rest.Containers = nil, nil
	rest.ServiceAccountName, rest.DeprecatedServiceAccount = stdcmp.Or(rest.ServiceAccountName, rest.DeprecatedServiceAccount), ""
	f.addLeaves(t, "pod", rest)
	return f
}
