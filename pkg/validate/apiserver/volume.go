package apiserver

import (
	corev1 "k8s.io/api/core/v1"
	"k8s.io/apimachinery/pkg/util/validation/field"
	volumeapi "k8s.io/kubernetes/pkg/api/persistentvolume"
	claimapi "k8s.io/kubernetes/pkg/api/persistentvolumeclaim"
	"k8s.io/kubernetes/pkg/apis/core"
	coreconvert "k8s.io/kubernetes/pkg/apis/core/v1"
	corevalidation "k8s.io/kubernetes/pkg/apis/core/validation"
	volumevalidation "k8s.io/kubernetes/pkg/volume/validation"
)

// persistentVolumeClaim follows pkg/registry/core/persistentvolumeclaim/strategy.go.
var persistentVolumeClaim = rules[corev1.PersistentVolumeClaim, core.PersistentVolumeClaim]{
	fill:    coreconvert.SetObjectDefaults_PersistentVolumeClaim,
	convert: coreconvert.Convert_v1_PersistentVolumeClaim_To_core_PersistentVolumeClaim,
	prepare: func(c *core.PersistentVolumeClaim) {
		c.Status = core.PersistentVolumeClaimStatus{}
		claimapi.DropDisabledFields(&c.Spec, nil)
		claimapi.EnforceDataSourceBackwardsCompatibility(&c.Spec, nil)
		claimapi.NormalizeDataSources(&c.Spec)
	},
	validate: func(c *core.PersistentVolumeClaim) field.ErrorList {
		return corevalidation.ValidatePersistentVolumeClaim(c, corevalidation.ValidationOptionsForPersistentVolumeClaim(c, nil))
	},
	warn: claimapi.GetWarningsForPersistentVolumeClaim,
}

// persistentVolume follows pkg/registry/core/persistentvolume/strategy.go.
var persistentVolume = rules[corev1.PersistentVolume, core.PersistentVolume]{
	fill:    coreconvert.SetObjectDefaults_PersistentVolume,
	convert: coreconvert.Convert_v1_PersistentVolume_To_core_PersistentVolume,
	prepare: func(v *core.PersistentVolume) {
		v.Status = core.PersistentVolumeStatus{Phase: core.VolumePending}
		volumeapi.DropDisabledSpecFields(&v.Spec, nil)
	},
	validate: func(v *core.PersistentVolume) field.ErrorList {
		errs := corevalidation.ValidatePersistentVolume(v, corevalidation.ValidationOptionsForPersistentVolume(v, nil))
		return append(errs, volumevalidation.ValidatePersistentVolume(v)...)
	},
	warn: volumeapi.GetWarningsForPersistentVolume,
}
