package validate

import (
	"fmt"
	"regexp"
	"strings"

	"k8s.io/apimachinery/pkg/util/validation/field"

	"github.com/kgen-dev/kgen/pkg/suggest"
)

// fixes say how to mend what the server's words only describe: the first whose
// text stands in the server's, and whose in stands in the path, applies.
var fixes = []struct{ in, text, fix string }{
	{"metadata.resourceVersion", "should not be set on objects to be created",
		"exported from a cluster: remove metadata.resourceVersion, uid, creationTimestamp, managedFields, generation and status"},
	{"controller-uid]", "must be '", "exported from a cluster: remove the labels controller-uid and job-name, which the server gives"},
	{"annotations[kubernetes.io/service-account.name]", "", "name the account in this annotation, or take another type"},
	{"", "name or generateName is required", "give the object a name under metadata"},
	{"template.metadata.labels", "does not match template `labels`", "give template.metadata.labels every label that selector.matchLabels has"},
	{".lifecycle.", "must specify a handler type", "add one of exec, httpGet and sleep"},
	{"", "must specify a handler type", "add one of httpGet, tcpSocket, grpc and exec"},
	{".lifecycle.", "may not specify more than 1 handler type", "keep one of exec, httpGet and sleep"},
	{"", "may not specify more than 1 handler type", "keep one of httpGet, tcpSocket, grpc and exec"},
	{"", "may not specify more than 1 volume type per source", "give each its own element of sources"},
	{"volumes[", "may not specify more than 1 volume type", "give each kind of storage a volume of its own"},
	{"", "may not specify more than 1 volume type", "keep one kind of storage"},
	{"", "may not be 0 when `maxSurge` is 0", "allow one: with neither a surplus nor a missing pod no pod can be replaced"},
	{"", "cannot be 0 when maxSurge is 0", "allow one: with neither a surplus nor a missing pod no pod can be replaced"},
	{"", "may not be specified when strategy `type` is 'Recreate'", "remove rollingUpdate, or choose type RollingUpdate"},
	{"", "must be greater than minReadySeconds", "raise progressDeadlineSeconds, or lower minReadySeconds"},
	{"resources.requests", "must be less than or equal to cpu limit", "raise the limit, or lower the request"},
	{"resources.requests", "must be less than or equal to memory limit", "raise the limit, or lower the request"},
	{"", "must specify a volume type", "add what the storage is: csi, nfs, hostPath, local or another"},
	{"", "must specify a peer", "add one of podSelector, namespaceSelector and ipBlock"},
	{"", "may not specify both ipBlock and another peer", "give ipBlock an element of its own"},
	{"spec.maxReplicas", "must be set and greater than 0", "write 1 or more"},
	{"scaleTargetRef.apiVersion", "must specify API group", "add apiVersion: apps/v1, or what the target has"},
	{"mountPath", "must be unique", "choose another path, or remove one of the two"},
	{"devicePath", "must be unique", "choose another path, or remove one of the two"},
	{"", "must be greater than or equal to `minReplicas`", "raise maxReplicas, or lower minReplicas"},
	{"", "either `defaultBackend` or `rules` must be specified", "add rules with hosts and paths, or a defaultBackend"},
	{"", "pathType must be specified", "add pathType: Prefix, or Exact"},
	{"ackend", "resource or service backend is required", "add service with a name and a port"},
	{"ackend", "port name or number is required", "add service.port.number, or service.port.name"},
	{"", "must be an absolute path", "start it with /"},
	{"", "must be a relative path", "leave out the / at the start"},
	{"", "must not contain '..'", "name the place itself, without .."},
	{"valueFrom", "may not be specified when `value` is not empty", "keep one of value and valueFrom"},
	{"nodePort", "may not be used when `type` is 'ClusterIP'", "remove it, or choose type NodePort or LoadBalancer"},
	{"", "may only be set for externally-accessible services", "remove it, or choose type NodePort or LoadBalancer"},
	{"", "provided port is not in the valid range", "choose a port from 30000 to 32767, or leave it out"},
	{"", "is not in the valid range", "choose one within the range, or leave it out for the server to choose"},
	{"ipFamilyPolicy", "when multiple", "add ipFamilyPolicy: PreferDualStack"},
	{"", "minAvailable and maxUnavailable cannot be both set", "keep one of the two"},
	{"accessModes", "at least 1 access mode is required", "add ReadWriteOnce, or what the storage class offers"},
	{"", "cannot set `allowPrivilegeEscalation` to false and `privileged` to true", "a privileged container always may: drop one of the two"},
	{"", "must be 'NoExecute' when `tolerationSeconds` is set", "remove tolerationSeconds, or choose effect NoExecute"},
	{"", "expected exactly 5 fields", "minute, hour, day of month, month and day of week: \"0 3 * * *\""},
	{"restartPolicy", "valid values: \"OnFailure\", \"Never\"", "a job ends: write restartPolicy: Never, or OnFailure"},
	{"", "may not be set for init containers without restartPolicy=Always", "remove it, or make the container a sidecar with restartPolicy: Always"},
	{"rules[", "resource rules must supply at least one api group", "add apiGroups: [\"\"] for the core group, or the group of the resources"},
	{"", "must be greater than or equal to 0", "write 0 or more"},
	{"ort", "must be between 1 and 65535", "a port is a number from 1 to 65535"},
	{"", "must be no more than 15 ", "shorten the name of the port to 15 characters"},
	{"", "must be no more than 63 ", "shorten it to 63 characters"},
	{"metadata.name", "must be no more than 52 characters", "shorten it to 52 characters: the jobs' names get a number behind it"},
}

// fixFor says how to mend an error of the server; empty where its own words do.
func fixFor(e *field.Error) string {
	if fix := fixOfText(e); fix != "" {
		return fix
	}
	for i := range fixes {
		if f := &fixes[i]; strings.Contains(e.Detail, f.text) && strings.Contains(e.Field, f.in) {
			return f.fix
		}
	}
	switch e.Type {
	case field.ErrorTypeNotSupported:
		return nearestSupported(e)
	case field.ErrorTypeRequired:
		if strings.HasSuffix(e.Field, "resources[storage]") {
			return "say how large it is: resources.requests.storage"
		}
	case field.ErrorTypeDuplicate:
		return "rename or remove one of the two"
	case field.ErrorTypeNotFound:
		return "declare what it names, or correct the name"
	}
	return ""
}

var quoted = regexp.MustCompile(`"([^"]*)"`)

// nearestSupported is the allowed value that was probably meant.
func nearestSupported(e *field.Error) string {
	var values []string
	for _, match := range quoted.FindAllStringSubmatch(e.Detail, -1) {
		values = append(values, match[1])
	}
	written := fmt.Sprint(e.BadValue)
	if written == "" {
		return "choose one of these"
	}
	if nearest := suggest.Nearest(written, values); nearest != "" {
		return "write " + nearest
	}
	return ""
}
