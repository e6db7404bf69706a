package compose

import (
	"fmt"
	"math"
	"regexp"
	"slices"
	"strings"
	"time"

	"github.com/compose-spec/compose-go/v2/types"

	"github.com/kgen-dev/kgen/pkg/secrets"
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
	case h == nil || len(h.Test) == 0 || len(h.Test) == 1 && strings.HasPrefix(h.Test[0], "CMD"):
		if h != nil {
			s.dropped("its test is the image's, which no compose file says: write probes", "healthcheck")
		}
		if s.declineProbes() {
			s.owed("probes.readiness", "it has ports and no health check: every pod gets requests as soon as it runs; write a readiness probe")
		}
		return
	}
	readiness, what := s.probe(h)
	liveness, _ := s.probe(h)
	liveness.FailureThreshold = max(liveness.FailureThreshold, tries(patience, liveness.PeriodSeconds))
	s.to.Probes.Readiness, s.to.Probes.Liveness = readiness, liveness
	if h.StartPeriod != nil && *h.StartPeriod > 0 {
		s.convertStart(h)
	}
	s.changed("probes", what+": readiness, so that requests go to pods that pass; and liveness, so that a container which fails for "+
		wait(liveness)+" is started again, where compose only marks it", "healthcheck", "test")
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
		isSet       bool
	}{
		{"interval", "periodSeconds", h.Interval != nil}, {"timeout", "timeoutSeconds", h.Timeout != nil}, {"retries", "failureThreshold", h.Retries != nil},
	} {
		if key.isSet {
			s.kept("probes.readiness."+key.field, "healthcheck", key.name)
		}
	}
	if h.StartInterval != nil && s.to.Probes.Startup != nil {
		s.kept("probes.startup.periodSeconds", "healthcheck", "start_interval")
	} else if h.StartInterval != nil {
		s.dropped("without start_period there is no start to look at", "healthcheck", "start_interval")
	}
	if s.has("healthcheck") && s.model.Written(s.at("healthcheck", "disable")...) != nil {
		s.kept("probes", "healthcheck", "disable")
	}
}

// convertStart makes the probe that has to pass before the others begin: it may fail for
// start_period, and then as often as liveness may.
func (s *service) convertStart(h *types.HealthCheckConfig) {
	startup, _ := s.probe(h)
	startup.PeriodSeconds = seconds(h.StartInterval, healthStartInterval)
	if h.Timeout == nil {
		startup.TimeoutSeconds = min(startup.TimeoutSeconds, startup.PeriodSeconds)
	}
	period := time.Duration(*h.StartPeriod)
	startup.FailureThreshold = max(startup.FailureThreshold+tries(period, startup.PeriodSeconds), tries(patience, startup.PeriodSeconds))
	s.to.Probes.Startup = startup
	s.changed("probes.startup", "the container is started again if it does not pass for "+wait(startup)+" at first, where compose only marks it", "healthcheck", "start_period")
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

// probe is the probe of a health check: over HTTP where the command does just that, else
// the command; with the times of the check.
func (s *service) probe(h *types.HealthCheckConfig) (p *schema.Probe, what string) {
	words := slices.Clone([]string(h.Test))
	var get *fetch
	switch words[0] {
	case "CMD-SHELL":
		get = s.parseFetch(words[1])
		words = s.shell(words[1])
	case "CMD":
		get = s.fetchOf(words[1:])
		words = s.probeWords(words[1:])
	}
	what = "the command runs in the container"
	p = &schema.Probe{Exec: &schema.ExecProbe{Command: words}}
	if get != nil && s.isHeardOutside(get) {
		what = "the kubelet makes the request, to the address of the pod"
		p = &schema.Probe{HTTPGet: s.httpGet(get)}
	}
	p.PeriodSeconds = seconds(h.Interval, healthInterval)
	p.TimeoutSeconds = seconds(h.Timeout, healthTimeout)
	if h.Timeout == nil { // nobody said that one may take longer than the next is due
		p.TimeoutSeconds = min(p.TimeoutSeconds, p.PeriodSeconds)
	}
	p.FailureThreshold = healthRetries
	if h.Retries != nil && *h.Retries > 0 && *h.Retries < math.MaxInt32 {
		p.FailureThreshold = int32(*h.Retries)
	}
	return p, what
}

// shell is a line that a shell runs in the container. Secrets in it come from the
// variables there.
func (s *service) shell(line string) []string {
	line = s.ownHost(line)
	for _, name := range s.hiddenNames() {
		if value := s.hidden[name]; s.isTelling(value) {
			line = strings.ReplaceAll(line, value, "${"+name+"}")
		}
	}
	if len(secrets.Under("", line)) > 0 {
		name := s.freeVariable("HEALTHCHECK", line)
		s.hideValue(name, line, "")
		line = `eval "$` + name + `"`
	}
	return []string{"/bin/sh", "-c", line}
}

// probeWords are the words of a command; with a secret in them, a shell has to fill it in.
func (s *service) probeWords(words []string) []string {
	var quoted []string
	for i, word := range words {
		isHost := i > 0 && slices.Contains([]string{"-h", "--host", "--hostname"}, words[i-1])
		switch {
		case isHost && slices.Contains(s.hostNames(), word):
			words[i] = "localhost"
		case i > 0:
			words[i] = s.ownHost(word)
		}
		quoted = append(quoted, words[i])
		if !plainWord.MatchString(words[i]) {
			quoted[i] = `'` + strings.ReplaceAll(words[i], `'`, `'\''`) + `'`
		}
	}
	hasSecret := len(secrets.Under("", strings.Join(words, " "))) > 0
	for _, name := range s.hiddenNames() {
		value := s.hidden[name]
		for i := range quoted {
			if s.isTelling(value) && strings.Contains(words[i], value) {
				hasSecret = true
				quoted[i] = replaceQuoted(words[i], value, name)
			}
		}
	}
	if !hasSecret {
		return words
	}
	return s.shell(strings.Join(quoted, " "))
}

// plainWord is a word that a shell takes as it is.
var plainWord = regexp.MustCompile(`^[A-Za-z0-9_./:=@%+,-]+$`)

// replaceQuoted is a word for a shell in which a variable stands for its value.
func replaceQuoted(word, value, name string) string {
	var parts []string
	for part := range strings.SplitSeq(word, value) {
		if part != "" && !plainWord.MatchString(part) {
			part = `'` + strings.ReplaceAll(part, `'`, `'\''`) + `'`
		}
		parts = append(parts, part)
	}
	return strings.Join(parts, `"${`+name+`}"`)
}

// ownHost is a text in which the container asks itself under its own address: by its
// name it would ask the Service, which leads nowhere before the probe has passed.
func (s *service) ownHost(text string) string {
	for _, host := range s.hostNames() {
		for _, at := range slices.Backward(hostsIn(text, host)) {
			before := strings.TrimRight(text[:at.from], " ")
			isFlag := strings.HasSuffix(before, "-h") || strings.HasSuffix(before, "--host") || strings.HasSuffix(before, "--host=")
			if at.isSure && !at.isWhole || isFlag {
				text = text[:at.from] + "localhost" + text[at.to:]
			}
		}
	}
	return text
}

// seconds is a duration in whole seconds, at least one.
func seconds(d *types.Duration, otherwise time.Duration) int32 {
	if d != nil && *d > 0 {
		otherwise = time.Duration(*d)
	}
	return int32(min(math.Ceil(otherwise.Seconds()), math.MaxInt32))
}

// httpGet is the probe of a request.
func (s *service) httpGet(f *fetch) *schema.HTTPGetProbe {
	get := &schema.HTTPGetProbe{Path: f.path, HTTPHeaders: f.headers}
	if f.scheme == "https" {
		get.Scheme = "HTTPS"
	}
	for _, p := range s.to.Ports {
		if p.Value.ContainerPort == f.port && p.Value.Protocol == "" {
			get.Port.Name = p.Key
			return get
		}
	}
	get.Port.Number = f.port
	return get
}

// isHeardOutside reports whether the kubelet may ask in the place of the container: at a
// port that the container listens on for others too.
func (s *service) isHeardOutside(f *fetch) bool {
	return s.hasPort(uint32(f.port)) || len(s.to.Ports) == 0
}
