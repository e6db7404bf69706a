// Package schema is the language people write: the CUE definitions, embedded,
// the Go structs that mirror them, and the built-in defaults.
//
// A Service is always in the long form: every short form was expanded, every
// layer merged. Where a field may be declined with false, its struct has
// Declined, and nothing else is set then. Types of k8s.io/api stand where the
// field is Kubernetes' own ("as in a PodSpec").
package schema

import (
	corev1 "k8s.io/api/core/v1"
	"k8s.io/apimachinery/pkg/util/intstr"
)

// Service is one service of one environment, merged and in the long form.
type Service struct {
	Name      string `json:"name,omitempty"`
	Namespace string `json:"namespace,omitempty"`
	Kind      string `json:"kind,omitempty"`

	Workload `json:",inline"`

	Container  `json:",inline"`
	ConfigMaps Map[ConfigMap] `json:"configMaps,omitempty"`
	Secrets    Map[Secret]    `json:"secrets,omitempty"`
	Files      Map[File]      `json:"files,omitempty"`
	Volumes    Map[Volume]    `json:"volumes,omitempty"`

	InitContainers Map[ExtraContainer] `json:"initContainers,omitempty"`
	Sidecars       Map[Sidecar]        `json:"sidecars,omitempty"`

	Replicas                *Count               `json:"replicas,omitempty"`
	Autoscaling             *Autoscaling         `json:"autoscaling,omitempty"`
	Strategy                *Strategy            `json:"strategy,omitempty"`
	MinReadySeconds         *int32               `json:"minReadySeconds,omitempty"`
	ProgressDeadlineSeconds *int32               `json:"progressDeadlineSeconds,omitempty"`
	RevisionHistoryLimit    *int32               `json:"revisionHistoryLimit,omitempty"`
	PodDisruptionBudget     *PodDisruptionBudget `json:"podDisruptionBudget,omitempty"`

	Service       *ServiceOptions   `json:"service,omitempty"`
	ExtraServices Map[ExtraService] `json:"extraServices,omitempty"`
	Ingress       *Ingress          `json:"ingress,omitempty"`
	NetworkPolicy *NetworkPolicy    `json:"networkPolicy,omitempty"`
	HTTPRoutes    Map[HTTPRoute]    `json:"httpRoutes,omitempty"`
	GRPCRoutes    Map[GRPCRoute]    `json:"grpcRoutes,omitempty"`
	Release       *Release          `json:"release,omitempty"`

	Metrics        *Metrics        `json:"metrics,omitempty"`
	ServiceAccount *ServiceAccount `json:"serviceAccount,omitempty"`
	SecurityPreset string          `json:"securityPreset,omitempty"`

	Pod `json:",inline"`

	Component      string        `json:"component,omitempty"`
	Labels         Map[Text]     `json:"labels,omitempty"`
	Annotations    Map[Text]     `json:"annotations,omitempty"`
	PodLabels      Map[Text]     `json:"podLabels,omitempty"`
	PodAnnotations Map[Text]     `json:"podAnnotations,omitempty"`
	Selector       Map[string]   `json:"selector,omitempty"`
	Patches        []Patch       `json:"patches,omitempty"`
	Objects        Map[Manifest] `json:"objects,omitempty"`
	AllowLiteral   []string      `json:"allowLiteral,omitempty"`
	Lint           *ServiceLint  `json:"lint,omitempty"`

	// ContainerName is the container's name; import keeps names with it.
	ContainerName string `json:"containerName,omitempty"`

	// World is what the service sees around it; never written by people.
	World *World `json:"-"`
	// ByOrg is what kgen.cue says of it; nil where that is nothing.
	ByOrg *ByOrg `json:"-"`
	// Variant says which of the Deployments of Release this is; see Variants. Of a
	// service as people write it, it is nil.
	Variant *Variant `json:"-"`
}

// Container is what every container has.
type Container struct {
	Image           Image                   `json:"image,omitempty"`
	Command         []string                `json:"command,omitempty"`
	Args            []string                `json:"args,omitempty"`
	WorkingDir      string                  `json:"workingDir,omitempty"`
	Env             Map[EnvVar]             `json:"env,omitempty"`
	EnvFrom         []EnvFrom               `json:"envFrom,omitempty"`
	Ports           Map[Port]               `json:"ports,omitempty"`
	Probes          Probes                  `json:"probes,omitempty"`
	Resources       *Resources              `json:"resources,omitempty"`
	Lifecycle       *corev1.Lifecycle       `json:"lifecycle,omitempty"`
	SecurityContext *corev1.SecurityContext `json:"securityContext,omitempty"`
	Writable        []string                `json:"writable,omitempty"`
}

// Pod is what a PodSpec has besides containers, in Kubernetes' own types.
type Pod struct {
	PodSecurityContext            *corev1.PodSecurityContext        `json:"podSecurityContext,omitempty"`
	TerminationGracePeriodSeconds *int64                            `json:"terminationGracePeriodSeconds,omitempty"`
	DrainSeconds                  *int64                            `json:"drainSeconds,omitempty"`
	Spread                        string                            `json:"spread,omitempty"`
	TopologySpreadConstraints     []corev1.TopologySpreadConstraint `json:"topologySpreadConstraints,omitempty"`
	NodeSelector                  Map[string]                       `json:"nodeSelector,omitempty"`
	Tolerations                   []corev1.Toleration               `json:"tolerations,omitempty"`
	Affinity                      *corev1.Affinity                  `json:"affinity,omitempty"`
	PriorityClassName             string                            `json:"priorityClassName,omitempty"`
	RuntimeClassName              string                            `json:"runtimeClassName,omitempty"`
	SchedulerName                 string                            `json:"schedulerName,omitempty"`
	HostAliases                   []corev1.HostAlias                `json:"hostAliases,omitempty"`
	DNSPolicy                     string                            `json:"dnsPolicy,omitempty"`
	DNSConfig                     *corev1.PodDNSConfig              `json:"dnsConfig,omitempty"`
	HostNetwork                   *bool                             `json:"hostNetwork,omitempty"`
	HostPID                       *bool                             `json:"hostPID,omitempty"`
	HostIPC                       *bool                             `json:"hostIPC,omitempty"`
	ShareProcessNamespace         *bool                             `json:"shareProcessNamespace,omitempty"`
	ImagePullSecrets              []corev1.LocalObjectReference     `json:"imagePullSecrets,omitempty"`
	EnableServiceLinks            *bool                             `json:"enableServiceLinks,omitempty"`
}

// Image is a container image: REGISTRY/REPOSITORY:TAG@DIGEST.
type Image struct {
	Registry   string `json:"registry,omitempty"` // host, port and leading path segments
	Repository string `json:"repository,omitempty"`
	Tag        string `json:"tag,omitempty"`
	Digest     string `json:"digest,omitempty"` // sha256:...
	PullPolicy string `json:"pullPolicy,omitempty"`
	Mutable    bool   `json:"mutable,omitempty"` // allows latest and no tag
}

// String is the reference as a container runtime takes it.
func (i Image) String() string {
	s := i.Repository
	if i.Registry != "" {
		s = i.Registry + "/" + s
	}
	if i.Tag != "" {
		s += ":" + i.Tag
	}
	if i.Digest != "" {
		s += "@" + i.Digest
	}
	return s
}

// EnvVar is one environment variable: exactly one of Value, Secret, ConfigMap,
// Field and Resource is set. Key and Optional belong to Secret and ConfigMap.
type EnvVar struct {
	Value     *string `json:"value,omitempty"`
	Secret    string  `json:"secret,omitempty"`
	ConfigMap string  `json:"configMap,omitempty"`
	Key       string  `json:"key,omitempty"`
	Optional  *bool   `json:"optional,omitempty"`
	Field     string  `json:"field,omitempty"`    // status.podIP
	Resource  string  `json:"resource,omitempty"` // limits.memory
}

// EnvFrom takes all variables of a Secret or a ConfigMap.
type EnvFrom struct {
	Secret    string `json:"secret,omitempty"`
	ConfigMap string `json:"configMap,omitempty"`
	Prefix    string `json:"prefix,omitempty"`
	Optional  *bool  `json:"optional,omitempty"`
}

// Port is a port of the container, and of the Service unless Expose is false.
type Port struct {
	ContainerPort int32  `json:"containerPort"`
	Port          int32  `json:"port,omitempty"` // the Service's; 0: containerPort
	Protocol      string `json:"protocol,omitempty"`
	NodePort      int32  `json:"nodePort,omitempty"`
	HostPort      int32  `json:"hostPort,omitempty"`
	AppProtocol   string `json:"appProtocol,omitempty"`
	Expose        *bool  `json:"expose,omitempty"`
	Named         *bool  `json:"named,omitempty"`
}

// Probes are the three probes.
type Probes struct {
	Liveness  *Probe `json:"liveness,omitempty"`
	Readiness *Probe `json:"readiness,omitempty"`
	Startup   *Probe `json:"startup,omitempty"`
}

// Probe has exactly one handler, or is Declined.
type Probe struct {
	Declined  bool          `json:"-"`
	HTTPGet   *HTTPGetProbe `json:"httpGet,omitempty"`
	TCPSocket *SocketProbe  `json:"tcpSocket,omitempty"`
	Exec      *ExecProbe    `json:"exec,omitempty"`
	GRPC      *GRPCProbe    `json:"grpc,omitempty"`

	InitialDelaySeconds           int32  `json:"initialDelaySeconds,omitempty"`
	TimeoutSeconds                int32  `json:"timeoutSeconds,omitempty"`
	PeriodSeconds                 int32  `json:"periodSeconds,omitempty"`
	SuccessThreshold              int32  `json:"successThreshold,omitempty"`
	FailureThreshold              int32  `json:"failureThreshold,omitempty"`
	TerminationGracePeriodSeconds *int64 `json:"terminationGracePeriodSeconds,omitempty"`
}

// HTTPGetProbe asks for a page. Port is by default the only or first port.
type HTTPGetProbe struct {
	Path        string              `json:"path,omitempty"`
	Port        IntOrName           `json:"port,omitempty"`
	Scheme      string              `json:"scheme,omitempty"`
	Host        string              `json:"host,omitempty"`
	HTTPHeaders []corev1.HTTPHeader `json:"httpHeaders,omitempty"`
}

// SocketProbe opens a connection.
type SocketProbe struct {
	Port IntOrName `json:"port,omitempty"`
	Host string    `json:"host,omitempty"`
}

// ExecProbe runs a command in the container.
type ExecProbe struct {
	Command []string `json:"command,omitempty"`
}

// GRPCProbe asks the gRPC health service.
type GRPCProbe struct {
	Port    IntOrName `json:"port,omitempty"`
	Service *string   `json:"service,omitempty"`
}

// Resources are what the container asks for and may use, by resource name.
type Resources struct {
	Declined bool      `json:"-"`
	Requests Map[Text] `json:"requests,omitempty"`
	Limits   Map[Text] `json:"limits,omitempty"`
}

// Autoscaling is a HorizontalPodAutoscaler, with Keda a ScaledObject. CPU and
// Memory are percent of the request. With Vertical alone the number of pods stays.
type Autoscaling struct {
	ObjectName  string           `json:"objectName,omitempty"`
	MinReplicas *int32           `json:"minReplicas,omitempty"`
	MaxReplicas int32            `json:"maxReplicas,omitempty"`
	CPU         *int32           `json:"cpu,omitempty"`
	Memory      *int32           `json:"memory,omitempty"`
	Metrics     []MetricSpec     `json:"metrics,omitempty"`
	Behavior    *ScalingBehavior `json:"behavior,omitempty"`
	Keda        *Keda            `json:"keda,omitempty"`
	Vertical    *VerticalScaling `json:"vertical,omitempty"`
}

// Strategy is how a workload replaces its pods. MaxSurge and MaxUnavailable are
// a number of pods or a percentage; Partition is a StatefulSet's.
type Strategy struct {
	Type           string              `json:"type,omitempty"`
	MaxSurge       *intstr.IntOrString `json:"maxSurge,omitempty"`
	MaxUnavailable *intstr.IntOrString `json:"maxUnavailable,omitempty"`
	Partition      *int32              `json:"partition,omitempty"`
}

// PodDisruptionBudget limits voluntary disruption, or is Declined.
type PodDisruptionBudget struct {
	Declined                   bool                `json:"-"`
	ObjectName                 string              `json:"objectName,omitempty"`
	MinAvailable               *intstr.IntOrString `json:"minAvailable,omitempty"`
	MaxUnavailable             *intstr.IntOrString `json:"maxUnavailable,omitempty"`
	UnhealthyPodEvictionPolicy string              `json:"unhealthyPodEvictionPolicy,omitempty"`
}

// Patch changes the objects of one kind, and name where given. Exactly one of
// Merge (strategic merge) and JSONPatch (RFC 6902) is set.
type Patch struct {
	Kind      string     `json:"kind"`
	Name      string     `json:"name,omitempty"`
	Merge     Manifest   `json:"merge,omitempty"`
	JSONPatch []Manifest `json:"jsonPatch,omitempty"`
}

// ServiceLint is what the service says to the linter.
type ServiceLint struct {
	Ignore Map[string] `json:"ignore,omitempty"` // rule id -> reason
}
