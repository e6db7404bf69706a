package lint

import (
	corev1 "k8s.io/api/core/v1"

	"github.com/kgen-dev/kgen/pkg/report"
)

var fsgroupRecursiveChown = Rule{
	ID: "fsgroup-recursive-chown", Severity: report.Info, Profile: Strict,
	Doc: Doc{
		Title: "each start of the pod changes the group of every file",
		Why:   "on a volume with millions of files the pod takes minutes, or hours, to start, and longer each month",
		Fix:   "set fsGroupChangePolicy: OnRootMismatch",
		Bad: `apiVersion: v1
kind: Pod
metadata: {name: web}
spec:
  securityContext:
    fsGroup: 2000
    fsGroupChangePolicy: Always # <-
  containers:
  - name: web
    image: ghcr.io/acme/web:1.4.2
    volumeMounts:
    - name: data
      mountPath: /data
  volumes:
  - name: data
    persistentVolumeClaim: {claimName: data}
`,
		Good: `apiVersion: v1
kind: Pod
metadata: {name: web}
spec:
  securityContext:
    fsGroup: 2000
    fsGroupChangePolicy: OnRootMismatch
  containers:
  - name: web
    image: ghcr.io/acme/web:1.4.2
    volumeMounts:
    - name: data
      mountPath: /data
  volumes:
  - name: data
    persistentVolumeClaim: {claimName: data}
`,
		Notes: []string{
			"Always is what counts where fsGroupChangePolicy is not set.",
			"Pods without a claim are not looked at, nor are claims of many nodes: most drivers leave the files of these alone.",
		},
	},
	CheckWorkload: func(w *Workload, all *Index, r *Reporter) {
		context := w.Spec.SecurityContext
		if context == nil || context.FSGroup == nil || w.isWindows() {
			return
		}
		policy := context.FSGroupChangePolicy
		if policy != nil && *policy == corev1.FSGroupChangeOnRootMismatch || !all.hasOwnFiles(w) {
			return
		}
		written := "not set, which is Always"
		if policy != nil {
			written = string(*policy)
		}
		r.At(w.In("securityContext", "fsGroupChangePolicy"), "fsGroupChangePolicy is %s, with fsGroup %d and a claim", written, *context.FSGroup)
	},
}

// hasOwnFiles reports whether pods have a volume whose files are given the group of
// the pod.
func (x *Index) hasOwnFiles(w *Workload) bool {
	if len(w.Claims) > 0 {
		return true
	}
	for i := range w.Spec.Volumes {
		switch v := &w.Spec.Volumes[i]; {
		case v.Ephemeral != nil:
			return true
		case v.PersistentVolumeClaim != nil && !v.PersistentVolumeClaim.ReadOnly && x.isAttachedOnce(w, v.PersistentVolumeClaim.ClaimName):
			return true
		}
	}
	return false
}
