package apiserver

import (
	"context"
	"fmt"

	corev1 "k8s.io/api/core/v1"
	"k8s.io/apimachinery/pkg/util/validation"
	"k8s.io/apimachinery/pkg/util/validation/field"
	podapi "k8s.io/kubernetes/pkg/api/pod"
	"k8s.io/kubernetes/pkg/apis/core"
	coreconvert "k8s.io/kubernetes/pkg/apis/core/v1"
	corevalidation "k8s.io/kubernetes/pkg/apis/core/validation"
)

// pod follows pkg/registry/core/pod/strategy.go.
var pod = rules[corev1.Pod, core.Pod]{
	fill:    coreconvert.SetObjectDefaults_Pod,
	convert: coreconvert.Convert_v1_Pod_To_core_Pod,
	admit:   admitPod,
	prepare: preparePod,
	note:    copyAppArmorAnnotations,
	validate: func(p *core.Pod) field.ErrorList {
		options := podapi.GetValidationOptionsFromPodSpecAndMeta(&p.Spec, nil, &p.ObjectMeta, nil)
		options.ResourceIsPod = true
		return corevalidation.ValidatePodCreate(p, options)
	},
	accept: acceptPod,
	warn: func(p *core.Pod) []string {
		warnings := podapi.GetWarningsForPod(context.Background(), p, nil)
		if messages := validation.IsDNS1123Label(p.Name); len(messages) != 0 {
			warnings = append(warnings, fmt.Sprintf("metadata.name: this is used in the Pod's hostname, which can result in surprising behavior; a DNS label is recommended: %v", messages))
		}
		return warnings
	},
}

func preparePod(p *core.Pod) {
	p.Generation = 1
	p.Status = core.PodStatus{Phase: core.PodPending}
	podapi.DropDisabledPodFields(p, nil)
	mergeLabelKeys(p)
}
