package lint

import (
	"strings"

	"github.com/kgen-dev/kgen/pkg/report"
	"github.com/kgen-dev/kgen/pkg/tree"
)

var volumeUnused = Rule{
	ID: "volume-unused", Severity: report.Warning,
	Doc: Doc{
		Title: "volume that no container mounts",
		Why:   "the mount was forgotten or named otherwise: the app runs without its settings, or writes its data where a restart loses it",
		Fix:   "mount the volume, or take it out",
		Bad: `apiVersion: v1
kind: Pod
metadata: {name: web}
spec:
  containers:
  - name: web
    image: ghcr.io/acme/web:1.4.2
  volumes:
  - name: settings # <-
    configMap: {name: settings}
`,
		Good: `apiVersion: v1
kind: Pod
metadata: {name: web}
spec:
  containers:
  - name: web
    image: ghcr.io/acme/web:1.4.2
    volumeMounts:
    - name: settings
      mountPath: /etc/web
  volumes:
  - name: settings
    configMap: {name: settings}
`,
		Notes: []string{
			"Claim templates of a StatefulSet are volumes too; init containers and block devices count as mounts.",
		},
	},
	CheckWorkload: func(w *Workload, _ *Index, r *Reporter) {
		if len(w.Spec.Volumes)+len(w.Claims) == 0 || len(w.containers) == 0 || w.hasUnreadMounts() {
			return
		}
		mounted := map[string]bool{}
		for i := range w.containers {
			eachMountPoint(&w.containers[i], func(m mountPoint) { mounted[m.volume] = true })
		}
		injected := w.Meta.Annotations["sidecar.istio.io/userVolumeMount"]
		for i := range w.Spec.Volumes {
			if name := w.Spec.Volumes[i].Name; name != "" && !mounted[name] && !w.claims(name) && !strings.Contains(injected, name) {
				r.At(w.In("volumes", i, "name"), "no container mounts volume %s", name)
			}
		}
		for i, name := range w.Claims {
			if name != "" && !mounted[name] && !strings.Contains(injected, name) {
				r.At(tree.P("spec", "volumeClaimTemplates", i, "metadata", "name"), "no container mounts volume %s", name)
			}
		}
	},
}

// hasUnreadMounts reports whether what a container mounts could not be read.
func (w *Workload) hasUnreadMounts() bool {
	for i := range w.containers {
		c := &w.containers[i]
		if len(w.Unread) > 0 && (w.isUnread(c.Field("volumeMounts")) || w.isUnread(c.Field("volumeDevices"))) {
			return true
		}
	}
	return false
}
