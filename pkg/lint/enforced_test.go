package lint

import (
	"fmt"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/kgen-dev/kgen/pkg/report"
	"github.com/kgen-dev/kgen/pkg/validate/versions"
)

const rootPod = `
---
apiVersion: v1
kind: Pod
metadata: {name: web, namespace: shop}
spec:
  hostPID: true
  containers:
  - name: web
    securityContext: {allowPrivilegeEscalation: true, capabilities: {add: [NET_RAW]}}
`

func namespaceManifest(labels string) string {
	return "apiVersion: v1\nkind: Namespace\nmetadata: {name: shop, labels: {" + labels + "}}"
}

// TestEnforced demands that the label of a namespace selects rules, and makes errors
// of what they find.
func TestEnforced(t *testing.T) {
	const baseline = "pod-security.kubernetes.io/enforce: baseline"
	for _, c := range []struct {
		name, text string
		want       []string
	}{
		{"no namespace", rootPod, nil},
		{"no label", namespaceManifest("") + rootPod, nil},
		{"another mode", namespaceManifest("pod-security.kubernetes.io/warn: restricted") + rootPod, nil},
		{"privileged", namespaceManifest("pod-security.kubernetes.io/enforce: privileged") + rootPod, nil},
		{"no level", namespaceManifest("pod-security.kubernetes.io/enforce: high") + rootPod, nil},
		{"baseline", namespaceManifest(baseline) + rootPod, []string{
			"host-pid error: hostPID is true; namespace shop enforces baseline",
			"pss-capabilities-baseline error: container web: capability NET_RAW is added; namespace shop enforces baseline",
		}},
		{"restricted", namespaceManifest("pod-security.kubernetes.io/enforce: restricted") + rootPod, []string{
			"host-pid error: hostPID is true; namespace shop enforces restricted",
			"pss-capabilities-restricted error: container web: capability NET_RAW is added; namespace shop enforces restricted",
			"pss-capabilities-restricted error: container web: ALL capabilities are not dropped; namespace shop enforces restricted",
			"pss-privilege-escalation error: container web: allowPrivilegeEscalation is true; namespace shop enforces restricted",
			"pss-run-as-non-root error: neither the pod nor a container sets runAsNonRoot; namespace shop enforces restricted",
			"pss-seccomp-restricted error: neither the pod nor a container sets seccompProfile.type; namespace shop enforces restricted",
		}},
		{"another namespace", namespaceManifest(baseline) + `
---
apiVersion: v1
kind: Pod
metadata: {name: web}
spec: {hostPID: true, containers: [{name: web}]}
`, nil},
		{"a newer policy", namespaceManifest(baseline+", pod-security.kubernetes.io/enforce-version: v1.99") + probeHost, []string{
			"pss-probe-host error: container web: livenessProbe.httpGet asks the host 10.0.0.1; namespace shop enforces baseline",
		}},
		{"an older policy", namespaceManifest(baseline+", pod-security.kubernetes.io/enforce-version: v1.33") + probeHost, nil},
		{"the newest policy", namespaceManifest(baseline+", pod-security.kubernetes.io/enforce-version: latest") + probeHost, []string{
			"pss-probe-host error: container web: livenessProbe.httpGet asks the host 10.0.0.1; namespace shop enforces baseline",
		}},
	} {
		t.Run(c.name, func(t *testing.T) {
			var rules []Chosen
			for _, rule := range Rules() {
				if rule.IsEnforceable() {
					rules = append(rules, Chosen{Rule: rule, OnlyEnforced: true})
				}
			}
			var got []string
			findings := Run(NewIndex(Open, versions.Newest, nil, parseObjects(t, c.text)), rules, 1)
			for i := range findings {
				f := &findings[i]
				got = append(got, fmt.Sprintf("%s %s: %s", f.Rule.ID, f.Severity, f.Message))
				if len(f.Related) != 1 || f.Related[0].Object.Kind != "Namespace" {
					t.Errorf("%s is not related to the namespace", f.Rule.ID)
				}
			}
			if diff := cmp.Diff(c.want, got); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

const probeHost = `
---
apiVersion: v1
kind: Pod
metadata: {name: web, namespace: shop}
spec:
  containers:
  - name: web
    livenessProbe: {httpGet: {host: 10.0.0.1, port: 80}}
`

// TestEnforcedBesideChosen demands that a rule that was chosen finds a thing once, and
// that a configured severity stays.
func TestEnforcedBesideChosen(t *testing.T) {
	info := report.Info
	for _, c := range []struct {
		name   string
		chosen Chosen
		want   report.Severity
	}{
		{"chosen", Chosen{Rule: &hostPID}, report.Error},
		{"with a severity", Chosen{Rule: &hostPID, Severity: &info}, report.Info},
	} {
		text := namespaceManifest("pod-security.kubernetes.io/enforce: baseline") + rootPod
		findings := Run(NewIndex(Open, versions.Newest, nil, parseObjects(t, text)), []Chosen{c.chosen}, 1)
		if len(findings) != 1 || findings[0].Severity != c.want {
			t.Errorf("%s: got %d findings, %+v", c.name, len(findings), findings)
		}
	}
}
