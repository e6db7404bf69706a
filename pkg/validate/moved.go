package validate

import (
	"slices"
	"strings"

	"github.com/kgen-dev/kgen/pkg/manifest"
	"github.com/kgen-dev/kgen/pkg/tree"
)

// A move is a field that people write where Kubernetes has none, and that it has
// elsewhere or under another name.
type move struct {
	kinds string // that it is about; empty for all
	in    string // ends the path of the map that it stands in, without indices
	// fields are its names; * is any.
	fields string
	// to is what is then missing below that map, * being the field's name: what the
	// server says of it is not told.
	to, fix string
}

const (
	workloads     = "Deployment StatefulSet DaemonSet ReplicaSet Job"
	ofPods        = "containers initContainers volumes restartPolicy serviceAccountName nodeSelector tolerations affinity imagePullSecrets hostNetwork terminationGracePeriodSeconds priorityClassName"
	ofContainers  = "image imagePullPolicy command args ports env envFrom volumeMounts livenessProbe readinessProbe startupProbe lifecycle"
	ofPodsAlone   = "fsGroup fsGroupChangePolicy supplementalGroups sysctls"
	ofPrivileges  = "privileged capabilities readOnlyRootFilesystem allowPrivilegeEscalation procMount"
	ofHandlers    = "path port scheme host httpHeaders"
	ofMetadata    = "name generateName namespace labels annotations"
	ofSpecs       = "replicas template selector ports rules schedule jobTemplate accessModes resources"
	ofBackendsOld = "networking.k8s.io/v1 has it there"
)

// moves are looked through in order; the first that fits counts.
var moves = []move{
	{"Ingress", "backend", "serviceName", "service", "write service.name: " + ofBackendsOld},
	{"Ingress", "backend", "servicePort", "service", "write service.port.number, or service.port.name: " + ofBackendsOld},
	{"Ingress", "spec", "backend", "defaultBackend", "write defaultBackend: networking.k8s.io/v1 calls it so"},
	{"HorizontalPodAutoscaler", "spec", "targetCPUUtilizationPercentage", "metrics", "autoscaling/v2 has it under metrics, or write apiVersion: autoscaling/v1"},
	{"PersistentVolumeClaim", "spec", "storage size", "resources", "put it under resources.requests"},
	{"StatefulSet", "volumeClaimTemplates.spec", "storage size", "resources", "put it under resources.requests"},
	{"PersistentVolumeClaim", "spec.resources", "storage", "requests", "put it under requests"},
	{"StatefulSet", "volumeClaimTemplates.spec.resources", "storage", "requests", "put it under requests"},
	{"", "containers.ports", "port number targetPort", "containerPort", "write containerPort"},
	{"Service", "spec.ports", "containerPort", "port", "write port"},
	{"", "containers.volumeMounts", "path mount", "mountPath", "write mountPath"},
	{"", "volumes.persistentVolumeClaim", "name", "claimName", "write claimName"},
	{"", "volumes.secret", "name", "secretName", "write secretName"},
	{"", "probe", ofHandlers, "httpGet", "put it under httpGet, or what else the probe does"},
	{"", "probe", "http", "httpGet", "write httpGet"},
	{"", "probe", "command", "exec", "put it under exec"},
	{"", "containers.resources", "cpu memory ephemeral-storage", "", "put it under requests, limits or both"},
	{"", "containers.securityContext", ofPodsAlone, "", "put it under the pod's securityContext, beside containers"},
	{"", "spec.securityContext", ofPrivileges, "", "put it under a container's securityContext"},
	{"", "containers", ofPods, "", "it is the pod's: put it beside containers"},
	{"CronJob", "spec", "template", "jobTemplate.spec.template", "put it under jobTemplate.spec"},
	{workloads, "template", ofPods, "spec.*", "put it under spec"},
	{workloads, "template", "labels annotations", "metadata.*", "put it under metadata"},
	{workloads + " CronJob", "template.spec", ofContainers, "containers", "it is a container's: put it under containers"},
	{"Pod", "spec", ofContainers, "containers", "it is a container's: put it under containers"},
	{workloads, "spec", ofPods, "template.spec.*", "it is the pods': put it under template.spec"},
	{"", "selector", "*", "matchLabels", "put labels under matchLabels"},
	{"", "podSelector", "*", "matchLabels", "put labels under matchLabels"},
	{"", "namespaceSelector", "*", "matchLabels", "put labels under matchLabels"},
	{"", "labelSelector", "*", "matchLabels", "put labels under matchLabels"},
}

// movesInRoot are those of fields beside kind.
var movesInRoot = []move{
	{"", "", ofMetadata, "metadata.*", "put it under metadata"},
	{workloads + " CronJob Service Ingress NetworkPolicy PersistentVolumeClaim PodDisruptionBudget", "", ofSpecs, "spec.*", "put it under spec"},
}

// movedOf is the move that an unknown field of the manifest n was not told of; nil
// where there is none, or where the field is misspelt.
func movedOf(n *tree.Node, e *tree.DecodeError) *move {
	kind := textAt(n, "kind")
	if e.Kind != tree.UnknownField || e.Message != "unknown field" || manifest.KindOf(textAt(n, "apiVersion"), kind) == nil {
		return nil
	}
	list, in := moves, pathWithoutIndices(e.Path[:len(e.Path)-1])
	if len(e.Path) == 1 {
		list = movesInRoot
	}
	for i := range list {
		m := &list[i]
		isOfKind := m.kinds == "" || slices.Contains(strings.Fields(m.kinds), kind)
		if isOfKind && endsIn(in, m.in) && (m.fields == "*" || slices.Contains(strings.Fields(m.fields), lastKey(e.Path))) {
			return m
		}
	}
	return nil
}

// missing is the path to what is missing where the field at a path was moved.
func (m *move) missing(at tree.Path) tree.Path {
	missing := at[:len(at)-1]
	for _, key := range strings.FieldsFunc(m.to, func(c rune) bool { return c == '.' }) {
		if key == "*" {
			key = lastKey(at)
		}
		missing = missing.With(key)
	}
	return missing
}
