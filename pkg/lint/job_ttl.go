package lint

import "github.com/kgen-dev/kgen/pkg/report"

var jobTTL = Rule{
	ID: "job-ttl", Severity: report.Info, SkipsTests: true,
	Kinds: []string{"Job.batch", "CronJob.batch"},
	Doc: Doc{
		Title: "finished Jobs are kept for ever, or go before they are counted",
		Why:   "Jobs and their pods pile up in the cluster until someone deletes them; those of a CronJob are kept by its history limits, which a time limit takes away from it",
		Fix:   "set ttlSecondsAfterFinished for a Job, and the history limits for a CronJob",
		Bad: `apiVersion: batch/v1
kind: Job
metadata: {name: migrate}
spec: # <-
  template:
    spec:
      restartPolicy: Never
      containers: [{name: migrate, image: ghcr.io/acme/migrate:2.0.1}]
`,
		Good: `apiVersion: batch/v1
kind: Job
metadata: {name: migrate}
spec:
  ttlSecondsAfterFinished: 86400
  template:
    spec:
      restartPolicy: Never
      containers: [{name: migrate, image: ghcr.io/acme/migrate:2.0.1}]
`,
		Notes: []string{"Hooks of Helm and Argo CD are deleted by their own policy."},
	},
	CheckWorkload: func(w *Workload, _ *Index, r *Reporter) {
		spec, at := w.jobSpec()
		if spec == nil || w.IsHook() || w.isOwned() {
			return
		}
		at = at.With("ttlSecondsAfterFinished")
		switch isSet := spec.TTLSecondsAfterFinished != nil; {
		case w.Kind == "Job" && !isSet:
			r.At(at, "ttlSecondsAfterFinished is not set: the finished Job stays").With("set ttlSecondsAfterFinished")
		case w.Kind == "CronJob" && isSet:
			r.At(at, "ttlSecondsAfterFinished of a CronJob's Jobs fights its history limits").
				With("use successfulJobsHistoryLimit and failedJobsHistoryLimit instead")
		}
	},
}
