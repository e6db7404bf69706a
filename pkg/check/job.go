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

// indexedJob: what a Job whose pods are numbered needs to know, and what only such a
// Job has.
func indexedJob(s *schema.Service, sink *report.Sink) {
	o := s.Job
	if o == nil {
		return
	}
	if o.CompletionMode == "Indexed" {
		if o.Completions == nil {
			sink.Errorf(schema.BadJob, tree.P("job", "completionMode"), "an Indexed Job has to know how many pods there are").
				Fix = "add job: completions: 4"
		}
		return
	}
	for _, f := range []struct {
		name  string
		isSet bool
	}{
		{"backoffLimitPerIndex", o.BackoffLimitPerIndex != nil},
		{"maxFailedIndexes", o.MaxFailedIndexes != nil},
		{"successPolicy", o.SuccessPolicy != nil},
	} {
		if f.isSet {
			sink.KeyErrorf(schema.BadJob, tree.P("job", f.name), "%s is about the numbers of pods, and only those of an Indexed Job have one", f.name).
				Fix = `add job: completionMode: "Indexed" and completions, or remove it`
			return
		}
	}
}

// endlessSidecar: row 22. A Job has ended when all its ordinary containers have, and one
// that serves ends only when it is told to. A native sidecar is told so.
func endlessSidecar(s *schema.Service, sink *report.Sink) {
	if !s.EndsByItself() {
		return
	}
	for c := range s.PodContainers() {
		if c.Role != schema.OrdinarySidecar || !serves(c.Container) {
			continue
		}
		// Where nobody wants it otherwise, the gate of native ones is off.
		at, fix := c.Path, "where the cluster has the feature gate SidecarContainers on, do not turn it off: Kubernetes then stops the sidecar"
		if native := at.With("native"); sink.At(native) != nil {
			at, fix = native, "remove native: false, and Kubernetes stops the sidecar"
		}
		sink.KeyErrorf(schema.BadJob, at, "the Job never ends: an ordinary sidecar that serves goes on when the rest has ended").Fix = fix
	}
}

// serves reports whether anything says that c waits to be asked.
func serves(c *schema.Container) bool {
	isAsked := false
	for _, p := range []*schema.Probe{c.Probes.Readiness, c.Probes.Liveness, c.Probes.Startup} {
		isAsked = isAsked || p != nil && !p.Declined
	}
	return isAsked || len(c.Ports) > 0
}
