package templates

import (
	batchv1 "k8s.io/api/batch/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"

	"github.com/kgen-dev/kgen/schema"
)

// Job runs the pods of s until they have succeeded; nil when s is another kind.
func Job(s *schema.Service) *batchv1.Job {
	if s.Kind != schema.Job {
		return nil
	}
	meta := metadata(s, s.Name)
	meta.Labels = workloadLabels(s)
	spec := jobSpec(s)
	if s.Job != nil {
		spec.Suspend = s.Job.Suspend
	}
	return &batchv1.Job{
		TypeMeta:   metav1.TypeMeta{APIVersion: "batch/v1", Kind: "Job"},
		ObjectMeta: meta,
		Spec:       spec,
	}
}

// jobSpec has no selector: the controller makes one that finds the Job's own pods.
func jobSpec(s *schema.Service) batchv1.JobSpec {
	spec := batchv1.JobSpec{Template: PodTemplate(s)}
	o := s.Job
	if o == nil {
		return spec
	}
	spec.Parallelism = o.Parallelism
	spec.Completions = o.Completions
	spec.ActiveDeadlineSeconds = o.ActiveDeadlineSeconds
	spec.BackoffLimit = o.BackoffLimit
	spec.BackoffLimitPerIndex = o.BackoffLimitPerIndex
	spec.MaxFailedIndexes = o.MaxFailedIndexes
	spec.PodFailurePolicy = o.PodFailurePolicy
	spec.SuccessPolicy = o.SuccessPolicy
	spec.PodReplacementPolicy = optional[batchv1.PodReplacementPolicy](o.PodReplacementPolicy)
	spec.CompletionMode = optional[batchv1.CompletionMode](o.CompletionMode)
	if ttl := o.TTLSecondsAfterFinished; ttl != nil && !ttl.Declined {
		spec.TTLSecondsAfterFinished = &ttl.Value
	}
	return spec
}
