package render_test

import (
	"bytes"
	"fmt"
	"maps"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"sigs.k8s.io/yaml"

	"github.com/kgen-dev/kgen/pkg/load"
	"github.com/kgen-dev/kgen/pkg/render"
)

// kubernetesExamples are manifests of other people; a test that reads them skips
// where they are not beside the project.
const kubernetesExamples = "../../../shared/corpus/kubernetes-examples"

// rewritten are workloads of the corpus, each with the service that it becomes and
// what of the workload and its Service is otherwise on purpose, by path.Match.
var rewritten = []struct {
	file, name, service string
	otherwise           map[string]string
}{
	{"databases/cassandra/cassandra-s*.yaml", "cassandra", `
kind: "StatefulSet"
image: {registry: "gcr.io/google-samples", repository: "cassandra", tag: "v14", pullPolicy: "Always"}
replicas: 3
selector: app: "cassandra"
ports: {
	"intra-node": {containerPort: 7000, expose: false}
	"tls-intra-node": {containerPort: 7001, expose: false}
	jmx: {containerPort: 7199, expose: false}
	cql: 9042
}
resources: {requests: {cpu: "500m", memory: "1Gi"}, limits: cpu: "500m"}
securityPreset: "none"
securityContext: capabilities: add: ["IPC_LOCK"]
serviceAccount: create: false
terminationGracePeriodSeconds: 1800
lifecycle: preStop: exec: command: ["/bin/sh", "-c", "nodetool drain"]
env: {
	MAX_HEAP_SIZE: "512M", HEAP_NEWSIZE: "100M"
	CASSANDRA_SEEDS: "cassandra-0.cassandra.default.svc.cluster.local"
	CASSANDRA_CLUSTER_NAME: "K8Demo", CASSANDRA_DC: "DC1-K8Demo", CASSANDRA_RACK: "Rack1-K8Demo"
	CASSANDRA_SEED_PROVIDER: "io.k8s.cassandra.KubernetesSeedProvider"
	POD_IP: field: "status.podIP"
}
probes: {
	readiness: {exec: command: ["/bin/bash", "-c", "/ready-probe.sh"], initialDelaySeconds: 15, timeoutSeconds: 5, periodSeconds: 10, failureThreshold: 3}
	liveness: {exec: command: ["/bin/bash", "-c", "nodetool status"], initialDelaySeconds: 15, timeoutSeconds: 5, periodSeconds: 10, failureThreshold: 3}
}
volumes: "cassandra-data": {mountPath: "/var/lib/cassandra", size: "1Gi", storageClassName: "fast"}
`, map[string]string{
		"spec.volumeClaimTemplates.cassandra-data.metadata.annotations.*": "the class stood in an annotation before Kubernetes 1.6",
		"spec.volumeClaimTemplates.cassandra-data.spec.storageClassName":  "the field that took its place",
		"Service spec.ports.*": "the port has a name, and leads to the container's by it",
	}},
	{"_archived/volumes/vsphere/simple-statefulset.yaml", "web", `
kind: "StatefulSet"
containerName: "nginx"
image: "registry.k8s.io/nginx-slim:0.8"
replicas: 14
selector: app: "nginx"
service: {objectName: "nginx", headless: true}
ports: web: 80
probes: readiness: false
resources: false
securityPreset: "none"
serviceAccount: create: false
drainSeconds: 0
volumes: www: {mountPath: "/usr/share/nginx/html", size: "1Gi", storageClassName: "thin-disk"}
`, map[string]string{
		"Service spec.ports.web.targetPort": "the port leads to the container's by its name",
	}},
	{"_archived/newrelic/newrelic-daemonset.yaml", "newrelic-agent", `
kind: "DaemonSet"
containerName: "newrelic"
image: {repository: "newrelic/nrsysmond", mutable: true}
command: ["bash", "-c", "source /etc/kube-newrelic/config && /usr/sbin/nrsysmond -E -F"]
env: NRSYSMOND_logfile: "/var/log/nrsysmond.log"
selector: name: "newrelic"
hostNetwork: true
resources: requests: {cpu: "150m", memory: false}
securityPreset: "none"
securityContext: privileged: true
serviceAccount: create: false
secrets: "newrelic-config": existing: true
volumes: {
	"newrelic-config": {secret: "newrelic-config", mounts: "/etc/kube-newrelic": readOnly: true}
	dev: {hostPath: "/dev", mountPath: "/dev"}
	run: {hostPath: {path: "/var/run/docker.sock", type: "Socket"}, mountPath: "/var/run/docker.sock"}
	sys: {hostPath: "/sys", mountPath: "/sys"}
	log: {hostPath: "/var/log", mountPath: "/var/log"}
}
patches: [{kind: "DaemonSet", merge: spec: template: spec: {hostPID: true, hostIPC: true}}]
`, map[string]string{
		"spec.template.spec.containers.newrelic.resources.requests.cpu": "0.15 is 150m",
	}},
	{"_archived/volumes/flexvolume/deploy/ds.yaml", "flex-ds", `
kind: "DaemonSet"
containerName: "flex-deploy"
image: "example.com/flex:1"
selector: app: "flex-deploy"
resources: false
securityPreset: "none"
securityContext: privileged: true
serviceAccount: create: false
volumes: "flexvolume-mount": {hostPath: "/usr/libexec/kubernetes/kubelet-plugins/volume/exec/", mountPath: "/flexmnt"}
`, map[string]string{
		"spec.selector.*": "before apps/v1 there needed to be none",
		"spec.template.spec.containers.flex-deploy.image": "the original has a placeholder",
		"spec.template.metadata.name":                     "pods are called after the DaemonSet",
	}},
}

// always are differences of every rewritten workload.
var always = map[string]string{
	"spec.template.metadata.labels.*":              "the labels that every tool knows",
	"spec.template.spec.enableServiceLinks":        "variables for every Service of the namespace break programs",
	"spec.template.spec.automount*":                "a token only where it is used",
	"spec.template.spec.topologySpreadConstraints": "pods on several hosts and zones",
	"spec.volumeClaimTemplates.*.metadata.labels*": "claims are found by the selector's labels",
	"spec.revisionHistoryLimit":                    "old revisions are litter",
}

// TestKindsAreTheOriginals writes StatefulSets and DaemonSets of the corpus as
// services: they render to the same workloads.
func TestKindsAreTheOriginals(t *testing.T) {
	if _, err := os.Stat(kubernetesExamples); err != nil {
		t.Skip("the original manifests are not here")
	}
	for _, r := range rewritten {
		t.Run(r.name, func(t *testing.T) {
			want, got := leaves(t, originalsOf(t, r.file)), leaves(t, rendering(t, r.name, r.service))
			met := map[string]bool{}
			for _, at := range slices.Sorted(maps.Keys(union(want, got))) {
				if want[at] == got[at] {
					continue
				}
				if reason := reasonFor(at, r.otherwise, met); reason == "" && reasonFor(at, always, nil) == "" {
					t.Errorf("%s: original %q, rendered %q", at, want[at], got[at])
				}
			}
			for pattern := range r.otherwise {
				if !met[pattern] {
					t.Errorf("no longer a difference: %s", pattern)
				}
			}
		})
	}
}

// originalsOf is the stream of the files that a pattern names.
func originalsOf(t *testing.T, pattern string) []byte {
	t.Helper()
	files, err := filepath.Glob(filepath.Join(kubernetesExamples, pattern))
	if err != nil || len(files) == 0 {
		t.Fatal("no file", pattern, err)
	}
	var stream [][]byte
	for _, name := range files {
		data, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		stream = append(stream, data)
	}
	return bytes.Join(stream, []byte("\n---\n"))
}

func union(a, b map[string]string) map[string]string {
	all := maps.Clone(a)
	maps.Copy(all, b)
	return all
}

func reasonFor(at string, reasons map[string]string, met map[string]bool) string {
	at = strings.ReplaceAll(at, "/", "_") // which * does not match
	for pattern, reason := range reasons {
		if isIt, _ := path.Match(pattern, at); isIt || len(at) > len(pattern) && at[:len(pattern)+1] == pattern+"." {
			if met != nil {
				met[pattern] = true
			}
			return reason
		}
	}
	return ""
}

// rendering is what a project of one service renders to.
func rendering(t *testing.T, name, service string) []byte {
	t.Helper()
	dir := t.TempDir()
	for file, text := range map[string]string{"kgen.cue": "", "services/" + name + ".cue": service} {
		if err := os.MkdirAll(filepath.Dir(filepath.Join(dir, file)), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(dir, file), []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	loaded, err := load.Load(load.Options{Paths: []string{dir}})
	if err != nil {
		t.Fatal(err)
	}
	project, findings := render.Render(loaded.Projects[0], render.Options{})
	for _, f := range slices.Concat(loaded.Findings, findings) {
		t.Errorf("%s: %s", f.Pos, f.Message)
	}
	var stream [][]byte
	for _, o := range project.Environments[0].Objects {
		stream = append(stream, o.YAML)
	}
	return bytes.Join(stream, []byte("\n---\n"))
}

// leaves are the values below spec of the workload in a stream, and below "Service
// spec" of its Service.
func leaves(t *testing.T, stream []byte) map[string]string {
	t.Helper()
	found := map[string]string{}
	for _, document := range bytes.Split(stream, []byte("\n---")) {
		var o struct {
			Kind string
			Spec any
		}
		if err := yaml.Unmarshal(document, &o); err != nil {
			t.Fatal(err)
		}
		switch o.Kind {
		case "StatefulSet", "DaemonSet":
			addLeaves(found, "spec", o.Spec)
		case "Service":
			addLeaves(found, "Service spec", o.Spec)
		}
	}
	return found
}

// addLeaves has elements of lists by their name, whatever their order.
func addLeaves(into map[string]string, at string, value any) {
	switch v := value.(type) {
	case map[string]any:
		for key, below := range v {
			addLeaves(into, at+"."+key, below)
		}
	case []any:
		for i, element := range v {
			name := fmt.Sprint(i)
			if m, isMap := element.(map[string]any); isMap {
				for _, key := range []string{"mountPath", "name", "metadata"} {
					if meta, isMeta := m[key].(map[string]any); isMeta {
						name = fmt.Sprint(meta["name"])
					} else if m[key] != nil {
						name = fmt.Sprint(m[key])
						break
					}
				}
			}
			addLeaves(into, at+"."+name, element)
		}
	default:
		into[at] = fmt.Sprint(v)
	}
}
