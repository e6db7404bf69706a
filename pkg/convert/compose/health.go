package compose

import (
	"fmt"
	"math"
	"strings"
	"time"

	"github.com/compose-spec/compose-go/v2/types"

	"github.com/kgen-dev/kgen/schema"
)

// The defaults of a health check, of which an image or a service may say others.
// https://docs.docker.com/reference/dockerfile/#healthcheck
const (
	healthInterval      = 30 * time.Second
	healthTimeout       = 30 * time.Second
	healthStartInterval = 5 * time.Second
	healthRetries       = 3
)

// patience is how long a container may fail at least before it is started again: compose
// never does that, and a database that starts slowly must not be ended over and over.
const patience = 5 * time.Minute

// convertHealth makes probes of the health check: the pod gets requests while it
// succeeds, and is started again when it keeps failing for long.
func (s *service) convertHealth() {
	h := s.from.HealthCheck
	switch {
	case s.to.EndsByItself():
		if h != nil {
			s.dropped("a Job is done when it ends; nobody asks how it is", "healthcheck")
		}
		return
	case h != nil && (h.Disable || len(h.Test) > 0 && h.Test[0] == "NONE"):
		s.declineProbes()
		for _, key := range sortedKeys(healthKeys(s)) {
			s.kept("probes", "healthcheck", key)
		}
		return
	case h == nil || len(h.Test) == 0 || strings.HasPrefix(h.Test[0], "CMD") && strings.TrimSpace(strings.Join(h.Test[1:], "")) == "":
		if h != nil && len(h.Test) > 0 {
			s.dropped("its test is empty: write probes", "healthcheck")
		} else if h != nil {
			s.dropped("its test is the image's, which no compose file says: write probes", "healthcheck")
		}
		if s.declineProbes() {
			s.owed("probes.readiness", "it has ports and no health check: every pod gets requests as soon as it runs; write a readiness probe")
		}
		return
	}
	readiness, what := s.probe(h)
	liveness := *readiness
	liveness.FailureThreshold = max(liveness.FailureThreshold, tries(patience, liveness.PeriodSeconds))
	if liveness.FailureThreshold == readiness.FailureThreshold { // requests stop before the container does
		liveness.FailureThreshold += min(liveness.FailureThreshold, math.MaxInt32-liveness.FailureThreshold)
	}
	s.to.Probes.Readiness, s.to.Probes.Liveness = readiness, &liveness
	if h.StartPeriod != nil && *h.StartPeriod > 0 {
		s.convertStart(h, *readiness)
	}
	s.changed("probes", what+"; a pod that fails gets no requests (readiness), and a container that fails for "+
		wait(&liveness)+" is started again (liveness), where compose only marks it", "healthcheck", "test")
	s.accountTimes(h)
}

// healthKeys are the keys of a health check that is none.
func healthKeys(s *service) dict {
	keys, _ := valueAt(s.model.long, s.at("healthcheck")).(dict)
	return keys
}

func (s *service) accountTimes(h *types.HealthCheckConfig) {
	for _, key := range []struct {
		name, field string
		time        *types.Duration
	}{
		{"interval", "readiness.periodSeconds", h.Interval}, {"timeout", "readiness.timeoutSeconds", h.Timeout},
		{"start_period", "startup", h.StartPeriod}, {"start_interval", "startup.periodSeconds", h.StartInterval},
	} {
		switch field := "probes." + key.field; {
		case key.time == nil, key.name == "start_period" && s.to.Probes.Startup != nil:
		case *key.time < 0:
			s.refused("a time cannot be less than nothing", "healthcheck", key.name)
		case key.name == "start_interval" && s.to.Probes.Startup == nil:
			s.dropped("without start_period there is no start to look at", "healthcheck", key.name)
		case time.Duration(*key.time)%time.Second != 0:
			s.changed(field, "rounded up to whole seconds, the shortest that Kubernetes counts", "healthcheck", key.name)
		default:
			s.kept(field, "healthcheck", key.name)
		}
	}
	if h.Retries != nil {
		s.kept("probes.readiness.failureThreshold", "healthcheck", "retries")
	}
	if s.has("healthcheck") && s.model.Written(s.at("healthcheck", "disable")...) != nil {
		s.kept("probes", "healthcheck", "disable")
	}
}

// convertStart makes the probe that has to pass before the others begin: it may fail for
// start_period, and then as often as liveness may.
func (s *service) convertStart(h *types.HealthCheckConfig, startup schema.Probe) {
	startup.PeriodSeconds = seconds(h.StartInterval, healthStartInterval)
	if h.Timeout == nil {
		startup.TimeoutSeconds = min(startup.TimeoutSeconds, startup.PeriodSeconds)
	} else if h.StartInterval == nil { // Docker begins a check when the last is done
		startup.PeriodSeconds = max(startup.PeriodSeconds, startup.TimeoutSeconds)
	}
	period := time.Duration(*h.StartPeriod)
	startup.FailureThreshold = max(startup.FailureThreshold+tries(period, startup.PeriodSeconds), tries(patience, startup.PeriodSeconds))
	s.to.Probes.Startup = &startup
	s.changed("probes.startup", "the container is started again if it does not pass for "+wait(&startup)+" at first, where compose only marks it", "healthcheck", "start_period")
}

// progressDeadline is how long a rollout takes at most by default.
// https://kubernetes.io/docs/concepts/workloads/controllers/deployment/#progress-deadline-seconds
const progressDeadline = 600

// allowStart gives a rollout the time that a pod may take to start.
func (s *service) allowStart() {
	startup := s.to.Probes.Startup
	if startup == nil || s.to.Kind != "" && s.to.Kind != schema.Deployment {
		return
	}
	needed := int64(startup.PeriodSeconds) * int64(startup.FailureThreshold)
	if n := s.to.MinReadySeconds; n != nil {
		needed += int64(*n)
	}
	if needed <= progressDeadline || needed > math.MaxInt32-60 {
		return
	}
	s.to.ProgressDeadlineSeconds = ptr(int32((needed + 59) / 60 * 60))
	s.changed("progressDeadlineSeconds", "a rollout waits for so long too", "healthcheck", "start_period")
}

// tries is how often a probe is made in a time.
func tries(d time.Duration, period int32) int32 {
	return int32(min(math.Ceil(d.Seconds()/float64(period)), math.MaxInt32/2))
}

// wait is how long a probe has to fail until something happens.
func wait(p *schema.Probe) string {
	if n := int64(p.FailureThreshold) * int64(p.PeriodSeconds); n%60 != 0 {
		return fmt.Sprintf("%d seconds", n)
	} else if n > 60 {
		return fmt.Sprintf("%d minutes", n/60)
	}
	return "a minute"
}

// declineProbes says that there is no readiness probe, where there has to be one.
func (s *service) declineProbes() bool {
	if len(s.to.Ports) == 0 {
		return false
	}
	s.to.Probes.Readiness = &schema.Probe{Declined: true}
	return true
}
