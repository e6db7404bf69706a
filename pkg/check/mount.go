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
		if len(s.Volumes[i].Value.Mounts) == 0 {
			sink.KeyErrorf(schema.BadMount, tree.P("volumes", s.Volumes[i].Key), "nothing mounts the volume").
				Fix = `add mountPath: "/PATH", or remove the volume`
		}
	}
}

// mountPaths: row 17, paths that cannot be mounted at, and two mounts on one.
func mountPaths(s *schema.Service, sink *report.Sink) {
	var m mounts
	for i := range s.Volumes {
		v := &s.Volumes[i]
		for j := range v.Value.Mounts {
			mount := &v.Value.Mounts[j]
			at := spot{s.Volumes[i].Key, mount.Key}
			if !isMountPath(mount.Key) {
				mountable(sink, mount.Key, at.path())
				continue
			}
			if own := s.ContainerNameOrDefault(); mount.Value.Container != "" && mount.Value.Container != own {
				sink.Errorf(schema.BadMount, at.path().With("container"), "the service has no container %q%s", mount.Value.Container, suggest.Hint(mount.Value.Container, []string{own}))
				continue
			}
			if sub := mount.Value.SubPath; sub != "" && !isInside(sub) {
				sink.Errorf(schema.BadMount, at.path().With("subPath"), "%q is no path within the volume", sub).
					Fix = "write a relative path without .."
			}
			m.add(sink, at)
		}
	}
	filePaths(s, sink, &m)
	writablePaths(s, sink, &m)
}

// filePaths: a directory of files is mounted once for them all.
func filePaths(s *schema.Service, sink *report.Sink, m *mounts) {
	for i := range s.Files {
		key := s.Files[i].Key
		at := tree.P("files", key)
		if !isMountPath(key) || strings.HasSuffix(key, "/") {
			sink.KeyErrorf(schema.BadMount, at, "%q is no file's path", key).Fix = "write an absolute path without .., as in /etc/app/app.conf"
			continue
		}
		dir := path.Dir(path.Clean(key))
		for j := range i {
			if path.Clean(s.Files[j].Key) == path.Clean(key) {
				sink.KeyErrorf(schema.BadMount, at, "the file stands under %q too", s.Files[j].Key)
			}
		}
		if other := m.at(dir); other != nil && dir != "/" {
			sink.KeyErrorf(schema.BadMount, at, "the directory %s is taken by %s", dir, other).
				Fix = "put the file into another directory"
		}
	}
	for i := range s.Files {
		m.taken = append(m.taken, taken{path.Dir(path.Clean(s.Files[i].Key)), "the files in it", ""})
	}
}

// writablePaths: those that a person listed; kgen's own /tmp gives way.
func writablePaths(s *schema.Service, sink *report.Sink, m *mounts) {
	list := sink.At(tree.P("writable"))
	if list == nil || list.Kind != tree.List {
		return
	}
	for i := range list.Fields {
		dir, at := list.Fields[i].Value.Text, tree.P("writable", i)
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

// spot is the place of a volume's mount in the tree.
type spot struct{ volume, mount string }

func (s spot) path() tree.Path { return tree.P("volumes", s.volume, "mounts", s.mount) }

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

func (m *mounts) add(sink *report.Sink, at spot) {
	clean := path.Clean(at.mount)
	if other := m.at(clean); other != nil {
		sink.KeyErrorf(schema.BadMount, at.path(), "%s is mounted at %s too", other, clean).Fix = "mount one of them elsewhere"
		return
	}
	m.taken = append(m.taken, taken{path: clean, volume: at.volume})
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
