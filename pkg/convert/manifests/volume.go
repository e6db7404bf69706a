package manifests

import (
	"path"
	"reflect"
	"slices"
	"strings"

	corev1 "k8s.io/api/core/v1"

	"github.com/kgen-dev/kgen/pkg/convert"
	"github.com/kgen-dev/kgen/pkg/names"
	"github.com/kgen-dev/kgen/schema"
	"github.com/kgen-dev/kgen/templates"
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
	for i := range spec.Volumes {
		from := &spec.Volumes[i]
		if f.isWritable(from) {
			continue
		}
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

// isWritable writes an emptyDir as what it is to kgen: a directory that one container may
// write, and reports whether it is one. Its name has to be the one that kgen gives it.
func (f *workload) isWritable(v *corev1.Volume) bool {
	if v.EmptyDir == nil || *v.EmptyDir != (corev1.EmptyDirVolumeSource{}) {
		return false
	}
	var in *place
	var mount *corev1.VolumeMount
	for i := range f.places {
		for j := range f.places[i].VolumeMounts {
			if m := &f.places[i].VolumeMounts[j]; m.Name == v.Name {
				if mount != nil || !f.canMount(&f.places[i], j) {
					return false
				}
				in, mount = &f.places[i], m
			}
		}
	}
	isPlain := mount != nil && reflect.DeepEqual(*mount, corev1.VolumeMount{Name: v.Name, MountPath: mount.MountPath}) && path.Clean(mount.MountPath) == mount.MountPath
	if !isPlain || templates.WritableVolume(in.Name, in.path == nil, mount.MountPath) != v.Name {
		return false
	}
	hasTmp := slices.ContainsFunc(in.VolumeMounts, func(m corev1.VolumeMount) bool { return path.Clean(m.MountPath) == "/tmp" })
	if in.to.Writable != nil && !hasTmp { // kgen would add one
		return false
	}
	in.to.Writable = append(in.to.Writable, mount.MountPath)
	return true
}
