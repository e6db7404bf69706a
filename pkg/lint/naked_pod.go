package lint

import (
	"github.com/kgen-dev/kgen/pkg/report"
	"github.com/kgen-dev/kgen/pkg/tree"
)

var nakedPod = Rule{
	ID: "naked-pod", Severity: report.Info, SkipsTests: true,
	Kinds: []string{"Pod"},
	Doc: Doc{
		Title: "Pod that nothing keeps up",
		Why:   "when its node fails or is drained the pod is gone, and nothing makes a new one",
		Fix:   "use a Deployment, or a Job for what ends",
		Bad: `apiVersion: v1
kind: Pod # <-
metadata: {name: web}
spec:
  containers: [{name: web, image: ghcr.io/acme/web:1.4.2}]
`,
		Good: `apiVersion: apps/v1
kind: Deployment
metadata: {name: web}
spec:
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec:
      containers: [{name: web, image: ghcr.io/acme/web:1.4.2}]
`,
		Notes: []string{"Pods with an owner, hooks, and pods that the kubelet runs from a file are not reported."},
	},
	CheckWorkload: func(w *Workload, _ *Index, r *Reporter) {
		if w.isOwned() || w.IsHook() || w.isStatic() {
			return
		}
		r.At(tree.P("kind"), "no controller makes the pod anew when it is gone")
	},
}

// isStatic reports whether a kubelet runs a pod from a file, as it does the control
// plane.
func (w *Workload) isStatic() bool {
	for _, key := range []string{"kubernetes.io/config.mirror", "kubernetes.io/config.source"} {
		if w.Annotations()[key] != "" {
			return true
		}
	}
	return w.Namespace == "kube-system" && w.Labels()["tier"] == "control-plane"
}
