package apiserver

import (
	"context"

	corev1 "k8s.io/api/core/v1"
	"k8s.io/apimachinery/pkg/util/validation/field"
	podapi "k8s.io/kubernetes/pkg/api/pod"
	"k8s.io/kubernetes/pkg/apis/core"
	coreconvert "k8s.io/kubernetes/pkg/apis/core/v1"
	corevalidation "k8s.io/kubernetes/pkg/apis/core/validation"
)

// replicationController follows pkg/registry/core/replicationcontroller/strategy.go;
// its template may be missing.
var replicationController = rules[corev1.ReplicationController, core.ReplicationController]{
	fill:       coreconvert.SetObjectDefaults_ReplicationController,
	convert:    coreconvert.Convert_v1_ReplicationController_To_core_ReplicationController,
	leavesMeta: true,
	prepare: func(r *core.ReplicationController) {
		r.Status = core.ReplicationControllerStatus{}
		r.Generation = 1
		podapi.DropDisabledTemplateFields(r.Spec.Template, nil)
	},
	validate: func(r *core.ReplicationController) field.ErrorList {
		return corevalidation.ValidateReplicationController(r, templateOptions(r.Spec.Template))
	},
	warn: func(r *core.ReplicationController) []string {
		return append(nameWarnings(r.Name), templateWarnings(r.Spec.Template)...)
	},
}

// podTemplate follows pkg/registry/core/podtemplate/strategy.go.
var podTemplate = rules[corev1.PodTemplate, core.PodTemplate]{
	fill:    coreconvert.SetObjectDefaults_PodTemplate,
	convert: coreconvert.Convert_v1_PodTemplate_To_core_PodTemplate,
	prepare: func(t *core.PodTemplate) {
		t.Generation = 1
		podapi.DropDisabledTemplateFields(&t.Template, nil)
	},
	validate: func(t *core.PodTemplate) field.ErrorList {
		return corevalidation.ValidatePodTemplate(t, templateOptions(&t.Template))
	},
	warn: func(t *core.PodTemplate) []string {
		return podapi.GetWarningsForPodTemplate(context.Background(), field.NewPath("template"), &t.Template, nil)
	},
}
