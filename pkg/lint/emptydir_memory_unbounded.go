package lint

import (
	corev1 "k8s.io/api/core/v1"

	"github.com/kgen-dev/kgen/pkg/report"
)

var emptydirMemoryUnbounded = Rule{
	ID: "emptydir-memory-unbounded", Severity: report.Warning,
	Doc: Doc{
		Title: "emptyDir in memory without a size limit",
		Why:   "files in it count as memory of the container: when it fills up, the container is killed for using too much",
		Fix:   "set emptyDir.sizeLimit, and make the memory limit larger by as much",
		Bad: `apiVersion: v1
kind: Pod
metadata: {name: web}
spec:
  containers:
  - name: web
    image: ghcr.io/acme/web:1.4.2
    volumeMounts:
    - name: cache
      mountPath: /cache
  volumes:
  - name: cache
    emptyDir: {medium: Memory} # <-
`,
		Good: `apiVersion: v1
kind: Pod
metadata: {name: web}
spec:
  containers:
  - name: web
    image: ghcr.io/acme/web:1.4.2
    volumeMounts:
    - name: cache
      mountPath: /cache
  volumes:
  - name: cache
    emptyDir: {medium: Memory, sizeLimit: 64Mi}
`,
	},
	CheckWorkload: func(w *Workload, _ *Index, r *Reporter) {
		for i := range w.Spec.Volumes {
			v := &w.Spec.Volumes[i]
			if v.EmptyDir != nil && v.EmptyDir.Medium == corev1.StorageMediumMemory && (v.EmptyDir.SizeLimit == nil || v.EmptyDir.SizeLimit.IsZero()) {
				r.At(w.In("volumes", i, "emptyDir", "sizeLimit"), "volume %s is in memory, of any size", v.Name)
			}
		}
	},
}
