package check

import (
	"strings"

	"github.com/kgen-dev/kgen/pkg/report"
	"github.com/kgen-dev/kgen/pkg/tree"
	"github.com/kgen-dev/kgen/schema"
)

// requestsMissing: row 30. A limit alone is a request too, and false declines
// one resource or all. What an autoscaler aims at, utilization has reported.
func requestsMissing(s *schema.Service, sink *report.Sink) {
	if s.Resources != nil && s.Resources.Declined {
		return
	}
	var missing, lines []string
	for _, resource := range [...]string{"cpu", "memory"} {
		isDeclined := s.Resources != nil && s.Resources.Requests.Has(resource)
		if isDeclined || hasAmount(s.Resources, resource) || isTarget(s.Autoscaling, resource) {
			continue
		}
		missing = append(missing, resource)
		lines = append(lines, resource+`: "`+exampleRequest(resource)+`"`)
	}
	if missing == nil {
		return
	}
	sink.Errorf(schema.Undeclined, tree.P("resources", "requests"), "no request for %s", strings.Join(missing, " and ")).
		Fix = "add resources: requests: {" + strings.Join(lines, ", ") + "}, or decline with resources: false"
}

// readinessMissing: row 30.
func readinessMissing(s *schema.Service, sink *report.Sink) {
	if len(s.Ports) == 0 || s.Probes.Readiness != nil {
		return
	}
	probe := `exec: command: ["/bin/ready"]`
	if hasPort(s.Ports, schema.IntOrName{}, true) {
		probe = `httpGet: path: "/ready"`
	}
	sink.Errorf(schema.Undeclined, tree.P("probes", "readiness"), "a service with ports needs a readiness probe").
		Fix = "add probes: readiness: " + probe + ", or decline with probes: readiness: false"
}
