package validate

import (
	"fmt"
	"regexp"
	"strings"

	"k8s.io/apimachinery/pkg/util/validation/field"

	"github.com/kgen-dev/kgen/pkg/suggest"
)

// fixes say how to mend what the server's words only describe: the first whose
// text stands in the server's, and whose field ends the path, applies.
var fixes = []struct{ field, text, fix string }{
	{"", "name or generateName is required", "give the object a name under metadata"},
	{"", "does not match template `labels`", "give template.metadata.labels every label that selector.matchLabels has"},
	{"", "empty selector is invalid", "select by a label that the pod template has"},
	{"", "must specify a handler type", "add one of httpGet, tcpSocket, grpc and exec"},
	{"", "may not specify more than 1 handler type", "keep one of httpGet, tcpSocket, grpc and exec"},
	{"", "may not specify more than 1 volume type", "give each kind of storage a volume of its own"},
	{"", "may not be 0 when `maxSurge` is 0", "allow one: with neither a surplus nor a missing pod no pod can be replaced"},
	{"", "cannot be 0 when maxSurge is 0", "allow one: with neither a surplus nor a missing pod no pod can be replaced"},
	{"", "may not be specified when strategy `type` is 'Recreate'", "remove rollingUpdate, or choose type RollingUpdate"},
	{"", "must be greater than minReadySeconds", "raise progressDeadlineSeconds, or lower minReadySeconds"},
	{"", "must be less than or equal to cpu limit", "raise the limit, or lower the request"},
	{"", "must be less than or equal to memory limit", "raise the limit, or lower the request"},
	{"", "must specify a volume type", "add what the storage is: csi, nfs, hostPath, local or another"},
	{"", "must specify a peer", "add one of podSelector, namespaceSelector and ipBlock"},
	{"spec.maxReplicas", "must be set and greater than 0", "write 1 or more"},
	{"", "must be unique", "choose another path, or remove one of the two"},
	{"", "must be greater than or equal to `minReplicas`", "raise maxReplicas, or lower minReplicas"},
	{"", "either `defaultBackend` or `rules` must be specified", "add rules with hosts and paths, or a defaultBackend"},
	{"", "pathType must be specified", "add pathType: Prefix, or Exact"},
	{"", "must be an absolute path", "start it with /"},
	{"", "must be a relative path", "leave out the / at the start"},
	{"", "must not contain '..'", "name the place itself, without .."},
	{"", "may not be specified when `value` is not empty", "keep one of value and valueFrom"},
	{"", "may not be used when `type` is 'ClusterIP'", "remove it, or choose type NodePort or LoadBalancer"},
	{"", "may only be set for externally-accessible services", "remove it, or choose type NodePort or LoadBalancer"},
	{"", "provided port is not in the valid range", "choose a port from 30000 to 32767, or leave it out"},
	{"", "is not in the valid range", "choose one within the range, or leave it out for the server to choose"},
	{"", "minAvailable and maxUnavailable cannot be both set", "keep one of the two"},
	{"", "at least 1 access mode is required", "add ReadWriteOnce, or what the storage class offers"},
	{"", "cannot set `allowPrivilegeEscalation` to false and `privileged` to true", "a privileged container always may: drop one of the two"},
	{"", "must be 'NoExecute' when `tolerationSeconds` is set", "remove tolerationSeconds, or choose effect NoExecute"},
	{"", "expected exactly 5 fields", "minute, hour, day of month, month and day of week: \"0 3 * * *\""},
	{"", "valid values: \"OnFailure\", \"Never\"", "a job ends: write restartPolicy: Never, or OnFailure"},
	{"", "may not be set for init containers without restartPolicy=Always", "remove it, or make the container a sidecar with restartPolicy: Always"},
	{"", "must be greater than or equal to 0", "write 0 or more"},
	{"", "must be between 1 and 65535", "a port is a number from 1 to 65535"},
	{"", "must be no more than 15 characters", "shorten the name of the port to 15 characters"},
	{"", "must be no more than 63", "shorten it to 63 characters"},
	{"", "must be no more than 52 characters", "shorten it to 52 characters: the jobs' names get a number behind it"},
}

// fixFor says how to mend an error of the server; empty where its own words do.
func fixFor(e *field.Error) string {
	for i := range fixes {
		if f := &fixes[i]; strings.Contains(e.Detail, f.text) && strings.HasSuffix(e.Field, f.field) {
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
	case field.ErrorTypeInvalid:
		return nearestName(e)
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
	if nearest := suggest.Nearest(fmt.Sprint(e.BadValue), values); nearest != "" {
		return "write " + nearest
	}
	return ""
}

var noNameCharacters = regexp.MustCompile(`[^a-z0-9-]+`)

// nearestName is the valid name that looks most like the one written, where the
// server demands the names of RFC 1123.
func nearestName(e *field.Error) string {
	written, isText := e.BadValue.(string)
	if !isText || !strings.HasPrefix(e.Detail, "a lowercase RFC 1123") {
		return ""
	}
	name := strings.Trim(noNameCharacters.ReplaceAllString(strings.ToLower(written), "-"), "-")
	if name == "" || name == written || len(name) > 63 {
		return ""
	}
	return "write " + name
}
