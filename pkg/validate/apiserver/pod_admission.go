package apiserver

import (
	"fmt"

	"k8s.io/apimachinery/pkg/util/validation/field"
	podapi "k8s.io/kubernetes/pkg/api/pod"
	"k8s.io/kubernetes/pkg/apis/core"
	"k8s.io/kubernetes/pkg/apis/scheduling"
)

var specPath = field.NewPath("spec")

// admitPod is what plugin/pkg/admission/{serviceaccount,priority} do to a pod
// before it is validated. The service account's token is not mounted here: no rule
// can tell.
func admitPod(p *core.Pod) field.ErrorList {
	if _, isMirror := p.Annotations[core.MirrorPodAnnotationKey]; isMirror {
		if errs := validateMirror(p); len(errs) > 0 {
			return errs
		}
	} else if p.Spec.ServiceAccountName == "" {
		p.Spec.ServiceAccountName = "default"
	}
	return admitPriority(p)
}

// admitPriority computes the pod's priority where the class is one that every
// cluster has, or none; of other classes it is not known.
func admitPriority(p *core.Pod) field.ErrorList {
	var value int32
	policy := core.PreemptLowerPriority
	if p.Spec.PriorityClassName != "" {
		switch p.Spec.PriorityClassName {
		case scheduling.SystemClusterCritical:
			value = scheduling.SystemCriticalPriority
		case scheduling.SystemNodeCritical:
			value = scheduling.SystemCriticalPriority + 1000
		default:
			return nil
		}
	}
	if given := p.Spec.Priority; given != nil && *given != value {
		return field.ErrorList{field.Forbidden(specPath.Child("priority"), fmt.Sprintf("the integer value of priority (%d) must not be provided in pod spec; priority admission controller computed %d from the given PriorityClass name", *given, value))}
	}
	p.Spec.Priority = &value
	if given := p.Spec.PreemptionPolicy; given != nil && *given != policy {
		return field.ErrorList{field.Forbidden(specPath.Child("preemptionPolicy"), fmt.Sprintf("the string value of PreemptionPolicy (%s) must not be provided in pod spec; priority admission controller computed %s from the given PriorityClass name", *given, policy))}
	}
	p.Spec.PreemptionPolicy = &policy
	return nil
}

// acceptPod is the RuntimeClass plugin's look at a pod that names no class; what a
// class allows is not known.
func acceptPod(p *core.Pod) field.ErrorList {
	if p.Spec.RuntimeClassName != nil || p.Spec.Overhead == nil {
		return nil
	}
	return field.ErrorList{field.Forbidden(specPath.Child("overhead"), "pod rejected: Pod Overhead set without corresponding RuntimeClass defined Overhead")}
}

// validateMirror is the ServiceAccount plugin's look at pods that a kubelet runs
// from a file and the server only mirrors.
func validateMirror(p *core.Pod) field.ErrorList {
	if p.Spec.ServiceAccountName != "" {
		return field.ErrorList{field.Forbidden(specPath.Child("serviceAccountName"), "a mirror pod may not reference service accounts")}
	}
	// What the visit returns is not whether it was ended: containers' names end
	// nothing.
	hasSecrets := false
	podapi.VisitPodSecretNames(p, func(string) bool { hasSecrets = true; return false }, podapi.AllContainers)
	if hasSecrets {
		return field.ErrorList{field.Forbidden(specPath, "a mirror pod may not reference secrets")}
	}
	for i := range p.Spec.Volumes {
		projected := p.Spec.Volumes[i].Projected
		if projected == nil {
			continue
		}
		for j := range projected.Sources {
			if projected.Sources[j].ServiceAccountToken != nil {
				path := specPath.Child("volumes").Index(i).Child("projected", "sources").Index(j).Child("serviceAccountToken")
				return field.ErrorList{field.Forbidden(path, "a mirror pod may not use ServiceAccountToken volume projections")}
			}
		}
	}
	return nil
}
