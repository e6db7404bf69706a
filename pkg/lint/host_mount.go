package lint

import (
	"path"
	"strings"

	corev1 "k8s.io/api/core/v1"

	"github.com/kgen-dev/kgen/pkg/tree"
)

// hostMount is a path of the node that containers mount.
type hostMount struct {
	w          *Workload
	volume     int
	path       string     // without a slash at its end
	container  *Container // the first that mounts it
	isWritable bool       // by one of them
}

func (h *hostMount) pathAt() tree.Path { return h.w.In("volumes", h.volume, "hostPath", "path") }

// hostMounts are the paths of the node that containers mount, each volume once.
func hostMounts(w *Workload) (found []*hostMount) {
	var byName map[string]*hostMount
	eachHostMount(w, func(c *Container, i int, v *corev1.Volume) {
		h := byName[v.Name]
		if h == nil {
			if byName == nil {
				byName = map[string]*hostMount{}
			}
			h = &hostMount{w: w, path: path.Clean(v.HostPath.Path), container: c}
			byName[v.Name] = h
		}
		h.isWritable = h.isWritable || !c.VolumeMounts[i].ReadOnly
	})
	for i := range w.Spec.Volumes {
		if h := byName[w.Spec.Volumes[i].Name]; h != nil && w.Spec.Volumes[i].HostPath != nil {
			h.volume = i
			found = append(found, h)
			delete(byName, w.Spec.Volumes[i].Name)
		}
	}
	return found
}

// eachHostMount visits the mounts of volumes that are a path of the node.
func eachHostMount(w *Workload, visit func(c *Container, mount int, v *corev1.Volume)) {
	var volumes map[string]*corev1.Volume
	for i := range w.Spec.Volumes {
		if v := &w.Spec.Volumes[i]; v.HostPath != nil && volumes[v.Name] == nil {
			if volumes == nil {
				volumes = map[string]*corev1.Volume{}
			}
			volumes[v.Name] = v
		}
	}
	if volumes == nil {
		return
	}
	for i := range w.containers {
		c := &w.containers[i]
		for j := range c.VolumeMounts {
			if v := volumes[c.VolumeMounts[j].Name]; v != nil {
				visit(c, j, v)
			}
		}
	}
}

// isWithin reports whether a clean path is a directory or below it.
func isWithin(p, dir string) bool {
	return p == dir || strings.HasPrefix(p, strings.TrimSuffix(dir, "/")+"/")
}
