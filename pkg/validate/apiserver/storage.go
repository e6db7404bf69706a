package apiserver

import (
	storagev1 "k8s.io/api/storage/v1"
	"k8s.io/apimachinery/pkg/util/validation/field"
	"k8s.io/apiserver/pkg/util/feature"
	storageapi "k8s.io/kubernetes/pkg/api/storage"
	"k8s.io/kubernetes/pkg/apis/storage"
	storageconvert "k8s.io/kubernetes/pkg/apis/storage/v1"
	storagevalidation "k8s.io/kubernetes/pkg/apis/storage/validation"
	"k8s.io/kubernetes/pkg/features"
)

// The rules of this file follow pkg/registry/storage/*/strategy.go.

var storageClass = rules[storagev1.StorageClass, storage.StorageClass]{
	fill:     storageconvert.SetObjectDefaults_StorageClass,
	convert:  storageconvert.Convert_v1_StorageClass_To_storage_StorageClass,
	validate: storagevalidation.ValidateStorageClass,
	warn:     storageapi.GetWarningsForStorageClass,
}

var volumeAttributesClass = rules[storagev1.VolumeAttributesClass, storage.VolumeAttributesClass]{
	convert:  storageconvert.Convert_v1_VolumeAttributesClass_To_storage_VolumeAttributesClass,
	validate: storagevalidation.ValidateVolumeAttributesClass,
}

var csiDriver = rules[storagev1.CSIDriver, storage.CSIDriver]{
	fill:     storageconvert.SetObjectDefaults_CSIDriver,
	convert:  storageconvert.Convert_v1_CSIDriver_To_storage_CSIDriver,
	prepare:  prepareCSIDriver,
	validate: storagevalidation.ValidateCSIDriver,
	warn: func(d *storage.CSIDriver) []string {
		if len(d.Spec.TokenRequests) == 0 || d.Spec.ServiceAccountTokenInSecrets != nil ||
			!feature.DefaultFeatureGate.Enabled(features.CSIServiceAccountTokenSecrets) {
			return nil
		}
		return []string{"spec.serviceAccountTokenInSecrets is unset; if supported by this CSI driver, set to true to prevent possible logging of tokens in volume attributes"}
	},
}

func prepareCSIDriver(d *storage.CSIDriver) {
	gates := feature.DefaultFeatureGate
	if !gates.Enabled(features.SELinuxMountReadWriteOncePod) {
		d.Spec.SELinuxMount = nil
	}
	if !gates.Enabled(features.MutableCSINodeAllocatableCount) {
		d.Spec.NodeAllocatableUpdatePeriodSeconds = nil
	}
	if !gates.Enabled(features.CSIServiceAccountTokenSecrets) {
		d.Spec.ServiceAccountTokenInSecrets = nil
	}
	if !gates.Enabled(features.VolumeLimitScaling) {
		d.Spec.PreventPodSchedulingIfMissing = nil
	}
}

var csiNode = rules[storagev1.CSINode, storage.CSINode]{
	convert:  storageconvert.Convert_v1_CSINode_To_storage_CSINode,
	validate: storagevalidation.ValidateCSINode,
}

var csiStorageCapacity = rules[storagev1.CSIStorageCapacity, storage.CSIStorageCapacity]{
	convert: storageconvert.Convert_v1_CSIStorageCapacity_To_storage_CSIStorageCapacity,
	validate: func(c *storage.CSIStorageCapacity) field.ErrorList {
		return storagevalidation.ValidateCSIStorageCapacity(c, storagevalidation.CSIStorageCapacityValidateOptions{})
	},
	warn: storageapi.GetWarningsForCSIStorageCapacity,
}

var volumeAttachment = rules[storagev1.VolumeAttachment, storage.VolumeAttachment]{
	fill:     storageconvert.SetObjectDefaults_VolumeAttachment,
	convert:  storageconvert.Convert_v1_VolumeAttachment_To_storage_VolumeAttachment,
	prepare:  func(a *storage.VolumeAttachment) { a.Status = storage.VolumeAttachmentStatus{} },
	validate: storagevalidation.ValidateVolumeAttachment,
}
