package templates

import "github.com/kgen-dev/kgen/pkg/tree"

var deploymentOrigins = append(objectOrigins("kind",
	rule{"spec", ""},
	rule{"spec.replicas", "replicas"},
	rule{"spec.selector.*", "selector"},
	rule{"spec.selector.matchLabels.*", "selector.*"},
	rule{"spec.strategy", "strategy"},
	rule{"spec.strategy.type", "strategy.type"},
	rule{"spec.strategy.rollingUpdate.*", "strategy.*"},
	rule{"spec.minReadySeconds", "minReadySeconds"},
	rule{"spec.revisionHistoryLimit", "revisionHistoryLimit"},
	rule{"spec.progressDeadlineSeconds", "progressDeadlineSeconds"},
), below("spec.template", podOrigins)...)

// podOrigins are those of a pod template.
var podOrigins = append([]rule{
	{"", ""},
	{"metadata.labels", "{podLabels}"},
	{"metadata.labels.{podLabel}", "{podLabel}"},
	{"metadata.annotations", "podAnnotations"},
	{"metadata.annotations.{podAnnotation}", "{podAnnotation}"},
	{"spec.restartPolicy", "restartPolicy"},
	{"spec.terminationGracePeriodSeconds", "terminationGracePeriodSeconds"},
	{"spec.dnsPolicy", "dnsPolicy"},
	{"spec.dnsConfig.*", "dnsConfig.*"},
	{"spec.nodeSelector.*", "nodeSelector.*"},
	{"spec.serviceAccountName", "{accountName}"},
	{"spec.automountServiceAccountToken", "serviceAccount.automountServiceAccountToken"},
	{"spec.hostNetwork", "hostNetwork"},
	{"spec.hostPID", "hostPID"},
	{"spec.hostIPC", "hostIPC"},
	{"spec.shareProcessNamespace", "shareProcessNamespace"},
	{"spec.securityContext.*", "podSecurityContext.*"},
	{"spec.imagePullSecrets.*", "imagePullSecrets.*"},
	{"spec.affinity.*", "affinity.*"},
	{"spec.schedulerName", "schedulerName"},
	{"spec.tolerations.*", "tolerations.*"},
	{"spec.hostAliases.*", "hostAliases.*"},
	{"spec.priorityClassName", "priorityClassName"},
	{"spec.runtimeClassName", "runtimeClassName"},
	{"spec.enableServiceLinks", "enableServiceLinks"},
	{"spec.topologySpreadConstraints.*", "{spreadOver}.*"},
}, append(below("spec.volumes", volumeOrigins), below("spec.{containers}", append([]rule{{"", ""}}, below("{container}", containerOrigins)...))...)...)

// spreadPlace is the word that stands for constraints, or the constraints.
func spreadPlace(m *made, _ tree.Path) (found, bool) {
	if m.service.Spread != "" {
		return wholeAt("spread"), true
	}
	return foundAt("topologySpreadConstraints"), true
}

func accountNamePlace(m *made, _ tree.Path) (found, bool) {
	if account := m.service.ServiceAccount; account != nil && account.Name == "" {
		return foundAt("name"), true
	}
	return foundAt("serviceAccount", "name"), true
}
