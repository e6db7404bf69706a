package apiserver

import (
	appsv1 "k8s.io/api/apps/v1"
	batchv1 "k8s.io/api/batch/v1"
	corev1 "k8s.io/api/core/v1"
	networkingv1 "k8s.io/api/networking/v1"
	nodev1 "k8s.io/api/node/v1"
	rbacv1 "k8s.io/api/rbac/v1"
	schedulingv1 "k8s.io/api/scheduling/v1"
	storagev1 "k8s.io/api/storage/v1"
	"k8s.io/apimachinery/pkg/runtime"
	"k8s.io/apimachinery/pkg/util/validation/field"
	podapi "k8s.io/kubernetes/pkg/api/pod"
	"k8s.io/kubernetes/pkg/apis/apps"
	appsvalidation "k8s.io/kubernetes/pkg/apis/apps/validation"
	"k8s.io/kubernetes/pkg/apis/batch"
	batchvalidation "k8s.io/kubernetes/pkg/apis/batch/validation"
	"k8s.io/kubernetes/pkg/apis/core"
	corevalidation "k8s.io/kubernetes/pkg/apis/core/validation"
	networkingvalidation "k8s.io/kubernetes/pkg/apis/networking/validation"
	nodevalidation "k8s.io/kubernetes/pkg/apis/node/validation"
	rbacvalidation "k8s.io/kubernetes/pkg/apis/rbac/validation"
	schedulingvalidation "k8s.io/kubernetes/pkg/apis/scheduling/validation"
	storagevalidation "k8s.io/kubernetes/pkg/apis/storage/validation"
)

// Update says what the server has against the change of one object into another of
// the same kind. Kinds of which the server lets everything change are not asked.
func Update(before, after runtime.Object) []Objection {
	switch after.(type) {
	case *appsv1.Deployment, *appsv1.DaemonSet, *appsv1.ReplicaSet, *appsv1.StatefulSet, *batchv1.Job, *corev1.Pod:
		return updateWorkload(before, after)
	case *corev1.Service:
		return updater[corev1.Service, core.Service]{&service, keepAddresses, corevalidation.ValidateServiceUpdate}.refuses(before, after)
	case *corev1.PersistentVolumeClaim:
		return updater[corev1.PersistentVolumeClaim, core.PersistentVolumeClaim]{&persistentVolumeClaim, keepVolume, updateClaim}.refuses(before, after)
	case *corev1.PersistentVolume:
		return updater[corev1.PersistentVolume, core.PersistentVolume]{&persistentVolume, nil, func(now, old *core.PersistentVolume) field.ErrorList {
			return corevalidation.ValidatePersistentVolumeUpdate(now, old, corevalidation.ValidationOptionsForPersistentVolume(now, old))
		}}.refuses(before, after)
	case *corev1.ConfigMap:
		return updater[corev1.ConfigMap, core.ConfigMap]{&configMap, nil, corevalidation.ValidateConfigMapUpdate}.refuses(before, after)
	case *corev1.Secret:
		return updater[corev1.Secret, core.Secret]{&secret, nil, corevalidation.ValidateSecretUpdate}.refuses(before, after)
	case *rbacv1.RoleBinding:
		return simple(&roleBinding, rbacvalidation.ValidateRoleBindingUpdate).refuses(before, after)
	case *rbacv1.ClusterRoleBinding:
		return simple(&clusterRoleBinding, rbacvalidation.ValidateClusterRoleBindingUpdate).refuses(before, after)
	case *storagev1.StorageClass:
		return simple(&storageClass, storagevalidation.ValidateStorageClassUpdate).refuses(before, after)
	case *storagev1.VolumeAttributesClass:
		return simple(&volumeAttributesClass, storagevalidation.ValidateVolumeAttributesClassUpdate).refuses(before, after)
	case *storagev1.CSIDriver:
		return simple(&csiDriver, storagevalidation.ValidateCSIDriverUpdate).refuses(before, after)
	case *schedulingv1.PriorityClass:
		return simple(&priorityClass, schedulingvalidation.ValidatePriorityClassUpdate).refuses(before, after)
	case *nodev1.RuntimeClass:
		return simple(&runtimeClass, nodevalidation.ValidateRuntimeClassUpdate).refuses(before, after)
	case *networkingv1.IngressClass:
		return simple(&ingressClass, networkingvalidation.ValidateIngressClassUpdate).refuses(before, after)
	case *appsv1.ControllerRevision:
		return simple(&controllerRevision, appsvalidation.ValidateControllerRevisionUpdate).refuses(before, after)
	}
	return nil
}

func simple[V, I any](r *rules[V, I], validate func(now, old *I) field.ErrorList) updater[V, I] {
	return updater[V, I]{r, nil, validate}
}

func updateOptions(now, old *core.PodTemplateSpec) corevalidation.PodValidationOptions {
	return podapi.GetValidationOptionsFromPodTemplate(now, old)
}

func updateWorkload(before, after runtime.Object) []Objection {
	switch after.(type) {
	case *appsv1.Deployment:
		return simple(&deployment, func(now, old *apps.Deployment) field.ErrorList {
			return appsvalidation.ValidateDeploymentUpdate(now, old, updateOptions(&now.Spec.Template, &old.Spec.Template))
		}).refuses(before, after)
	case *appsv1.DaemonSet:
		return simple(&daemonSet, func(now, old *apps.DaemonSet) field.ErrorList {
			// The registry keeps count of the templates.
			now.Spec.TemplateGeneration = old.Spec.TemplateGeneration + 1
			return appsvalidation.ValidateDaemonSetUpdate(now, old, updateOptions(&now.Spec.Template, &old.Spec.Template))
		}).refuses(before, after)
	case *appsv1.ReplicaSet:
		return simple(&replicaSet, func(now, old *apps.ReplicaSet) field.ErrorList {
			return appsvalidation.ValidateReplicaSetUpdate(now, old, updateOptions(&now.Spec.Template, &old.Spec.Template))
		}).refuses(before, after)
	case *appsv1.StatefulSet:
		return simple(&statefulSet, func(now, old *apps.StatefulSet) field.ErrorList {
			return appsvalidation.ValidateStatefulSetUpdate(now, old, updateOptions(&now.Spec.Template, &old.Spec.Template))
		}).refuses(before, after)
	case *batchv1.Job:
		return updater[batchv1.Job, batch.Job]{&job, keepJobSelector, func(now, old *batch.Job) field.ErrorList {
			return batchvalidation.ValidateJobUpdate(now, old, batchvalidation.JobValidationOptions{
				PodValidationOptions: updateOptions(&now.Spec.Template, &old.Spec.Template),
			})
		}}.refuses(before, after)
	case *corev1.Pod:
		return updater[corev1.Pod, core.Pod]{&pod, keepNode, func(now, old *core.Pod) field.ErrorList {
			options := podapi.GetValidationOptionsFromPodSpecAndMeta(&now.Spec, &old.Spec, &now.ObjectMeta, &old.ObjectMeta)
			return corevalidation.ValidatePodUpdate(now, old, options)
		}}.refuses(before, after)
	}
	return nil
}

// keepAddresses is patchAllocatedValues of the service registry, as far as the rules of
// an update look at it.
func keepAddresses(now, old *core.Service) {
	if now.Spec.Type == core.ServiceTypeExternalName || old.Spec.Type == core.ServiceTypeExternalName {
		return
	}
	if len(old.Spec.ClusterIPs) == 0 && allocate(old) != nil {
		return
	}
	if now.Spec.ClusterIP == "" {
		now.Spec.ClusterIP = old.Spec.ClusterIP
	}
	if len(now.Spec.ClusterIPs) == 0 && now.Spec.ClusterIP == old.Spec.ClusterIP {
		now.Spec.ClusterIPs = old.Spec.ClusterIPs
	}
	if len(now.Spec.IPFamilies) == 0 && now.Spec.IPFamilyPolicy == nil {
		now.Spec.IPFamilies, now.Spec.IPFamilyPolicy = old.Spec.IPFamilies, old.Spec.IPFamilyPolicy
	}
}

// keepVolume makes both claims bound, for all their sizes say.
func keepVolume(now, old *core.PersistentVolumeClaim) {
	if len(old.Status.Capacity) == 0 {
		old.Status.Capacity = old.Spec.Resources.Requests.DeepCopy()
	}
	old.Status.Phase = core.ClaimBound
	now.Status = old.Status
	if now.Spec.VolumeName == "" {
		now.Spec.VolumeName = old.Spec.VolumeName
	}
	isFromCluster := old.UID != ""
	if now.Spec.StorageClassName == nil && isFromCluster {
		now.Spec.StorageClassName = old.Spec.StorageClassName
	}
}

func updateClaim(now, old *core.PersistentVolumeClaim) field.ErrorList {
	return corevalidation.ValidatePersistentVolumeClaimUpdate(now, old, corevalidation.ValidationOptionsForPersistentVolumeClaim(now, old))
}

// keepJobSelector keeps the selector that the server made, with its labels.
func keepJobSelector(now, old *batch.Job) {
	if now.Spec.Selector != nil || old.Spec.Selector == nil {
		return
	}
	now.Spec.Selector = old.Spec.Selector
	for _, label := range []string{batch.LegacyJobNameLabel, batch.JobNameLabel, batch.LegacyControllerUidLabel, batch.ControllerUidLabel} {
		if value, found := old.Spec.Template.Labels[label]; found {
			setMissing(&now.Spec.Template.Labels, label, value)
		}
	}
}

// keepNode keeps where a pod runs, and as whom.
func keepNode(now, old *core.Pod) {
	if now.Spec.NodeName == "" {
		now.Spec.NodeName = old.Spec.NodeName
	}
	if now.Spec.ServiceAccountName == "" {
		now.Spec.ServiceAccountName = old.Spec.ServiceAccountName
	}
}
