package templates

import (
	"slices"

	"github.com/kgen-dev/kgen/pkg/tree"
	"github.com/kgen-dev/kgen/schema"
)

var statefulSetOrigins = append(objectOrigins("kind",
	rule{"spec", ""},
	rule{"spec.replicas", "replicas"},
	rule{"spec.selector.*", "selector"},
	rule{"spec.selector.matchLabels.*", "selector.*"},
	rule{"spec.volumeClaimTemplates", "volumes"},
	rule{"spec.volumeClaimTemplates.{claimTemplate}.*", "{claimTemplate}"},
	rule{"spec.volumeClaimTemplates.{claimTemplate}.metadata.labels", "selector"},
	rule{"spec.volumeClaimTemplates.{claimTemplate}.metadata.labels.{claimTemplateLabel}", "{claimTemplateLabel}"},
	rule{"spec.volumeClaimTemplates.{claimTemplate}.metadata.annotations.*", "{claimTemplate}.annotations.*"},
	rule{"spec.volumeClaimTemplates.{claimTemplate}.spec.accessModes.*", "{claimTemplate}.accessModes.*"},
	rule{"spec.volumeClaimTemplates.{claimTemplate}.spec.resources.*", "{claimTemplate}.size"},
	rule{"spec.volumeClaimTemplates.{claimTemplate}.spec.storageClassName", "{claimTemplate}.storageClassName"},
	rule{"spec.volumeClaimTemplates.{claimTemplate}.spec.dataSource.*", "{claimTemplate}.dataSource.*"},
	rule{"spec.serviceName", "{governing}"},
	rule{"spec.podManagementPolicy", "podManagementPolicy"},
	rule{"spec.updateStrategy.*", "strategy"},
	rule{"spec.updateStrategy.type", "strategy.type"},
	rule{"spec.updateStrategy.rollingUpdate.*", "strategy.*"},
	rule{"spec.revisionHistoryLimit", "revisionHistoryLimit"},
	rule{"spec.minReadySeconds", "minReadySeconds"},
	rule{"spec.persistentVolumeClaimRetentionPolicy.*", "persistentVolumeClaimRetentionPolicy.*"},
	rule{"spec.ordinals.*", "ordinals.*"},
), below("spec.template", podOrigins)...)

var daemonSetOrigins = append(objectOrigins("kind",
	rule{"spec", ""},
	rule{"spec.selector.*", "selector"},
	rule{"spec.selector.matchLabels.*", "selector.*"},
	rule{"spec.updateStrategy.*", "strategy"},
	rule{"spec.updateStrategy.type", "strategy.type"},
	rule{"spec.updateStrategy.rollingUpdate.*", "strategy.*"},
	rule{"spec.minReadySeconds", "minReadySeconds"},
	rule{"spec.revisionHistoryLimit", "revisionHistoryLimit"},
), below("spec.template", podOrigins)...)

var jobOrigins = append(append(objectOrigins("kind"),
	jobSpecOrigins("spec")...),
	rule{"spec.suspend", "job.suspend"},
)

var cronJobOrigins = append(objectOrigins("kind",
	rule{"spec", ""},
	rule{"spec.schedule", "schedule"},
	rule{"spec.timeZone", "timeZone"},
	rule{"spec.startingDeadlineSeconds", "job.startingDeadlineSeconds"},
	rule{"spec.concurrencyPolicy", "job.concurrencyPolicy"},
	rule{"spec.suspend", "job.suspend"},
	rule{"spec.successfulJobsHistoryLimit", "job.successfulJobsHistoryLimit"},
	rule{"spec.failedJobsHistoryLimit", "job.failedJobsHistoryLimit"},
	rule{"spec.jobTemplate", ""},
	rule{"spec.jobTemplate.metadata.labels", "labels"},
	rule{"spec.jobTemplate.metadata.labels.{label}", "{label}"},
), jobSpecOrigins("spec.jobTemplate.spec")...)

// jobSpecOrigins are those of a Job's spec, which stands at a path.
func jobSpecOrigins(at string) []rule {
	return below(at, append([]rule{
		{"", ""},
		{"parallelism", "job.parallelism"},
		{"completions", "job.completions"},
		{"activeDeadlineSeconds", "job.activeDeadlineSeconds"},
		{"backoffLimit", "job.backoffLimit"},
		{"ttlSecondsAfterFinished", "job.ttlSecondsAfterFinished"},
		{"completionMode", "job.completionMode"},
		{"backoffLimitPerIndex", "job.backoffLimitPerIndex"},
		{"maxFailedIndexes", "job.maxFailedIndexes"},
		{"podFailurePolicy.*", "job.podFailurePolicy.*"},
		{"successPolicy.*", "job.successPolicy.*"},
		{"podReplacementPolicy", "job.podReplacementPolicy"},
	}, below("template", podOrigins)...))
}

// isWorkload reports whether objects of the kind make pods.
func isWorkload(kind string) bool {
	return slices.Contains([]string{schema.Deployment, schema.StatefulSet, schema.DaemonSet, schema.Job, schema.CronJob}, kind)
}

// claimTemplatePlace is the volume that a claim template is made of.
func claimTemplatePlace(m *made, at tree.Path) (found, bool) {
	i := lastIndex(at)
	for j := range m.service.Volumes {
		v := &m.service.Volumes[j]
		if !m.service.IsClaimTemplate(&v.Value) {
			continue
		}
		if i == 0 {
			return foundAt("volumes", v.Key), true
		}
		i--
	}
	return found{}, false
}

// claimTemplateLabelPlace is a label of a claim template: the volume's, else the selector's.
func claimTemplateLabelPlace(m *made, at tree.Path) (found, bool) {
	const above = 3 // metadata, labels, the label
	volume, ok := claimTemplatePlace(m, at[:len(at)-above])
	if v := m.volumeAt(volume); ok && v != nil && v.Labels.Has(keyOf(at)) {
		return foundAt(volume.Path.With("labels", keyOf(at))...), true
	}
	return foundAt("selector", keyOf(at)), true
}

// governingPlace is what makes the Service that names the pods of a StatefulSet.
func governingPlace(m *made, _ tree.Path) (found, bool) {
	name, isMade := m.service.GoverningService()
	governing := &made{service: m.service, world: m.world, kind: "Service", name: name}
	if extra := governing.extra(); !isMade && extra != nil {
		return wholeAt("extraServices", extra.Key), true
	}
	return wholeAt("service", "headless"), true
}

// isForPodNames reports whether the object is the Service that was made to name the
// pods of a StatefulSet, and nothing else.
func (m *made) isForPodNames() bool {
	if m.kind != "Service" || m.service.Kind != schema.StatefulSet {
		return false
	}
	name, isMade := m.service.GoverningService()
	return isMade && m.name == name
}
