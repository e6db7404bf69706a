package render_test

import (
	"bytes"
	"os"
	"path/filepath"
	"testing"
)

// kubernetesExamples are manifests of other people; a test that reads them skips
// where they are not beside the project.
const kubernetesExamples = "../../../shared/corpus/kubernetes-examples"

// rewritten are workloads of the corpus, each with the service that it becomes and
// what of the objects is otherwise on purpose, as compareObjects has it.
var rewritten = []struct {
	file, name, service string
	otherwise           map[string]string
}{
	{"databases/cassandra/cassandra-s*.yaml", "cassandra", `
kind: "StatefulSet"
image: {registry: "gcr.io/google-samples", repository: "cassandra", tag: "v14", pullPolicy: "Always"}
replicas: 3
selector: app: "cassandra"
labels: app: "cassandra"
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
		"StatefulSet cassandra.spec.volumeClaimTemplates.cassandra-data.metadata.annotations":  "the class stood in an annotation before Kubernetes 1.6",
		"StatefulSet cassandra.spec.volumeClaimTemplates.cassandra-data.spec.storageClassName": "the field that took its place",
		"StorageClass fast":            "the cluster's, and no service's",
		"Service cassandra.spec.ports": "the port has a name, and leads to the container's by it",
	}},
	{"_archived/volumes/vsphere/simple-statefulset.yaml", "web", `
kind: "StatefulSet"
containerName: "nginx"
image: "registry.k8s.io/nginx-slim:0.8"
replicas: 14
selector: app: "nginx"
labels: app: "nginx"
service: {objectName: "nginx", headless: true}
ports: web: 80
probes: readiness: false
resources: false
securityPreset: "none"
serviceAccount: create: false
drainSeconds: 0
volumes: www: {mountPath: "/usr/share/nginx/html", size: "1Gi", storageClassName: "thin-disk"}
`, map[string]string{
		"Service nginx.spec.ports.web.targetPort": "the port leads to the container's by its name",
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
hostPID: true
hostIPC: true
labels: {app: "newrelic-agent", tier: "monitoring", version: "v1"}
`, map[string]string{
		"DaemonSet newrelic-agent.spec.template.spec.containers.newrelic.resources.requests.cpu": "0.15 is 150m",
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
		"DaemonSet flex-ds.apiVersion":                                      "of Kubernetes before 1.9",
		"DaemonSet flex-ds.spec.selector":                                   "before apps/v1 there needed to be none",
		"DaemonSet flex-ds.spec.template.spec.containers.flex-deploy.image": "the original has a placeholder",
		"DaemonSet flex-ds.spec.template.metadata.name":                     "pods are called after the DaemonSet",
	}},
}

// TestKindsAreTheOriginals writes StatefulSets and DaemonSets of the corpus as
// services: they render to the same workloads.
func TestKindsAreTheOriginals(t *testing.T) {
	if _, err := os.Stat(kubernetesExamples); err != nil {
		t.Skip("the original manifests are not here")
	}
	for _, r := range rewritten {
		t.Run(r.name, func(t *testing.T) {
			compareObjects(t, originalsOf(t, r.file), rendering(t, r.name, r.service), r.otherwise)
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
