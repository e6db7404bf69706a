package templates

import (
	"slices"

	"github.com/kgen-dev/kgen/pkg/tree"
	"github.com/kgen-dev/kgen/schema"
)

// volumeOrigins are those of a pod's volumes.
var volumeOrigins = []rule{
	{"", "{volumes}"},
	{"{volume}.*", "{volume}.*"},
	{"{volume}.name", "{volume}"},
	{"{volume}.persistentVolumeClaim.*", "{volume}"},
	{"{volume}.persistentVolumeClaim.claimName", "{claimName}"},
	{"{volume}.{any}.items.{fileItem}.*", "{fileItem}"},
	{"{volume}.{any}.items.{fileItem}.mode", "{fileItem}.mode"},
	{"{volume}.projected.sources.{any}.{any}.items.{fileItem}.*", "{fileItem}"},
	{"{volume}.projected.sources.{any}.{any}.items.{fileItem}.mode", "{fileItem}.mode"},
}

// claimOrigins are those of the claim of a volume.
var claimOrigins = objectOrigins("{object}",
	rule{"spec.accessModes.*", "{object}.accessModes.*"},
	rule{"spec.resources.*", "{object}.size"},
	rule{"spec.storageClassName", "{object}.storageClassName"},
	rule{"spec.dataSource.*", "{object}.dataSource.*"},
)

// volumeAt is the volume of the service at a place, nil where that is none.
func (m *made) volumeAt(f found) *schema.Volume {
	if len(f.Path) != 2 || f.Path[0] != any("volumes") {
		return nil
	}
	key, _ := f.Path[1].(string)
	return m.service.Volumes.Get(key)
}

// claimed is the volume whose claim the object is, nil for another object.
func (m *made) claimed(at tree.Path) (found, *schema.Volume) {
	if m.kind != "PersistentVolumeClaim" {
		return found{}, nil
	}
	object, _ := objectPlace(m, at)
	return object, m.volumeAt(object)
}

// volumesPlace is what a pod has volumes for.
func volumesPlace(m *made, _ tree.Path) (found, bool) {
	if len(m.service.PodVolumes()) > 0 {
		return foundAt("volumes"), true
	}
	if dirs := m.service.FileDirs(); len(dirs) > 0 {
		return foundAt(dirs[0].In...), true
	}
	for c := range m.service.PodContainers() {
		if len(c.Writable) > 0 {
			return foundAt(c.Path.With("writable")...), true
		}
	}
	return foundAt("volumes"), true
}

// A pod's volumes are those of the service, then one for each directory of files
// and for each writable one: as storageOf makes them.
func volumePlace(m *made, at tree.Path) (found, bool) {
	s, i := m.service, volumeIndex(at)
	volumes := s.PodVolumes()
	if i >= 0 && i < len(volumes) {
		return foundAt("volumes", volumes[i].Key), true
	}
	if dir, ok := m.fileDir(i); ok {
		return dirPlace(dir), true
	}
	i -= len(volumes) + len(s.FileDirs())
	for c := range s.PodContainers() {
		if i >= 0 && i < len(c.Writable) {
			return writablePlace(&c, i), true
		}
		i -= len(c.Writable)
	}
	return found{}, false
}

// mountPlace goes through the same, mount by mount.
func mountPlace(m *made, at tree.Path) (found, bool) {
	mounts, i := m.mounts(at), lastIndex(at)
	if i < 0 || i >= len(mounts) {
		return found{}, false
	}
	return mounts[i], true
}

// mountsPlace is what the first of them stands in.
func mountsPlace(m *made, at tree.Path) (found, bool) {
	mounts := m.mounts(at)
	if len(mounts) == 0 {
		return foundAt("volumes"), true
	}
	c, _ := m.container(at)
	path, depth := mounts[0].Path, 1
	if len(c.Path) > 0 && path[0] == c.Path[0] {
		depth += len(c.Path)
	}
	return foundAt(path[:depth]...), true
}

// mountedVolumePlace is what names the volume: the mount's place, unless it stands
// in the container.
func mountedVolumePlace(m *made, at tree.Path) (found, bool) {
	f, ok := mountPlace(m, at)
	if c, _ := m.container(at); ok && len(c.Path) > 0 && f.Path[0] == c.Path[0] && !f.isWhole {
		return foundAt(f.Path.With("volume")...), true
	}
	return f, ok
}

// mounts are those of the container that at leads into.
func (m *made) mounts(at tree.Path) (mounts []found) {
	c, ok := m.container(at)
	if !ok {
		return nil
	}
	for mount := range m.service.MountsOf(&c) {
		mounts = append(mounts, foundAt(mount.Path()...))
	}
	for _, dir := range m.service.FileDirs() {
		switch {
		case dir.Container != c.Name:
		case !dir.IsMountedByFile():
			mounts = append(mounts, dirPlace(dir))
		default:
			for _, f := range dir.Files {
				mounts = append(mounts, wholeAt(f.At...))
			}
		}
	}
	for i := range c.Writable {
		mounts = append(mounts, writablePlace(&c, i))
	}
	return mounts
}

// volumeIndex is the index of the pod's volume that at leads through.
func volumeIndex(at tree.Path) int {
	for i := len(at) - 2; i >= 0; i-- {
		if index, ok := at[i+1].(int); ok && at[i] == "volumes" {
			return index
		}
	}
	return -1
}

// fileDir is the directory of files whose volume is the pod's i-th.
func (m *made) fileDir(i int) (schema.FileDir, bool) {
	dirs := m.service.FileDirs()
	if i -= len(m.service.PodVolumes()); i < 0 || i >= len(dirs) {
		return schema.FileDir{}, false
	}
	return dirs[i], true
}

// dirPlace is the file, where a directory has only one.
func dirPlace(dir schema.FileDir) found {
	if len(dir.Files) == 1 {
		return wholeAt(dir.Files[0].At...)
	}
	return wholeAt(dir.In...)
}

// writablePlace is the list as a whole where the default may have come before
// what people wrote, so that nobody knows their indices.
func writablePlace(c *schema.PodContainer, i int) found {
	if c.Writable[0] == "/tmp" {
		return wholeAt(c.Path.With("writable")...)
	}
	return wholeAt(c.Path.With("writable", i)...)
}

// claimNamePlace is what names the claim that a volume mounts.
func claimNamePlace(m *made, at tree.Path) (found, bool) {
	i, volumes := volumeIndex(at), m.service.PodVolumes()
	if i < 0 || i >= len(volumes) {
		return found{}, false
	}
	v := &volumes[i]
	switch {
	case v.Value.Size == "":
		return foundAt("volumes", v.Key, "claim"), true
	case v.Value.ObjectName != "":
		return foundAt("volumes", v.Key, "objectName"), true
	}
	return foundAt("volumes", v.Key), true
}

// fileItemPlace is one of the files that the volume of a directory lists.
func fileItemPlace(m *made, at tree.Path) (found, bool) {
	dir, ok := m.fileDir(volumeIndex(at))
	if !ok || len(at) < 3 {
		return found{}, false
	}
	isSecret := at[len(at)-3] == "secret"
	files := slices.DeleteFunc(slices.Clone(dir.Files), func(f schema.DirFile) bool { return (f.Secret != nil) != isSecret })
	i := lastIndex(at)
	if i < 0 || i >= len(files) {
		return found{}, false
	}
	return foundAt(files[i].At...), true
}
