package lint

import (
	"time"

	batchv1 "k8s.io/api/batch/v1"

	"github.com/kgen-dev/kgen/pkg/cron"
	"github.com/kgen-dev/kgen/pkg/report"
	"github.com/kgen-dev/kgen/pkg/tree"
)

var cronjobConcurrency = Rule{
	ID: "cronjob-concurrency", Severity: report.Info, SkipsTests: true,
	Kinds:  []string{"CronJob.batch"},
	Params: []Param{{Name: "minutes", Default: 60, Doc: "the shortest time between two runs that is not reported"}},
	Doc: Doc{
		Title: "frequent runs of a CronJob may overlap",
		Why:   "when one run gets slow the next ones start beside it, and all together slow down the database that they wait for",
		Fix:   "set concurrencyPolicy: Forbid, or Replace",
		Bad: `apiVersion: batch/v1
kind: CronJob
metadata: {name: sync}
spec: # <-
  schedule: "*/5 * * * *"
  jobTemplate:
    spec:
      template:
        spec:
          restartPolicy: Never
          containers: [{name: sync, image: ghcr.io/acme/sync:2.0.1}]
`,
		Good: `apiVersion: batch/v1
kind: CronJob
metadata: {name: sync}
spec:
  schedule: "*/5 * * * *"
  concurrencyPolicy: Forbid
  jobTemplate:
    spec:
      template:
        spec:
          restartPolicy: Never
          containers: [{name: sync, image: ghcr.io/acme/sync:2.0.1}]
`,
	},
	CheckWorkload: func(w *Workload, _ *Index, r *Reporter) {
		job, isCronJob := w.Value.(*batchv1.CronJob)
		if !isCronJob || job.Spec.ConcurrencyPolicy != "" && job.Spec.ConcurrencyPolicy != batchv1.AllowConcurrent {
			return
		}
		schedule, err := cron.Parse(job.Spec.Schedule)
		if err != nil {
			return
		}
		if gap := cron.ShortestGap(schedule); gap < time.Duration(r.Int("minutes"))*time.Minute {
			r.At(tree.P("spec", "concurrencyPolicy"), "runs may be %g min apart, and may overlap", gap.Minutes())
		}
	},
}
