package fix

import (
	"strings"
	"testing"

	"github.com/kgen-dev/kgen/pkg/tree"
	"github.com/kgen-dev/kgen/pkg/validate/apiserver"
)

func TestVersions(t *testing.T) {
	const (
		cron     = "kind: CronJob\nmetadata: {name: a}\nspec: {schedule: '0 0 * * *', jobTemplate: {spec: {template: {spec: {restartPolicy: Never, containers: [{name: a, image: a}]}}}}}\n"
		workload = "metadata: {name: a, labels: {b: b}}\nspec:\n  selector: {matchLabels: {a: a}}\n  template: {metadata: {labels: {a: a}}, spec: {containers: [{name: a, image: a}]}}\n"
		backend  = "    backend: {service: {name: a, port: {number: 80}}}\n"
		rules    = "spec:\n  rules:\n  - http:\n      paths:\n      - path: /\n"
	)
	for _, tt := range []struct {
		name, text string
		minors     []int
		want       string
	}{
		{"same", "apiVersion: batch/v1beta1\n" + cron, []int{36}, "batch/v1"},
		{"in several releases", "apiVersion: batch/v1beta1\n" + cron, []int{29, 36}, "batch/v1"},
		{"not served in one", "apiVersion: admissionregistration.k8s.io/v1beta1\nkind: ValidatingAdmissionPolicy\nmetadata: {name: a}\nspec: {validations: [{expression: 'true'}], matchConstraints: {resourceRules: [{apiGroups: [''], apiVersions: [v1], operations: [CREATE], resources: [pods]}]}}\n", []int{29, 36}, ""},
		{"old fields", "apiVersion: networking.k8s.io/v1beta1\nkind: Ingress\nmetadata: {name: a}\n" + rules + "        backend: {serviceName: a, servicePort: 80}\n", []int{36}, ""},
		{"no path type", "apiVersion: networking.k8s.io/v1beta1\nkind: Ingress\nmetadata: {name: a}\n" + rules + "    " + backend, []int{36}, ""},
		{"new fields", "apiVersion: networking.k8s.io/v1beta1\nkind: Ingress\nmetadata: {name: a}\n" + rules + "        pathType: Prefix\n    " + backend, []int{36}, "networking.k8s.io/v1"},
		{"selector of some", "apiVersion: policy/v1beta1\nkind: PodDisruptionBudget\nmetadata: {name: a}\nspec: {maxUnavailable: 1, selector: {matchLabels: {a: a}}}\n", []int{36}, "policy/v1"},
		{"empty selector", "apiVersion: policy/v1beta1\nkind: PodDisruptionBudget\nmetadata: {name: a}\nspec: {maxUnavailable: 1, selector: {matchLabels: {}}}\n", []int{36}, ""},
		{"other defaults", "apiVersion: extensions/v1beta1\nkind: DaemonSet\n" + workload, []int{36}, ""},
		{"defaults that are written", "apiVersion: extensions/v1beta1\nkind: DaemonSet\n" + workload + "  updateStrategy: {type: RollingUpdate}\n", []int{36}, "apps/v1"},
		{"labels of the pods", "apiVersion: extensions/v1beta1\nkind: ReplicaSet\n" + strings.Replace(workload, "{b: b}", "{}", 1), []int{36}, ""},
		{"default rollout", "apiVersion: extensions/v1beta1\nkind: Deployment\n" + workload + "  revisionHistoryLimit: 3\n  progressDeadlineSeconds: 60\n  strategy: {type: RollingUpdate}\n", []int{36}, ""},
		{"no rollout", "apiVersion: extensions/v1beta1\nkind: Deployment\n" + workload + "  revisionHistoryLimit: 3\n  progressDeadlineSeconds: 60\n  strategy: {type: Recreate}\n", []int{36}, "apps/v1"},
		{"scaler", "apiVersion: autoscaling/v2beta2\nkind: HorizontalPodAutoscaler\nmetadata: {name: a}\nspec: {maxReplicas: 3, scaleTargetRef: {kind: Deployment, name: a, apiVersion: apps/v1}}\n", []int{36}, "autoscaling/v2"},
		{"scaler with old metrics", "apiVersion: autoscaling/v2beta1\nkind: HorizontalPodAutoscaler\nmetadata: {name: a}\nspec: {maxReplicas: 3, scaleTargetRef: {kind: Deployment, name: a}, metrics: [{type: Resource, resource: {name: cpu, targetAverageUtilization: 50}}]}\n", []int{36}, ""},
		{"webhooks have other defaults", "apiVersion: admissionregistration.k8s.io/v1beta1\nkind: MutatingWebhookConfiguration\nmetadata: {name: a}\n", []int{36}, ""},
		{"nothing instead", "apiVersion: policy/v1beta1\nkind: PodSecurityPolicy\nmetadata: {name: a}\n", []int{36}, ""},
		{"another mistake", "apiVersion: batch/v1beta1\n" + cron + "more: 1\n", []int{36}, ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			o := &Versioned{Node: parse([]byte(tt.text))[0]}
			var releases []apiserver.Release
			for _, minor := range tt.minors {
				releases = append(releases, apiserver.Release{Minor: minor})
			}
			if err := Versions([]*Versioned{o}, releases, nil); err != nil || o.Next != tt.want {
				t.Errorf("%q, %v; want %q", o.Next, err, tt.want)
			}
		})
	}
}

// TestVersionsWithEdits: another mistake that is mended as well is in nobody's way.
func TestVersionsWithEdits(t *testing.T) {
	n := parse([]byte("apiVersion: policy/v1beta1\nkind: PodDisruptionBudget\nmetadata: {name: a, labels: {a: 1}}\nspec: {maxUnavailable: 1}\n"))[0]
	o := &Versioned{Node: n, Edits: []Edit{Quote(tree.P("metadata", "labels", "a"))}}
	if err := Versions([]*Versioned{o}, []apiserver.Release{{Minor: 36}}, nil); err != nil || o.Next != "policy/v1" {
		t.Errorf("%q, %v", o.Next, err)
	}
	if n.Get("apiVersion").Text != "policy/v1beta1" || n.At(label).Kind != tree.Int {
		t.Error("the object was changed")
	}
}
