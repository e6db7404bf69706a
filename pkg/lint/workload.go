package lint

import (
	appsv1 "k8s.io/api/apps/v1"
	batchv1 "k8s.io/api/batch/v1"
	corev1 "k8s.io/api/core/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"

	"github.com/kgen-dev/kgen/pkg/tree"
)

// Workload is an object that makes pods, or is one.
type Workload struct {
	*Object
	// Meta and Spec are those of the pods, at the paths MetaAt and SpecAt.
	Meta           *metav1.ObjectMeta
	Spec           *corev1.PodSpec
	MetaAt, SpecAt tree.Path
	// Selector is spec.selector, of kinds that have one.
	Selector *metav1.LabelSelector
	// Written is spec.replicas; nil where it is not written, or the kind has none.
	Written *int32
	// Claims are the names of the claim templates of a StatefulSet.
	Claims []string

	containers []Container
}

// Role says what a container of a pod is for.
type Role uint8

// The roles of containers.
const (
	App       Role = iota // runs as long as the pod
	Sidecar               // an init container that is restarted always
	Init                  // runs before the app
	Ephemeral             // for debugging
)

// Container is one container of a workload.
type Container struct {
	*corev1.Container
	Workload *Workload
	Role     Role
	At       tree.Path // in the workload
}

// Containers are all containers of the pods: app containers and sidecars, then init
// containers, then ephemeral ones.
func (w *Workload) Containers() []Container { return w.containers }

// Long are the containers that run as long as the pod: app containers and sidecars.
func (w *Workload) Long() []Container {
	n := 0
	for n < len(w.containers) && w.containers[n].Role <= Sidecar {
		n++
	}
	return w.containers[:n]
}

// In is the path of a field of the pods' spec.
func (w *Workload) In(elems ...any) tree.Path { return w.SpecAt.With(elems...) }

// InMeta is the path of a field of the pods' metadata.
func (w *Workload) InMeta(elems ...any) tree.Path { return w.MetaAt.With(elems...) }

// Field is the path of a field of the container.
func (c *Container) Field(elems ...any) tree.Path { return c.At.With(elems...) }

// EndsByItself reports whether the pods are meant to end: those of Jobs and CronJobs.
func (w *Workload) EndsByItself() bool {
	switch w.GroupKind() {
	case "Job.batch", "CronJob.batch":
		return true
	}
	return false
}

// IsReplicated reports whether a number of replicas is kept up.
func (w *Workload) IsReplicated() bool {
	switch w.GroupKind() {
	case "Deployment.apps", "StatefulSet.apps", "ReplicaSet.apps", "ReplicationController", "Rollout.argoproj.io", "DeploymentConfig.apps.openshift.io":
		return true
	}
	return false
}

// IsHook reports whether the workload is a test or another hook of a Helm chart or of
// Argo CD, which comes and goes.
func (w *Workload) IsHook() bool {
	for _, key := range []string{"helm.sh/hook", "argocd.argoproj.io/hook"} {
		if w.Annotations()[key] != "" {
			return true
		}
	}
	return false
}

// workloadOf is the workload that an object is; nil for any other.
func workloadOf(o *Object) *Workload {
	w := &Workload{Object: o}
	template := tree.P("spec", "template")
	switch v := o.Value.(type) {
	case *appsv1.Deployment:
		w.Selector, w.Written = v.Spec.Selector, v.Spec.Replicas
		w.setTemplate(&v.Spec.Template, template)
	case *appsv1.StatefulSet:
		w.Selector, w.Written = v.Spec.Selector, v.Spec.Replicas
		w.setTemplate(&v.Spec.Template, template)
		for i := range v.Spec.VolumeClaimTemplates {
			w.Claims = append(w.Claims, v.Spec.VolumeClaimTemplates[i].Name)
		}
	case *appsv1.DaemonSet:
		w.Selector = v.Spec.Selector
		w.setTemplate(&v.Spec.Template, template)
	case *appsv1.ReplicaSet:
		w.Selector, w.Written = v.Spec.Selector, v.Spec.Replicas
		w.setTemplate(&v.Spec.Template, template)
	case *corev1.ReplicationController:
		w.Written = v.Spec.Replicas
		if v.Spec.Selector != nil {
			w.Selector = &metav1.LabelSelector{MatchLabels: v.Spec.Selector}
		}
		if v.Spec.Template == nil {
			return nil
		}
		w.setTemplate(v.Spec.Template, template)
	case *batchv1.Job:
		w.Selector = v.Spec.Selector
		w.setTemplate(&v.Spec.Template, template)
	case *batchv1.CronJob:
		w.setTemplate(&v.Spec.JobTemplate.Spec.Template, tree.P("spec", "jobTemplate", "spec", "template"))
	case *corev1.PodTemplate:
		w.setTemplate(&v.Template, tree.P("template"))
	case *corev1.Pod:
		w.Meta, w.Spec = &v.ObjectMeta, &v.Spec
		w.MetaAt, w.SpecAt = tree.P("metadata"), tree.P("spec")
	case *tree.Node:
		if !w.readNode(v) {
			return nil
		}
	default:
		return nil
	}
	w.listContainers()
	return w
}

func (w *Workload) setTemplate(t *corev1.PodTemplateSpec, at tree.Path) {
	w.Meta, w.Spec = &t.ObjectMeta, &t.Spec
	w.MetaAt, w.SpecAt = at.With("metadata"), at.With("spec")
}

// readNode takes the pod template of a custom resource, such as a Rollout, by the
// fields that workloads have in common.
func (w *Workload) readNode(n *tree.Node) bool {
	at := tree.P("spec", "template")
	if containers := n.At(at.With("spec", "containers")); containers == nil || containers.Kind != tree.List {
		return false
	}
	template := &corev1.PodTemplateSpec{}
	for _, m := range tree.Decode(n.At(at), template) {
		if m.Kind != tree.UnknownField {
			w.Unread = append(w.Unread, at.With(m.Path...))
		}
	}
	w.setTemplate(template, at)
	var spec struct {
		Selector *metav1.LabelSelector `json:"selector"`
		Replicas *int32                `json:"replicas"`
	}
	tree.Decode(n.Get("spec"), &spec)
	w.Selector, w.Written = spec.Selector, spec.Replicas
	return true
}

func (w *Workload) listContainers() {
	s := w.Spec
	w.containers = make([]Container, 0, len(s.Containers)+len(s.InitContainers)+len(s.EphemeralContainers))
	add := func(c *corev1.Container, role Role, field string, i int) {
		w.containers = append(w.containers, Container{c, w, role, w.In(field, i)})
	}
	for i := range s.Containers {
		add(&s.Containers[i], App, "containers", i)
	}
	isSidecar := func(c *corev1.Container) bool {
		return c.RestartPolicy != nil && *c.RestartPolicy == corev1.ContainerRestartPolicyAlways
	}
	for _, sidecars := range []bool{true, false} {
		for i := range s.InitContainers {
			if c := &s.InitContainers[i]; isSidecar(c) == sidecars {
				role := Init
				if sidecars {
					role = Sidecar
				}
				add(c, role, "initContainers", i)
			}
		}
	}
	for i := range s.EphemeralContainers {
		common := corev1.Container(s.EphemeralContainers[i].EphemeralContainerCommon)
		add(&common, Ephemeral, "ephemeralContainers", i)
	}
}
