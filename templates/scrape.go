package templates

import (
	"strconv"

	"github.com/kgen-dev/kgen/schema"
)

// The annotations that the examples of Prometheus go by: there is no standard, but
// most configurations read these.
const (
	scrapeAnnotation = "prometheus.io/scrape"
	scrapePort       = "prometheus.io/port"
	scrapePath       = "prometheus.io/path"
	scrapeScheme     = "prometheus.io/scheme"
)

// scrapeAnnotations tell Prometheus where the metrics of a pod are; nil when s does
// not ask for them.
func scrapeAnnotations(s *schema.Service) map[string]string {
	if s.MetricsBy() != schema.ScrapeAnnotations {
		return nil
	}
	annotations := map[string]string{scrapeAnnotation: "true", scrapePort: s.Metrics.Port.String()}
	if port := s.MetricsPort(); port != nil {
		annotations[scrapePort] = strconv.Itoa(int(port.Value.ContainerPort))
	}
	if s.Metrics.Path != "" {
		annotations[scrapePath] = s.Metrics.Path
	}
	if s.Metrics.Scheme != "" {
		annotations[scrapeScheme] = s.Metrics.Scheme
	}
	return annotations
}
