package schema

import "k8s.io/apimachinery/pkg/util/intstr"

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
