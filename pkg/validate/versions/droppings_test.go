package versions

import (
	"context"

	appsv1 "k8s.io/api/apps/v1"
	autoscalingv2 "k8s.io/api/autoscaling/v2"
	batchv1 "k8s.io/api/batch/v1"
	coordinationv1 "k8s.io/api/coordination/v1"
	corev1 "k8s.io/api/core/v1"
	storagev1 "k8s.io/api/storage/v1"
	"k8s.io/apimachinery/pkg/runtime"
	"k8s.io/apiserver/pkg/registry/rest"
	pvutil "k8s.io/kubernetes/pkg/api/persistentvolume"
	pvcutil "k8s.io/kubernetes/pkg/api/persistentvolumeclaim"
	podutil "k8s.io/kubernetes/pkg/api/pod"
	"k8s.io/kubernetes/pkg/apis/apps"
	_ "k8s.io/kubernetes/pkg/apis/apps/install"
	"k8s.io/kubernetes/pkg/apis/autoscaling"
	_ "k8s.io/kubernetes/pkg/apis/autoscaling/install"
	"k8s.io/kubernetes/pkg/apis/batch"
	_ "k8s.io/kubernetes/pkg/apis/batch/install"
	"k8s.io/kubernetes/pkg/apis/coordination"
	_ "k8s.io/kubernetes/pkg/apis/coordination/install"
	"k8s.io/kubernetes/pkg/apis/core"
	_ "k8s.io/kubernetes/pkg/apis/core/install"
	"k8s.io/kubernetes/pkg/apis/storage"
	_ "k8s.io/kubernetes/pkg/apis/storage/install"
	deployments "k8s.io/kubernetes/pkg/registry/apps/deployment"
	statefulsets "k8s.io/kubernetes/pkg/registry/apps/statefulset"
	autoscalers "k8s.io/kubernetes/pkg/registry/autoscaling/horizontalpodautoscaler"
	cronjobs "k8s.io/kubernetes/pkg/registry/batch/cronjob"
	leases "k8s.io/kubernetes/pkg/registry/coordination/lease"
	drivers "k8s.io/kubernetes/pkg/registry/storage/csidriver"
	"k8s.io/utils/ptr"
)

// dropping is an object, and what the server does with its internal form.
type dropping struct {
	name     string
	obj      runtime.Object
	internal runtime.Object
	drop     func(internal runtime.Object)
	before   map[string]any // obj after it was converted to and fro, once that is known
}

// podTemplate has everything that a template may have, but image volumes.
func podTemplate(change func(*corev1.PodSpec)) *corev1.PodTemplate {
	t := filled[corev1.PodTemplate]()
	t.Template.Spec.Volumes[0].Image = nil
	t.Template.Spec.SecurityContext.SeccompProfile.Type = "Localhost"
	change(&t.Template.Spec)
	return t
}

func of(name string, obj, internal runtime.Object, drop func(runtime.Object)) dropping {
	return dropping{name: name, obj: obj, internal: internal, drop: drop}
}

func droppings() []dropping {
	return append(templates(),
		of("claim", filled[corev1.PersistentVolumeClaim](), &core.PersistentVolumeClaim{}, func(o runtime.Object) {
			pvcutil.DropDisabledFields(&o.(*core.PersistentVolumeClaim).Spec, nil)
		}),
		of("claim of another namespace's source, which is none", func() runtime.Object {
			c := filled[corev1.PersistentVolumeClaim]()
			c.Spec.DataSourceRef.Namespace = ptr.To("")
			return c
		}(), &core.PersistentVolumeClaim{}, func(o runtime.Object) {
			pvcutil.DropDisabledFields(&o.(*core.PersistentVolumeClaim).Spec, nil)
		}),
		of("volume", filled[corev1.PersistentVolume](), &core.PersistentVolume{}, func(o runtime.Object) {
			pvutil.DropDisabledSpecFields(&o.(*core.PersistentVolume).Spec, nil)
		}),
		of("deployment", &appsv1.Deployment{Spec: appsv1.DeploymentSpec{Template: podTemplate(noChange).Template}}, &apps.Deployment{}, create(deployments.Strategy)),
		of("stateful set", func() runtime.Object {
			s := filled[appsv1.StatefulSet]()
			s.Spec.Template = podTemplate(noChange).Template
			return s
		}(), &apps.StatefulSet{}, create(statefulsets.Strategy)),
		of("cron job", func() runtime.Object {
			c := filled[batchv1.CronJob]()
			c.Spec.JobTemplate.Spec.Template = podTemplate(noChange).Template
			return c
		}(), &batch.CronJob{}, create(cronjobs.Strategy)),
		of("autoscaler", filled[autoscalingv2.HorizontalPodAutoscaler](), &autoscaling.HorizontalPodAutoscaler{}, create(autoscalers.Strategy)),
		of("lease", filled[coordinationv1.Lease](), &coordination.Lease{}, create(leases.Strategy)),
		of("driver", filled[storagev1.CSIDriver](), &storage.CSIDriver{}, create(drivers.Strategy)),
	)
}

func noChange(*corev1.PodSpec) {}

// create is what the server does before it validates.
func create(s rest.RESTCreateStrategy) func(runtime.Object) {
	return func(o runtime.Object) { s.PrepareForCreate(context.Background(), o) }
}

// templates are those of pods.
func templates() []dropping {
	drop := func(o runtime.Object) { podutil.DropDisabledTemplateFields(&o.(*core.PodTemplate).Template, nil) }
	return []dropping{
		of("template", podTemplate(noChange), &core.PodTemplate{}, drop),
		of("sidecar", podTemplate(func(s *corev1.PodSpec) {
			s.InitContainers[0].RestartPolicy = ptr.To(corev1.ContainerRestartPolicyAlways)
		}), &core.PodTemplate{}, drop),
		of("default procMount", podTemplate(func(s *corev1.PodSpec) {
			s.Containers[0].SecurityContext.ProcMount = ptr.To(corev1.DefaultProcMount)
		}), &core.PodTemplate{}, drop),
		of("image volume", podTemplate(func(s *corev1.PodSpec) {
			s.Volumes = []corev1.Volume{{Name: "x", VolumeSource: corev1.VolumeSource{Image: &corev1.ImageVolumeSource{Reference: "x"}}}}
			s.Containers[0].VolumeMounts, s.InitContainers[0].VolumeMounts, s.EphemeralContainers[0].VolumeMounts = nil, nil, nil
		}), &core.PodTemplate{}, drop),
	}
}
