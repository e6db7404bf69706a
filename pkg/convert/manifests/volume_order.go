package manifests

import (
	"slices"

	corev1 "k8s.io/api/core/v1"

	"github.com/kgen-dev/kgen/pkg/tree"
	"github.com/kgen-dev/kgen/schema"
)

// orderVolumes brings the volumes into an order in which both the volumes of the pods
// and the mounts of the service's own container keep theirs, where there is one: kgen
// renders both in one order, and another one replaces pods that are the same.
func (f *workload) orderVolumes() {
	var known, inPods, mounted, claimed []string
	for _, v := range f.s.Volumes {
		known = append(known, v.Key)
	}
	for _, v := range elements(f.o.Node.At(f.spec("volumes"))) {
		inPods = append(inPods, text(v, "name"))
	}
	for _, v := range elements(f.o.Node.At(tree.P("spec", "volumeClaimTemplates"))) {
		claimed = append(claimed, text(v, "metadata", "name"))
	}
	for i := range f.places {
		if p := &f.places[i]; p.path == nil {
			for j := range p.VolumeMounts {
				mounted = append(mounted, p.VolumeMounts[j].Name)
			}
		}
	}
	ordered := inOrders(known, inPods, claimed, mounted)
	slices.SortStableFunc(f.s.Volumes, func(a, b schema.Entry[schema.Volume]) int {
		return slices.Index(ordered, a.Key) - slices.Index(ordered, b.Key)
	})
}

// orderMounts brings the mounts of the other containers into the order that they have.
func (f *workload) orderMounts() {
	for i := range f.places {
		if p := &f.places[i]; p.mounts != nil {
			at := func(e schema.Entry[schema.VolumeRef]) int {
				return slices.IndexFunc(p.VolumeMounts, func(m corev1.VolumeMount) bool { return m.MountPath == e.Key })
			}
			slices.SortStableFunc(*p.mounts, func(a, b schema.Entry[schema.VolumeRef]) int { return at(a) - at(b) })
		}
	}
}

// inOrders are names in an order that agrees with several others; as they are where none
// does.
func inOrders(names []string, orders ...[]string) (ordered []string) {
	left := slices.Clone(names)
	isLeft := func(name string) bool { return slices.Contains(left, name) }
	for len(left) > 0 {
		next := slices.IndexFunc(left, func(name string) bool {
			return !slices.ContainsFunc(orders, func(order []string) bool {
				return slices.Contains(order, name) && order[slices.IndexFunc(order, isLeft)] != name
			})
		})
		if next < 0 {
			return names
		}
		ordered = append(ordered, left[next])
		left = slices.Delete(left, next, next+1)
	}
	return ordered
}
