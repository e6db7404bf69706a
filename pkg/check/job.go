package check

import (
	"github.com/kgen-dev/kgen/pkg/cron"
	"github.com/kgen-dev/kgen/pkg/report"
	"github.com/kgen-dev/kgen/pkg/tree"
	"github.com/kgen-dev/kgen/schema"
)

// schedule: row 22, when a CronJob runs.
func schedule(s *schema.Service, sink *report.Sink) {
	if s.Kind != schema.CronJob {
		return
	}
	if s.Schedule == "" {
		sink.Errorf(schema.MissingField, tree.P("schedule"), "a CronJob needs a schedule").
			Fix = `add schedule: "0 3 * * *", which is at three every night`
	} else if _, err := cron.Parse(s.Schedule); err != nil {
		sink.Errorf(schema.BadJob, tree.P("schedule"), "%q: %s", s.Schedule, err).
			Fix = `write minute, hour, day, month and weekday, as in "0 3 * * *", and the zone in timeZone`
	}
	if s.TimeZone != "" && !cron.IsZone(s.TimeZone) {
		sink.Errorf(schema.BadJob, tree.P("timeZone"), "there is no time zone %q", s.TimeZone).
			Fix = `write it as in "Europe/Zurich"`
	}
}

// restartPolicy: row 22. Pods that are to run for ever are always restarted.
func restartPolicy(s *schema.Service, sink *report.Sink) {
	at := tree.P("restartPolicy")
	switch {
	case s.EndsByItself() && s.RestartPolicy == "Always":
		sink.Errorf(schema.BadJob, at, "a %s that is always restarted never ends", s.Kind).
			Fix = `set restartPolicy: "Never" or "OnFailure"`
	case !s.EndsByItself() && s.RestartPolicy != "" && s.RestartPolicy != "Always":
		sink.Errorf(schema.WrongKind, at, "the pods of a %s are always restarted", s.Kind).
			Fix = `remove it, or set kind: "Job"`
	}
}

// indexedJob: what a Job whose pods are numbered needs to know.
func indexedJob(s *schema.Service, sink *report.Sink) {
	if s.Job != nil && s.Job.CompletionMode == "Indexed" && s.Job.Completions == nil {
		sink.Errorf(schema.BadJob, tree.P("job", "completionMode"), "an Indexed Job has to know how many pods there are").
			Fix = "add job: completions: 4"
	}
}
