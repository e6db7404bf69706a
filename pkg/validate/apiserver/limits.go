package apiserver

import (
	"fmt"

	corev1 "k8s.io/api/core/v1"
	"k8s.io/kubernetes/pkg/apis/core"
	coreconvert "k8s.io/kubernetes/pkg/apis/core/v1"
	corevalidation "k8s.io/kubernetes/pkg/apis/core/validation"
)

// limitRange follows pkg/registry/core/limitrange/strategy.go, which alone gives a
// nameless object a name.
var limitRange = rules[corev1.LimitRange, core.LimitRange]{
	fill:    coreconvert.SetObjectDefaults_LimitRange,
	convert: coreconvert.Convert_v1_LimitRange_To_core_LimitRange,
	prepare: func(l *core.LimitRange) {
		if l.Name == "" {
			l.Name = NewUID
		}
	},
	validate: corevalidation.ValidateLimitRange,
}

// resourceQuota follows pkg/registry/core/resourcequota/strategy.go.
var resourceQuota = rules[corev1.ResourceQuota, core.ResourceQuota]{
	fill:     coreconvert.SetObjectDefaults_ResourceQuota,
	convert:  coreconvert.Convert_v1_ResourceQuota_To_core_ResourceQuota,
	prepare:  func(q *core.ResourceQuota) { q.Status = core.ResourceQuotaStatus{} },
	validate: corevalidation.ValidateResourceQuota,
	warn:     quotaWarnings,
}

// quotaWarnings compares what may be requested with what may be used; cpu and
// memory mean requests when they stand alone.
func quotaWarnings(q *core.ResourceQuota) (warnings []string) {
	for _, name := range []core.ResourceName{core.ResourceCPU, core.ResourceMemory, core.ResourceStorage, core.ResourceEphemeralStorage} {
		request := "requests." + name
		requested, found := q.Spec.Hard[request]
		if !found && (name == core.ResourceCPU || name == core.ResourceMemory) {
			request = name
			requested, found = q.Spec.Hard[request]
		}
		limit := "limits." + name
		limited, hasLimit := q.Spec.Hard[limit]
		if found && hasLimit && requested.Cmp(limited) > 0 {
			warnings = append(warnings, fmt.Sprintf("ResourceQuota %s (%s) should be less than %s (%s)", request, requested.String(), limit, limited.String()))
		}
	}
	return warnings
}
