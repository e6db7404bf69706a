package manifests

import (
	batchv1 "k8s.io/api/batch/v1"
	corev1 "k8s.io/api/core/v1"

	"github.com/kgen-dev/kgen/pkg/convert"
	"github.com/kgen-dev/kgen/pkg/tree"
	"github.com/kgen-dev/kgen/schema"
)

func (f *workload) job(spec *batchv1.JobSpec) {
	f.s.Job = f.jobOptions(spec)
	f.s.Job.Suspend = spec.Suspend
	f.s.Job.TTLSecondsAfterFinished = &schema.Count{Declined: true}
	if spec.TTLSecondsAfterFinished != nil {
		f.s.Job.TTLSecondsAfterFinished = &schema.Count{Value: *spec.TTLSecondsAfterFinished}
	}
}

func (f *workload) cronJob(spec *batchv1.CronJobSpec) {
	f.labelsOfRuns(spec)
	f.s.Schedule = spec.Schedule
	if spec.TimeZone != nil {
		f.s.TimeZone = *spec.TimeZone
	}
	f.s.Job = f.jobOptions(&spec.JobTemplate.Spec)
	if ttl := spec.JobTemplate.Spec.TTLSecondsAfterFinished; ttl != nil {
		f.s.Job.TTLSecondsAfterFinished = &schema.Count{Value: *ttl}
	}
	f.s.Job.Suspend = spec.Suspend
	f.s.Job.StartingDeadlineSeconds = spec.StartingDeadlineSeconds
	f.s.Job.SuccessfulJobsHistoryLimit = spec.SuccessfulJobsHistoryLimit
	f.s.Job.FailedJobsHistoryLimit = spec.FailedJobsHistoryLimit
	f.s.Job.ConcurrencyPolicy = string(batchv1.AllowConcurrent) // the API server's default
	if spec.ConcurrencyPolicy != "" {
		f.s.Job.ConcurrencyPolicy = string(spec.ConcurrencyPolicy)
	}
}

func (f *workload) jobOptions(spec *batchv1.JobSpec) *schema.JobOptions {
	f.s.RestartPolicy = string(spec.Template.Spec.RestartPolicy)
	f.labelsOfJob(spec.Template.Labels)
	options := &schema.JobOptions{
		BackoffLimit: spec.BackoffLimit, ActiveDeadlineSeconds: spec.ActiveDeadlineSeconds,
		Completions: spec.Completions, Parallelism: spec.Parallelism, BackoffLimitPerIndex: spec.BackoffLimitPerIndex, MaxFailedIndexes: spec.MaxFailedIndexes,
		PodFailurePolicy: failurePolicy(spec.PodFailurePolicy), SuccessPolicy: spec.SuccessPolicy,
	}
	if spec.PodReplacementPolicy != nil {
		options.PodReplacementPolicy = string(*spec.PodReplacementPolicy)
	}
	if spec.CompletionMode != nil {
		options.CompletionMode = string(*spec.CompletionMode)
	}
	return options
}

// failurePolicy says what the API server defaults in it, for an empty status is none.
func failurePolicy(from *batchv1.PodFailurePolicy) *batchv1.PodFailurePolicy {
	to := from.DeepCopy()
	if to == nil {
		return nil
	}
	for i := range to.Rules {
		for j := range to.Rules[i].OnPodConditions {
			if c := &to.Rules[i].OnPodConditions[j]; c.Status == "" {
				c.Status = corev1.ConditionTrue
			}
		}
	}
	return to
}

// labelsOfJob finds the pods of a Job by all their labels, for it has no selector of its
// own and the service's stands on the pods.
func (f *workload) labelsOfJob(labels map[string]string) {
	if labels[nameLabel] == f.s.Name {
		return
	}
	for _, key := range f.keys(f.template.With("metadata", "labels")) {
		f.s.Selector = append(f.s.Selector, schema.Entry[string]{Key: key, Value: labels[key]})
	}
}

// labelsOfRuns lets the Jobs and pods of a CronJob that have no labels have those by which
// kgen finds them. What a Job has of its own can never change, and so is left to a patch.
func (f *workload) labelsOfRuns(spec *batchv1.CronJobSpec) {
	const reason = "the runs of a CronJob have the labels by which the service finds them"
	for _, it := range []struct {
		labels map[string]string
		at     tree.Path
		isTold bool // the Jobs have labels where the service says some: then the comparison tells of it
	}{
		{spec.JobTemplate.Labels, tree.P("spec", "jobTemplate"), false},
		{spec.JobTemplate.Spec.Template.Labels, f.template, true},
	} {
		if len(it.labels) > 0 {
			continue
		}
		at := it.at.With("metadata")
		if f.o.Node.At(at) != nil {
			at = at.With("labels")
		}
		if it.isTold {
			f.tell(convert.Changed, at, "selector", "%s", reason)
		}
		f.c.intends(f.o, at, reason)
	}
}
