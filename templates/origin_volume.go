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

// volumesPlace is what a pod has volumes for.
func volumesPlace(m *made, _ tree.Path) (found, bool) {
	switch s := m.service; {
	case len(s.Volumes) > 0:
		return foundAt("volumes"), true
	case len(s.Files) > 0:
		return foundAt("files"), true
	case len(s.Writable) > 0:
		return foundAt("writable"), true
	}
	return foundAt("volumes"), true
}

// A pod's volumes are those of the service, then one for each directory of files
// and for each writable one: as storageOf makes them.
func volumePlace(m *made, at tree.Path) (found, bool) {
	s, i := m.service, volumeIndex(at)
	if i >= 0 && i < len(s.Volumes) {
		return foundAt("volumes", s.Volumes[i].Key), true
	}
	if dir, ok := m.fileDir(i); ok {
		return dirPlace(dir), true
	}
	if i -= len(s.Volumes) + len(s.FileDirs()); i < 0 || i >= len(s.Writable) {
		return found{}, false
	}
	return writablePlace(s, i), true
}

// mountPlace goes through the same, mount by mount.
func mountPlace(m *made, at tree.Path) (found, bool) {
	s := m.service
	var mounts []found
	for i := range s.Volumes {
		for _, mount := range s.Volumes[i].Value.Mounts {
			if mount.Value.Container == "" || mount.Value.Container == s.ContainerNameOrDefault() {
				mounts = append(mounts, foundAt("volumes", s.Volumes[i].Key, "mounts", mount.Key))
			}
		}
	}
	for _, dir := range s.FileDirs() {
		if dir.Path != "/" {
			mounts = append(mounts, dirPlace(dir))
			continue
		}
		for _, f := range dir.Files {
			mounts = append(mounts, wholeAt("files", f.Path))
		}
	}
	for i := range s.Writable {
		mounts = append(mounts, writablePlace(s, i))
	}
	i := lastIndex(at)
	if i < 0 || i >= len(mounts) {
		return found{}, false
	}
	return mounts[i], true
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
	if i -= len(m.service.Volumes); i < 0 || i >= len(dirs) {
		return schema.FileDir{}, false
	}
	return dirs[i], true
}

// dirPlace is the file, where a directory has only one.
func dirPlace(dir schema.FileDir) found {
	if len(dir.Files) == 1 {
		return wholeAt("files", dir.Files[0].Path)
	}
	return wholeAt("files")
}

// writablePlace is the list as a whole where the default may have come before
// what people wrote, so that nobody knows their indices.
func writablePlace(s *schema.Service, i int) found {
	if s.Writable[0] == "/tmp" {
		return wholeAt("writable")
	}
	return wholeAt("writable", i)
}

// claimNamePlace is what names the claim that a volume mounts.
func claimNamePlace(m *made, at tree.Path) (found, bool) {
	i := volumeIndex(at)
	if i < 0 || i >= len(m.service.Volumes) {
		return found{}, false
	}
	v := &m.service.Volumes[i]
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
	return foundAt("files", files[i].Path), true
}
