package check

import (
	"path"
	"strings"

	"github.com/kgen-dev/kgen/pkg/report"
	"github.com/kgen-dev/kgen/pkg/suggest"
	"github.com/kgen-dev/kgen/pkg/tree"
	"github.com/kgen-dev/kgen/schema"
)

// unmountedVolumes: row 17.
func unmountedVolumes(s *schema.Service, sink *report.Sink) {
	for i := range s.Volumes {
		if !s.IsMounted(s.Volumes[i].Key) {
			sink.KeyErrorf(schema.BadMount, tree.P("volumes", s.Volumes[i].Key), "nothing mounts the volume").
				Fix = `add mountPath: "/PATH", or remove the volume`
		}
	}
}

// mountPaths: row 17, paths that cannot be mounted at, and two mounts on one.
func mountPaths(s *schema.Service, sink *report.Sink) {
	volumeMounts(s, sink)
	for c := range s.PodContainers() {
		var m mounts
		for mount := range s.MountsOf(&c) {
			mountPath(s, sink, &m, &mount)
		}
		filePaths(s, &c, sink, &m)
		writablePaths(&c, sink, &m)
	}
}

// volumeMounts: a mount in a container that the pods do not have.
func volumeMounts(s *schema.Service, sink *report.Sink) {
	for i := range s.Volumes {
		v := &s.Volumes[i]
		for j := range v.Value.Mounts {
			mount := &v.Value.Mounts[j]
			if name := mount.Value.Container; name != "" {
				if _, ok := s.PodContainer(name); !ok {
					sink.Errorf(schema.BadMount, tree.P("volumes", v.Key, "mounts", mount.Key, "container"), "the service has no container %q%s", name, suggest.Hint(name, containerNames(s)))
				}
			}
		}
	}
}

func mountPath(s *schema.Service, sink *report.Sink, m *mounts, mount *schema.Mounted) {
	at := mount.Path()
	if !isMountPath(mount.MountPath) {
		mountable(sink, mount.MountPath, at)
		return
	}
	if mount.Container != nil && !s.Volumes.Has(mount.Volume) {
		sink.Errorf(schema.UnknownReference, at.With("volume"), "the service has no volume %q%s", mount.Volume, suggest.Hint(mount.Volume, namesOf(s.Volumes))).
			Fix = "define it under volumes"
		return
	}
	if sub := mount.SubPath; sub != "" && !isInside(sub) {
		sink.Errorf(schema.BadMount, at.With("subPath"), "%q is no path within the volume", sub).
			Fix = "write a relative path without .."
	}
	m.add(sink, mount)
}

// filePaths: a directory of files is mounted once for them all, unless each is alone.
func filePaths(s *schema.Service, c *schema.PodContainer, sink *report.Sink, m *mounts) {
	isByFile := map[string]bool{}
	for _, dir := range s.FileDirs() {
		if dir.Container == c.Name {
			isByFile[dir.Path] = dir.IsMountedByFile()
		}
	}
	for i := range c.Files {
		key := c.Files[i].Key
		at := c.Path.With("files", key)
		if !isMountPath(key) || strings.HasSuffix(key, "/") {
			sink.KeyErrorf(schema.BadMount, at, "%q is no file's path", key).Fix = "write an absolute path without .., as in /etc/app/app.conf"
			continue
		}
		dir := path.Dir(path.Clean(key))
		for j := range i {
			if path.Clean(c.Files[j].Key) == path.Clean(key) {
				sink.KeyErrorf(schema.BadMount, at, "the file stands under %q too", c.Files[j].Key)
			}
		}
		if other := m.at(path.Clean(key)); other != nil {
			sink.KeyErrorf(schema.BadMount, at, "the path is taken by %s", other).Fix = "remove one of them"
			continue
		}
		if other := m.at(dir); other != nil && !isByFile[dir] {
			sink.KeyErrorf(schema.BadMount, at, "the directory %s is taken by %s", dir, other).
				Fix = "put the file into another directory"
		}
	}
	for i := range c.Files {
		if dir := path.Dir(path.Clean(c.Files[i].Key)); !isByFile[dir] {
			m.taken = append(m.taken, taken{dir, "the files in it", ""})
		}
	}
}

// writablePaths: those that a person listed; kgen's own /tmp gives way.
func writablePaths(c *schema.PodContainer, sink *report.Sink, m *mounts) {
	list := sink.At(c.Path.With("writable"))
	if list == nil || list.Kind != tree.List {
		return
	}
	for i := range list.Fields {
		dir, at := list.Fields[i].Value.Text, c.Path.With("writable", i)
		if !isMountPath(dir) {
			mountable(sink, dir, at)
			continue
		}
		if other := m.at(path.Clean(dir)); other != nil {
			sink.Errorf(schema.BadMount, at, "the directory %s is taken by %s", path.Clean(dir), other).Fix = "remove one of them"
			continue
		}
		m.taken = append(m.taken, taken{path.Clean(dir), "writable", ""})
	}
}

// mounts are the paths in the container that are taken, and by what.
type mounts struct{ taken []taken }

type taken struct{ path, by, volume string }

func (t *taken) String() string {
	if t.volume != "" {
		return "volume " + t.volume
	}
	return t.by
}

// at is what is mounted at a clean path, or nil.
func (m *mounts) at(clean string) *taken {
	for i := range m.taken {
		if m.taken[i].path == clean {
			return &m.taken[i]
		}
	}
	return nil
}

func (m *mounts) add(sink *report.Sink, mount *schema.Mounted) {
	clean := path.Clean(mount.MountPath)
	if other := m.at(clean); other != nil {
		sink.KeyErrorf(schema.BadMount, mount.Path(), "%s is mounted at %s too", other, clean).Fix = "mount one of them elsewhere"
		return
	}
	m.taken = append(m.taken, taken{path: clean, volume: mount.Volume})
}

// isMountPath reports whether the kubelet can mount at dir: an absolute path
// without "..", not the root itself, and without the colon that separates the
// parts of a mount for it.
func isMountPath(dir string) bool {
	return path.IsAbs(dir) && isInside(dir[1:]) && !strings.Contains(dir, ":") && path.Clean(dir) != "/"
}

// isInside reports whether a path stays below where it starts.
func isInside(p string) bool {
	if path.IsAbs(p) {
		return false
	}
	for elem := range strings.SplitSeq(p, "/") {
		if elem == ".." {
			return false
		}
	}
	return true
}

func mountable(sink *report.Sink, dir string, at tree.Path) {
	sink.KeyErrorf(schema.BadMount, at, "%q cannot be mounted at", dir).
		Fix = "write an absolute path without .. and colon, below /"
}
