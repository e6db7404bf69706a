package schema

import batchv1 "k8s.io/api/batch/v1"

// The kinds of workload that a service can be.
const (
	Deployment  = "Deployment"
	StatefulSet = "StatefulSet"
	DaemonSet   = "DaemonSet"
	Job         = "Job"
	CronJob     = "CronJob"
)

// Workload is what a service has because of its kind.
type Workload struct {
	Schedule            string          `json:"schedule,omitempty"`
	TimeZone            string          `json:"timeZone,omitempty"`
	Job                 *JobOptions     `json:"job,omitempty"`
	RestartPolicy       string          `json:"restartPolicy,omitempty"`
	PodManagementPolicy string          `json:"podManagementPolicy,omitempty"`
	ClaimRetention      *ClaimRetention `json:"persistentVolumeClaimRetentionPolicy,omitempty"`
	Ordinals            *Ordinals       `json:"ordinals,omitempty"`
}

// JobOptions are how a Job, or each run of a CronJob, goes and ends.
type JobOptions struct {
	BackoffLimit               *int32                    `json:"backoffLimit,omitempty"`
	TTLSecondsAfterFinished    *Count                    `json:"ttlSecondsAfterFinished,omitempty"`
	ActiveDeadlineSeconds      *int64                    `json:"activeDeadlineSeconds,omitempty"`
	Completions                *int32                    `json:"completions,omitempty"`
	Parallelism                *int32                    `json:"parallelism,omitempty"`
	CompletionMode             string                    `json:"completionMode,omitempty"`
	BackoffLimitPerIndex       *int32                    `json:"backoffLimitPerIndex,omitempty"`
	MaxFailedIndexes           *int32                    `json:"maxFailedIndexes,omitempty"`
	PodFailurePolicy           *batchv1.PodFailurePolicy `json:"podFailurePolicy,omitempty"`
	PodReplacementPolicy       string                    `json:"podReplacementPolicy,omitempty"`
	SuccessPolicy              *batchv1.SuccessPolicy    `json:"successPolicy,omitempty"`
	Suspend                    *bool                     `json:"suspend,omitempty"`
	ConcurrencyPolicy          string                    `json:"concurrencyPolicy,omitempty"`
	StartingDeadlineSeconds    *int64                    `json:"startingDeadlineSeconds,omitempty"`
	SuccessfulJobsHistoryLimit *int32                    `json:"successfulJobsHistoryLimit,omitempty"`
	FailedJobsHistoryLimit     *int32                    `json:"failedJobsHistoryLimit,omitempty"`
}

// ClaimRetention says when the claims of a StatefulSet are deleted.
type ClaimRetention struct {
	WhenDeleted string `json:"whenDeleted,omitempty"`
	WhenScaled  string `json:"whenScaled,omitempty"`
}

// Ordinals are how the pods of a StatefulSet are numbered.
type Ordinals struct {
	Start *int32 `json:"start,omitempty"`
}

// EndsByItself reports whether the pods are meant to end: those of a Job or a CronJob.
func (s *Service) EndsByItself() bool { return s.Kind == Job || s.Kind == CronJob }

// IsScalable reports whether the service has a number of replicas.
func (s *Service) IsScalable() bool {
	return s.Kind == "" || s.Kind == Deployment || s.Kind == StatefulSet
}

// IsClaimTemplate reports whether every pod gets a claim of its own for v.
func (s *Service) IsClaimTemplate(v *Volume) bool { return s.Kind == StatefulSet && v.Size != "" }

// PodVolumes are the volumes that stand in the pod: all but claim templates.
func (s *Service) PodVolumes() Map[Volume] {
	if s.Kind != StatefulSet {
		return s.Volumes
	}
	volumes := make(Map[Volume], 0, len(s.Volumes))
	for i := range s.Volumes {
		if !s.IsClaimTemplate(&s.Volumes[i].Value) {
			volumes = append(volumes, s.Volumes[i])
		}
	}
	return volumes
}

// GoverningService is the name of the headless Service that gives the pods of a
// StatefulSet their names in DNS: its own, else the first extra one that is headless,
// else one that is made for it. It is empty where the service declines them all.
func (s *Service) GoverningService() (name string, isMade bool) {
	if s.Service.IsHeadless() {
		return s.ServiceName(), false
	}
	if extra := s.headlessExtra(); extra != nil {
		return ExtraServiceName(extra.Key, &extra.Value), false
	}
	if s.Service != nil && s.Service.Declined {
		return "", false
	}
	return s.Name + "-headless", true
}

func (s *Service) headlessExtra() *Entry[ExtraService] {
	for i := range s.ExtraServices {
		if extra := &s.ExtraServices[i]; extra.Value.IsHeadless() {
			return extra
		}
	}
	return nil
}

// IsHeadless reports whether the Service has no address of its own.
func (o *ServiceOptions) IsHeadless() bool {
	return o != nil && !o.Declined && o.Headless != nil && *o.Headless
}
