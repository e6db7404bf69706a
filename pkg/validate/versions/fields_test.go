package versions

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	corev1 "k8s.io/api/core/v1"
	"k8s.io/utils/ptr"
)

// fieldCase is an object and what is unavailable in it, one line each: the path and
// the message, then the fix.
type fieldCase struct {
	name  string
	obj   any
	minor int
	gates map[string]bool
	want  string
}

func (c *fieldCase) run(t *testing.T) {
	t.Helper()
	var b strings.Builder
	for _, u := range Fields(c.obj, c.minor, c.gates) {
		fmt.Fprintf(&b, "%s: %s\n\tfix: %s\n", u.Path, u.Message, u.Fix)
	}
	if diff := cmp.Diff(c.want, b.String()); diff != "" {
		t.Errorf("%s (-want +got):\n%s", c.name, diff)
	}
}

func on(gate string) map[string]bool { return map[string]bool{gate: true} }

func off(gate string) map[string]bool { return map[string]bool{gate: false} }

func TestUnknownFields(t *testing.T) {
	const came33 = "spec.template.spec.initContainers[1].lifecycle.stopSignal: the field is not in Kubernetes 1.32; it came with 1.33\n" +
		"\tfix: remove it, or target Kubernetes 1.33 or newer\n"
	const came30 = "spec.trafficDistribution: the field is not in Kubernetes 1.29; it came with 1.30\n" +
		"\tfix: remove it, or target Kubernetes 1.30 or newer\n"
	for _, c := range []fieldCase{
		{"a field that came later", withStopSignal(), 32, nil, came33},
		{"a gate cannot give it to an older release", withStopSignal(), 32, on("ContainerStopSignals"), came33},
		{"a release before the oldest", withDistribution("PreferClose"), 3, nil, came30},
		{"a release after the newest", withDistribution("PreferClose"), 99, nil, ""},
		{"nothing", &corev1.Pod{}, 29, nil, ""},
		{"an empty list", &corev1.Pod{Spec: corev1.PodSpec{ResourceClaims: []corev1.PodResourceClaim{}}}, 29, nil, ""},
		{"no object", nil, 29, nil, ""},
		{"no struct", ptr.To(3), 29, nil, ""},
		{"a nil pointer", (*corev1.Pod)(nil), 29, nil, ""},
	} {
		c.run(t)
	}
}

func TestDroppedFields(t *testing.T) {
	const container = "spec.template.spec.containers[0]."
	for _, c := range []fieldCase{
		{"a gate that is off", withStopSignal(), 36, nil,
			"spec.template.spec.initContainers[1].lifecycle.stopSignal: the API server of 1.36 drops the field: the feature gate ContainerStopSignals is off\n" +
				"\tfix: where the cluster has it on, add featureGates: ContainerStopSignals: true to kgen.cue\n"},
		{"and turned on", withStopSignal(), 36, on("ContainerStopSignals"), ""},
		{"a gate that a later release has on", withSleep(5), 29, nil,
			container + "lifecycle.preStop.sleep: the API server of 1.29 drops the field: the feature gate PodLifecycleSleepAction is off\n" +
				"\tfix: where the cluster has it on, add featureGates: PodLifecycleSleepAction: true to kgen.cue, or target Kubernetes 1.30 or newer, where it is on by default\n"},
		{"what is put back to its default", withProcMount("Unmasked"), 32, nil,
			container + "securityContext.procMount: the API server of 1.32 drops the value: the feature gate ProcMountType is off\n" +
				"\tfix: where the cluster has it on, add featureGates: ProcMountType: true to kgen.cue, or target Kubernetes 1.33 or newer, where it is on by default\n"},
		{"the default itself", withProcMount("Default"), 32, nil, ""},
		{"a sidecar", withRestart("Always"), 29, nil, ""},
		{"a sidecar where the gate is turned off", withRestart("Always"), 29, off("SidecarContainers"),
			"spec.template.spec.initContainers[0].restartPolicy: the API server of 1.29 drops the field: the feature gate SidecarContainers is off\n" +
				"\tfix: where the cluster has it on, add featureGates: SidecarContainers: true to kgen.cue\n"},
		{"an init container with another policy", withRestart("Never"), 33, nil,
			"spec.template.spec.initContainers[0].restartPolicy: the API server of 1.33 drops the field: the feature gate ContainerRestartRules came with 1.34\n" +
				"\tfix: remove it, or target Kubernetes 1.35 or newer\n"},
		{"a data source elsewhere", withSource(ptr.To("other")), 36, nil,
			"spec.dataSourceRef.namespace: the API server of 1.36 drops the data source: the feature gate CrossNamespaceVolumeDataSource is off\n" +
				"\tfix: where the cluster has it on, add featureGates: CrossNamespaceVolumeDataSource: true to kgen.cue\n"},
		{"a data source nowhere", withSource(ptr.To("")), 36, nil, ""},
		{"a data source here", withSource(nil), 36, nil, ""},
		{"a gate that the newest release has no more", withDistribution("PreferClose"), 30, nil,
			"spec.trafficDistribution: the API server of 1.30 drops the field: the feature gate ServiceTrafficDistribution is off\n" +
				"\tfix: where the cluster has it on, add featureGates: ServiceTrafficDistribution: true to kgen.cue, or target Kubernetes 1.31 or newer, where it is on by default\n"},
	} {
		c.run(t)
	}
}

func TestTemplates(t *testing.T) {
	const managed = "the feature gate JobManagedBy is off\n" +
		"\tfix: where the cluster has it on, add featureGates: JobManagedBy: true to kgen.cue, or target Kubernetes 1.32 or newer, where it is on by default\n"
	for _, c := range []fieldCase{
		{"a job", withManager(), 31, nil, "spec.managedBy: the API server of 1.31 drops the field: " + managed},
		{"the template of a job, and its pods", cronWithManager(), 31, nil,
			"spec.jobTemplate.spec.template.spec.hostUsers: the API server of 1.31 drops the field: the feature gate UserNamespacesSupport is off\n" +
				"\tfix: where the cluster has it on, add featureGates: UserNamespacesSupport: true to kgen.cue, or target Kubernetes 1.33 or newer, where it is on by default\n" +
				"spec.jobTemplate.spec.managedBy: the API server of 1.31 drops the field from what is made of this template: " + managed},
		{"the template of a claim", withClaimTemplate(), 33, nil,
			"spec.volumeClaimTemplates[0].spec.volumeAttributesClassName: the API server of 1.33 drops the field from what is made of this template: the feature gate VolumeAttributesClass is off\n" +
				"\tfix: where the cluster has it on, add featureGates: VolumeAttributesClass: true to kgen.cue, or target Kubernetes 1.34 or newer, where it is on by default\n"},
	} {
		c.run(t)
	}
}

func TestRefusedValues(t *testing.T) {
	for _, c := range []fieldCase{
		{"a value that a later gate allows", withSleep(0), 30, nil,
			"spec.template.spec.containers[0].lifecycle.preStop.sleep: the API server of 1.30 refuses a sleep of 0 s: the feature gate PodLifecycleSleepActionAllowZero came with 1.32\n" +
				"\tfix: remove it, or target Kubernetes 1.33 or newer\n"},
		{"the same in time", withSleep(0), 33, nil, ""},
		{"another value", withSleep(5), 30, nil, ""},
		{"a text that needs a gate", withDistribution("PreferSameZone"), 33, nil,
			"spec.trafficDistribution: the API server of 1.33 refuses all values but PreferClose: the feature gate PreferSameTrafficDistribution is off\n" +
				"\tfix: where the cluster has it on, add featureGates: PreferSameTrafficDistribution: true to kgen.cue, or target Kubernetes 1.34 or newer, where it is on by default\n"},
		{"a text that does not", withDistribution("PreferClose"), 33, nil, ""},
		{"scaling to zero", withReplicas(0), 36, nil,
			"spec.minReplicas: the API server of 1.36 refuses scaling to zero: the feature gate HPAScaleToZero is off\n" +
				"\tfix: where the cluster has it on, add featureGates: HPAScaleToZero: true to kgen.cue\n"},
		{"scaling to one", withReplicas(1), 36, nil, ""},
	} {
		c.run(t)
	}
}
