package lint

import (
	"testing"

	"github.com/google/go-cmp/cmp"
	"k8s.io/pod-security-admission/policy"

	"github.com/kgen-dev/kgen/pkg/validate/versions"
)

// TestPodSecurityPlaces looks at the places of what the Pod Security Standards forbid.
func TestPodSecurityPlaces(t *testing.T) {
	check(t, &pssAppArmor, []ruleCase{
		{
			name: "annotation",
			text: "apiVersion: v1\nkind: Pod\nmetadata:\n  name: web\n  annotations:\n    container.apparmor.security.beta.kubernetes.io/web: unconfined\nspec: {containers: [{name: web}]}",
			want: []string{"6: warning: the annotation sets AppArmor to unconfined"},
		},
		{
			name: "pod", text: podOf("  securityContext:\n    appArmorProfile:\n      type: Unconfined\n  containers: [{name: web}]"),
			want: []string{"7: warning: appArmorProfile.type of the pod is Unconfined"},
		},
	})
	check(t, &pssSELinux, []ruleCase{{
		name: "user and role", text: podOf("  containers:\n  - name: web\n    securityContext:\n      seLinuxOptions:\n        user: u\n        role: r\n        type: container_t"),
		want: []string{"10: warning: container web: SELinux role is r", "9: warning: container web: SELinux user is u"},
	}})
	check(t, &pssSeccompRestricted, []ruleCase{
		{
			name: "one of two", text: podOf("  containers:\n  - name: web\n    securityContext: {seccompProfile: {type: Localhost}}\n  - name: log\n"),
			want: []string{"8: warning: container log: neither it nor the pod sets seccompProfile.type"},
		},
		{
			name: "unconfined in the pod", text: podOf("  securityContext: {seccompProfile: {type: Unconfined}}\n  containers:\n  - name: web"),
			want: []string{"5: warning: seccompProfile.type of the pod is Unconfined"},
		},
		{name: "unreadable in the pod", text: podOf("  securityContext: {seccompProfile: RuntimeDefault}\n  containers:\n  - name: web"), want: nil},
	})
	check(t, &pssRunAsNonRoot, []ruleCase{
		{
			name: "false", text: podOf("  securityContext: {runAsNonRoot: true}\n  containers:\n  - name: web\n    securityContext: {runAsNonRoot: false}"),
			want: []string{"8: warning: container web: runAsNonRoot is false"},
		},
		{name: "unreadable in the container", text: podOf("  containers:\n  - name: web\n    securityContext: {runAsNonRoot: 1}"), want: nil},
		{name: "user namespace", text: podOf("  hostUsers: false\n  containers:\n  - name: web"), want: nil},
	})
	check(t, &pssVolumeTypes, []ruleCase{
		{name: "no source", text: podOf("  containers: [{name: web}]\n  volumes: [{name: data}]"), want: nil},
		{
			name: "hostPath", text: podOf("  containers: [{name: web}]\n  volumes:\n  - name: data\n    hostPath: {path: /data}"),
			want: []string{"8: warning: volume data: restricted forbids hostPath"},
		},
	})
	check(t, &pssWindowsHostProcess, []ruleCase{{
		name: "container", text: podOf("  containers:\n  - name: web\n    securityContext: {windowsOptions: {hostProcess: true}}"),
		want: []string{"7: warning: container web: windowsOptions.hostProcess is true"},
	}})
	check(t, &pssProbeHost, []ruleCase{{
		name: "hook", text: podOf("  containers:\n  - name: web\n    lifecycle:\n      preStop: {tcpSocket: {host: db, port: 1}}"),
		want: []string{"8: warning: container web: preStop.tcpSocket asks the host db"},
	}})
	check(t, &hostPID, []ruleCase{{name: "another one", text: podOf("  hostIPC: true\n  containers: [{name: web}]"), want: nil}})
}

// TestProcMount demands that a user namespace excuses procMount at the level baseline
// of new releases alone.
func TestProcMount(t *testing.T) {
	text := podOf("  hostUsers: false\n  containers: [{name: web, securityContext: {procMount: Unmasked}}]")
	for _, c := range []struct {
		minor        int
		isRestricted bool
		want         []string
	}{
		{34, false, []string{"container web: procMount is Unmasked"}},
		{34, true, []string{"container web: procMount is Unmasked"}},
		{35, false, nil},
		{35, true, []string{"container web: procMount is Unmasked"}},
	} {
		all := NewIndex(Open, c.minor, nil, parseObjects(t, text))
		all.Restricted = c.isRestricted
		var got []string
		findings := Run(all, []Chosen{{Rule: &pssProcMount}}, 1)
		for i := range findings {
			got = append(got, findings[i].Message)
		}
		if diff := cmp.Diff(c.want, got); diff != "" {
			t.Errorf("1.%d, restricted %v (-want +got):\n%s", c.minor, c.isRestricted, diff)
		}
	}
}

// TestSysctlsByRelease demands that the list of safe sysctls is that of the release.
func TestSysctlsByRelease(t *testing.T) {
	text := podOf("  securityContext: {sysctls: [{name: net.ipv4.tcp_rmem, value: \"1\"}]}\n  containers: [{name: web}]")
	for minor, want := range map[int]int{31: 1, 32: 0, versions.Newest: 0} {
		if findings := Run(NewIndex(Open, minor, nil, parseObjects(t, text)), []Chosen{{Rule: &pssSysctls}}, 1); len(findings) != want {
			t.Errorf("1.%d: %d findings, want %d", minor, len(findings), want)
		}
	}
}

// TestControlBeforeItsRelease demands that a control is quiet before it was made.
func TestControlBeforeItsRelease(t *testing.T) {
	w := workloadOf(parseObjects(t, podOf("  containers: [{name: web, livenessProbe: {httpGet: {host: db, port: 1}}}]"))[0])
	for minor, isAllowed := range map[int]bool{0: true, 33: true, 34: false} {
		if got := controlOf("hostProbesAndHostLifecycle", minor)(w.Meta, w.Spec).Allowed; got != isAllowed {
			t.Errorf("1.%d: allowed %v", minor, got)
		}
	}
	if !controlOf(policy.CheckID("none"), 30)(w.Meta, w.Spec).Allowed {
		t.Error("a control that does not exist forbids")
	}
}
