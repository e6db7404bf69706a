package addon

import (
	corev1 "k8s.io/api/core/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"

	"github.com/kgen-dev/kgen/schema"
)

// ServiceMonitor has Prometheus read the metrics behind Services.
type ServiceMonitor = Object[ServiceMonitorSpec]

// ServiceMonitorSpec is the spec of a ServiceMonitor, monitoring.coreos.com/v1.
type ServiceMonitorSpec struct {
	Monitored    `json:",inline"`
	TargetLabels []string             `json:"targetLabels,omitempty"`
	Selector     metav1.LabelSelector `json:"selector"` // of Services
	Endpoints    []Endpoint           `json:"endpoints"`
}

// PodMonitor has Prometheus read the metrics of pods.
type PodMonitor = Object[PodMonitorSpec]

// PodMonitorSpec is the spec of a PodMonitor, monitoring.coreos.com/v1.
type PodMonitorSpec struct {
	Monitored           `json:",inline"`
	Selector            metav1.LabelSelector `json:"selector"` // of pods
	PodMetricsEndpoints []Endpoint           `json:"podMetricsEndpoints"`
}

// Monitored is what both monitors have.
type Monitored struct {
	JobLabel        string   `json:"jobLabel,omitempty"`
	PodTargetLabels []string `json:"podTargetLabels,omitempty"`
	SampleLimit     int32    `json:"sampleLimit,omitempty"`
}

// Endpoint is a port by name, of the Service or of the pod, and how it is read.
type Endpoint struct {
	Port              string              `json:"port"`
	Path              string              `json:"path,omitempty"`
	Scheme            string              `json:"scheme,omitempty"`
	Params            map[string][]string `json:"params,omitempty"`
	Interval          string              `json:"interval,omitempty"`
	ScrapeTimeout     string              `json:"scrapeTimeout,omitempty"`
	HonorLabels       bool                `json:"honorLabels,omitempty"`
	BasicAuth         *BasicAuth          `json:"basicAuth,omitempty"`
	Authorization     *Authorization      `json:"authorization,omitempty"`
	TLSConfig         *TLSConfig          `json:"tlsConfig,omitempty"`
	Relabelings       []schema.Relabeling `json:"relabelings,omitempty"`
	MetricRelabelings []schema.Relabeling `json:"metricRelabelings,omitempty"`
}

// BasicAuth is a name and a password.
type BasicAuth struct {
	Username corev1.SecretKeySelector `json:"username"`
	Password corev1.SecretKeySelector `json:"password"`
}

// Authorization is a token.
type Authorization struct {
	Type        string                   `json:"type,omitempty"`
	Credentials corev1.SecretKeySelector `json:"credentials"`
}

// TLSConfig is how https is spoken.
type TLSConfig struct {
	CA                 *CertificateSource        `json:"ca,omitempty"`
	Cert               *CertificateSource        `json:"cert,omitempty"`
	KeySecret          *corev1.SecretKeySelector `json:"keySecret,omitempty"`
	ServerName         string                    `json:"serverName,omitempty"`
	InsecureSkipVerify *bool                     `json:"insecureSkipVerify,omitempty"`
}

// CertificateSource is a key of a Secret or a ConfigMap.
type CertificateSource struct {
	Secret    *corev1.SecretKeySelector    `json:"secret,omitempty"`
	ConfigMap *corev1.ConfigMapKeySelector `json:"configMap,omitempty"`
}
