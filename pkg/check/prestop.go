package check

import (
	"strconv"
	"strings"
	"time"

	corev1 "k8s.io/api/core/v1"

	"github.com/kgen-dev/kgen/pkg/report"
	"github.com/kgen-dev/kgen/pkg/tree"
	"github.com/kgen-dev/kgen/schema"
)

// serverGrace is the API server's default of terminationGracePeriodSeconds.
const serverGrace = 30

const moreGrace = "raise terminationGracePeriodSeconds, or wait less"

// preStop: row 14, a wait before the stop that leaves no time to stop.
func preStop(s *schema.Service, sink *report.Sink) {
	grace := int64(serverGrace)
	if s.TerminationGracePeriodSeconds != nil {
		grace = *s.TerminationGracePeriodSeconds
	}
	if drains(s) && s.DrainSeconds != nil && *s.DrainSeconds > 0 && *s.DrainSeconds >= grace {
		sink.Errorf(schema.PreStopGrace, tree.P("drainSeconds"), "draining takes %d s, all of the %d s that the pod gets to stop", *s.DrainSeconds, grace).Fix = moreGrace
	}
	for c := range s.PodContainers() {
		if c.Lifecycle != nil && c.Lifecycle.PreStop != nil {
			preStopHook(sink, c.Lifecycle.PreStop, grace, c.Path.With("lifecycle", "preStop"))
		}
	}
}

// drains reports whether a container waits for drainSeconds: one that stops at once with
// the pod, and has no hook of its own.
func drains(s *schema.Service) bool {
	for _, c := range s.SideBySide() {
		if c.Lifecycle == nil || c.Lifecycle.PreStop == nil {
			return true
		}
	}
	return false
}

func preStopHook(sink *report.Sink, hook *corev1.LifecycleHandler, grace int64, at tree.Path) {
	if hook.Sleep != nil && hook.Sleep.Seconds > 0 && hook.Sleep.Seconds >= grace {
		sink.Errorf(schema.PreStopGrace, at.With("sleep", "seconds"),
			"the hook sleeps %d s, all of the %d s that the pod gets to stop", hook.Sleep.Seconds, grace).Fix = moreGrace
	}
	if hook.Exec == nil {
		return
	}
	if slept := longestSleep(hook.Exec.Command); slept > 0 && slept >= time.Duration(grace)*time.Second {
		sink.Errorf(schema.PreStopGrace, at.With("exec", "command"),
			"the hook sleeps %s s, all of the %d s that the pod gets to stop", strconv.FormatFloat(slept.Seconds(), 'f', -1, 64), grace).Fix = moreGrace
	}
}

// longestSleep is the longest single "sleep N" in a command, one in a shell's
// script among them. A script may branch, so they do not add up.
func longestSleep(command []string) time.Duration {
	longest := time.Duration(0)
	words := strings.FieldsFunc(strings.Join(command, " "), func(c rune) bool { return strings.ContainsRune(" \t\n;&|(){}\"'", c) })
	for i := 1; i < len(words); i++ {
		if words[i-1] == "sleep" || strings.HasSuffix(words[i-1], "/sleep") {
			longest = max(longest, sleepTime(words[i]))
		}
	}
	return longest
}

// sleepTime is how long sleep(1) takes: "10", "0.5", "1m".
func sleepTime(text string) time.Duration {
	unit := time.Second
	if n := len(text); n > 0 {
		switch text[n-1] {
		case 's':
			text = text[:n-1]
		case 'm':
			text, unit = text[:n-1], time.Minute
		case 'h':
			text, unit = text[:n-1], time.Hour
		case 'd':
			text, unit = text[:n-1], 24*time.Hour
		}
	}
	const tenYears = 10 * 365 * 24 * time.Hour // infinity is a number too
	n, err := strconv.ParseFloat(text, 64)
	if err != nil || !(n > 0) {
		return 0
	}
	return time.Duration(min(n*float64(unit), float64(tenYears)))
}
