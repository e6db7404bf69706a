package manifests

import (
	"fmt"

	appsv1 "k8s.io/api/apps/v1"
	batchv1 "k8s.io/api/batch/v1"
	corev1 "k8s.io/api/core/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"

	"github.com/kgen-dev/kgen/pkg/convert"
	"github.com/kgen-dev/kgen/pkg/manifest"
	"github.com/kgen-dev/kgen/pkg/tree"
	"github.com/kgen-dev/kgen/schema"
)

// fillWorkload writes the workload and its pods into the service, and declines every
// built-in default that they do not have. What the service has no field for, and what
// kgen refuses, is left to patches.
func (c *converter) fillWorkload(g *Group, s *schema.Service) {
	f := &workload{c: c, group: g, o: g.Workload, s: s, template: podTemplate(g.Workload)}
	s.Kind = f.o.Kind
	s.Spread = "none"
	s.PodDisruptionBudget = &schema.PodDisruptionBudget{Declined: true}
	s.Service = &schema.ServiceOptions{Declined: true}
	switch o := f.o.Value.(type) {
	case *appsv1.Deployment:
		f.deployment(&o.Spec)
		f.pod(&o.Spec.Template.Spec)
	case *appsv1.StatefulSet:
		f.statefulSet(&o.Spec)
		f.pod(&o.Spec.Template.Spec)
		f.claimTemplates(o.Spec.VolumeClaimTemplates)
	case *appsv1.DaemonSet:
		f.daemonSet(&o.Spec)
		f.pod(&o.Spec.Template.Spec)
	case *batchv1.Job:
		f.job(&o.Spec)
		f.pod(&o.Spec.Template.Spec)
	case *batchv1.CronJob:
		f.cronJob(&o.Spec)
		f.pod(&o.Spec.JobTemplate.Spec.Template.Spec)
	default:
		return
	}
	f.metadata()
	f.unmounted()
	f.orderVolumes()
	f.orderMounts()
	s.SecurityPreset = f.preset()
}

// workload is one on its way into a service.
type workload struct {
	c        *converter
	group    *Group
	o        *Object
	s        *schema.Service
	template tree.Path // of its pods

	services []*corev1.Service // that find its pods
	places   []place           // its containers, the service's own first
	mounted  map[string]bool   // the volumes that something mounts
}

// tell reports what became of a value of the workload; field is where it is in the
// service.
func (f *workload) tell(outcome convert.Outcome, at tree.Path, field, format string, args ...any) {
	i := item(outcome, f.o, at, fmt.Sprintf(format, args...))
	i.Service, i.Field = f.s.Name, field
	f.c.draft.Report.Add(i)
}

// spec leads to a field of the pods.
func (f *workload) spec(elems ...any) tree.Path { return f.template.With("spec").With(elems...) }

// serverHistory is how many revisions the API server keeps where nobody says it.
const serverHistory = 10

func (f *workload) deployment(spec *appsv1.DeploymentSpec) {
	f.replicas(spec.Replicas)
	f.selector(spec.Selector)
	f.history(spec.RevisionHistoryLimit)
	f.minReady(spec.MinReadySeconds)
	f.s.ProgressDeadlineSeconds = spec.ProgressDeadlineSeconds
	f.s.Strategy = rollingOut(spec.Strategy)
}

func (f *workload) statefulSet(spec *appsv1.StatefulSetSpec) {
	f.replicas(spec.Replicas)
	f.selector(spec.Selector)
	f.history(spec.RevisionHistoryLimit)
	f.minReady(spec.MinReadySeconds)
	f.s.PodManagementPolicy = string(spec.PodManagementPolicy)
	if r := spec.PersistentVolumeClaimRetentionPolicy; r != nil {
		f.s.ClaimRetention = &schema.ClaimRetention{WhenDeleted: string(r.WhenDeleted), WhenScaled: string(r.WhenScaled)}
	}
	if spec.Ordinals != nil {
		f.s.Ordinals = &schema.Ordinals{Start: &spec.Ordinals.Start}
	}
	if u := spec.UpdateStrategy; u.Type != "" || u.RollingUpdate != nil {
		f.s.Strategy = &schema.Strategy{Type: string(u.Type)}
		if u.RollingUpdate != nil {
			f.s.Strategy.Partition, f.s.Strategy.MaxUnavailable = u.RollingUpdate.Partition, u.RollingUpdate.MaxUnavailable
		}
	}
	isHeadless := true // kgen demands the Service that names the pods
	f.s.Service = &schema.ServiceOptions{Headless: &isHeadless}
	if spec.ServiceName != f.s.Name {
		f.s.Service.ObjectName = spec.ServiceName
	}
}

func (f *workload) daemonSet(spec *appsv1.DaemonSetSpec) {
	f.selector(spec.Selector)
	f.history(spec.RevisionHistoryLimit)
	f.minReady(spec.MinReadySeconds)
	if u := spec.UpdateStrategy; u.Type != "" || u.RollingUpdate != nil {
		f.s.Strategy = &schema.Strategy{Type: string(u.Type)}
		if u.RollingUpdate != nil {
			f.s.Strategy.MaxSurge, f.s.Strategy.MaxUnavailable = u.RollingUpdate.MaxSurge, u.RollingUpdate.MaxUnavailable
		}
	}
}

func (f *workload) history(limit *int32) {
	f.s.RevisionHistoryLimit = limit
	if limit == nil {
		limit := int32(serverHistory)
		f.s.RevisionHistoryLimit = &limit
	}
}

func (f *workload) minReady(seconds int32) {
	if seconds != 0 {
		f.s.MinReadySeconds = &seconds
	}
}

// replicas are one where nobody says it, and the autoscaler's business where there is one.
func (f *workload) replicas(n *int32) {
	scaler := f.c.scalerOf(f.o)
	switch {
	case scaler == nil && n == nil:
		f.s.Replicas = &schema.Count{Value: 1}
	case scaler == nil:
		f.s.Replicas = &schema.Count{Value: *n}
	case n != nil:
		at := tree.P("spec", "replicas")
		f.tell(convert.Debt, at, "replicas", "%s scales it, and every rollout set the number back: it is left out", scaler.Ref())
		f.c.intends(f.o, at, scaler.Ref()+" decides about the number")
	}
}

// scalerOf is what changes the number of pods; nil where nothing of the input does.
func (c *converter) scalerOf(workload *Object) *Object {
	for _, o := range c.index().users[key(workload.Kind, workload.Name)] {
		if o.Kind == "HorizontalPodAutoscaler" || o.Kind == "ScaledObject" {
			return o
		}
	}
	return nil
}

// replicasOf is the number of pods that an object says; nil for none.
func replicasOf(o *manifest.Object) *int32 {
	switch v := o.Value.(type) {
	case *appsv1.Deployment:
		return v.Spec.Replicas
	case *appsv1.StatefulSet:
		return v.Spec.Replicas
	}
	return nil
}

// selector keeps the labels by which the workload finds its pods, for they can never
// change; expressions are left to patches.
func (f *workload) selector(selector *metav1.LabelSelector) {
	if selector == nil || len(selector.MatchLabels) == 0 || isOwnSelector(selector.MatchLabels, f.s.Name) {
		return
	}
	for _, key := range f.keys(tree.P("spec", "selector", "matchLabels")) {
		f.s.Selector = append(f.s.Selector, schema.Entry[string]{Key: key, Value: selector.MatchLabels[key]})
	}
}

// isOwnSelector reports whether labels are the selector that a service has by default.
func isOwnSelector(labels map[string]string, name string) bool {
	return len(labels) == 1 && labels[nameLabel] == name
}

// keys are those of a map of the workload, as they were written.
func (f *workload) keys(at tree.Path) []string { return keys(f.o.Node.At(at)) }
