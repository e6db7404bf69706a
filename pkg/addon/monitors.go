package addon

import metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"

// ServiceMonitor has Prometheus read the metrics behind Services.
type ServiceMonitor = Object[ServiceMonitorSpec]

// ServiceMonitorSpec is the spec of a ServiceMonitor, monitoring.coreos.com/v1.
type ServiceMonitorSpec struct {
	Selector  metav1.LabelSelector `json:"selector"` // of Services
	Endpoints []Endpoint           `json:"endpoints"`
}

// PodMonitor has Prometheus read the metrics of pods.
type PodMonitor = Object[PodMonitorSpec]

// PodMonitorSpec is the spec of a PodMonitor, monitoring.coreos.com/v1.
type PodMonitorSpec struct {
	Selector            metav1.LabelSelector `json:"selector"` // of pods
	PodMetricsEndpoints []Endpoint           `json:"podMetricsEndpoints"`
}

// Endpoint is a port by name, of the Service or of the pod, and how it is read.
type Endpoint struct {
	Port          string `json:"port"`
	Path          string `json:"path,omitempty"`
	Scheme        string `json:"scheme,omitempty"`
	Interval      string `json:"interval,omitempty"`
	ScrapeTimeout string `json:"scrapeTimeout,omitempty"`
}
