package versions

import (
	"fmt"
	"testing"

	corev1 "k8s.io/api/core/v1"
	"k8s.io/utils/ptr"
)

func BenchmarkFields(b *testing.B) {
	web := deployment(func(s *corev1.PodSpec) {
		c := &s.Containers[0]
		c.Ports = []corev1.ContainerPort{{ContainerPort: 8080}, {ContainerPort: 9090}}
		c.Env = []corev1.EnvVar{{Name: "A", Value: "a"}, {Name: "B", Value: "b"}, {Name: "C", ValueFrom: &corev1.EnvVarSource{SecretKeyRef: &corev1.SecretKeySelector{Key: "c"}}}}
		c.VolumeMounts = []corev1.VolumeMount{{Name: "data", MountPath: "/data"}}
		c.LivenessProbe, c.ReadinessProbe = &corev1.Probe{}, &corev1.Probe{}
		c.SecurityContext = &corev1.SecurityContext{RunAsNonRoot: ptr.To(true)}
		s.SecurityContext = &corev1.PodSecurityContext{}
		s.Volumes = []corev1.Volume{{Name: "data", VolumeSource: corev1.VolumeSource{EmptyDir: &corev1.EmptyDirVolumeSource{}}}}
	})
	for _, minor := range []int{Oldest, Newest} {
		for name, gates := range map[string]map[string]bool{"defaults": nil, "gates": {"EnvFiles": true}} {
			b.Run(fmt.Sprintf("1.%d/%s", minor, name), func(b *testing.B) {
				for b.Loop() {
					if found := Fields(web, minor, gates); len(found) > 0 {
						b.Fatal(found)
					}
				}
			})
		}
	}
}

func BenchmarkPlan(b *testing.B) {
	for b.Loop() {
		plans.Clear()
		Fields(&corev1.Pod{}, Oldest, nil)
	}
}

func BenchmarkPlanOfAnotherKind(b *testing.B) {
	for b.Loop() {
		plans.Clear()
		Fields(&corev1.Pod{}, Oldest, nil)
		Fields(deployment(func(*corev1.PodSpec) {}), Oldest, nil)
	}
}
