package lint

import (
	"github.com/kgen-dev/kgen/pkg/report"
)

var subpathNoReload = Rule{
	ID: "subpath-no-reload", Severity: report.Info,
	Doc: Doc{
		Title: "settings that are mounted with subPath do not follow changes",
		Why:   "the ConfigMap or Secret is changed, the app watches its file, and the file stays as it was until someone restarts the pod",
		Fix:   "mount the whole volume into a directory of its own, or restart the pods at a change",
		Bad: `apiVersion: v1
kind: Pod
metadata: {name: web}
spec:
  containers:
  - name: web
    image: ghcr.io/acme/web:1.4.2
    volumeMounts:
    - name: settings
      mountPath: /etc/web/web.toml
      subPath: web.toml # <-
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
			"Pods of Jobs, init containers, immutable objects and those with a hash in their name are not looked at, nor are pods that restart at a change: with a checksum annotation in the template, or one of Reloader.",
		},
	},
	CheckWorkload: func(w *Workload, all *Index, r *Reporter) {
		if w.EndsByItself() || w.restartsOnChange() {
			return
		}
		for i := range w.Long() {
			c := &w.Long()[i]
			for j := range c.VolumeMounts {
				m, field := &c.VolumeMounts[j], "subPath"
				if m.SubPathExpr != "" {
					field = "subPathExpr"
				} else if m.SubPath == "" {
					continue
				}
				if what := all.reloaded(w, m.Name); what != "" {
					r.At(c.Field("volumeMounts", j, field), "container %s: %s does not follow changes of %s", c.Name, m.MountPath, what).Container = c.Name
				}
			}
		}
	},
}

// reloaded is the first ConfigMap or Secret that a volume has and that may change;
// empty where there is none.
func (x *Index) reloaded(w *Workload, volume string) (what string) {
	for i := range w.Spec.Volumes {
		if w.Spec.Volumes[i].Name != volume {
			continue
		}
		eachVolumeRef(w, i, func(ref configRef) {
			if what == "" && ref.name != "" && !x.isConstant(w, ref.kind, ref.name) {
				what = ref.kind + " " + ref.name
			}
		})
		return what
	}
	return ""
}
