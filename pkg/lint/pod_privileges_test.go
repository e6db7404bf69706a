package lint

import "testing"

// podOf is a Pod with these lines, from the fifth on, as its spec.
func podOf(spec string) string {
	return "apiVersion: v1\nkind: Pod\nmetadata: {name: web}\nspec:\n" + spec
}

func TestCapabilities(t *testing.T) {
	adds := func(list string) string {
		return podOf("  containers:\n  - name: web\n    securityContext: {capabilities: {add: " + list + "}}\n")
	}
	check(t, &capabilitiesDangerous, []ruleCase{
		{name: "nothing", text: podOf("  containers: [{name: web}]"), want: nil},
		{name: "narrow", text: adds("[CHOWN, NET_RAW]"), want: nil},
		{name: "lower case", text: adds("[sys_admin]"), want: []string{"7: error: container web: capability sys_admin is added"}},
		{name: "prefix", text: adds("[CAP_BPF]"), want: []string{"7: error: container web: capability CAP_BPF is added"}},
		{
			name: "of the parameter", text: adds("[NET_RAW, ALL]"), options: map[string]any{"capabilities": []string{"NET_RAW"}},
			want: []string{"7: error: container web: capability NET_RAW is added"},
		},
		{
			name: "init and ephemeral",
			text: podOf("  initContainers: [{name: init, securityContext: {capabilities: {add: [ALL]}}}]\n  ephemeralContainers: [{name: debug, securityContext: {capabilities: {add: [SYS_PTRACE]}}}]"),
			want: []string{"5: error: container init: capability ALL is added", "6: error: container debug: capability SYS_PTRACE is added"},
		},
	})
	check(t, &capabilityNameInvalid, []ruleCase{
		{name: "known", text: adds("[ALL, net_admin, CHECKPOINT_RESTORE]"), want: nil},
		{name: "prefix", text: adds("[cap_net_raw]"), want: []string{"7: warning: container web: there is no capability cap_net_raw"}},
		{name: "typing mistake", text: adds("[NET_BIND_SERVISE]"), want: []string{`7: warning: container web: there is no capability NET_BIND_SERVISE, did you mean "NET_BIND_SERVICE"?`}},
		{
			name: "dropped", text: podOf("  containers: [{name: web, securityContext: {capabilities: {drop: [EVERYTHING]}}}]"),
			want: []string{"5: warning: container web: there is no capability EVERYTHING"},
		},
	})
	check(t, &capabilitiesNotDropped, []ruleCase{
		{name: "nothing", text: podOf("  containers: [{name: web}]"), want: []string{"5: info: container web drops no capabilities"}},
		{name: "all in lower case", text: podOf("  containers: [{name: web, securityContext: {capabilities: {drop: [all]}}}]"), want: nil},
		{
			name: "each by name",
			text: podOf("  containers: [{name: web, securityContext: {capabilities: {drop: [AUDIT_WRITE, CHOWN, DAC_OVERRIDE, FOWNER, FSETID, KILL, MKNOD, NET_BIND_SERVICE, NET_RAW, SETFCAP, SETGID, SETPCAP, SETUID, SYS_CHROOT]}}}]"),
			want: nil,
		},
		{
			name: "of the parameter", text: podOf("  containers: [{name: web, securityContext: {capabilities: {drop: [net_raw]}}}]"),
			options: map[string]any{"capabilities": []string{"NET_RAW"}}, want: nil,
		},
		{
			name: "some of the parameter", text: podOf("  containers: [{name: web, securityContext: {capabilities: {drop: [MKNOD]}}}]"),
			options: map[string]any{"capabilities": []string{"NET_RAW", "MKNOD"}}, want: []string{"5: info: container web keeps NET_RAW"},
		},
		{name: "windows", text: podOf("  os: {name: windows}\n  containers: [{name: web}]"), want: nil},
		{name: "privileged", text: podOf("  containers: [{name: web, securityContext: {privileged: true}}]"), want: nil},
	})
}

func TestPrivilegeEscalation(t *testing.T) {
	check(t, &privilegeEscalation, []ruleCase{
		{name: "not written", text: podOf("  containers: [{name: web, securityContext: {privileged: true}}]"), want: nil},
		{
			name: "beside privileged", text: podOf("  containers: [{name: web, securityContext: {privileged: true, allowPrivilegeEscalation: true}}]"),
			want: []string{"5: warning: container web: allowPrivilegeEscalation is true"},
		},
		{
			name: "of an init container", text: podOf("  initContainers: [{name: init, securityContext: {allowPrivilegeEscalation: true}}]"),
			want: []string{"5: warning: container init: allowPrivilegeEscalation is true"},
		},
	})
}

func TestRunAs(t *testing.T) {
	check(t, &runAsRoot, []ruleCase{
		{name: "unset", text: podOf("  containers: [{name: web}]"), want: nil},
		{
			name: "of the pod, once", text: podOf("  securityContext: {runAsUser: 0}\n  containers: [{name: web}, {name: log}]"),
			want: []string{"5: warning: pod: runAsUser is 0"},
		},
		{name: "overridden", text: podOf("  securityContext: {runAsUser: 0}\n  containers:\n  - {name: web, securityContext: {runAsUser: 5}}"), want: nil},
		{
			name: "one of two overrides", text: podOf("  securityContext: {runAsUser: 0}\n  containers:\n  - {name: web, securityContext: {runAsUser: 5}}\n  - {name: log}"),
			want: []string{"5: warning: pod: runAsUser is 0"},
		},
		{
			name: "may be root", text: podOf("  securityContext: {runAsNonRoot: true}\n  containers:\n  - {name: web, securityContext: {runAsNonRoot: false}}"),
			want: []string{"7: warning: container web: runAsNonRoot is false"},
		},
		{name: "may be root, but is not", text: podOf("  securityContext: {runAsNonRoot: false, runAsUser: 5}\n  containers: [{name: web}]"), want: nil},
		{name: "contradiction", text: podOf("  securityContext: {runAsNonRoot: true, runAsUser: 0}\n  containers: [{name: web}]"), want: nil},
		{name: "user namespace", text: podOf("  hostUsers: false\n  containers: [{name: web, securityContext: {runAsUser: 0}}]"), want: nil},
		{
			name: "init and ephemeral", text: podOf("  initContainers: [{name: init, securityContext: {runAsUser: 0}}]\n  ephemeralContainers: [{name: debug, securityContext: {runAsUser: 0}}]"),
			want: []string{"5: warning: container init: runAsUser is 0", "6: warning: container debug: runAsUser is 0"},
		},
		{
			name: "strict", options: map[string]any{"strict": true}, text: podOf("  containers:\n  - {name: web, securityContext: {runAsGroup: 0}}"),
			want: []string{"6: warning: container web: neither runAsNonRoot nor runAsUser is set", "6: warning: container web: runAsGroup is 0"},
		},
		{
			name: "strict and unreadable", options: map[string]any{"strict": true},
			text: podOf("  securityContext: {runAsNonRoot: maybe}\n  containers: [{name: web}]"), want: nil,
		},
	})
	check(t, &runAsContradiction, []ruleCase{
		{
			name: "in the pod, once", text: podOf("  securityContext: {runAsNonRoot: true, runAsUser: 0}\n  containers: [{name: web}, {name: log}]"),
			want: []string{"5: error: pod: runAsUser is 0, but runAsNonRoot is true"},
		},
		{
			name: "container against pod", text: podOf("  securityContext: {runAsUser: 0}\n  containers:\n  - {name: web, securityContext: {runAsNonRoot: true}}"),
			want: []string{"7: error: container web: runAsNonRoot is true, but runAsUser of the pod is 0"},
		},
		{name: "overridden", text: podOf("  securityContext: {runAsNonRoot: true, runAsUser: 0}\n  containers: [{name: web, securityContext: {runAsUser: 5}}]"), want: nil},
		{name: "no user", text: podOf("  securityContext: {runAsNonRoot: true}\n  containers: [{name: web}]"), want: nil},
	})
	check(t, &lowUID, []ruleCase{
		{name: "unset", text: podOf("  containers: [{name: web}]"), want: []string{"5: info: container web: runAsGroup is not set", "5: info: container web: runAsUser is not set"}},
		{
			name: "of the pod", text: podOf("  securityContext: {runAsUser: 999, runAsGroup: 10000}\n  containers: [{name: web}, {name: log}]"),
			want: []string{"5: info: pod: runAsUser is 999, which is below 10000"},
		},
		{
			name: "of the parameter", options: map[string]any{"min": 500},
			text: podOf("  securityContext: {runAsUser: 999, runAsGroup: 999}\n  containers: [{name: web}]"), want: nil,
		},
	})
}

func TestHardening(t *testing.T) {
	check(t, &linuxHardening, []ruleCase{
		{name: "nothing", text: podOf("  containers: [{name: web}]"), want: []string{"5: warning: container web has no seccomp, AppArmor or SELinux setting and drops no capabilities"}},
		{
			name: "unconfined", text: podOf("  securityContext: {seccompProfile: {type: Unconfined}, appArmorProfile: {type: Unconfined}}\n  containers: [{name: web}]"),
			want: []string{"6: warning: container web has no seccomp, AppArmor or SELinux setting and drops no capabilities"},
		},
		{name: "a drop", text: podOf("  containers: [{name: web, securityContext: {capabilities: {drop: [MKNOD]}}}]"), want: nil},
		{
			name: "annotation",
			text: "apiVersion: v1\nkind: Pod\nmetadata: {name: web, annotations: {container.apparmor.security.beta.kubernetes.io/web: runtime/default}}\nspec: {containers: [{name: web}]}",
			want: nil,
		},
	})
	check(t, &writableRootFS, []ruleCase{
		{
			name: "false and unset", text: podOf("  containers: [{name: web, securityContext: {readOnlyRootFilesystem: false}}]\n  initContainers: [{name: init}]"),
			want: []string{"5: info: container web: readOnlyRootFilesystem is false", "6: info: container init: readOnlyRootFilesystem is not set"},
		},
		{name: "unreadable", text: podOf("  containers: [{name: web, securityContext: {readOnlyRootFilesystem: on-ly}}]"), want: nil},
		{name: "windows", text: podOf("  os: {name: windows}\n  containers: [{name: web}]"), want: nil},
	})
}
