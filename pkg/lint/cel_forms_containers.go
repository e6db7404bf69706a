package lint

// celFormsOfContainers are about each container of a pod.
var celFormsOfContainers = map[string]CELForm{
	"capabilities-dangerous": {
		Kinds: podKinds, Each: "containers", IsBarrier: true,
		Expression: `c.?securityContext.?capabilities.?add.orValue([]).all(k, !k.upperAscii().matches('^(CAP_)?(ALL|BPF|NET_ADMIN|SYS_ADMIN|SYS_MODULE|SYS_PTRACE)$'))`,
	},
	"capabilities-not-dropped": {
		Kinds: podKinds, Each: "containers",
		Expression: `variables.isWindows || c.?securityContext.?privileged.orValue(false) || ` +
			`c.?securityContext.?capabilities.?drop.orValue([]).exists(k, k.upperAscii() == 'ALL') || ` +
			`['AUDIT_WRITE', 'CHOWN', 'DAC_OVERRIDE', 'FOWNER', 'FSETID', 'KILL', 'MKNOD', 'NET_BIND_SERVICE', 'NET_RAW', 'SETFCAP', 'SETGID', 'SETPCAP', ` +
			`'SETUID', 'SYS_CHROOT'].all(name, c.?securityContext.?capabilities.?drop.orValue([]).exists(k, k.upperAscii() == name))`,
	},
	"host-port": {
		Kinds: podKinds, Each: "containers", IsBarrier: true,
		// In the network of the node the API server gives every port a hostPort.
		Expression: `c.?ports.orValue([]).all(p, p.?hostPort.orValue(0) == 0 || variables.podSpec.?hostNetwork.orValue(false) && p.hostPort == p.containerPort)`,
	},
	"image-not-digest": {
		Kinds: podKinds, Each: "containers",
		Expression: `c.?image.orValue('') == '' || c.image.matches('@.')`,
	},
	"image-tag-mutable": {
		Kinds: podKinds, Each: "containers",
		Expression: `c.?image.orValue('') == '' || c.image.matches('@.') || c.image.matches(':[^:/]+$') && ` +
			`!c.image.matches(':(latest|main|master|trunk|dev|develop|development|edge|nightly|canary|unstable|stable|snapshot|HEAD)$')`,
	},
	"linux-hardening": {
		Kinds: podKinds, Each: "containers", IsBarrier: true,
		Expression: `variables.isWindows || ` +
			`c.?securityContext.?seccompProfile.?type.or(variables.podContext.?seccompProfile.?type).orValue('Unconfined') != 'Unconfined' || ` +
			`c.?securityContext.?appArmorProfile.?type.or(variables.podContext.?appArmorProfile.?type).orValue('Unconfined') != 'Unconfined' || ` +
			`!(variables.podMeta.?annotations[?('container.apparmor.security.beta.kubernetes.io/' + c.name)].orValue('') in ['', 'unconfined']) || ` +
			`c.?securityContext.?seLinuxOptions.or(variables.podContext.?seLinuxOptions).orValue({}).size() > 0 || ` +
			`c.?securityContext.?capabilities.?drop.orValue([]).size() > 0`,
	},
	"no-liveness-probe": {
		Kinds: lastingKinds, Each: "longContainers",
		Expression: `variables.isHook || has(c.livenessProbe)`,
	},
	"privilege-escalation": {
		Kinds: podKinds, Each: "containers", IsBarrier: true,
		Expression: `!c.?securityContext.?allowPrivilegeEscalation.orValue(false)`,
	},
	"privileged-container": {
		Kinds: podKinds, Each: "containers", IsBarrier: true,
		Expression: `!c.?securityContext.?privileged.orValue(false)`,
	},
	"privileged-port": {
		Kinds: podKinds, Each: "containers",
		Expression: `c.?ports.orValue([]).all(p, p.containerPort >= 1024)`,
	},
	"pss-capabilities-baseline": {
		Kinds: podKinds, Each: "containers", IsBarrier: true,
		Expression: `c.?securityContext.?capabilities.?add.orValue([]).all(k, k in ['AUDIT_WRITE', 'CHOWN', 'DAC_OVERRIDE', 'FOWNER', 'FSETID', 'KILL', ` +
			`'MKNOD', 'NET_BIND_SERVICE', 'SETFCAP', 'SETGID', 'SETPCAP', 'SETUID', 'SYS_CHROOT'])`,
	},
	"pss-privilege-escalation": {
		Kinds: podKinds, Each: "containers", IsBarrier: true,
		Expression: `variables.isWindows || !c.?securityContext.?allowPrivilegeEscalation.orValue(true)`,
	},
	"run-as-root": {
		Kinds: podKinds, Each: "containers", IsBarrier: true,
		Expression: `variables.isWindows || !variables.podSpec.?hostUsers.orValue(true) || ` +
			`(c.?securityContext.?runAsUser.or(variables.podContext.?runAsUser).hasValue() ? ` +
			`c.?securityContext.?runAsUser.or(variables.podContext.?runAsUser).value() != 0 || c.?securityContext.?runAsNonRoot.or(variables.podContext.?runAsNonRoot).orValue(false) : ` +
			`c.?securityContext.?runAsNonRoot.or(variables.podContext.?runAsNonRoot).orValue(true))`,
	},
	"secret-in-env": {
		Kinds: podKinds, Each: "containers",
		Expression: `c.?env.orValue([]).all(e, !has(e.valueFrom) || !has(e.valueFrom.secretKeyRef)) && c.?envFrom.orValue([]).all(e, !has(e.secretRef))`,
	},
	"ssh-port": {
		Kinds: podKinds, Each: "containers",
		Expression: `c.?ports.orValue([]).all(p, p.containerPort != 22 || p.?protocol.orValue('TCP') != 'TCP')`,
	},
	"writable-root-fs": {
		Kinds: podKinds, Each: "containers",
		Expression: `variables.isWindows || c.?securityContext.?readOnlyRootFilesystem.orValue(false)`,
	},
}
