package compose

import (
	"math"
	"slices"
	"strings"
	"time"

	"github.com/compose-spec/compose-go/v2/types"
	corev1 "k8s.io/api/core/v1"

	"github.com/kgen-dev/kgen/pkg/secrets"
	"github.com/kgen-dev/kgen/schema"
)

// probe is the probe of a health check: over HTTP where the command does just that, else
// the command; with the times of the check.
func (s *service) probe(h *types.HealthCheckConfig) (p *schema.Probe, what string) {
	before := len(s.hidden)
	handler, what := s.probeHandler(slices.Clone([]string(h.Test)))
	if len(s.hidden) > before {
		what += ", and gets what looks like a secret from a variable"
	}
	p = &handler
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

// probeHandler is what a probe does, and how that is said.
func (s *service) probeHandler(words []string) (p schema.Probe, what string) {
	kind, words := words[0], words[1:]
	var get *fetch
	switch isShell := len(words) == 3 && words[1] == "-c" && strings.HasSuffix(words[0], "sh"); {
	case kind == "CMD-SHELL":
		get = s.parseFetch(words[0])
	case kind == "CMD" && isShell:
		get = s.parseFetch(words[2])
	case kind == "CMD":
		get = s.fetchOf(words)
	}
	if get != nil && s.isHeardOutside(get) && len(secrets.Under("", get.path)) == 0 && !s.hasKnown(get.path) {
		return s.getHandler(get)
	}
	what = "the command runs in the container"
	at := s.at("healthcheck", "test")
	switch kind {
	case "CMD-SHELL":
		if len(words) > 1 {
			what += ", with the words behind the first for the shell, as Docker has it: write one line"
		}
		words = append(s.shell(words[0], "probes", at), words[1:]...)
	case "CMD":
		words = s.probeWords(words, "probes", at)
	default:
		what += "; compose demands CMD in front of it"
		words = s.probeWords(append([]string{kind}, words...), "probes", at)
	}
	return schema.Probe{Exec: &schema.ExecProbe{Command: words}}, what
}

// getHandler is a request in the place of the command that makes it.
func (s *service) getHandler(get *fetch) (p schema.Probe, what string) {
	what = "the kubelet makes the request, to the address of the pod"
	variable := s.variableWithHosts()
	switch isDomain := slices.Contains(get.own, get.host) && strings.Contains(get.host, "."); {
	case get.hasHost():
	case isDomain:
		get.headers = append(get.headers, corev1.HTTPHeader{Name: "Host", Value: get.host})
		what += ", and says Host: " + get.host + " as the command does"
	case variable != "":
		get.headers = append(get.headers, corev1.HTTPHeader{Name: "Host", Value: get.host})
		what += ", and says Host: " + get.host + ", for " + variable + " may let nothing else through"
	}
	return schema.Probe{HTTPGet: s.httpGet(get)}, what
}

// variableWithHosts is the variable that says which hosts a request may be for, as
// ALLOWED_HOSTS of Django does; empty where there is none.
func (s *service) variableWithHosts() string {
	for _, name := range sortedKeys(s.variables) {
		upper, value := strings.ToUpper(name), s.variables[name].value
		isList := strings.HasSuffix(upper, "ALLOWED_HOSTS") || strings.HasSuffix(upper, "TRUSTED_HOSTS") || strings.HasSuffix(upper, "TRUSTED_DOMAINS")
		if isList && value != "" && !strings.Contains(value, "*") {
			return name
		}
	}
	return ""
}

// seconds is a duration in whole seconds, at least one.
func seconds(d *types.Duration, otherwise time.Duration) int32 {
	if d != nil && *d > 0 {
		otherwise = time.Duration(*d)
	}
	return int32(min(math.Ceil(otherwise.Seconds()), math.MaxInt32))
}

// httpGet is the probe of a request. A service with no ports gets that one, which no
// Service leads to: probes name ports.
func (s *service) httpGet(f *fetch) *schema.HTTPGetProbe {
	get := &schema.HTTPGetProbe{Path: f.path, HTTPHeaders: f.headers}
	if f.scheme == "https" {
		get.Scheme = "HTTPS"
	}
	if len(s.to.Ports) == 0 {
		name := s.addPort(uint32(f.port), "", "", "")
		s.to.Ports.Get(name).Expose = ptr(false)
		s.changed("ports."+name, "for the probes alone: no Service leads there", "healthcheck", "test")
	}
	for _, p := range s.to.Ports {
		if p.Value.ContainerPort == f.port && p.Value.Protocol == "" {
			get.Port.Name = p.Key
		}
	}
	return get
}

// isHeardOutside reports whether the kubelet may ask in the place of the container: at a
// port that the container listens on for others too.
func (s *service) isHeardOutside(f *fetch) bool {
	return s.hasPort(uint32(f.port)) || len(s.to.Ports) == 0
}
