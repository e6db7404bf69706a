package schema

import (
	corev1 "k8s.io/api/core/v1"
	"k8s.io/apimachinery/pkg/util/intstr"
)

// finishedTTL is how many seconds a finished Job is kept: a day.
const finishedTTL = 24 * 60 * 60

func defaultWorkload(s *Service) {
	switch s.Kind {
	case StatefulSet:
		defaultHeadless(s)
	case Job:
		s.RestartPolicy = or(s.RestartPolicy, "Never")
		setDefault(&s.Job, JobOptions{})
		setDefault(&s.Job.TTLSecondsAfterFinished, Count{Value: finishedTTL})
	case CronJob:
		s.RestartPolicy = or(s.RestartPolicy, "Never")
		setDefault(&s.Job, JobOptions{})
		s.Job.ConcurrencyPolicy = or(s.Job.ConcurrencyPolicy, "Forbid")
	}
	defaultFailurePolicy(s.Job)
}

// defaultFailurePolicy says of the conditions of pods what the API server would, for
// tools compare lists as a whole.
func defaultFailurePolicy(job *JobOptions) {
	if job == nil || job.PodFailurePolicy == nil {
		return
	}
	for i := range job.PodFailurePolicy.Rules {
		conditions := job.PodFailurePolicy.Rules[i].OnPodConditions
		for j := range conditions {
			conditions[j].Status = or(conditions[j].Status, corev1.ConditionTrue)
		}
	}
}

// defaultHeadless makes the Service of a StatefulSet the one that names its pods,
// where it need not have an address and no other does it.
func defaultHeadless(s *Service) {
	if s.headlessExtra() != nil || s.Service != nil && (s.Service.Declined || s.Service.Type != "") {
		return
	}
	setDefault(&s.Service, ServiceOptions{})
	setDefault(&s.Service.Headless, true)
}

// defaultDaemonStrategy: a DaemonSet that starts the new pod first takes none away
// first. The API server's default of one is then refused.
func defaultDaemonStrategy(s *Service) {
	st := s.Strategy
	if s.Kind == DaemonSet && st != nil && st.MaxSurge != nil && !isZeroPods(*st.MaxSurge) {
		setDefault(&st.MaxUnavailable, intstr.FromInt32(0))
	}
}
