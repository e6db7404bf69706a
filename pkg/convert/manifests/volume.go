package manifests

import (
	"path"
	"slices"
	"strings"

	corev1 "k8s.io/api/core/v1"

	"github.com/kgen-dev/kgen/pkg/convert"
	"github.com/kgen-dev/kgen/pkg/names"
	"github.com/kgen-dev/kgen/schema"
)

// volumes writes the volumes of the pods that kgen has words for, each with the places
// where the service's own container sees it.
func (f *workload) volumes(spec *corev1.PodSpec) {
	for i := range f.places {
		p := &f.places[i]
		if c := p.to.SecurityContext; c != nil && c.ReadOnlyRootFilesystem != nil && *c.ReadOnlyRootFilesystem {
			p.to.Writable = []string{} // no /tmp of kgen's
		}
	}
	written := f.writable(spec.Volumes)
	for i := range spec.Volumes[:written] {
		from := &spec.Volumes[i]
		to, isKnown := f.volumeOf(from)
		switch {
		case !isKnown || !names.DNSLabel.Fits(from.Name):
			f.tell(convert.Debt, f.spec("volumes", i), "volumes", "kgen has no words for this kind of volume: a patch keeps it with its mounts")
			continue
		case f.s.Volumes.Has(from.Name):
			continue // the API server refuses it
		}
		f.addVolume(from.Name, to)
	}
}

// addVolume adds a volume and what mounts it.
func (f *workload) addVolume(name string, v schema.Volume) {
	for i := range f.places {
		p := &f.places[i]
		for j := range p.VolumeMounts {
			m := &p.VolumeMounts[j]
			if m.Name != name || !f.canMount(p, j) {
				continue
			}
			if f.mounted == nil {
				f.mounted = map[string]bool{}
			}
			f.mounted[name] = true
			propagation := ""
			if m.MountPropagation != nil {
				propagation = string(*m.MountPropagation)
			}
			if p.path == nil {
				to := schema.Mount{SubPath: m.SubPath, ReadOnly: m.ReadOnly, MountPropagation: propagation}
				v.Mounts = append(v.Mounts, schema.Entry[schema.Mount]{Key: m.MountPath, Value: to})
				continue
			}
			to := schema.VolumeRef{Volume: name, SubPath: m.SubPath, ReadOnly: m.ReadOnly, MountPropagation: propagation}
			*p.mounts = append(*p.mounts, schema.Entry[schema.VolumeRef]{Key: m.MountPath, Value: to})
		}
	}
	f.s.Volumes = append(f.s.Volumes, schema.Entry[schema.Volume]{Key: name, Value: v})
}

// canMount reports whether kgen takes a mount: at a path below the root that is no other
// one's, and of a path within the volume.
func (f *workload) canMount(p *place, i int) bool {
	m := &p.VolumeMounts[i]
	clean := path.Clean(m.MountPath)
	isTwice := slices.ContainsFunc(p.VolumeMounts[:i], func(other corev1.VolumeMount) bool { return path.Clean(other.MountPath) == clean })
	return !isTwice && path.IsAbs(m.MountPath) && clean != "/" && !strings.Contains(m.MountPath, ":") && isBelow(m.MountPath[1:]) && !path.IsAbs(m.SubPath) && isBelow(m.SubPath)
}

func isBelow(p string) bool { return !slices.Contains(strings.Split(p, "/"), "..") }

// unmounted leaves the volumes to patches that nothing mounts.
func (f *workload) unmounted() {
	f.s.Volumes = slices.DeleteFunc(f.s.Volumes, func(v schema.Entry[schema.Volume]) bool {
		if f.mounted[v.Key] {
			return false
		}
		f.tell(convert.Debt, f.volumePath(v.Key), "volumes."+v.Key, "nothing mounts it: a patch keeps it")
		return true
	})
	if len(f.s.Volumes) == 0 {
		f.s.Volumes = nil
	}
}
