package manifests

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"

	"k8s.io/apimachinery/pkg/runtime"
	"k8s.io/apimachinery/pkg/runtime/schema"
	"k8s.io/kubernetes/pkg/api/legacyscheme"
	_ "k8s.io/kubernetes/pkg/apis/apps/install"
	_ "k8s.io/kubernetes/pkg/apis/autoscaling/install"
	_ "k8s.io/kubernetes/pkg/apis/batch/install"
	_ "k8s.io/kubernetes/pkg/apis/extensions/install"
	_ "k8s.io/kubernetes/pkg/apis/networking/install"
	_ "k8s.io/kubernetes/pkg/apis/policy/install"
)

// TestUpgradesMeanTheSame asks the API server's own defaults and conversions what objects
// of old versions say: the upgraded ones say the same, but for what the report names. The
// server has forgotten autoscaling/v2beta1; that is in testdata/read/versions.txtar.
func TestUpgradesMeanTheSame(t *testing.T) {
	const pods = "template: {metadata: {labels: {a: b}}, spec: {containers: [{name: a, image: 'a:1'}]}}"
	const claims = ", serviceName: a, volumeClaimTemplates: [{metadata: {name: d}, spec: {accessModes: [ReadWriteOnce], resources: {requests: {storage: 1Gi}}}}]"
	for _, test := range []struct{ version, kind, spec, differs string }{
		{"extensions/v1beta1", "Deployment", pods, "metadata.labels spec.progressDeadlineSeconds spec.revisionHistoryLimit spec.strategy.rollingUpdate.maxSurge spec.strategy.rollingUpdate.maxUnavailable"},
		{"extensions/v1beta1", "Deployment", pods + ", strategy: {type: Recreate}, revisionHistoryLimit: 1", "metadata.labels spec.progressDeadlineSeconds"},
		{"apps/v1beta1", "Deployment", pods + ", rollbackTo: {revision: 1}", "metadata.annotations metadata.labels spec.revisionHistoryLimit"},
		{"apps/v1beta2", "Deployment", pods + ", selector: {matchLabels: {a: b}}", ""},
		{"extensions/v1beta1", "DaemonSet", pods, "metadata.labels spec.updateStrategy.rollingUpdate spec.updateStrategy.type"},
		{"extensions/v1beta1", "DaemonSet", pods + ", updateStrategy: {type: RollingUpdate}", "metadata.labels"},
		{"apps/v1beta1", "StatefulSet", pods + claims, "metadata.labels spec.updateStrategy.rollingUpdate spec.updateStrategy.type"},
		{"apps/v1beta2", "StatefulSet", pods + claims + ", selector: {matchLabels: {a: b}}", ""},
		{"extensions/v1beta1", "ReplicaSet", pods, "metadata.labels"},
		{"extensions/v1beta1", "Ingress", "backend: {serviceName: a, servicePort: http}, rules: [{host: a.example.com, http: {paths: [{backend: {serviceName: a, servicePort: 80}}, {path: /b, pathType: Prefix, backend: {serviceName: b, servicePort: 8080}}]}}]", ""},
		{"networking.k8s.io/v1beta1", "Ingress", "ingressClassName: nginx, tls: [{hosts: [a.example.com], secretName: a}], rules: [{http: {paths: [{path: /, backend: {resource: {apiGroup: a.example.com, kind: Bucket, name: a}}}]}}]", ""},
		{"extensions/v1beta1", "NetworkPolicy", "podSelector: {}, ingress: [{from: [{podSelector: {}}], ports: [{protocol: TCP, port: 80}]}]", ""},
		{"autoscaling/v1", "HorizontalPodAutoscaler", "maxReplicas: 4, scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: a}, targetCPUUtilizationPercentage: 60", ""},
		{"autoscaling/v1", "HorizontalPodAutoscaler", "minReplicas: 2, maxReplicas: 4, scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: a}", ""},
		{"policy/v1beta1", "PodDisruptionBudget", "minAvailable: 1, selector: {matchLabels: {a: b}}", ""},
		{"policy/v1beta1", "PodDisruptionBudget", "maxUnavailable: 1, selector: {}", "spec.selector.matchExpressions"},
		{"batch/v1beta1", "CronJob", "schedule: '0 3 * * *', concurrencyPolicy: Forbid, jobTemplate: {spec: {template: {spec: {restartPolicy: Never, containers: [{name: a, image: 'a:1'}]}}}}", ""},
	} {
		t.Run(test.version+" "+test.kind, func(t *testing.T) {
			old := "apiVersion: " + test.version + "\nkind: " + test.kind + "\nmetadata: {name: a}\nspec: {" + test.spec + "}\n"
			in := &input{minor: 36}
			if err := in.documentsOf("x.yaml", old); err != nil || len(in.objects) != 1 {
				t.Fatal(err, in.report.Items)
			}
			upgraded := in.objects[0]
			version := schema.FromAPIVersionAndKind(upgraded.APIVersion, upgraded.Kind).GroupVersion()
			var differs []string
			compareValues(storedAs(t, old, version), storedAs(t, string(upgraded.AppendYAML(nil)), version), "", &differs)
			for i := range differs {
				differs[i], _, _ = strings.Cut(differs[i], ": ")
			}
			slices.Sort(differs)
			if got := strings.Join(slices.Compact(differs), " "); got != test.differs {
				t.Errorf("it differs at %q, want %q", got, test.differs)
			}
			for _, at := range strings.Fields(test.differs) {
				if message := in.report.Items[0].Message; !strings.Contains(message, orText(toldAs[at], at)) {
					t.Errorf("nobody tells of %s: %s", at, message)
				}
			}
		})
	}
}

// toldAs are the fields that the report names where the server has others inside.
var toldAs = map[string]string{
	"metadata.annotations": "spec.rollbackTo", "spec.selector.matchExpressions": "spec.selector", "spec.updateStrategy.rollingUpdate": "spec.updateStrategy.type",
}

// storedAs is an object with the defaults of its own version, in another one.
func storedAs(t *testing.T, text string, version schema.GroupVersion) any {
	t.Helper()
	scheme := legacyscheme.Scheme
	object, _, err := legacyscheme.Codecs.UniversalDeserializer().Decode([]byte(text), nil, nil)
	if err != nil {
		t.Fatal(err)
	}
	scheme.Default(object)
	internal, err := scheme.ConvertToVersion(object, runtime.InternalGroupVersioner)
	if err != nil {
		t.Fatal(err)
	}
	converted, err := scheme.ConvertToVersion(internal, version)
	if err != nil {
		t.Fatal(err)
	}
	data, err := json.Marshal(converted)
	if err != nil {
		t.Fatal(err)
	}
	var stored map[string]any
	if err := json.Unmarshal(data, &stored); err != nil {
		t.Fatal(err)
	}
	delete(stored, "status")
	return stored
}
