package apiserver

import (
	"context"
	"fmt"

	appsv1 "k8s.io/api/apps/v1"
	"k8s.io/apimachinery/pkg/util/validation"
	"k8s.io/apimachinery/pkg/util/validation/field"
	podapi "k8s.io/kubernetes/pkg/api/pod"
	"k8s.io/kubernetes/pkg/apis/apps"
	appsconvert "k8s.io/kubernetes/pkg/apis/apps/v1"
	appsvalidation "k8s.io/kubernetes/pkg/apis/apps/validation"
	"k8s.io/kubernetes/pkg/apis/core"
	corevalidation "k8s.io/kubernetes/pkg/apis/core/validation"
)

// The rules of this file follow pkg/registry/apps/*/strategy.go.

var templatePath = field.NewPath("spec", "template")

var deployment = rules[appsv1.Deployment, apps.Deployment]{
	fill:    appsconvert.SetObjectDefaults_Deployment,
	convert: appsconvert.Convert_v1_Deployment_To_apps_Deployment,
	prepare: func(d *apps.Deployment) {
		d.Status = apps.DeploymentStatus{}
		d.Generation = 1
		podapi.DropDisabledTemplateFields(&d.Spec.Template, nil)
	},
	validate: func(d *apps.Deployment) field.ErrorList {
		return appsvalidation.ValidateDeployment(d, templateOptions(&d.Spec.Template))
	},
	warn: func(d *apps.Deployment) []string {
		return append(nameWarnings(d.Name), templateWarnings(&d.Spec.Template)...)
	},
}

var replicaSet = rules[appsv1.ReplicaSet, apps.ReplicaSet]{
	fill:    appsconvert.SetObjectDefaults_ReplicaSet,
	convert: appsconvert.Convert_v1_ReplicaSet_To_apps_ReplicaSet,
	prepare: func(r *apps.ReplicaSet) {
		r.Status = apps.ReplicaSetStatus{}
		r.Generation = 1
		podapi.DropDisabledTemplateFields(&r.Spec.Template, nil)
	},
	validate: func(r *apps.ReplicaSet) field.ErrorList {
		return appsvalidation.ValidateReplicaSet(r, templateOptions(&r.Spec.Template))
	},
	warn: func(r *apps.ReplicaSet) []string {
		return append(nameWarnings(r.Name), templateWarnings(&r.Spec.Template)...)
	},
}

var daemonSet = rules[appsv1.DaemonSet, apps.DaemonSet]{
	fill:    appsconvert.SetObjectDefaults_DaemonSet,
	convert: appsconvert.Convert_v1_DaemonSet_To_apps_DaemonSet,
	prepare: func(d *apps.DaemonSet) {
		d.Status = apps.DaemonSetStatus{}
		d.Generation = 1
		d.Spec.TemplateGeneration = max(d.Spec.TemplateGeneration, 1)
		podapi.DropDisabledTemplateFields(&d.Spec.Template, nil)
	},
	validate: func(d *apps.DaemonSet) field.ErrorList {
		return appsvalidation.ValidateDaemonSet(d, templateOptions(&d.Spec.Template))
	},
	warn: func(d *apps.DaemonSet) []string { return templateWarnings(&d.Spec.Template) },
}

var controllerRevision = rules[appsv1.ControllerRevision, apps.ControllerRevision]{
	convert:  appsconvert.Convert_v1_ControllerRevision_To_apps_ControllerRevision,
	validate: appsvalidation.ValidateControllerRevisionCreate,
}

func templateOptions(t *core.PodTemplateSpec) corevalidation.PodValidationOptions {
	return podapi.GetValidationOptionsFromPodTemplate(t, nil)
}

func templateWarnings(t *core.PodTemplateSpec) []string {
	return podapi.GetWarningsForPodTemplate(context.Background(), templatePath, t, nil)
}

// nameWarnings is the advice on names that become part of pods' names.
func nameWarnings(name string) []string {
	messages := validation.IsDNS1123Label(name)
	if len(messages) == 0 {
		return nil
	}
	return []string{fmt.Sprintf("metadata.name: this is used in Pod names and hostnames, which can result in surprising behavior; a DNS label is recommended: %v", messages)}
}
