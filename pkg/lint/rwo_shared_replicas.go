package lint

import "github.com/kgen-dev/kgen/pkg/report"

var rwoSharedReplicas = Rule{
	ID: "rwo-shared-replicas", Severity: report.Error, // Info where all pods share a node
	Doc: Doc{
		Title: "replicas share a volume of one node",
		Why:   "the volume is attached to the node of the first pod: on any other node the next one waits for it and never starts",
		Fix:   "use a claim with ReadWriteMany, one replica, or a StatefulSet with volumeClaimTemplates",
		Bad: `apiVersion: apps/v1
kind: Deployment
metadata: {name: web}
spec:
  replicas: 2
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
          claimName: uploads # <-
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
  replicas: 2
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
  accessModes: [ReadWriteMany]
  resources: {requests: {storage: 10Gi}}
`,
		Notes: []string{
			"Pods that are held to one node share a ReadWriteOnce volume: that is an info. A ReadWriteOncePod volume they do not share.",
			"Claims that are not among the manifests, and volumes that are mounted with readOnly, are not looked at.",
			"Where an autoscaler is the cause, hpa-rwo says it.",
		},
	},
	CheckWorkload: func(w *Workload, all *Index, r *Reporter) {
		if len(all.Autoscalers(w)) > 0 || w.Written == nil || *w.Written < 2 {
			return
		}
		all.checkShared(w, func(c *onceClaim, onOneNode bool) {
			f := r.At(c.at(), "%d replicas share claim %s, which is %s", *w.Written, c.source().ClaimName, c.mode).And(c.object, accessModesAt)
			if onOneNode {
				f.As(report.Info)
			}
		})
	},
}
