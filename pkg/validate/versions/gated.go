package versions

import (
	"reflect"
	"slices"
)

// gatedField is a field, or a value of one, that needs a feature gate.
type gatedField struct {
	on    string // the type that owns the field: "core/v1.Container"
	field string // json names from there: "resources.claims"
	gate  string
	what  string // what goes when the gate is off; "" is the field
	// only are the values that need the gate, unless the one that does not; both
	// empty: all do. onZero is for the value 0 alone.
	only   []string
	unless string
	onZero bool
	// template is the field, in the singular, whose objects keep it, while those that are made of
	// them lose it.
	template string
	// isRefused values are kept, and an error.
	isRefused bool
}

// gated are the fields that the API server drops on create while a gate is off, and
// the values that it then refuses. The source is Kubernetes 1.36.3: what
// PrepareForCreate of pkg/registry does, by the functions named, and for values the
// validation. Fields of a status are left out, which create resets.
var gated = []gatedField{
	// pkg/api/pod, dropDisabledFields: pods and their templates.
	{on: "core/v1.Container", field: "resizePolicy", gate: "InPlacePodVerticalScaling"},
	{on: "core/v1.Container", field: "resources.claims", gate: "DynamicResourceAllocation"},
	{on: "core/v1.Container", field: "restartPolicyRules", gate: "ContainerRestartRules"},
	{on: "core/v1.EnvVarSource", field: "fileKeyRef", gate: "EnvFiles"},
	{on: "core/v1.EphemeralContainer", field: "resizePolicy", gate: "InPlacePodVerticalScaling"},
	{on: "core/v1.EphemeralContainer", field: "resources.claims", gate: "DynamicResourceAllocation"},
	{on: "core/v1.EphemeralContainer", field: "restartPolicyRules", gate: "ContainerRestartRules"},
	{on: "core/v1.Lifecycle", field: "stopSignal", gate: "ContainerStopSignals"},
	{on: "core/v1.LifecycleHandler", field: "sleep", gate: "PodLifecycleSleepAction"},
	{on: "core/v1.PodAffinityTerm", field: "matchLabelKeys", gate: "MatchLabelKeysInPodAffinity"},
	{on: "core/v1.PodAffinityTerm", field: "mismatchLabelKeys", gate: "MatchLabelKeysInPodAffinity"},
	{on: "core/v1.PodSecurityContext", field: "seLinuxChangePolicy", gate: "SELinuxChangePolicy"},
	{on: "core/v1.PodSecurityContext", field: "supplementalGroupsPolicy", gate: "SupplementalGroupsPolicy"},
	{on: "core/v1.PodSpec", field: "containers.restartPolicy", gate: "ContainerRestartRules"},
	{on: "core/v1.PodSpec", field: "ephemeralContainers.restartPolicy", gate: "ContainerRestartRules"},
	{on: "core/v1.PodSpec", field: "hostUsers", gate: "UserNamespacesSupport"},
	{on: "core/v1.PodSpec", field: "hostnameOverride", gate: "HostnameOverride"},
	{on: "core/v1.PodSpec", field: "initContainers.restartPolicy", gate: "ContainerRestartRules", unless: "Always"},
	{on: "core/v1.PodSpec", field: "initContainers.restartPolicy", gate: "SidecarContainers"},
	{on: "core/v1.PodSpec", field: "resourceClaims", gate: "DynamicResourceAllocation"},
	{on: "core/v1.PodSpec", field: "resources", gate: "PodLevelResources"},
	{on: "core/v1.PodSpec", field: "schedulingGroup", gate: "GenericWorkload"},
	{on: "core/v1.SecurityContext", field: "procMount", gate: "ProcMountType", what: "the value", unless: "Default"},
	{on: "core/v1.TopologySpreadConstraint", field: "matchLabelKeys", gate: "MatchLabelKeysInPodTopologySpread"},
	{on: "core/v1.TopologySpreadConstraint", field: "nodeAffinityPolicy", gate: "NodeInclusionPolicyInPodTopologySpread"},
	{on: "core/v1.TopologySpreadConstraint", field: "nodeTaintsPolicy", gate: "NodeInclusionPolicyInPodTopologySpread"},
	{on: "core/v1.Volume", field: "image", gate: "ImageVolume", what: "the volume and its mounts"},
	{on: "core/v1.VolumeMount", field: "recursiveReadOnly", gate: "RecursiveReadOnlyMounts"},
	{on: "core/v1.VolumeProjection", field: "clusterTrustBundle", gate: "ClusterTrustBundleProjection"},
	{on: "core/v1.VolumeProjection", field: "podCertificate", gate: "PodCertificateRequest"},

	// pkg/api/persistentvolumeclaim, DropDisabledFields, which nobody calls for
	// claim templates; pkg/api/persistentvolume, DropDisabledSpecFields.
	{on: "core/v1.PersistentVolumeClaimSpec", field: "dataSourceRef", gate: "AnyVolumeDataSource", template: claimTemplate},
	{on: "core/v1.PersistentVolumeClaimSpec", field: "dataSourceRef.namespace", gate: "CrossNamespaceVolumeDataSource", what: "the data source", template: claimTemplate},
	{on: "core/v1.PersistentVolumeClaimSpec", field: "volumeAttributesClassName", gate: "VolumeAttributesClass", template: claimTemplate},
	{on: "core/v1.PersistentVolumeSpec", field: "volumeAttributesClassName", gate: "VolumeAttributesClass"},

	// pkg/registry/batch/job, PrepareForCreate; that of cronjob drops nothing of a
	// job but what pods lose.
	{on: "batch/v1.JobSpec", field: "backoffLimitPerIndex", gate: "JobBackoffLimitPerIndex", template: jobTemplate},
	{on: "batch/v1.JobSpec", field: "managedBy", gate: "JobManagedBy", template: jobTemplate},
	{on: "batch/v1.JobSpec", field: "maxFailedIndexes", gate: "JobBackoffLimitPerIndex", template: jobTemplate},
	{on: "batch/v1.JobSpec", field: "podReplacementPolicy", gate: "JobPodReplacementPolicy", template: jobTemplate},
	{on: "batch/v1.JobSpec", field: "successPolicy", gate: "JobSuccessPolicy", template: jobTemplate},
	{on: "batch/v1.PodFailurePolicyRule", field: "action", gate: "JobBackoffLimitPerIndex", what: "the rule", only: []string{"FailIndex"}, template: jobTemplate},

	// PrepareForCreate of pkg/registry/apps/statefulset,
	// autoscaling/horizontalpodautoscaler, discovery/endpointslice,
	// coordination/lease and storage/csidriver.
	{on: "apps/v1.RollingUpdateStatefulSetStrategy", field: "maxUnavailable", gate: "MaxUnavailableStatefulSet"},
	{on: "autoscaling/v2.HPAScalingRules", field: "tolerance", gate: "HPAConfigurableTolerance"},
	{on: "coordination/v1.LeaseSpec", field: "preferredHolder", gate: "CoordinatedLeaderElection"},
	{on: "coordination/v1.LeaseSpec", field: "strategy", gate: "CoordinatedLeaderElection"},
	{on: "discovery/v1.EndpointHints", field: "forNodes", gate: "PreferSameTrafficDistribution"},
	{on: "storage/v1.CSIDriverSpec", field: "nodeAllocatableUpdatePeriodSeconds", gate: "MutableCSINodeAllocatableCount"},
	{on: "storage/v1.CSIDriverSpec", field: "preventPodSchedulingIfMissing", gate: "VolumeLimitScaling"},
	{on: "storage/v1.CSIDriverSpec", field: "seLinuxMount", gate: "SELinuxMountReadWriteOncePod"},
	{on: "storage/v1.CSIDriverSpec", field: "serviceAccountTokenInSecrets", gate: "CSIServiceAccountTokenSecrets"},

	// PrepareForCreate of pkg/registry/core/service in 1.30, and of
	// k8s.io/apiextensions-apiserver/pkg/registry/customresourcedefinition in 1.30;
	// 1.36 has neither gate to turn off.
	{on: "apiextensions/v1.CustomResourceDefinitionVersion", field: "selectableFields", gate: "CustomResourceFieldSelectors"},
	{on: "core/v1.ServiceSpec", field: "trafficDistribution", gate: "ServiceTrafficDistribution"},

	// pkg/apis/{core,autoscaling}/validation: values that need a gate.
	{on: "autoscaling/v1.HorizontalPodAutoscalerSpec", field: "minReplicas", gate: "HPAScaleToZero", what: "scaling to zero", onZero: true, isRefused: true},
	{on: "autoscaling/v2.HorizontalPodAutoscalerSpec", field: "minReplicas", gate: "HPAScaleToZero", what: "scaling to zero", onZero: true, isRefused: true},
	{on: "core/v1.ContainerRestartRule", field: "action", gate: "RestartAllContainersOnContainerExits", what: "the action RestartAllContainers", only: []string{"RestartAllContainers"}, isRefused: true},
	{on: "core/v1.LifecycleHandler", field: "sleep", gate: "PodLifecycleSleepActionAllowZero", what: "a sleep of 0 s", onZero: true, isRefused: true},
	{on: "core/v1.PodSecurityContext", field: "seLinuxChangePolicy", gate: "SELinuxMount", what: "the value MountOption", only: []string{"MountOption"}, isRefused: true},
	{on: "core/v1.ServiceSpec", field: "trafficDistribution", gate: "PreferSameTrafficDistribution", what: "all values but PreferClose", only: []string{"PreferSameZone", "PreferSameNode"}, isRefused: true},
	{on: "core/v1.Toleration", field: "operator", gate: "TaintTolerationComparisonOperators", what: "a toleration that compares numbers", only: []string{"Lt", "Gt"}, isRefused: true},
}

// needs reports whether a value, which is set, needs the gate. An empty text says
// as much as none.
func (g *gatedField) needs(v reflect.Value) bool {
	if v.Kind() == reflect.Pointer {
		v = v.Elem()
	}
	switch {
	case g.onZero:
		return v.IsZero()
	case v.Kind() != reflect.String:
		return true
	case len(g.only) > 0:
		return slices.Contains(g.only, v.String())
	default:
		return v.String() != "" && v.String() != g.unless
	}
}

const (
	claimTemplate = "volumeClaimTemplate"
	jobTemplate   = "jobTemplate"
)
