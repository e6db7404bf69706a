package lint

import "github.com/kgen-dev/kgen/pkg/report"

var hpaRWO = Rule{
	ID: "hpa-rwo", Severity: report.Error, // Info where all pods share a node
	Kinds: []string{"HorizontalPodAutoscaler.autoscaling", "ScaledObject.keda.sh"},
	Doc: Doc{
		Title: "autoscaled pods share a volume of one node",
		Why:   "the volume is attached to the node of the first pod, and the pods that the peak calls for wait for it for ever",
		Fix:   "use a claim with ReadWriteMany, keep the data elsewhere, or scale a StatefulSet with volumeClaimTemplates",
		Bad: `apiVersion: autoscaling/v2
kind: HorizontalPodAutoscaler
metadata: {name: web}
spec:
  scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: web}
  minReplicas: 1
  maxReplicas: 10 # <-
---
apiVersion: apps/v1
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
        volumeMounts: [{name: uploads, mountPath: /uploads}]
      volumes:
      - name: uploads
        persistentVolumeClaim: {claimName: uploads}
---
apiVersion: v1
kind: PersistentVolumeClaim
metadata: {name: uploads}
spec:
  accessModes: [ReadWriteOnce]
  resources: {requests: {storage: 10Gi}}
`,
		Good: `apiVersion: autoscaling/v2
kind: HorizontalPodAutoscaler
metadata: {name: web}
spec:
  scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: web}
  minReplicas: 1
  maxReplicas: 10
---
apiVersion: apps/v1
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
        volumeMounts: [{name: uploads, mountPath: /uploads}]
      volumes:
      - name: uploads
        persistentVolumeClaim: {claimName: uploads}
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
			"Where spec.replicas is the cause, rwo-shared-replicas says it.",
		},
	},
	Check: func(_ *Object, all *Index, r *Reporter) {
		a := all.Autoscaler(r.object)
		if a == nil || a.Most() < 2 {
			return
		}
		w := all.Workload(all.Target(a))
		if w == nil {
			return
		}
		all.checkShared(w, func(c *onceClaim, onOneNode bool) {
			f := r.At(a.MaxAt, "%d replicas share claim %s, which is %s", a.Most(), c.source().ClaimName, c.mode).And(w.Object, c.at())
			if onOneNode {
				f.As(report.Info)
			}
		})
	},
}
