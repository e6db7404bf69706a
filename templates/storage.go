package templates

import (
	"path"
	"strconv"
	"strings"

	corev1 "k8s.io/api/core/v1"

	"github.com/kgen-dev/kgen/schema"
)

// storage is what the pod has mounted: its volumes, and where the service's
// container sees them.
type storage struct {
	volumes []corev1.Volume
	mounts  []corev1.VolumeMount
	taken   map[string]int // names of volumes, with the last number that was put after them
}

// storageOf has the volumes that people named first, so that they keep their names.
func storageOf(s *schema.Service) storage {
	st := storage{taken: make(map[string]int, 8)}
	for i := range s.Volumes {
		st.addVolume(s, s.Volumes[i].Key, &s.Volumes[i].Value)
	}
	for _, dir := range s.FileDirs() {
		st.addFiles(dir)
	}
	for _, writable := range s.Writable {
		st.addWritable(writable)
	}
	return st
}

func (st *storage) addVolume(s *schema.Service, key string, v *schema.Volume) {
	st.taken[key] = 1
	st.volumes = append(st.volumes, corev1.Volume{Name: key, VolumeSource: volumeSource(s, key, v)})
	for _, m := range v.Mounts {
		if m.Value.Container != "" && m.Value.Container != s.ContainerNameOrDefault() {
			continue
		}
		st.mounts = append(st.mounts, corev1.VolumeMount{
			Name:      key,
			ReadOnly:  m.Value.ReadOnly,
			MountPath: m.Key,
			SubPath:   m.Value.SubPath,
		})
	}
}

// addFiles mounts a directory of files as a whole, and hides what the image has
// there. Over the root that would hide everything: its files are mounted singly.
func (st *storage) addFiles(dir schema.FileDir) {
	name := st.freeName(dir.Short)
	st.volumes = append(st.volumes, corev1.Volume{Name: name, VolumeSource: filesSource(dir)})
	if dir.Path != "/" {
		st.mounts = append(st.mounts, corev1.VolumeMount{Name: name, ReadOnly: true, MountPath: dir.Path})
		return
	}
	for _, f := range dir.Files {
		st.mounts = append(st.mounts, corev1.VolumeMount{Name: name, ReadOnly: true, MountPath: "/" + f.Key, SubPath: f.Key})
	}
}

func (st *storage) addWritable(dir string) {
	name := st.freeName(slug(dir))
	st.volumes = append(st.volumes, corev1.Volume{Name: name, VolumeSource: corev1.VolumeSource{
		EmptyDir: &corev1.EmptyDirVolumeSource{},
	}})
	st.mounts = append(st.mounts, corev1.VolumeMount{Name: name, MountPath: dir})
}

// freeName is name, or name with the first number from 2 on that no volume has.
func (st *storage) freeName(name string) string {
	free := name
	for st.taken[free] > 0 {
		st.taken[name]++
		free = name + "-" + strconv.Itoa(st.taken[name])
	}
	st.taken[free] = 1
	return free
}

// slug is dir as the name of a pod volume: /var/run/Foo_bar is var-run-foo-bar.
func slug(dir string) string {
	const longest = 50 // a volume name has 63 characters, and freeName may add to it
	dir = strings.Map(func(c rune) rune {
		if c >= 'a' && c <= 'z' || c >= '0' && c <= '9' {
			return c
		}
		return '-'
	}, strings.ToLower(path.Clean("/"+dir)))
	dir = strings.Trim(dir[:min(len(dir), longest)], "-")
	if dir == "" {
		return "writable"
	}
	return dir
}
