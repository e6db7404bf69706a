package render_test

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"testing"

	appsv1 "k8s.io/api/apps/v1"
	corev1 "k8s.io/api/core/v1"

	"github.com/kgen-dev/kgen/pkg/load"
	"github.com/kgen-dev/kgen/pkg/render"
)

// addContainer adds the facts of one of several containers, under its name.
func (f facts) addContainer(kind string, c *corev1.Container) {
	kind += " " + c.Name
	f.add(kind, c.Image)
	f.add(kind+" command", fmt.Sprint(c.Command, c.Args))
	for _, e := range c.Env {
		f.add(kind+" env", e.Name+"="+e.Value+fieldOf(e))
	}
	for _, p := range c.Ports {
		f.add(kind+" port", fmt.Sprintf("%s %d/%s", p.Name, p.ContainerPort, tcp(p.Protocol)))
	}
	for resource, amount := range c.Resources.Requests {
		f.add(kind+" request", fmt.Sprint(resource, " ", amount.String()))
	}
	for resource, amount := range c.Resources.Limits {
		f.add(kind+" limit", fmt.Sprint(resource, " ", amount.String()))
	}
	for _, m := range c.VolumeMounts {
		f.add(kind+" mount", m.MountPath)
	}
	if s := c.SecurityContext; s != nil && s.Privileged != nil && *s.Privileged {
		f.add(kind+" security", "privileged")
	}
	if s := c.SecurityContext; s != nil && s.Capabilities != nil && len(s.Capabilities.Add) > 0 {
		f.add(kind+" security", fmt.Sprint("adds ", s.Capabilities.Add))
	}
}

func fieldOf(e corev1.EnvVar) string {
	if e.ValueFrom != nil && e.ValueFrom.FieldRef != nil {
		return e.ValueFrom.FieldRef.FieldPath
	}
	return ""
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
	want := podFacts(decodeAs[corev1.ReplicationController](t, data, "ReplicationController").Spec.Template.Spec)
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
	for _, o := range project.Environments[0].Objects {
		if d := decodeAs[appsv1.Deployment](t, o.YAML, "Deployment"); d != nil {
			for _, difference := range want.differences("es", podFacts(d.Spec.Template.Spec)) {
				t.Errorf("%+v", difference)
			}
			return
		}
	}
	t.Error("there is no Deployment")
}

// podFacts are the facts of all containers of a pod.
func podFacts(pod corev1.PodSpec) facts {
	f := facts{}
	for i := range pod.InitContainers {
		f.addContainer("init container", &pod.InitContainers[i])
	}
	for i := range pod.Containers {
		f.addContainer("container", &pod.Containers[i])
	}
	for _, v := range pod.Volumes {
		f.add("volume", v.Name)
	}
	return f
}
