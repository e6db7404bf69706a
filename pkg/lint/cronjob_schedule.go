package lint

import (
	"time"

	batchv1 "k8s.io/api/batch/v1"
	corev1 "k8s.io/api/core/v1"
	"k8s.io/apimachinery/pkg/api/resource"

	"github.com/kgen-dev/kgen/pkg/cron"
	"github.com/kgen-dev/kgen/pkg/report"
	"github.com/kgen-dev/kgen/pkg/tree"
)

var scheduleAt = tree.P("spec", "schedule")

var cronjobSchedule = Rule{
	ID: "cronjob-schedule", Severity: report.Error, SkipsTests: true, // Info for heavy jobs each minute
	Refused: true, // all but days that no month has
	Kinds:   []string{"CronJob.batch"},
	Doc: Doc{
		Title: "schedule that cannot be read or never comes",
		Why:   "the backup that never ran is found out on the day it is needed",
		Fix:   "write minute, hour, day, month and weekday, and the zone in timeZone",
		Bad: `apiVersion: batch/v1
kind: CronJob
metadata: {name: backup}
spec:
  schedule: 0 3 31 2 * # <-
  jobTemplate:
    spec:
      template:
        spec:
          restartPolicy: Never
          containers: [{name: backup, image: ghcr.io/acme/backup:2.0.1}]
---
apiVersion: batch/v1
kind: CronJob
metadata: {name: clean}
spec:
  schedule: every night # <-
  timeZone: Europe/Zurigo # <-
  jobTemplate:
    spec:
      template:
        spec:
          restartPolicy: Never
          containers: [{name: clean, image: ghcr.io/acme/clean:2.0.1}]
`,
		Good: `apiVersion: batch/v1
kind: CronJob
metadata: {name: backup}
spec:
  schedule: 0 3 1 * *
  timeZone: Europe/Zurich
  jobTemplate:
    spec:
      template:
        spec:
          restartPolicy: Never
          containers: [{name: backup, image: ghcr.io/acme/backup:2.0.1}]
`,
		Notes: []string{"A job that asks for at least one cpu or 1Gi of memory and starts every minute is an info."},
	},
	CheckWorkload: func(w *Workload, _ *Index, r *Reporter) {
		job, isCronJob := w.Value.(*batchv1.CronJob)
		if !isCronJob {
			return
		}
		if zone := job.Spec.TimeZone; zone != nil && !cron.IsZone(*zone) {
			r.At(tree.P("spec", "timeZone"), "there is no time zone %q", *zone)
		}
		schedule, err := cron.Parse(job.Spec.Schedule)
		switch {
		case err != nil:
			r.At(scheduleAt, "schedule %q: %s", job.Spec.Schedule, err)
		case cron.ShortestGap(schedule) <= time.Minute && isHeavy(w):
			r.At(scheduleAt, "a job that asks for much starts every minute").As(report.Info).With("run it less often, or make it lighter")
		}
	},
}

var (
	oneCPU = resource.NewQuantity(1, resource.DecimalSI)
	oneGi  = resource.NewQuantity(1<<30, resource.BinarySI)
)

// isHeavy reports whether a container asks for at least one cpu or 1Gi of memory.
func isHeavy(w *Workload) bool {
	containers := w.Containers()
	for i := range containers {
		cpu, _ := requested(&containers[i].Resources, corev1.ResourceCPU)
		memory, _ := requested(&containers[i].Resources, corev1.ResourceMemory)
		if cpu.Cmp(*oneCPU) >= 0 || memory.Cmp(*oneGi) >= 0 {
			return true
		}
	}
	return false
}
