package templates

import (
	batchv1 "k8s.io/api/batch/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"

	"github.com/kgen-dev/kgen/schema"
)

// CronJob starts a Job of s whenever its schedule says so; nil when s is another
// kind.
func CronJob(s *schema.Service) *batchv1.CronJob {
	if s.Kind != schema.CronJob {
		return nil
	}
	meta := metadata(s, s.Name)
	meta.Labels = workloadLabels(s)
	out := &batchv1.CronJob{
		TypeMeta:   metav1.TypeMeta{APIVersion: "batch/v1", Kind: "CronJob"},
		ObjectMeta: meta,
		Spec: batchv1.CronJobSpec{
			Schedule: s.Schedule,
			TimeZone: optional[string](s.TimeZone),
			JobTemplate: batchv1.JobTemplateSpec{
				ObjectMeta: metav1.ObjectMeta{Labels: workloadLabels(s)}, // so that its Jobs are found
				Spec:       jobSpec(s),
			},
		},
	}
	if o := s.Job; o != nil {
		out.Spec.StartingDeadlineSeconds = o.StartingDeadlineSeconds
		out.Spec.ConcurrencyPolicy = batchv1.ConcurrencyPolicy(o.ConcurrencyPolicy)
		out.Spec.Suspend = o.Suspend
		out.Spec.SuccessfulJobsHistoryLimit = o.SuccessfulJobsHistoryLimit
		out.Spec.FailedJobsHistoryLimit = o.FailedJobsHistoryLimit
	}
	return out
}
