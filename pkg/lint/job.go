package lint

import (
	batchv1 "k8s.io/api/batch/v1"

	"github.com/kgen-dev/kgen/pkg/tree"
)

// jobSpec is the spec of a Job, or of those that a CronJob makes; nil for any other.
func (w *Workload) jobSpec() (*batchv1.JobSpec, tree.Path) {
	switch v := w.Value.(type) {
	case *batchv1.Job:
		return &v.Spec, tree.P("spec")
	case *batchv1.CronJob:
		return &v.Spec.JobTemplate.Spec, tree.P("spec", "jobTemplate", "spec")
	}
	return nil, nil
}
