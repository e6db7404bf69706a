package versions

import (
	appsv1 "k8s.io/api/apps/v1"
	autoscalingv1 "k8s.io/api/autoscaling/v1"
	batchv1 "k8s.io/api/batch/v1"
	corev1 "k8s.io/api/core/v1"
	"k8s.io/utils/ptr"
)

// deployment has one container.
func deployment(change func(*corev1.PodSpec)) *appsv1.Deployment {
	d := &appsv1.Deployment{}
	d.Spec.Template.Spec.Containers = []corev1.Container{{Name: "web"}}
	change(&d.Spec.Template.Spec)
	return d
}

func withStopSignal() *appsv1.Deployment {
	return deployment(func(s *corev1.PodSpec) {
		s.InitContainers = []corev1.Container{{}, {Lifecycle: &corev1.Lifecycle{StopSignal: ptr.To(corev1.SIGTERM)}}}
	})
}

func withSleep(seconds int64) *appsv1.Deployment {
	return deployment(func(s *corev1.PodSpec) {
		s.Containers[0].Lifecycle = &corev1.Lifecycle{PreStop: &corev1.LifecycleHandler{Sleep: &corev1.SleepAction{Seconds: seconds}}}
	})
}

func withProcMount(value corev1.ProcMountType) *appsv1.Deployment {
	return deployment(func(s *corev1.PodSpec) {
		s.Containers[0].SecurityContext = &corev1.SecurityContext{ProcMount: &value}
	})
}

func withRestart(policy corev1.ContainerRestartPolicy) *appsv1.Deployment {
	return deployment(func(s *corev1.PodSpec) { s.InitContainers = []corev1.Container{{RestartPolicy: &policy}} })
}

func withSource(namespace *string) *corev1.PersistentVolumeClaim {
	return &corev1.PersistentVolumeClaim{Spec: corev1.PersistentVolumeClaimSpec{DataSourceRef: &corev1.TypedObjectReference{Name: "x", Namespace: namespace}}}
}

func withDistribution(value string) *corev1.Service {
	return &corev1.Service{Spec: corev1.ServiceSpec{TrafficDistribution: &value}}
}

func withReplicas(n int32) *autoscalingv1.HorizontalPodAutoscaler {
	return &autoscalingv1.HorizontalPodAutoscaler{Spec: autoscalingv1.HorizontalPodAutoscalerSpec{MinReplicas: &n}}
}

func withManager() *batchv1.Job {
	return &batchv1.Job{Spec: batchv1.JobSpec{ManagedBy: ptr.To("acme.io/x")}}
}

func cronWithManager() *batchv1.CronJob {
	c := &batchv1.CronJob{}
	c.Spec.JobTemplate.Spec = withManager().Spec
	c.Spec.JobTemplate.Spec.Template.Spec.HostUsers = ptr.To(false)
	return c
}

func withClaimTemplate() *appsv1.StatefulSet {
	s := &appsv1.StatefulSet{}
	s.Spec.VolumeClaimTemplates = []corev1.PersistentVolumeClaim{{Spec: corev1.PersistentVolumeClaimSpec{VolumeAttributesClassName: ptr.To("gold")}}}
	return s
}
