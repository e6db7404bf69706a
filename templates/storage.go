package templates

import (
	"path"
	"strconv"
	"strings"

	corev1 "k8s.io/api/core/v1"

	"github.com/kgen-dev/kgen/schema"
)

// storage is what the pod has mounted: its volumes, and where its containers see
// them.
type storage struct {
	volumes []corev1.Volume
	mounts  []containerMounts
	taken   map[string]int // names of volumes, with the last number that was put after them
}

type containerMounts struct {
	container string
	mounts    []corev1.VolumeMount
}

// storageOf has the volumes that people named first, so that they keep their names,
// then those of files, and those to write to.
func storageOf(s *schema.Service) storage {
	st := storage{taken: make(map[string]int, 8)}
	for i := range s.Volumes {
		key := s.Volumes[i].Key
		st.taken[key] = 1
		if v := &s.Volumes[i].Value; !s.IsClaimTemplate(v) { // the controller adds those
			st.volumes = append(st.volumes, corev1.Volume{Name: key, VolumeSource: volumeSource(s, key, v)})
		}
	}
	dirs := s.FileDirs()
	names := st.addFiles(dirs)
	for c := range s.PodContainers() {
		st.mounts = append(st.mounts, containerMounts{container: c.Name})
		for m := range s.MountsOf(&c) {
			st.mount(corev1.VolumeMount{Name: m.Volume, ReadOnly: m.ReadOnly, MountPath: m.MountPath, SubPath: m.SubPath,
				MountPropagation: optional[corev1.MountPropagationMode](m.MountPropagation)})
		}
		for i := range dirs {
			if dirs[i].Container == c.Name {
				st.mountFiles(&dirs[i], names[i])
			}
		}
		for _, dir := range c.Writable {
			st.addWritable(&c, dir)
		}
	}
	return st
}

// mount adds to what the last container sees.
func (st *storage) mount(m corev1.VolumeMount) {
	last := &st.mounts[len(st.mounts)-1]
	last.mounts = append(last.mounts, m)
}

// of is what a container sees.
func (st *storage) of(container string) []corev1.VolumeMount {
	for i := range st.mounts {
		if st.mounts[i].container == container {
			return st.mounts[i].mounts
		}
	}
	return nil
}

// addFiles has a volume for each directory of files, and returns their names.
func (st *storage) addFiles(dirs []schema.FileDir) []string {
	names := make([]string, len(dirs))
	for i, dir := range dirs {
		names[i] = st.freeName(slug(dir.Short))
		st.volumes = append(st.volumes, corev1.Volume{Name: names[i], VolumeSource: filesSource(dir)})
	}
	return names
}

// mountFiles mounts a directory of files as a whole, and hides what the image has
// there, or file by file.
func (st *storage) mountFiles(dir *schema.FileDir, name string) {
	if !dir.IsMountedByFile() {
		st.mount(corev1.VolumeMount{Name: name, ReadOnly: true, MountPath: dir.Path})
		return
	}
	for _, f := range dir.Files {
		st.mount(corev1.VolumeMount{Name: name, ReadOnly: true, MountPath: path.Join(dir.Path, f.Key), SubPath: f.Key})
	}
}

// addWritable makes an emptyDir for the one container: what one leaves in its /tmp
// is nothing to another.
func (st *storage) addWritable(c *schema.PodContainer, dir string) {
	name := st.freeName(WritableVolume(c.Name, c.Role == schema.OwnContainer, dir))
	st.volumes = append(st.volumes, corev1.Volume{Name: name, VolumeSource: corev1.VolumeSource{
		EmptyDir: &corev1.EmptyDirVolumeSource{},
	}})
	st.mount(corev1.VolumeMount{Name: name, MountPath: dir})
}

// WritableVolume is the name of the pod volume for a directory that a container may
// write, where no other has it.
func WritableVolume(container string, isOwn bool, dir string) string {
	if !isOwn {
		dir = path.Join(container, dir)
	}
	return slug(dir)
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
