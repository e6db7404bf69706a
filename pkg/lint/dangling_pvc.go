package lint

import "github.com/kgen-dev/kgen/pkg/report"

var danglingPVC = Rule{
	ID: "dangling-pvc", Severity: report.Warning, SkipsTests: true, // Error in a closed world
	Doc: Doc{
		Title: "pods mount a claim that is not there",
		Why:   "the pods stay Pending, and nothing but an event says why",
		Fix:   "correct the name, or add the PersistentVolumeClaim to the namespace",
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
        volumeMounts: [{name: uploads, mountPath: /uploads}]
      volumes:
      - name: uploads
        persistentVolumeClaim:
          claimName: upload # <-
---
apiVersion: v1
kind: PersistentVolumeClaim
metadata: {name: uploads}
spec:
  accessModes: [ReadWriteMany]
  resources: {requests: {storage: 10Gi}}
`,
		Good: `apiVersion: apps/v1
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
			danglingNote,
			"Claims that a StatefulSet or a DataVolume among the manifests makes count as there; list what lives elsewhere as external.",
			"Pods of chart tests are not looked at.",
		},
	},
	CheckWorkload: func(w *Workload, all *Index, r *Reporter) {
		for _, use := range claimsOf(w) {
			if name := use.source().ClaimName; all.Lacks(w.Object, kindClaim, w.Namespace, name) && !all.isMadeClaim(w.Namespace, name) {
				r.Dangling(use.at(), "there is no PersistentVolumeClaim %s%s", name, all.Hint(w.Object, kindClaim, w.Namespace, name))
			}
		}
	},
}
