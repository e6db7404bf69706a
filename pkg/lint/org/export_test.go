package org

import (
	"os"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	admissionv1 "k8s.io/api/admissionregistration/v1"
	"k8s.io/apiserver/pkg/admission"

	"github.com/kgen-dev/kgen/pkg/lint"
	"github.com/kgen-dev/kgen/pkg/manifest"
	"github.com/kgen-dev/kgen/pkg/report"
	"github.com/kgen-dev/kgen/pkg/tree"
	"github.com/kgen-dev/kgen/pkg/validate"
	"github.com/kgen-dev/kgen/pkg/validate/apiserver"
	"github.com/kgen-dev/kgen/pkg/validate/versions"
)

const exported = `rules:
  team-label:
    message: every workload names its team
    severity: error
    kinds: [Deployment, StatefulSet.apps, CronJob]
    expression: |
      has(object.metadata.labels)
      && 'team' in object.metadata.labels
  small-service:
    message: "a \"Service\" has\n  one port"
    kinds: [Service]
    expression: size(object.spec.ports) == 1
  every-kind: {message: m, expression: "true"}
  named: {message: m, kinds: [Rollout], expression: "true"}
  custom: {message: m, kinds: [Deployment, Rollout.argoproj.io], expression: "true"}
  others: {message: m, kinds: [Service], expression: "objects.all(o, o == object)"}
  of-service: {message: m, kinds: [Service], expression: service == null}
  own-variable: {message: m, kinds: [Service], severity: info, expression: "[1].all(objects, objects == 1)"}
`

// choose are rules as they would be chosen.
func choose(rules *Rules, ids ...string) (chosen []lint.Chosen) {
	for _, rule := range lint.Rules() {
		for _, id := range ids {
			if rule.ID == id {
				chosen = append(chosen, lint.Chosen{Rule: rule})
			}
		}
	}
	for _, rule := range rules.Lint() {
		chosen = append(chosen, lint.Chosen{Rule: rule})
	}
	return chosen
}

func stream(objects []*manifest.Object) string {
	var text []byte
	for _, o := range objects {
		text = o.AppendYAML(append(text, "---\n"...))
	}
	return string(text)
}

// TestPolicies compares what is exported with a file, and demands that a server takes
// it. KGEN_UPDATE=1 writes the file.
func TestPolicies(t *testing.T) {
	const golden = "testdata/policies.yaml"
	rules, sink := compiled(t, exported)
	if told := texts(sink.Findings); len(told) > 0 {
		t.Fatal(told)
	}
	chosen := choose(rules, "no-liveness-probe", "pdb-no-policy", "pdb-missing", "privileged-container", "hpa-target-too-high")
	warning := report.Warning
	chosen[0].Options = map[string]any{"max": 80}
	chosen[1].Severity = &warning
	objects, left := rules.Policies(chosen, versions.Newest)
	got := stream(objects)
	if os.Getenv("KGEN_UPDATE") != "" {
		if err := os.WriteFile(golden, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(golden)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	wantLeft := []Left{
		{"hpa-target-too-high", "its form in CEL knows no other parameters than the default ones"},
		{"pdb-missing", "it has no form in CEL"},
		{"every-kind", "it is for every kind, and would stop what controllers make for themselves: name its kinds"},
		{"named", "kgen does not know the resource of Rollout"},
		{"custom", "kgen does not know the resource of Rollout.argoproj.io"},
		{"others", "it looks at other objects, and a policy sees one"},
		{"of-service", "it looks at the service, which a cluster does not know"},
	}
	if diff := cmp.Diff(wantLeft, left); diff != "" {
		t.Errorf("left (-want +got):\n%s", diff)
	}
	checkTaken(t, objects)
}

// checkTaken demands that kgen's own verdict has nothing to say of manifests, read back
// from what is written, and that a server compiles the policies.
func checkTaken(t testing.TB, objects []*manifest.Object) {
	t.Helper()
	for _, o := range parse(t, stream(objects)) {
		_ = validate.Under(apiserver.Release{Minor: versions.Newest}, nil, func(j *validate.Judge) {
			_, problems := j.Node(o.Node())
			for i := range problems {
				if problems[i].Severity > report.Info {
					t.Errorf("%s: %s: %s", o.Ref(), problems[i].Field, problems[i].Message)
				}
			}
		})
		if o.Kind != "ValidatingAdmissionPolicy" {
			continue
		}
		var policy admissionv1.ValidatingAdmissionPolicy
		for _, mistake := range tree.Decode(o.Node(), &policy) {
			t.Error(mistake)
		}
		newCluster(t, &policy, versions.Newest)
	}
}

// TestAllPolicies exports everything that can be.
func TestAllPolicies(t *testing.T) {
	var chosen []lint.Chosen
	for _, rule := range lint.Rules() {
		chosen = append(chosen, lint.Chosen{Rule: rule})
	}
	objects, left := (&Rules{}).Policies(chosen, versions.Newest)
	if len(objects)/2+len(left) != len(chosen) {
		t.Errorf("%d objects and %d left of %d", len(objects), len(left), len(chosen))
	}
	checkTaken(t, objects)
	if objects, left := (&Rules{}).Policies(chosen, 29); len(objects) > 0 || left[0].Reason != "Kubernetes 1.29 has no ValidatingAdmissionPolicy" {
		t.Errorf("%d objects, %v", len(objects), left[:1])
	}
}

const pods = `apiVersion: v1
kind: Pod
metadata: {name: bare}
spec: {containers: [{name: a, securityContext: {privileged: true}}, {name: b}]}
---
apiVersion: v1
kind: Pod
metadata: {name: owned, ownerReferences: [{apiVersion: apps/v1, kind: ReplicaSet, name: a, uid: b, controller: true}]}
spec: {containers: [{name: a, securityContext: {privileged: true}}]}
---
apiVersion: v1
kind: Pod
metadata: {name: going, deletionTimestamp: "2026-01-01T00:00:00Z"}
spec: {containers: [{name: a, securityContext: {privileged: true}}]}
`

// TestWhoIsJudged demands that policies stop neither controllers that tidy up nor what
// is being deleted, and that barriers stop what has an owner all the same.
func TestWhoIsJudged(t *testing.T) {
	own, _ := compiled(t, "rules: {r: {message: m, kinds: [Pod], expression: 'false'}}")
	for _, tt := range []struct {
		rule    string
		request request
		want    string
	}{
		{"privileged-container", create, "bare owned"},
		{"privileged-container", request{admission.Update, ""}, "bare"},
		{"privileged-container", request{admission.Update, "ephemeralcontainers"}, "bare owned"},
		{"no-liveness-probe", create, "bare"},
		{"no-liveness-probe", request{admission.Update, ""}, "bare"},
		{"no-liveness-probe", request{admission.Update, "ephemeralcontainers"}, ""},
		{"r", create, "bare owned"},
		{"r", request{admission.Update, ""}, "bare"},
	} {
		for _, chosen := range choose(own, tt.rule) {
			if chosen.ID != tt.rule {
				continue
			}
			objects, _ := own.Policies([]lint.Chosen{chosen}, versions.Newest)
			policy, _ := objects[0].Value.(*admissionv1.ValidatingAdmissionPolicy)
			c := newCluster(t, policy, versions.Newest)
			var refused []string
			for _, o := range parse(t, pods) {
				if len(c.refuse(t, tt.request, o)) > 0 {
					refused = append(refused, o.Name)
				}
			}
			if got := strings.Join(refused, " "); got != tt.want {
				t.Errorf("%s, %+v: %q, want %q", tt.rule, tt.request, got, tt.want)
			}
		}
	}
}

// TestMessages compares what people get to read.
func TestMessages(t *testing.T) {
	own, _ := compiled(t, exported)
	want := map[string]string{
		"privileged-container": "container is privileged (a): remove privileged; add the one capability or mount the one device that is needed",
		"no-liveness-probe":    "container has no liveness probe (a, b): add a livenessProbe that fails only where a restart helps",
		"small-service":        `a "Service" has one port (Service web)`,
	}
	for _, chosen := range choose(own, "privileged-container", "no-liveness-probe") {
		if want[chosen.ID] == "" {
			continue
		}
		objects, _ := own.Policies([]lint.Chosen{chosen}, versions.Newest)
		policy, _ := objects[0].Value.(*admissionv1.ValidatingAdmissionPolicy)
		judged := append(parse(t, pods)[:1], parse(t, manifests)[1])
		judged[1].Value = parse(t, "{apiVersion: v1, kind: Service, metadata: {name: web}, spec: {ports: [{port: 1}, {port: 2}]}}")[0].Value
		got := newCluster(t, policy, versions.Newest).refuse(t, create, judged...)
		if len(got) != 1 || got[0] != want[chosen.ID] {
			t.Errorf("%s: %q", chosen.ID, got)
		}
	}
}
