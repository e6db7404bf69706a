package apiserver

import (
	"context"
	"slices"

	batchv1 "k8s.io/api/batch/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/util/validation/field"
	"k8s.io/apiserver/pkg/util/feature"
	jobapi "k8s.io/kubernetes/pkg/api/job"
	podapi "k8s.io/kubernetes/pkg/api/pod"
	"k8s.io/kubernetes/pkg/apis/batch"
	batchconvert "k8s.io/kubernetes/pkg/apis/batch/v1"
	batchvalidation "k8s.io/kubernetes/pkg/apis/batch/validation"
	"k8s.io/kubernetes/pkg/features"
)

// job follows pkg/registry/batch/job/strategy.go.
var job = rules[batchv1.Job, batch.Job]{
	fill:    batchconvert.SetObjectDefaults_Job,
	convert: batchconvert.Convert_v1_Job_To_batch_Job,
	prepare: prepareJob,
	validate: func(j *batch.Job) field.ErrorList {
		avoidPanic(&j.Spec)
		return batchvalidation.ValidateJob(j, batchvalidation.JobValidationOptions{
			PodValidationOptions:  templateOptions(&j.Spec.Template),
			RequirePrefixedLabels: true,
		})
	},
	warn: func(j *batch.Job) []string {
		return append(nameWarnings(j.Name), jobapi.WarningsForJobSpec(context.Background(), field.NewPath("spec"), &j.Spec, nil)...)
	},
}

// cronJob follows pkg/registry/batch/cronjob/strategy.go.
var cronJob = rules[batchv1.CronJob, batch.CronJob]{
	fill:    batchconvert.SetObjectDefaults_CronJob,
	convert: batchconvert.Convert_v1_CronJob_To_batch_CronJob,
	prepare: func(c *batch.CronJob) {
		c.Status = batch.CronJobStatus{}
		c.Generation = 1
		podapi.DropDisabledTemplateFields(&c.Spec.JobTemplate.Spec.Template, nil)
	},
	validate: func(c *batch.CronJob) field.ErrorList {
		avoidPanic(&c.Spec.JobTemplate.Spec)
		return batchvalidation.ValidateCronJobCreate(c, templateOptions(&c.Spec.JobTemplate.Spec.Template))
	},
	warn: func(c *batch.CronJob) []string {
		path := field.NewPath("spec", "jobTemplate", "spec")
		return append(nameWarnings(c.Name), jobapi.WarningsForJobSpec(context.Background(), path, &c.Spec.JobTemplate.Spec, nil)...)
	},
}

// avoidPanic drops a success policy that the server panics on, as it counts against
// completions that are not there. That they are missing is then the verdict.
func avoidPanic(s *batch.JobSpec) {
	if s.Completions == nil && s.CompletionMode != nil && *s.CompletionMode == batch.IndexedCompletion {
		s.SuccessPolicy = nil
	}
}

func prepareJob(j *batch.Job) {
	if !*j.Spec.ManualSelector {
		generateSelector(j)
	}
	j.Status = batch.JobStatus{}
	j.Generation = 1
	gates := feature.DefaultFeatureGate
	if !gates.Enabled(features.JobManagedBy) {
		j.Spec.ManagedBy = nil
	}
	if !gates.Enabled(features.JobSuccessPolicy) {
		j.Spec.SuccessPolicy = nil
	}
	if !gates.Enabled(features.JobBackoffLimitPerIndex) {
		j.Spec.BackoffLimitPerIndex = nil
		j.Spec.MaxFailedIndexes = nil
		if p := j.Spec.PodFailurePolicy; p != nil {
			p.Rules = slices.DeleteFunc(p.Rules, func(r batch.PodFailurePolicyRule) bool {
				return r.Action == batch.PodFailurePolicyActionFailIndex
			})
		}
	}
	if !gates.Enabled(features.JobPodReplacementPolicy) {
		j.Spec.PodReplacementPolicy = nil
	}
	podapi.DropDisabledTemplateFields(&j.Spec.Template, nil)
}

// generateSelector lets the job select its pods by its UID. Labels that the
// template has already stay, for the validation to refuse.
func generateSelector(j *batch.Job) {
	labels := &j.Spec.Template.Labels
	setMissing(labels, batch.LegacyJobNameLabel, j.Name)
	setMissing(labels, batch.JobNameLabel, j.Name)
	setMissing(labels, batch.LegacyControllerUidLabel, string(j.UID))
	setMissing(labels, batch.ControllerUidLabel, string(j.UID))
	if j.Spec.Selector == nil {
		j.Spec.Selector = &metav1.LabelSelector{}
	}
	setMissing(&j.Spec.Selector.MatchLabels, batch.ControllerUidLabel, string(j.UID))
}

func setMissing(m *map[string]string, key, value string) {
	if *m == nil {
		*m = map[string]string{}
	}
	if _, found := (*m)[key]; !found {
		(*m)[key] = value
	}
}
