package lint

import (
	corev1 "k8s.io/api/core/v1"

	"github.com/kgen-dev/kgen/pkg/report"
)

var jobUnbounded = Rule{
	ID: "job-unbounded", Severity: report.Info, SkipsTests: true, Profile: Strict,
	Kinds: []string{"Job.batch", "CronJob.batch"},
	Doc: Doc{
		Title: "Job may go on for days",
		Why:   "a migration that hangs, or fails and is restarted again and again, holds its lock until someone looks",
		Fix:   "set activeDeadlineSeconds to the longest time that a run may take",
		Bad: `apiVersion: batch/v1
kind: Job
metadata: {name: migrate}
spec: # <-
  template:
    spec:
      restartPolicy: OnFailure
      containers: [{name: migrate, image: ghcr.io/acme/migrate:2.0.1}]
`,
		Good: `apiVersion: batch/v1
kind: Job
metadata: {name: migrate}
spec:
  activeDeadlineSeconds: 3600
  template:
    spec:
      restartPolicy: OnFailure
      containers: [{name: migrate, image: ghcr.io/acme/migrate:2.0.1}]
`,
		Notes: []string{"A Job whose restartPolicy is Never and whose backoffLimit is at most 20 is not reported. activeDeadlineSeconds of the pods does as well."},
	},
	CheckWorkload: func(w *Workload, _ *Index, r *Reporter) {
		spec, at := w.jobSpec()
		if spec == nil || spec.ActiveDeadlineSeconds != nil || w.Spec.ActiveDeadlineSeconds != nil {
			return
		}
		at = at.With("activeDeadlineSeconds")
		switch {
		case w.Spec.RestartPolicy == corev1.RestartPolicyOnFailure:
			r.At(at, "activeDeadlineSeconds is not set, and restartPolicy is OnFailure")
		case spec.BackoffLimit != nil && *spec.BackoffLimit > 20:
			r.At(at, "activeDeadlineSeconds is not set, and backoffLimit is %d", *spec.BackoffLimit)
		}
	},
}
