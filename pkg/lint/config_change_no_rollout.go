package lint

import "github.com/kgen-dev/kgen/pkg/report"

var configChangeNoRollout = Rule{
	ID: "config-change-no-rollout", Severity: report.Info, Profile: Strict,
	Doc: Doc{
		Title: "change of the configuration does not reach the pods",
		Why:   "variables and subPath mounts are read once: the change lies dormant until the next restart, on a night when nobody connects the two",
		Fix:   "annotate the pod template with a checksum of the object, or give the object a name that holds one",
		Bad: `apiVersion: apps/v1
kind: Deployment
metadata: {name: web}
spec:
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec:
      containers:
      - name: web
        image: ghcr.io/acme/web:1.4.2
        envFrom:
        - configMapRef:
            name: web # <-
---
apiVersion: v1
kind: ConfigMap
metadata: {name: web}
data: {LOG_LEVEL: info}
`,
		Good: `apiVersion: apps/v1
kind: Deployment
metadata: {name: web}
spec:
  selector: {matchLabels: {app: web}}
  template:
    metadata:
      labels: {app: web}
      annotations: {checksum/config: 5f70bf18a086007016e948b04aed3b82}
    spec:
      containers:
      - name: web
        image: ghcr.io/acme/web:1.4.2
        envFrom:
        - configMapRef:
            name: web
---
apiVersion: v1
kind: ConfigMap
metadata: {name: web}
data: {LOG_LEVEL: info}
`,
		Notes: []string{
			"It looks at variables and subPath mounts of ConfigMaps and Secrets that are among the objects; other mounts change in running pods.",
			"An annotation of the template with the word checksum, hash or sha256 in its name, one of Reloader or Wave, an immutable object, and a name that ends in a hash are all right; so are pods of Jobs and CronJobs.",
		},
	},
	CheckWorkload: func(w *Workload, all *Index, r *Reporter) {
		if w.EndsByItself() || w.IsHook() || w.GroupKind() == "Pod" || w.restartsOnChange() {
			return
		}
		told := map[*Object]bool{}
		look := func(c *Container, ref configRef, how string) {
			o := all.Find(w.Object, ref.kind, w.Namespace, ref.name)
			if o == nil || told[o] || all.isConstant(w, ref.kind, ref.name) {
				return
			}
			told[o] = true
			r.At(ref.nameAt(), "container %s reads %s as %s, once", c.Name, o.Ref(), how).Container = c.Name
		}
		for i := range w.containers {
			c := &w.containers[i]
			eachEnvRef(c, func(ref configRef) { look(c, ref, "variables") })
			for j := range c.VolumeMounts {
				if m := &c.VolumeMounts[j]; m.SubPath != "" || m.SubPathExpr != "" {
					eachRefOfVolume(w, m.Name, func(ref configRef) { look(c, ref, "a subPath mount") })
				}
			}
		}
	},
}

// eachRefOfVolume visits the objects of a volume, not their keys.
func eachRefOfVolume(w *Workload, name string, visit func(ref configRef)) {
	for i := range w.Spec.Volumes {
		if w.Spec.Volumes[i].Name != name {
			continue
		}
		eachVolumeRef(w, i, func(ref configRef) {
			if ref.key == "" {
				visit(ref)
			}
		})
		return
	}
}
