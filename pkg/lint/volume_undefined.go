package lint

import (
	"github.com/kgen-dev/kgen/pkg/report"
	"github.com/kgen-dev/kgen/pkg/tree"
)

var volumeUndefined = Rule{
	ID: "volume-undefined", Severity: report.Error,
	Refused: true, // in all but a StatefulSet and custom resources
	Doc: Doc{
		Title: "containers mount what the pod does not have",
		Why:   "the API server refuses the workload after others of the same apply are in place; a StatefulSet is taken, and then makes no pods",
		Fix:   "name a volume of the pod, and give each mount a path of its own",
		Bad: `apiVersion: v1
kind: Pod
metadata: {name: web}
spec:
  containers:
  - name: web
    image: ghcr.io/acme/web:1.4.2
    volumeMounts:
    - name: setting # <-
      mountPath: /etc/web
  volumes:
  - name: settings
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
			"The claim templates of a StatefulSet count as volumes.",
			"Two volumes of one name, and two mounts of a container at one path, are reported too.",
		},
	},
	CheckWorkload: func(w *Workload, _ *Index, r *Reporter) {
		defined := make(map[string]bool, len(w.Spec.Volumes)+len(w.Claims))
		for i := range w.Spec.Volumes {
			name := w.Spec.Volumes[i].Name
			if defined[name] && name != "" {
				r.At(w.In("volumes", i, "name"), "there are two volumes %s", name)
			}
			defined[name] = true
		}
		for _, name := range w.Claims {
			defined[name] = true
		}
		isKnown := !w.hasUnreadVolumes()
		for i := range w.containers {
			c := &w.containers[i]
			taken := map[string]bool{}
			eachMountPoint(c, func(m mountPoint) {
				if m.volume != "" && !defined[m.volume] && isKnown {
					r.At(c.Field(m.field, m.index, "name"), "container %s mounts volume %s, which the pod does not have", c.Name, m.volume).Container = c.Name
				}
				if taken[m.path] && m.path != "" {
					r.At(c.Field(m.field, m.index, m.pathField), "container %s has two mounts at %s", c.Name, m.path).Container = c.Name
				}
				taken[m.path] = true
			})
		}
	},
}

// hasUnreadVolumes reports whether the name of a volume could not be read.
func (w *Workload) hasUnreadVolumes() bool {
	for _, field := range []tree.Path{w.In("volumes"), tree.P("spec", "volumeClaimTemplates")} {
		for _, path := range w.Unread {
			if path.IsAlong(field) && (len(path) <= len(field)+1 || path[len(path)-1] == "name") {
				return true
			}
		}
	}
	return false
}
