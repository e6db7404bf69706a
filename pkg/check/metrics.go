package check

import (
	"strconv"
	"strings"

	"github.com/kgen-dev/kgen/pkg/report"
	"github.com/kgen-dev/kgen/pkg/tree"
	"github.com/kgen-dev/kgen/schema"
)

// metrics: row 7, a port that Prometheus does not find, and what the way in which it
// is told cannot say.
func metrics(s *schema.Service, sink *report.Sink) {
	m := s.Metrics
	if m == nil || m.Declined {
		return
	}
	if m.Kind == schema.ScrapeAnnotations {
		annotationsSay(m, sink)
	}
	labels(sink, m.Labels, "metrics", "labels")
	if longer(m.ScrapeTimeout, m.Interval) {
		sink.Errorf(schema.InvalidValue, tree.P("metrics", "scrapeTimeout"), "%s is longer than interval, %s", m.ScrapeTimeout, m.Interval)
	}
	port := s.MetricsPort()
	switch at := tree.P("metrics", "port"); {
	case m.Port.IsZero():
		sink.KeyErrorf(schema.MissingField, at, "no port is named, and none is called metrics").
			Fix = `add one, as in metrics: port: "http", or decline with metrics: false`
	case port == nil:
		unknownPort(sink, at, "the service", m.Port, namesOf(s.PodPorts()))
	case port.Value.Protocol != "" && port.Value.Protocol != "TCP":
		sink.Errorf(schema.UnknownPort, at, "port %s is not TCP", m.Port).Fix = "name a TCP port"
	case m.Kind == schema.ServiceMonitor:
		monitoredService(s, sink, port)
	}
}

// monitoredService: a ServiceMonitor finds what stands on a Service with labels.
func monitoredService(s *schema.Service, sink *report.Sink, port *schema.Entry[schema.Port]) {
	const instead = `take metrics: kind: "PodMonitor", which finds the pods themselves`
	switch {
	case !s.HasService():
		sink.Errorf(schema.UnknownPort, tree.P("metrics", "kind"), "a ServiceMonitor finds nothing: the service has no Service").Fix = instead
	case port.Value.Expose != nil && !*port.Value.Expose:
		sink.Errorf(schema.UnknownPort, tree.P("metrics", "kind"), "a ServiceMonitor finds nothing: port %q is not on the Service", port.Key).Fix = instead
	case s.MonitoredLabel().Value == "":
		sink.Errorf(schema.UnknownReference, tree.P("metrics", "kind"), "a ServiceMonitor finds nothing: the Service has no label %s", s.MonitoredLabel().Key).Fix = instead
	}
}

// annotationsSay refuses what has no annotation.
func annotationsSay(m *schema.Metrics, sink *report.Sink) {
	for _, f := range []struct {
		name  string
		isSet bool
	}{{"objectName", m.ObjectName != ""}, {"interval", m.Interval != ""}, {"scrapeTimeout", m.ScrapeTimeout != ""}, {"labels", len(m.Labels) > 0}} {
		if f.isSet {
			sink.KeyErrorf(schema.InvalidValue, tree.P("metrics", f.name), "no annotation says it: %s is for a monitor", f.name).
				Fix = `remove it, or set metrics: kind: "PodMonitor"`
		}
	}
}

// longer reports whether one duration of Prometheus is longer than another; not
// where one is not given.
func longer(a, b string) bool { return a != "" && b != "" && milliseconds(a) > milliseconds(b) }

// millisecondsOf are the units of Prometheus' durations.
var millisecondsOf = map[string]float64{
	"ms": 1, "s": 1e3, "m": 60e3, "h": 3600e3, "d": 24 * 3600e3, "w": 7 * 24 * 3600e3, "y": 365 * 24 * 3600e3,
}

// milliseconds reads a duration such as 1m30s, which the schema has checked.
func milliseconds(duration string) (sum float64) {
	isDigit := func(c rune) bool { return '0' <= c && c <= '9' }
	isUnit := func(c rune) bool { return !isDigit(c) }
	for duration != "" {
		digits := max(0, strings.IndexFunc(duration, isUnit))
		number, rest := duration[:digits], duration[digits:]
		unit := rest
		if end := strings.IndexFunc(rest, isDigit); end >= 0 {
			unit = rest[:end]
		}
		n, _ := strconv.ParseFloat(number, 64)
		sum += n * millisecondsOf[unit]
		duration = rest[len(unit):]
	}
	return sum
}
