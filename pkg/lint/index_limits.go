package lint

import (
	"sync"

	corev1 "k8s.io/api/core/v1"
)

// limits are the LimitRanges and ResourceQuotas by namespace, sorted out when the
// first rule asks for them.
type limits struct {
	once           sync.Once
	ranges, quotas map[string][]*Object
}

func (x *Index) readLimits() *limits {
	l := &x.limits
	l.once.Do(func() {
		l.ranges, l.quotas = map[string][]*Object{}, map[string][]*Object{}
		for _, o := range x.Kind("LimitRange") {
			l.ranges[o.space()] = append(l.ranges[o.space()], o)
		}
		for _, o := range x.Kind("ResourceQuota") {
			l.quotas[o.space()] = append(l.quotas[o.space()], o)
		}
	})
	return l
}

// Quotas are the ResourceQuotas over the namespace of an object.
func (x *Index) Quotas(o *Object) []*Object { return x.along(o, x.readLimits().quotas[o.space()]) }

// LimitRanges are those of the namespace of an object.
func (x *Index) LimitRanges(o *Object) []*Object {
	return x.along(o, x.readLimits().ranges[o.space()])
}

// along are those of some objects that are together with o.
func (x *Index) along(o *Object, others []*Object) (together []*Object) {
	for _, other := range others {
		if x.AreTogether(o, other) {
			together = append(together, other)
		}
	}
	return together
}

// isRequestedByDefault reports whether a LimitRange gives the containers of a workload
// a request that do not have one. The API server makes one of any bound.
func (x *Index) isRequestedByDefault(w *Workload, name corev1.ResourceName) bool {
	return x.hasRange(w, name, func(item *corev1.LimitRangeItem) []corev1.ResourceList {
		return []corev1.ResourceList{item.DefaultRequest, item.Default, item.Min, item.Max}
	})
}

// isLimitedByDefault reports whether a LimitRange gives the containers of a workload a
// limit that do not have one.
func (x *Index) isLimitedByDefault(w *Workload, name corev1.ResourceName) bool {
	return x.hasRange(w, name, func(item *corev1.LimitRangeItem) []corev1.ResourceList {
		return []corev1.ResourceList{item.Default, item.Max}
	})
}

func (x *Index) hasRange(w *Workload, name corev1.ResourceName, of func(*corev1.LimitRangeItem) []corev1.ResourceList) bool {
	for _, o := range x.LimitRanges(w.Object) {
		limits, isTyped := o.Value.(*corev1.LimitRange)
		if !isTyped {
			continue
		}
		for i := range limits.Spec.Limits {
			item := &limits.Spec.Limits[i]
			if item.Type != corev1.LimitTypeContainer {
				continue
			}
			for _, list := range of(item) {
				if _, isSet := list[name]; isSet {
					return true
				}
			}
		}
	}
	return false
}
