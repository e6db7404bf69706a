package apiserver

import (
	"fmt"
	"strings"

	autoscalingv1 "k8s.io/api/autoscaling/v1"
	autoscalingv2 "k8s.io/api/autoscaling/v2"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/runtime"
	"k8s.io/apimachinery/pkg/util/validation/field"
	"k8s.io/kubernetes/pkg/apis/autoscaling"
	autoscalingconvert2 "k8s.io/kubernetes/pkg/apis/autoscaling/v2"
)

// Objection is why the server does not let an object become another one.
type Objection struct {
	// Field is the server's path of what may not change.
	Field string
	// Message has the server's words, and no values.
	Message string
}

// Defaulted is a copy of obj in which the server's defaults are filled in; obj itself
// where its kind is not one that Handles.
func Defaulted(obj runtime.Object) runtime.Object {
	k := kindOf(obj)
	if k == nil {
		return obj
	}
	return k.rules.defaulted(obj)
}

func (r *rules[V, I]) defaulted(obj runtime.Object) (filled runtime.Object) {
	filled = obj.DeepCopyObject()
	defer func() {
		if recover() != nil { // as on what Create calls broken
			filled = obj
		}
	}()
	if in, ok := any(filled).(*V); ok && r.fill != nil {
		r.fill(in)
	}
	return filled
}

// updater is what the server does when an object of one kind becomes another one.
type updater[V, I any] struct {
	*rules[V, I]
	// keep makes the new object keep what the server, or a client that applies it,
	// leaves as the old one has it.
	keep     func(new, old *I)
	validate func(new, old *I) field.ErrorList
}

// refuses says what the server has against the change from old to new, and not
// against new itself: that is told of it alone.
func (u updater[V, I]) refuses(before, after runtime.Object) (objections []Objection) {
	defer func() {
		if recover() != nil { // Create tells of what the rules cannot take
			objections = nil
		}
	}()
	setUp()
	old, wasMade := u.stored(before)
	now, isMade := u.stored(after)
	same, _ := u.stored(after)
	if !wasMade || !isMade {
		return nil
	}
	beside(now, old)
	beside(same, now)
	if u.keep != nil {
		u.keep(now, old)
		u.keep(same, now)
	}
	if u.begin != nil {
		for _, o := range []*I{old, now, same} {
			if len(u.begin(o)) > 0 {
				return nil // Create tells of it
			}
		}
	}
	known := map[Objection]bool{}
	for _, e := range u.validate(same, now) {
		known[objection(e)] = true
	}
	for _, e := range u.validate(now, old) {
		if told := objection(e); !known[told] {
			known[told] = true
			objections = append(objections, told)
		}
	}
	return objections
}

// stored is an object in the server's own type, with its defaults.
func (u updater[V, I]) stored(obj runtime.Object) (*I, bool) {
	in, ok := any(obj.DeepCopyObject()).(*V)
	if !ok {
		return nil, false
	}
	if u.fill != nil {
		u.fill(in)
	}
	out := new(I)
	return out, u.convert(in, out, nil) == nil
}

// beside gives one object what of the metadata is the server's in another.
func beside(now, old any) {
	to, from := metaOf(now), metaOf(old)
	if to == nil || from == nil {
		return
	}
	from.ResourceVersion, to.ResourceVersion = "1", "1" // of any, it has to be the same
	to.Name, to.Namespace, to.UID, to.Generation = from.Name, from.Namespace, from.UID, from.Generation
	to.CreationTimestamp, to.DeletionTimestamp = from.CreationTimestamp, from.DeletionTimestamp
	to.DeletionGracePeriodSeconds = from.DeletionGracePeriodSeconds
	to.ManagedFields, from.ManagedFields = nil, nil
}

func metaOf(obj any) *metav1.ObjectMeta {
	if accessor, ok := obj.(metav1.ObjectMetaAccessor); ok {
		meta, _ := accessor.GetObjectMeta().(*metav1.ObjectMeta)
		return meta
	}
	return nil
}

func objection(e *field.Error) Objection {
	// Some details end with a dump of what changed.
	detail, _, _ := strings.Cut(e.Detail, "\n")
	if detail == "" {
		detail = fmt.Sprint(e.Type)
	}
	return Objection{Field: e.Field, Message: detail}
}

// AutoscalerV2 is an autoscaler of the first version in the newest; nil where it
// cannot be converted.
func AutoscalerV2(old *autoscalingv1.HorizontalPodAutoscaler) *autoscalingv2.HorizontalPodAutoscaler {
	var internal autoscaling.HorizontalPodAutoscaler
	var converted autoscalingv2.HorizontalPodAutoscaler
	if autoscalerV1.convert(old.DeepCopy(), &internal, nil) != nil ||
		autoscalingconvert2.Convert_autoscaling_HorizontalPodAutoscaler_To_v2_HorizontalPodAutoscaler(&internal, &converted, nil) != nil {
		return nil
	}
	converted.SetGroupVersionKind(autoscalingv2.SchemeGroupVersion.WithKind("HorizontalPodAutoscaler"))
	return &converted
}
