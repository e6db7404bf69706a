package check

import (
	"slices"
	"strings"

	"github.com/kgen-dev/kgen/schema"
)

// gate is a feature gate of the API server that decides about manifests. The
// table has the gates of Kubernetes 1.36.3, pkg/features/kube_features.go, that
// change which fields the server keeps or how it judges them.
type gate struct {
	name  string
	since int // the minor release that has the gate first
	on    int // the minor release from which it is on by default; 0: none so far
}

// gates are sorted by name.
var gates = []gate{
	{"ClearingNominatedNodeNameAfterBinding", 34, 35},
	{"ClusterTrustBundleProjection", 29, 0},
	{"ContainerRestartRules", 34, 35},
	{"ContainerStopSignals", 33, 0},
	{"CrossNamespaceVolumeDataSource", 26, 0},
	{"DRAConsumableCapacity", 34, 36},
	{"DRAExtendedResource", 34, 36},
	{"DRAListTypeAttributes", 36, 0},
	{"DRANodeAllocatableResources", 36, 0},
	{"DeploymentReplicaSetTerminatingReplicas", 33, 35},
	{"DynamicResourceAllocation", 26, 34},
	{"EnvFiles", 34, 35},
	{"GenericWorkload", 35, 0},
	{"HPAConfigurableTolerance", 33, 35},
	{"HPAScaleToZero", 16, 0},
	{"HostnameOverride", 34, 35},
	{"ImageVolume", 31, 35},
	{"ImageVolumeWithDigest", 35, 0},
	{"InPlacePodLevelResourcesVerticalScaling", 35, 36},
	{"InPlacePodVerticalScaling", 27, 33},
	{"InPlacePodVerticalScalingInitContainers", 36, 36},
	{"JobBackoffLimitPerIndex", 28, 29},
	{"JobManagedBy", 30, 32},
	{"JobPodReplacementPolicy", 28, 29},
	{"JobSuccessPolicy", 30, 31},
	{"MatchLabelKeysInPodAffinity", 29, 31},
	{"MatchLabelKeysInPodTopologySpread", 25, 27},
	{"MatchLabelKeysInPodTopologySpreadSelectorMerge", 34, 34},
	{"MaxUnavailableStatefulSet", 24, 0},
	{"MutableCSINodeAllocatableCount", 33, 35},
	{"MutablePVNodeAffinity", 35, 0},
	{"MutablePodResourcesForSuspendedJobs", 35, 36},
	{"MutableSchedulingDirectivesForSuspendedJobs", 35, 36},
	{"NodeDeclaredFeatures", 35, 36},
	{"NodeInclusionPolicyInPodTopologySpread", 25, 26},
	{"PodCertificateRequest", 34, 0},
	{"PodDeletionCost", 21, 22},
	{"PodLevelResources", 32, 34},
	{"PodLifecycleSleepAction", 29, 30},
	{"PodLifecycleSleepActionAllowZero", 32, 33},
	{"PodLogsQuerySplitStreams", 32, 0},
	{"PodObservedGenerationTracking", 33, 34},
	{"PreferSameTrafficDistribution", 33, 34},
	{"ProcMountType", 12, 33},
	{"RecoverVolumeExpansionFailure", 23, 32},
	{"RecursiveReadOnlyMounts", 30, 31},
	{"RelaxedDNSSearchValidation", 32, 33},
	{"RelaxedEnvironmentVariableValidation", 30, 32},
	{"RelaxedServiceNameValidation", 34, 36},
	{"ResourceHealthStatus", 31, 36},
	{"ResourceHealthStatusMessage", 36, 36},
	{"RestartAllContainersOnContainerExits", 35, 36},
	{"SELinuxChangePolicy", 32, 33},
	{"SELinuxMount", 30, 0},
	{"SELinuxMountReadWriteOncePod", 25, 28},
	{"ServiceCIDRStatusFieldWiping", 0, 36},
	{"SidecarContainers", 28, 29},
	{"StorageNamespaceIndex", 30, 30},
	{"StrictIPCIDRValidation", 33, 36},
	{"SupplementalGroupsPolicy", 31, 33},
	{"TaintTolerationComparisonOperators", 35, 0},
	{"UserNamespacesHostNetworkSupport", 35, 0},
	{"UserNamespacesSupport", 25, 33},
	{"VolumeAttributesClass", 29, 34},
	{"VolumeLimitScaling", 35, 0},
}

// isOn reports whether the API server of w has a gate on: as w says, else as its
// release does. Without a world it is the newest release.
func isOn(w *schema.World, name string) bool {
	minor := schema.NewestKubernetes
	if w != nil {
		minor = w.Kubernetes.Minor
		for i := len(w.FeatureGates) - 1; i >= 0; i-- { // the last is the uppermost layer's
			if w.FeatureGates[i].Key == name {
				return w.FeatureGates[i].Value
			}
		}
	}
	g := gateNamed(name)
	return g != nil && g.on != 0 && minor >= g.on
}

func gateNamed(name string) *gate {
	i, found := slices.BinarySearchFunc(gates, name, func(g gate, name string) int { return strings.Compare(g.name, name) })
	if !found {
		return nil
	}
	return &gates[i]
}
