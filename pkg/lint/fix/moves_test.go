package fix

import (
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"k8s.io/apimachinery/pkg/runtime"
	"k8s.io/apimachinery/pkg/runtime/schema"
	"k8s.io/apimachinery/pkg/runtime/serializer/json"
	"k8s.io/kubernetes/pkg/api/legacyscheme"
	_ "k8s.io/kubernetes/pkg/apis/admissionregistration/install"
	"k8s.io/kubernetes/pkg/apis/apps"
	_ "k8s.io/kubernetes/pkg/apis/apps/install"
	_ "k8s.io/kubernetes/pkg/apis/autoscaling/install"
	_ "k8s.io/kubernetes/pkg/apis/batch/install"
	_ "k8s.io/kubernetes/pkg/apis/coordination/install"
	_ "k8s.io/kubernetes/pkg/apis/discovery/install"
	_ "k8s.io/kubernetes/pkg/apis/extensions/install"
	_ "k8s.io/kubernetes/pkg/apis/flowcontrol/install"
	_ "k8s.io/kubernetes/pkg/apis/networking/install"
	_ "k8s.io/kubernetes/pkg/apis/node/install"
	_ "k8s.io/kubernetes/pkg/apis/policy/install"
	_ "k8s.io/kubernetes/pkg/apis/rbac/install"
	_ "k8s.io/kubernetes/pkg/apis/scheduling/install"
	_ "k8s.io/kubernetes/pkg/apis/storage/install"

	"github.com/kgen-dev/kgen/pkg/validate/versions"
)

// bodies are the rest of small objects, which leave to the server what they can.
var bodies = map[string][]string{
	"Deployment":  {podTemplate, podTemplate + "  revisionHistoryLimit: 1\n", podTemplate + "  strategy: {type: Recreate}\n  revisionHistoryLimit: 1\n  progressDeadlineSeconds: 9\n", podTemplate + "  strategy: {type: RollingUpdate}\n  revisionHistoryLimit: 1\n  progressDeadlineSeconds: 9\n", podTemplate + "  strategy: {type: RollingUpdate, rollingUpdate: {maxSurge: 1, maxUnavailable: 0}}\n  revisionHistoryLimit: 1\n  progressDeadlineSeconds: 9\n"},
	"DaemonSet":   {podTemplate, podTemplate + "  updateStrategy: {type: RollingUpdate}\n", podTemplate + "  updateStrategy: {type: OnDelete}\n"},
	"ReplicaSet":  {podTemplate},
	"StatefulSet": {podTemplate, podTemplate + "  updateStrategy: {type: RollingUpdate}\n", podTemplate + "  updateStrategy: {type: RollingUpdate}\n  volumeClaimTemplates: [{metadata: {name: d}, spec: {}}]\n"},
	"HorizontalPodAutoscaler": {
		"spec: {maxReplicas: 3, scaleTargetRef: {kind: Deployment, name: a}}\n",
		"spec: {maxReplicas: 3, scaleTargetRef: {kind: Deployment, name: a}, behavior: {scaleDown: {}}}\n",
		"spec: {maxReplicas: 3, minReplicas: 2, scaleTargetRef: {kind: Deployment, name: a}, metrics: [{type: Resource, resource: {name: cpu, target: {type: Utilization, averageUtilization: 50}}}]}\n",
	},
	"CronJob":             {"spec: {schedule: '* * * * *', jobTemplate: {spec: {template: {spec: {containers: [{name: a, image: a}]}}}}}\n"},
	"Ingress":             {"spec: {}\n", "spec: {tls: [{secretName: a}], rules: [{host: a}]}\n"},
	"IngressClass":        {"spec: {controller: a/b}\n", "spec: {controller: a/b, parameters: {kind: A, name: a}}\n", "spec: {controller: a/b, parameters: {scope: Namespace, kind: A, name: a}}\n"},
	"PodDisruptionBudget": {"spec: {maxUnavailable: 1}\n", "spec: {maxUnavailable: 1, selector: {}}\n", "spec: {maxUnavailable: 1, selector: {matchLabels: {a: b}}}\n"},
	"ClusterRole":         {"rules: [{apiGroups: [''], resources: [pods], verbs: [get]}]\n"},
	"Role":                {"rules: [{apiGroups: [''], resources: [pods], verbs: [get]}]\n"},
	"ClusterRoleBinding":  {"roleRef: {kind: ClusterRole, name: a}\nsubjects: [{kind: User, name: a}, {kind: ServiceAccount, name: b}]\n"},
	"RoleBinding":         {"roleRef: {kind: Role, name: a}\nsubjects: [{kind: Group, name: a}]\n"},
	"FlowSchema":          {"spec: {priorityLevelConfiguration: {name: a}}\n", "spec: {priorityLevelConfiguration: {name: a}, distinguisherMethod: {type: ByUser}, rules: [{subjects: [{kind: Group, group: {name: a}}]}]}\n"},
	"EndpointSlice":       {"addressType: IPv4\nendpoints: [{addresses: [1.2.3.4], conditions: {}}]\nports: [{port: 80}]\n"},
	"ValidatingAdmissionPolicy": {
		"spec: {validations: [{expression: 'true'}], matchConstraints: {resourceRules: [{apiGroups: [''], apiVersions: [v1], operations: [CREATE], resources: [pods]}]}}\n",
	},
	"ValidatingAdmissionPolicyBinding": {"spec: {policyName: a, validationActions: [Deny], matchResources: {}}\n"},
	"CSIDriver":                        {"spec: {}\n"},
	"StorageClass":                     {"provisioner: a\n"},
	"CSINode":                          {"spec: {drivers: []}\n"},
	"VolumeAttachment":                 {"spec: {attacher: a, nodeName: a, source: {persistentVolumeName: a}}\n"},
	"CSIStorageCapacity":               {"storageClassName: a\n"},
	"VolumeAttributesClass":            {"driverName: a\n"},
	"RuntimeClass":                     {"handler: a\n"},
	"PriorityClass":                    {"value: 1\n"},
	"Lease":                            {"spec: {holderIdentity: a}\n"},
	"ServiceCIDR":                      {"spec: {cidrs: [10.0.0.0/8]}\n"},
	"IPAddress":                        {"spec: {parentRef: {resource: services, name: a}}\n"},
	"ControllerRevision":               {"revision: 1\n"},
}

const podTemplate = "spec:\n  selector: {matchLabels: {a: a}}\n  template: {metadata: {labels: {a: a}}, spec: {containers: [{name: a, image: a}]}}\n"

// TestMovesMeanTheSame asks the API server's own conversions and defaults: what is said
// to be the same in the next version is one object inside of the server.
func TestMovesMeanTheSame(t *testing.T) {
	for _, apiVersion := range slices.Sorted(maps.Keys(sameKinds)) {
		for _, kind := range strings.Fields(sameKinds[apiVersion]) {
			if kind == "APIService" {
				continue // another server's
			}
			next := versions.Served(kind, apiVersion, versions.Newest)
			if next == "" || len(bodies[kind]) == 0 {
				t.Errorf("%s %s: next is %q, with %d bodies", apiVersion, kind, next, len(bodies[kind]))
			}
			same := 0
			for _, body := range bodies[kind] {
				manifest := func(apiVersion string) string {
					return "apiVersion: " + apiVersion + "\nkind: " + kind + "\nmetadata: {name: a, labels: {b: b}}\n" + body
				}
				if !isSame(parse([]byte(manifest(apiVersion)))[0]) {
					continue
				}
				same++
				old, oldOK := internal(t, manifest(apiVersion))
				now, isNow := internal(t, manifest(next))
				if oldOK && isNow && !cmp.Equal(old, now) {
					t.Errorf("not the same: %s\n(-old +new):\n%s", manifest(apiVersion), cmp.Diff(old, now))
				}
			}
			if same == 0 {
				t.Errorf("%s %s is never the same", apiVersion, kind)
			}
		}
	}
}

// internal is an object as the server sees it inside, with its defaults; ok is false
// where a version does not have its fields.
func internal(t *testing.T, manifest string) (o runtime.Object, ok bool) {
	t.Helper()
	scheme := legacyscheme.Scheme
	serializer := json.NewSerializerWithOptions(json.DefaultMetaFactory, scheme, scheme, json.SerializerOptions{Yaml: true, Strict: true})
	external, gvk, err := serializer.Decode([]byte(manifest), nil, nil)
	if runtime.IsStrictDecodingError(err) || runtime.IsNotRegisteredError(err) {
		return nil, false // the server has forgotten autoscaling/v2beta1
	}
	if err != nil {
		t.Fatalf("%v:\n%s", err, manifest)
	}
	scheme.Default(external)
	o, err = scheme.ConvertToVersion(external, schema.GroupVersion{Group: gvk.Group, Version: runtime.APIVersionInternal})
	if err != nil {
		t.Fatalf("%v:\n%s", err, manifest)
	}
	if set, isSet := o.(*apps.StatefulSet); isSet {
		set.Status = apps.StatefulSetStatus{}
	}
	return o, true
}
