package lint

import (
	appsv1 "k8s.io/api/apps/v1"
	corev1 "k8s.io/api/core/v1"

	"github.com/kgen-dev/kgen/pkg/report"
	"github.com/kgen-dev/kgen/pkg/tree"
)

var rwoRollingUpdate = Rule{
	ID: "rwo-rolling-update", Severity: report.Warning, // Error for ReadWriteOncePod
	Kinds: []string{"Deployment.apps"},
	Doc: Doc{
		Title: "a rollout starts the new pod while the old one holds the volume",
		Why:   "on another node the new pod waits for the volume, and the old pod stays until the new one is ready: the rollout hangs for good",
		Fix:   "set strategy type Recreate, or maxSurge: 0 with maxUnavailable: 1",
		Bad: `apiVersion: apps/v1
kind: Deployment
metadata: {name: web}
spec:
  strategy: {type: RollingUpdate} # <-
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec:
      containers:
      - name: web
        image: ghcr.io/acme/web:1.4.2
        volumeMounts: [{name: uploads, mountPath: /uploads}]
      volumes:
      - name: uploads
        persistentVolumeClaim:
          claimName: uploads
---
apiVersion: v1
kind: PersistentVolumeClaim
metadata: {name: uploads}
spec:
  accessModes: [ReadWriteOnce]
  resources: {requests: {storage: 10Gi}}
`,
		Good: `apiVersion: apps/v1
kind: Deployment
metadata: {name: web}
spec:
  strategy: {type: Recreate}
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec:
      containers:
      - name: web
        image: ghcr.io/acme/web:1.4.2
        volumeMounts: [{name: uploads, mountPath: /uploads}]
      volumes:
      - name: uploads
        persistentVolumeClaim:
          claimName: uploads
---
apiVersion: v1
kind: PersistentVolumeClaim
metadata: {name: uploads}
spec:
  accessModes: [ReadWriteOnce]
  resources: {requests: {storage: 10Gi}}
`,
		Notes: []string{
			"RollingUpdate is what a Deployment does where no strategy is written; of one replica a maxUnavailable of 25 % is none.",
			"With ReadWriteOncePod it is an error, on any node.",
			"Pods that are held to one node, and claims that are not among the manifests, are not looked at.",
		},
	},
	CheckWorkload: func(w *Workload, all *Index, r *Reporter) {
		d, isDeployment := w.Value.(*appsv1.Deployment)
		if !isDeployment {
			return
		}
		if _, most := all.Replicas(w); most != 1 || w.isUnread(replicasAt) {
			return
		}
		surge, unavailable, ok := rolloutBounds(d, 1)
		if !ok || surge < 1 || unavailable > 0 {
			return
		}
		claims := all.onceClaims(w)
		for i := range claims {
			c := &claims[i]
			if c.source().ReadOnly || c.mode == corev1.ReadWriteOnce && w.isOnOneNode() {
				continue
			}
			f := r.At(tree.P("spec", "strategy"), "the new pod needs claim %s, which is %s, before the old one is gone", c.source().ClaimName, c.mode)
			if f.And(c.object, accessModesAt); c.mode == corev1.ReadWriteOncePod {
				f.As(report.Error)
			}
			return
		}
	},
}
