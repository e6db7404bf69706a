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
	for c := range s.PodContainers() {
		containerRequests(s, &c, sink)
	}
}

func containerRequests(s *schema.Service, c *schema.PodContainer, sink *report.Sink) {
	if c.Resources != nil && c.Resources.Declined {
		return
	}
	var missing, lines []string
	for _, resource := range [...]string{"cpu", "memory"} {
		isDeclined := c.Resources != nil && c.Resources.Requests.Has(resource)
		if isDeclined || hasAmount(c.Resources, resource) || c.Runs() && isTarget(s.Autoscaling, resource) {
			continue
		}
		missing = append(missing, resource)
		lines = append(lines, resource+`: "`+exampleRequest(resource)+`"`)
	}
	if missing == nil {
		return
	}
	sink.Errorf(schema.Undeclined, c.Path.With("resources", "requests"), "no request for %s", strings.Join(missing, " and ")).
		Fix = "add " + inside(c) + "resources: requests: {" + strings.Join(lines, ", ") + "}, or decline with resources: false"
}

// readinessMissing: row 30.
func readinessMissing(s *schema.Service, sink *report.Sink) {
	if len(s.Ports) == 0 || s.EndsByItself() || s.Probes.Readiness != nil {
		return
	}
	probe := `exec: command: ["/bin/ready"]`
	if hasPort(s.Ports, schema.IntOrName{}, true) {
		probe = `httpGet: path: "/ready"`
	}
	sink.Errorf(schema.Undeclined, tree.P("probes", "readiness"), "a service with ports needs a readiness probe").
		Fix = "add probes: readiness: " + probe + ", or decline with probes: readiness: false"
}
