package check

import (
	"strconv"
	"strings"

	"github.com/kgen-dev/kgen/pkg/report"
	"github.com/kgen-dev/kgen/pkg/secrets"
	"github.com/kgen-dev/kgen/pkg/tree"
	"github.com/kgen-dev/kgen/schema"
)

// metricsReading: how Prometheus cannot read metrics.
func metricsReading(m *schema.Metrics, sink *report.Sink) {
	at := tree.P("metrics")
	if longer(m.ScrapeTimeout, m.Interval) {
		sink.Errorf(schema.InvalidValue, at.With("scrapeTimeout"), "%s is longer than interval, %s", m.ScrapeTimeout, m.Interval)
	}
	if m.Authorization != nil && strings.EqualFold(m.Authorization.Type, "Basic") {
		sink.Errorf(schema.InvalidValue, at.With("authorization", "type"), "the operator takes no Basic here").Fix = "take basicAuth"
	}
	for i := range m.Params {
		for j, value := range m.Params[i].Value {
			if sign := secrets.In(m.Params[i].Key, value); sign != secrets.None {
				sink.Errorf(schema.LiteralSecret, at.With("params", m.Params[i].Key, j), "%s", told(sign)).Fix = "take authorization, with the value in a Secret"
			}
		}
	}
	if t := m.TLSConfig; t != nil {
		metricsTLS(t, at.With("tlsConfig"), sink)
	}
	for i := range m.Relabelings {
		relabeling(&m.Relabelings[i], at.With("relabelings", i), sink)
	}
	for i := range m.MetricRelabelings {
		relabeling(&m.MetricRelabelings[i], at.With("metricRelabelings", i), sink)
	}
}

func metricsTLS(t *schema.MetricsTLS, at tree.Path, sink *report.Sink) {
	certificateSource(t.CA, at.With("ca"), sink)
	certificateSource(t.Cert, at.With("cert"), sink)
	switch {
	case t.Cert != nil && t.KeySecret == nil:
		sink.KeyErrorf(schema.MissingField, at.With("cert"), "a certificate of Prometheus' own needs its key").Fix = "add keySecret"
	case t.KeySecret != nil && t.Cert == nil:
		sink.KeyErrorf(schema.MissingField, at.With("keySecret"), "a key needs its certificate").Fix = "add cert"
	}
}

func certificateSource(c *schema.MetricsCertificate, at tree.Path, sink *report.Sink) {
	switch {
	case c == nil:
	case c.Secret == "" && c.ConfigMap == "":
		sink.Errorf(schema.MissingField, at, "what has the certificate is not said").Fix = "add secret or configMap"
	}
}

// relabeling: what the operator refuses, and with it the whole monitor:
// LabelConfigValidator in pkg/prometheus/resource_selector.go of v0.85.
func relabeling(r *schema.Relabeling, at tree.Path, sink *report.Sink) {
	expression(r.Regex, at.With("regex"), sink)
	isEqual := r.Action == "keepequal" || r.Action == "dropequal"
	isCase := r.Action == "lowercase" || r.Action == "uppercase"
	isSetting := isEqual || isCase || r.Action == "" || r.Action == "replace" || r.Action == "hashmod"
	if isSetting && r.TargetLabel == "" {
		sink.KeyErrorf(schema.MissingField, at.With("targetLabel"), "%s needs the label that it sets or compares", actionOf(r)).Fix = "add targetLabel"
	}
	if r.Action == "hashmod" && r.Modulus == 0 {
		sink.KeyErrorf(schema.MissingField, at.With("modulus"), "hashmod needs what it divides by").Fix = "add modulus"
	}
	isOnlyRegex := r.Action == "labeldrop" || r.Action == "labelkeep"
	for _, f := range []struct {
		name         string
		isSet, isBad bool
	}{
		{"sourceLabels", len(r.SourceLabels) > 0, isOnlyRegex},
		{"targetLabel", r.TargetLabel != "", isOnlyRegex},
		{"separator", r.Separator != nil, isOnlyRegex || isEqual},
		{"regex", r.Regex != "", isEqual},
		{"modulus", r.Modulus != 0, isOnlyRegex || isEqual},
		{"replacement", r.Replacement != nil, isOnlyRegex || isEqual || isCase},
	} {
		if f.isSet && f.isBad {
			sink.KeyErrorf(schema.InvalidValue, at.With(f.name), "%s has no %s", r.Action, f.name).Fix = "remove it"
		}
	}
}

func actionOf(r *schema.Relabeling) string {
	if r.Action == "" {
		return "replace, the default of action,"
	}
	return r.Action
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
