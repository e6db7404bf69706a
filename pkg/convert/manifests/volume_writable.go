package manifests

import (
	"path"
	"reflect"
	"slices"

	corev1 "k8s.io/api/core/v1"

	"github.com/kgen-dev/kgen/templates"
)

// writable writes the emptyDirs at the end of the volumes as what they are to kgen, a
// directory that one container may write, and returns how many volumes stand before them.
// kgen renders these behind all others: pods that have them elsewhere would be replaced.
func (f *workload) writable(volumes []corev1.Volume) (before int) {
	for before = len(volumes); before > 0; before-- {
		p, mount := f.writer(&volumes[before-1])
		if p == nil || !isMountedLast(p, mount, volumes[before:]) {
			break
		}
	}
	for i := range volumes[before:] {
		p, mount := f.writer(&volumes[before+i])
		p.to.Writable = append(p.to.Writable, p.VolumeMounts[mount].MountPath)
	}
	return before
}

// isMountedLast reports whether a container mounts only some volumes after one.
func isMountedLast(p *place, mount int, later []corev1.Volume) bool {
	for _, m := range p.VolumeMounts[mount+1:] {
		if !slices.ContainsFunc(later, func(v corev1.Volume) bool { return v.Name == m.Name }) {
			return false
		}
	}
	return true
}

// writer is the container that alone mounts a plain emptyDir, and the index of the mount;
// nil where there is none, or the volume has another name than kgen gives it.
func (f *workload) writer(v *corev1.Volume) (in *place, mount int) {
	if v.EmptyDir == nil || *v.EmptyDir != (corev1.EmptyDirVolumeSource{}) {
		return nil, 0
	}
	for i := range f.places {
		for j := range f.places[i].VolumeMounts {
			if f.places[i].VolumeMounts[j].Name != v.Name {
				continue
			}
			if in != nil || !f.canMount(&f.places[i], j) {
				return nil, 0
			}
			in, mount = &f.places[i], j
		}
	}
	if in == nil {
		return nil, 0
	}
	m := &in.VolumeMounts[mount]
	isPlain := reflect.DeepEqual(*m, corev1.VolumeMount{Name: v.Name, MountPath: path.Clean(m.MountPath)})
	hasTmp := slices.ContainsFunc(in.VolumeMounts, func(m corev1.VolumeMount) bool { return path.Clean(m.MountPath) == "/tmp" })
	if !isPlain || in.to.Writable != nil && !hasTmp || templates.WritableVolume(in.Name, in.path == nil, m.MountPath) != v.Name {
		return nil, 0 // without a /tmp kgen would add one
	}
	return in, mount
}
