package lint

import (
	batchv1 "k8s.io/api/batch/v1"

	"github.com/kgen-dev/kgen/pkg/report"
	"github.com/kgen-dev/kgen/pkg/tree"
)

var cronjobDeadline = Rule{
	ID: "cronjob-deadline", Severity: report.Info, SkipsTests: true, // Warning below 10 s
	Kinds: []string{"CronJob.batch"},
	Doc: Doc{
		Title: "CronJob without a deadline to start, or with one that is too short",
		Why:   "after an outage a run starts hours late, or not at all: the controller looks every 10 seconds, and older ones give up after 100 missed runs",
		Fix:   "set startingDeadlineSeconds to how late a run is still wanted, and to at least 10",
		Bad: `apiVersion: batch/v1
kind: CronJob
metadata: {name: backup}
spec:
  schedule: 0 3 * * *
  startingDeadlineSeconds: 5 # <-
  jobTemplate:
    spec:
      template:
        spec:
          restartPolicy: Never
          containers: [{name: backup, image: ghcr.io/acme/backup:2.0.1}]
`,
		Good: `apiVersion: batch/v1
kind: CronJob
metadata: {name: backup}
spec:
  schedule: 0 3 * * *
  startingDeadlineSeconds: 3600
  jobTemplate:
    spec:
      template:
        spec:
          restartPolicy: Never
          containers: [{name: backup, image: ghcr.io/acme/backup:2.0.1}]
`,
		Notes: []string{"A missing deadline is an info, one below 10 seconds a warning."},
	},
	CheckWorkload: func(w *Workload, _ *Index, r *Reporter) {
		job, isCronJob := w.Value.(*batchv1.CronJob)
		if !isCronJob {
			return
		}
		at := tree.P("spec", "startingDeadlineSeconds")
		switch deadline := job.Spec.StartingDeadlineSeconds; {
		case deadline == nil:
			r.At(at, "startingDeadlineSeconds is not set: a missed run may start at any later time")
		case *deadline < 10:
			r.At(at, "startingDeadlineSeconds is %d, and the controller looks every 10 s", *deadline).As(report.Warning)
		}
	},
}
