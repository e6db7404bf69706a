package apiserver

import (
	appsv1 "k8s.io/api/apps/v1"
	"k8s.io/apimachinery/pkg/util/validation/field"
	"k8s.io/apiserver/pkg/util/feature"
	claimapi "k8s.io/kubernetes/pkg/api/persistentvolumeclaim"
	podapi "k8s.io/kubernetes/pkg/api/pod"
	"k8s.io/kubernetes/pkg/apis/apps"
	appsconvert "k8s.io/kubernetes/pkg/apis/apps/v1"
	appsvalidation "k8s.io/kubernetes/pkg/apis/apps/validation"
	"k8s.io/kubernetes/pkg/features"
)

// statefulSet follows pkg/registry/apps/statefulset/strategy.go.
var statefulSet = rules[appsv1.StatefulSet, apps.StatefulSet]{
	fill:    appsconvert.SetObjectDefaults_StatefulSet,
	convert: appsconvert.Convert_v1_StatefulSet_To_apps_StatefulSet,
	prepare: func(s *apps.StatefulSet) {
		s.Status = apps.StatefulSetStatus{}
		s.Generation = 1
		if r := s.Spec.UpdateStrategy.RollingUpdate; r != nil && !feature.DefaultFeatureGate.Enabled(features.MaxUnavailableStatefulSet) {
			r.MaxUnavailable = nil
		}
		podapi.DropDisabledTemplateFields(&s.Spec.Template, nil)
	},
	validate: func(s *apps.StatefulSet) field.ErrorList {
		return orderClaimVolumes(s, appsvalidation.ValidateStatefulSet(s, templateOptions(&s.Spec.Template)))
	},
	warn: statefulSetWarnings,
}

func statefulSetWarnings(s *apps.StatefulSet) []string {
	warnings := templateWarnings(&s.Spec.Template)
	for i := range s.Spec.VolumeClaimTemplates {
		path := field.NewPath("spec", "volumeClaimTemplates").Index(i)
		warnings = append(warnings, claimapi.GetWarningsForPersistentVolumeClaimSpec(path, s.Spec.VolumeClaimTemplates[i].Spec)...)
	}
	if n := s.Spec.RevisionHistoryLimit; n != nil && *n < 0 {
		warnings = append(warnings, "spec.revisionHistoryLimit: a negative value retains all historical revisions; a value >= 0 is recommended")
	}
	return warnings
}
