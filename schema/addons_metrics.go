package schema

// Metrics is where Prometheus finds metrics, or is Declined.
type Metrics struct {
	Declined      bool      `json:"-"`
	ObjectName    string    `json:"objectName,omitempty"`
	Kind          string    `json:"kind,omitempty"`
	Port          IntOrName `json:"port,omitempty"`
	Path          string    `json:"path,omitempty"`
	Scheme        string    `json:"scheme,omitempty"`
	Interval      string    `json:"interval,omitempty"`
	ScrapeTimeout string    `json:"scrapeTimeout,omitempty"`
	Labels        Map[Text] `json:"labels,omitempty"`

	Params            Map[[]string] `json:"params,omitempty"`
	HonorLabels       bool          `json:"honorLabels,omitempty"`
	BasicAuth         *MetricsLogin `json:"basicAuth,omitempty"`
	Authorization     *MetricsToken `json:"authorization,omitempty"`
	TLSConfig         *MetricsTLS   `json:"tlsConfig,omitempty"`
	Relabelings       []Relabeling  `json:"relabelings,omitempty"`
	MetricRelabelings []Relabeling  `json:"metricRelabelings,omitempty"`
	JobLabel          string        `json:"jobLabel,omitempty"`
	PodTargetLabels   []string      `json:"podTargetLabels,omitempty"`
	TargetLabels      []string      `json:"targetLabels,omitempty"`
	SampleLimit       int32         `json:"sampleLimit,omitempty"`

	// From are the peers of a NetworkPolicy that are let to Port.
	From *[]string `json:"from,omitempty"`
}

// SecretKey is a value of a Secret.
type SecretKey struct {
	Secret string `json:"secret"`
	Key    string `json:"key"`
}

// MetricsLogin is the name and password with which metrics are read.
type MetricsLogin struct {
	Username SecretKey `json:"username"`
	Password SecretKey `json:"password"`
}

// MetricsToken is the token with which metrics are read.
type MetricsToken struct {
	Type        string    `json:"type,omitempty"` // empty: Bearer
	Credentials SecretKey `json:"credentials"`
}

// MetricsTLS is how https is spoken to read metrics.
type MetricsTLS struct {
	ServerName         string              `json:"serverName,omitempty"`
	InsecureSkipVerify *bool               `json:"insecureSkipVerify,omitempty"`
	CA                 *MetricsCertificate `json:"ca,omitempty"`
	Cert               *MetricsCertificate `json:"cert,omitempty"`
	KeySecret          *SecretKey          `json:"keySecret,omitempty"`
}

// MetricsCertificate is a key of one of a Secret and a ConfigMap.
type MetricsCertificate struct {
	Secret    string `json:"secret,omitempty"`
	ConfigMap string `json:"configMap,omitempty"`
	Key       string `json:"key"`
}

// Relabeling is a rule by which Prometheus changes labels, named as in
// monitoring.coreos.com/v1.
type Relabeling struct {
	Action       string   `json:"action,omitempty"`
	SourceLabels []string `json:"sourceLabels,omitempty"`
	Separator    *string  `json:"separator,omitempty"`
	TargetLabel  string   `json:"targetLabel,omitempty"`
	Regex        string   `json:"regex,omitempty"`
	Modulus      int32    `json:"modulus,omitempty"`
	Replacement  *string  `json:"replacement,omitempty"`
}
