package lint

import (
	corev1 "k8s.io/api/core/v1"

	"github.com/kgen-dev/kgen/pkg/report"
)

var hostpathVolume = Rule{
	ID: "hostpath-volume", Severity: report.Warning,
	Groups: []string{pssBaseline}, Covers: []string{"hostpath-sensitive"},
	Doc: Doc{
		Title: "volume is a path of the node",
		Why:   "what a pod writes there outlives it, fills the disk of the node, and is not there on the next node; a way out of the container it often is too",
		Fix:   "use a PersistentVolumeClaim, an emptyDir, or the local volume type",
		Bad: `apiVersion: v1
kind: Pod
metadata: {name: agent}
spec:
  containers:
  - name: agent
    image: ghcr.io/acme/agent:1.4.2
    volumeMounts:
    - name: host
      mountPath: /data
  volumes:
  - name: host
    hostPath: # <-
      path: /srv/data
`,
		Good: `apiVersion: v1
kind: Pod
metadata: {name: agent}
spec:
  containers:
  - name: agent
    image: ghcr.io/acme/agent:1.4.2
    volumeMounts:
    - name: data
      mountPath: /data
  volumes:
  - name: data
    persistentVolumeClaim: {claimName: data}
`,
		Notes: []string{
			"Of a directory of the system hostpath-sensitive speaks instead, unless the namespace enforces baseline.",
			"Agents that manage or watch the node need them: ignore the rule there, with the reason.",
		},
	},
	CheckWorkload: judgedBy("hostPathVolumes", forbiddenHostPaths),
}

func forbiddenHostPaths(w *Workload, control forbids) (found []offence) {
	for i := range w.Spec.Volumes {
		v := &w.Spec.Volumes[i]
		if v.HostPath != nil && control.spec(&corev1.PodSpec{Volumes: w.Spec.Volumes[i : i+1]}) {
			found = append(found, offence{w.In("volumes", i, "hostPath"), "", "volume " + v.Name + " is " + v.HostPath.Path + " of the node"})
		}
	}
	return found
}
