package schema

import (
	autoscalingv2 "k8s.io/api/autoscaling/v2"
	corev1 "k8s.io/api/core/v1"
)

// MetricSpec and ScalingBehavior are autoscaling/v2's own.
type (
	MetricSpec      = autoscalingv2.MetricSpec
	ScalingBehavior = autoscalingv2.HorizontalPodAutoscalerBehavior
)

// ConfigMap is a ConfigMap named by its key; Existing ones are not rendered.
type ConfigMap struct {
	Data       Map[string] `json:"data,omitempty"`
	BinaryData Map[string] `json:"binaryData,omitempty"` // base64
	Immutable  bool        `json:"immutable,omitempty"`
	Hashed     bool        `json:"hashed,omitempty"` // ten hex digits of the content end the name
	Existing   bool        `json:"existing,omitempty"`
}

// Secret is a Secret named by its key. Its values never stand in the source.
type Secret struct {
	Data      Map[SecretSource] `json:"data,omitempty"`
	Type      string            `json:"type,omitempty"`
	Immutable bool              `json:"immutable,omitempty"`
	Hashed    bool              `json:"hashed,omitempty"` // of the keys and their sources, never of values
	Existing  bool              `json:"existing,omitempty"`
	External  *ExternalSecret   `json:"external,omitempty"`
	Sealed    *SealedSecret     `json:"sealed,omitempty"`
}

// SecretSource is where a value comes from at render time: exactly one of an
// environment variable and a file.
type SecretSource struct {
	Env  string `json:"env,omitempty"`
	File string `json:"file,omitempty"` // relative to the file that says it
}

// File is a file in the container, by absolute path: exactly one of Content,
// Source, Binary and Secret is set.
type File struct {
	Content *string       `json:"content,omitempty"`
	Source  string        `json:"source,omitempty"` // relative to the file that says it
	Binary  string        `json:"binary,omitempty"` // base64
	Secret  *SecretSource `json:"secret,omitempty"`
	Mode    string        `json:"mode,omitempty"` // octal: "0440"
	SubPath bool          `json:"subPath,omitempty"`

	// Bytes is the content of Content, Source or Binary, read by the loader.
	Bytes []byte `json:"-"`
}

// Volume is storage mounted into the container: exactly one of Size, Claim,
// EmptyDir, ConfigMap, Secret, HostPath, NFS, CSI, Projected and Ephemeral.
// StorageClassName, AccessModes, DataSource, Retain, Labels and Annotations belong to Size.
type Volume struct {
	ObjectName string     `json:"objectName,omitempty"`
	Mounts     Map[Mount] `json:"mounts,omitempty"` // by path in the container

	Size             string                            `json:"size,omitempty"`
	StorageClassName *string                           `json:"storageClassName,omitempty"`
	AccessModes      []string                          `json:"accessModes,omitempty"`
	DataSource       *corev1.TypedLocalObjectReference `json:"dataSource,omitempty"`
	Retain           bool                              `json:"retain,omitempty"`
	Labels           Map[Text]                         `json:"labels,omitempty"`
	Annotations      Map[Text]                         `json:"annotations,omitempty"`

	Claim     string                        `json:"claim,omitempty"`
	EmptyDir  *corev1.EmptyDirVolumeSource  `json:"emptyDir,omitempty"`
	ConfigMap *corev1.ConfigMapVolumeSource `json:"configMap,omitempty"`
	Secret    *corev1.SecretVolumeSource    `json:"secret,omitempty"`
	HostPath  *corev1.HostPathVolumeSource  `json:"hostPath,omitempty"`
	NFS       *corev1.NFSVolumeSource       `json:"nfs,omitempty"`
	CSI       *corev1.CSIVolumeSource       `json:"csi,omitempty"`
	Projected *corev1.ProjectedVolumeSource `json:"projected,omitempty"`
	Ephemeral *corev1.EphemeralVolumeSource `json:"ephemeral,omitempty"`
}

// Mount is one place where a volume appears. Container is the service's own by
// default.
type Mount struct {
	SubPath          string `json:"subPath,omitempty"`
	ReadOnly         bool   `json:"readOnly,omitempty"`
	MountPropagation string `json:"mountPropagation,omitempty"`
	Container        string `json:"container,omitempty"`
}
