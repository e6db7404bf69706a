package lint

import (
	"math/rand/v2"

	corev1 "k8s.io/api/core/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
)

// randomPod is a pod that breaks some of the Pod Security Standards, and often none.
func randomPod(random *rand.Rand) *corev1.Pod {
	p := dice{random, []float64{0, 0.03, 0.3}[random.IntN(3)]}
	pod := &corev1.Pod{ObjectMeta: metav1.ObjectMeta{Name: "web", Namespace: "shop"}}
	if p.bad() {
		key := one(p, "container.apparmor.security.beta.kubernetes.io/web", "container.apparmor.security.beta.kubernetes.io/", "other")
		pod.Annotations = map[string]string{key: one(p, "unconfined", "runtime/default", "localhost/x", "", "odd")}
	}
	s := &pod.Spec
	s.HostNetwork, s.HostPID, s.HostIPC = p.bad(), p.bad(), p.bad()
	s.HostUsers = one(p, nil, nil, nil, new(true), new(false))
	if p.bad() {
		s.OS = &corev1.PodOS{Name: one(p, corev1.Linux, corev1.Windows)}
	}
	s.SecurityContext = p.podContext()
	for range random.IntN(3) {
		s.Volumes = append(s.Volumes, corev1.Volume{Name: "data", VolumeSource: p.source()})
	}
	for range 1 + random.IntN(2) {
		s.Containers = append(s.Containers, p.container("web"))
	}
	for range random.IntN(2) {
		s.InitContainers = append(s.InitContainers, p.container("init"))
		if p.bad() {
			always := corev1.ContainerRestartPolicyAlways
			s.InitContainers[0].RestartPolicy = &always
		}
	}
	if p.bad() {
		s.EphemeralContainers = []corev1.EphemeralContainer{{EphemeralContainerCommon: corev1.EphemeralContainerCommon(p.container("debug"))}}
	}
	return pod
}

// dice decide how a pod turns out; bad is the chance of what is forbidden.
type dice struct {
	*rand.Rand
	chance float64
}

func (p dice) bad() bool { return p.Float64() < p.chance }

func one[T any](p dice, choices ...T) T { return choices[p.IntN(len(choices))] }

// pick is a good value, or any where the dice are bad.
func pick[T any](p dice, good T, any ...T) T {
	if p.bad() {
		return one(p, any...)
	}
	return good
}

// isRare is true more seldom than bad.
func (p dice) isRare() bool {
	isFirst := p.bad()
	return isFirst && p.bad()
}

func (p dice) podContext() *corev1.PodSecurityContext {
	if p.isRare() {
		return nil
	}
	s := &corev1.PodSecurityContext{
		RunAsNonRoot:   pick(p, new(true), nil, new(false)),
		RunAsUser:      pick(p, new(int64(1000)), nil, new(int64(0))),
		SeccompProfile: pick(p, p.seccomp(corev1.SeccompProfileTypeRuntimeDefault), nil, p.seccomp("Unconfined"), p.seccomp("")),
		SELinuxOptions: p.seLinux(),
		WindowsOptions: p.windows(),
	}
	if p.bad() {
		s.AppArmorProfile = &corev1.AppArmorProfile{Type: one(p, corev1.AppArmorProfileTypeUnconfined, corev1.AppArmorProfileTypeLocalhost, "")}
	}
	if p.bad() {
		name := one(p, "kernel.shm_rmid_forced", "net.ipv4.tcp_rmem", "net.ipv4.ip_local_reserved_ports", "net.ipv4.tcp_fin_timeout", "kernel.msgmax", "")
		s.Sysctls = []corev1.Sysctl{{Name: "net.ipv4.tcp_syncookies"}, {Name: name}}
	}
	return s
}

func (p dice) container(name string) corev1.Container {
	c := corev1.Container{Name: name}
	if p.bad() {
		c.Ports = []corev1.ContainerPort{{ContainerPort: 80}, {ContainerPort: 81, HostPort: one(p, int32(0), 81)}}
	}
	host := one(p, "", "10.0.0.1")
	if p.bad() {
		http, tcp := corev1.HTTPGetAction{Host: host}, corev1.TCPSocketAction{Host: host}
		handler := one(p, corev1.ProbeHandler{HTTPGet: &http}, corev1.ProbeHandler{TCPSocket: &tcp}, corev1.ProbeHandler{})
		probe := &corev1.Probe{ProbeHandler: handler}
		hook := &corev1.LifecycleHandler{HTTPGet: handler.HTTPGet, TCPSocket: handler.TCPSocket}
		switch p.IntN(5) {
		case 0:
			c.LivenessProbe = probe
		case 1:
			c.ReadinessProbe = probe
		case 2:
			c.StartupProbe = probe
		case 3:
			c.Lifecycle = &corev1.Lifecycle{PreStop: hook}
		case 4:
			c.Lifecycle = &corev1.Lifecycle{PostStart: hook}
		}
	}
	if p.isRare() {
		return c
	}
	c.SecurityContext = &corev1.SecurityContext{
		AllowPrivilegeEscalation: pick(p, new(false), nil, new(true)),
		Privileged:               pick(p, nil, new(true), new(false)),
		ProcMount:                pick(p, nil, new(corev1.UnmaskedProcMount), new(corev1.DefaultProcMount), new(corev1.ProcMountType(""))),
		RunAsNonRoot:             pick(p, nil, new(true), new(false)),
		RunAsUser:                pick(p, nil, new(int64(0)), new(int64(1))),
		SeccompProfile:           pick(p, nil, p.seccomp("Unconfined"), p.seccomp("Localhost"), p.seccomp("")),
		SELinuxOptions:           p.seLinux(),
		WindowsOptions:           p.windows(),
		Capabilities:             &corev1.Capabilities{Drop: []corev1.Capability{"ALL"}},
	}
	if p.bad() {
		c.SecurityContext.Capabilities = one(p, nil, &corev1.Capabilities{},
			&corev1.Capabilities{Drop: []corev1.Capability{"all"}}, &corev1.Capabilities{Drop: []corev1.Capability{"CHOWN", "ALL"}},
			&corev1.Capabilities{Add: []corev1.Capability{"CHOWN", "NET_BIND_SERVICE"}, Drop: []corev1.Capability{"ALL"}},
			&corev1.Capabilities{Add: []corev1.Capability{one[corev1.Capability](p, "SYS_ADMIN", "chown", "CAP_CHOWN", "ALL", "NET_BIND_SERVICE")}})
	}
	if p.bad() {
		c.SecurityContext.AppArmorProfile = &corev1.AppArmorProfile{Type: one(p, corev1.AppArmorProfileTypeUnconfined, corev1.AppArmorProfileTypeRuntimeDefault)}
	}
	return c
}

func (p dice) seccomp(profile corev1.SeccompProfileType) *corev1.SeccompProfile {
	return &corev1.SeccompProfile{Type: profile}
}

func (p dice) seLinux() *corev1.SELinuxOptions {
	if !p.bad() {
		return nil
	}
	return &corev1.SELinuxOptions{
		Type: one(p, "", "container_t", "container_engine_t", "spc_t"), User: one(p, "", "", "u"), Role: one(p, "", "", "r"), Level: "s0",
	}
}

func (p dice) windows() *corev1.WindowsSecurityContextOptions {
	if !p.bad() {
		return nil
	}
	return &corev1.WindowsSecurityContextOptions{HostProcess: one(p, nil, new(true), new(false))}
}

func (p dice) source() corev1.VolumeSource {
	if !p.bad() {
		return one(p, corev1.VolumeSource{}, corev1.VolumeSource{ConfigMap: &corev1.ConfigMapVolumeSource{}},
			corev1.VolumeSource{Image: &corev1.ImageVolumeSource{}}, corev1.VolumeSource{Ephemeral: &corev1.EphemeralVolumeSource{}})
	}
	return one(p, corev1.VolumeSource{HostPath: &corev1.HostPathVolumeSource{}}, corev1.VolumeSource{NFS: &corev1.NFSVolumeSource{}},
		corev1.VolumeSource{GitRepo: &corev1.GitRepoVolumeSource{}, EmptyDir: &corev1.EmptyDirVolumeSource{}})
}
