package compose

import (
	"cmp"
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"

	"github.com/compose-spec/compose-go/v2/types"

	"github.com/kgen-dev/kgen/schema"
)

// convertKind chooses the workload: what ends by itself is a Job.
func (s *service) convertKind() {
	mode := ""
	if s.from.Deploy != nil {
		mode = s.from.Deploy.Mode
	}
	switch mode {
	case "global":
		s.to.Kind = schema.DaemonSet
	case "replicated-job", "global-job":
		s.to.Kind = schema.Job
	case "", "replicated":
	default:
		s.refused(fmt.Sprintf("%q is no mode: replicated, global or one of the jobs", mode), "deploy", "mode")
		mode = ""
	}
	switch {
	case mode == "global-job":
		s.changed("kind", "a Job, which runs once and not on each node", "deploy", "mode")
	case mode != "":
		s.kept("kind", "deploy", "mode")
	}
	if trigger := s.model.Jobs[s.from.Name]; trigger != nil {
		s.to.Kind = schema.Job
		s.convertTriggers(trigger)
	}
	if s.to.Kind == "" && s.isWaitedFor() {
		s.to.Kind = schema.Job
	}
	if why := s.endsBy(); why != "" && s.to.Kind == "" {
		s.to.Kind = schema.Job
		s.runOnce(why)
	}
	s.convertRestart()
	if s.from.Deploy != nil && s.from.Deploy.RestartPolicy != nil {
		s.convertRestartPolicy(s.from.Deploy.RestartPolicy)
	}
}

// isWaitedFor reports whether another service waits for the end of this one.
func (s *service) isWaitedFor() bool {
	return slices.ContainsFunc(s.model.Services, func(other *types.ServiceConfig) bool {
		return other.DependsOn[s.from.Name].Condition == "service_completed_successfully"
	})
}

// onceWords are what services are called that prepare something for the others, and end.
var onceWords = []string{"bootstrap", "create", "createbucket", "createbuckets", "createdb", "init", "initdb", "migrate", "migration", "migrations", "migrator", "provision", "seed", "seeder", "setup"}

// endsBy says by what a service looks as if it ended by itself, where no file says what
// happens then: compose leaves it alone. Empty for all others.
func (s *service) endsBy() string {
	isSaid := s.from.Restart != "" || s.from.Deploy != nil && (s.from.Deploy.RestartPolicy != nil || s.from.Deploy.Mode != "")
	runsImage := s.isKnown && s.image.Port != 0 && len(s.from.Entrypoint)+len(s.from.Command) == 0
	if isSaid || runsImage || len(s.from.Ports)+len(s.from.Expose) > 0 {
		return ""
	}
	why := s.looksOnce()
	if why != "" && slices.ContainsFunc(s.hostNames(), s.isReachedAs) {
		return "" // it serves somebody
	}
	return why
}

// lastExit is that the last command of a shell is exit with success: not behind ||, where
// it runs when what stands before it fails.
var lastExit = lazy(`(?:[;\n]|&&)\s*exit(?:\s+0)?[\s;"']*$`)

// looksOnce is what a service has that those have which end.
func (s *service) looksOnce() string {
	words := strings.FieldsFunc(strings.ToLower(s.from.Name), func(r rune) bool { return r == '-' || r == '_' || r == '.' })
	if slices.ContainsFunc(words, func(word string) bool { return slices.Contains(onceWords, word) }) {
		return "by its name it prepares something, and no restart is said"
	}
	if lastExit().MatchString(strings.Join(slices.Concat(s.from.Entrypoint, s.from.Command), " ")) {
		return "its command ends with exit, and no restart is said"
	}
	return ""
}

// isServer reports whether the service has somebody to serve: then it does not end by
// itself, whatever becomes of it when it does.
func (s *service) isServer() bool {
	return len(s.from.Ports)+len(s.from.Expose) > 0 || s.from.HealthCheck != nil && !s.from.HealthCheck.Disable
}

// convertTriggers takes when a job of compose runs: at a time it is a CronJob.
func (s *service) convertTriggers(t *types.TriggerConfig) {
	if t.Manual != nil {
		s.dropped("a Job runs when it is applied", "triggers", "manual")
	}
	for i, schedule := range t.Schedule {
		if i > 0 {
			s.dropped("a CronJob has one schedule: write another service for it", "triggers", "schedule", i)
			continue
		}
		s.to.Kind, s.to.Schedule, s.to.TimeZone = schema.CronJob, schedule.Cron, schedule.Timezone
		s.kept("schedule", "triggers", "schedule", i)
		if schedule.Concurrency != "" {
			s.dropped("write job: concurrencyPolicy: Allow, Forbid or Replace; Forbid is the default", "triggers", "schedule", i, "concurrency")
		}
		if schedule.MissedFires != "" {
			s.dropped("write job: startingDeadlineSeconds", "triggers", "schedule", i, "missed_fires")
		}
	}
}

// convertRestart says what becomes of the restart policy: but for those of Jobs, pods
// are always started again.
func (s *service) convertRestart() {
	word, tries, hasTries := strings.Cut(s.from.Restart, ":")
	isJob := s.to.EndsByItself()
	switch {
	case word == "":
		if isJob && s.isWaitedFor() {
			s.changed("kind", "others wait for its end: a Job")
		}
	case word == "no" && !isJob && s.to.Kind == "" && s.isServer():
		s.changed("", "it serves others, and so its pod is started again when it ends; what is to run once is kind: Job", "restart")
	case word == "no" && s.to.Kind == schema.DaemonSet:
		s.changed("", "a pod of a DaemonSet is always started again", "restart")
	case word == "no":
		s.to.Kind = cmp.Or(s.to.Kind, schema.Job)
		s.runOnce("it runs once", "restart")
	case word == "on-failure" && isJob:
		if n, err := strconv.ParseInt(tries, 10, 32); hasTries && err == nil && n >= 0 {
			s.job().BackoffLimit = ptr(int32(n))
		}
		s.kept("job.backoffLimit", "restart")
	case word != "on-failure" && word != "always" && word != "unless-stopped":
		s.refused(fmt.Sprintf("%q is no restart policy", word), "restart")
	case isJob:
		s.changed("kind", "others wait for its end: a Job, which is not started again once it succeeded", "restart")
	case word == "on-failure":
		s.changed("", "a pod of a service is always started again, after success too; what is to end by itself is kind: Job", "restart")
	default:
		s.kept("", "restart")
	}
}

// runOnce makes a Job of what runs once. Nothing starts what it depends on before it, as
// compose does: one that does is tried again.
func (s *service) runOnce(why string, at ...any) {
	if len(s.from.DependsOn) > 0 {
		s.changed("kind", why+": a Job, tried again when it fails, for what it depends on may start after it", at...)
		return
	}
	s.job().BackoffLimit = ptr(int32(0))
	s.changed("kind", why+": a Job", at...)
}

func (s *service) convertRestartPolicy(p *types.RestartPolicy) {
	at := []any{"deploy", "restart_policy"}
	if p.MaxAttempts != nil {
		if s.to.EndsByItself() && *p.MaxAttempts < math.MaxInt32 {
			s.job().BackoffLimit = ptr(int32(*p.MaxAttempts))
			s.kept("job.backoffLimit", append(at, "max_attempts")...)
		} else {
			s.dropped("Kubernetes tries for ever, and waits longer each time", append(at, "max_attempts")...)
		}
	}
	if p.Condition == "" {
		return
	}
	at = append(at, "condition")
	switch {
	case p.Condition == "any":
		s.kept("", at...)
	case s.to.EndsByItself():
		s.kept("kind", at...)
	case p.Condition == "none" && s.to.Kind == "" && !s.isServer():
		s.to.Kind = schema.Job
		s.runOnce("it runs once", at...)
	default:
		s.changed("", "a pod of a service is always started again, after success too; what is to end by itself is kind: Job", at...)
	}
}

func (s *service) job() *schema.JobOptions {
	if s.to.Job == nil {
		s.to.Job = &schema.JobOptions{}
	}
	return s.to.Job
}
