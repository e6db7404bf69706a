package lint

import "github.com/kgen-dev/kgen/pkg/report"

var rwoSharedWorkloads = Rule{
	ID: "rwo-shared-workloads", Severity: report.Warning,
	Doc: Doc{
		Title: "two workloads mount one volume of one node",
		Why:   "a pod on another node waits for the volume as long as the first one has it: the backup never starts, or the app does not while the backup runs",
		Fix:   "hold the pods to one node by podAffinity on kubernetes.io/hostname, or use a claim with ReadWriteMany",
		Bad: `apiVersion: apps/v1
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
apiVersion: batch/v1
kind: CronJob
metadata: {name: cleanup}
spec:
  schedule: 0 3 * * *
  jobTemplate:
    spec:
      template:
        spec:
          restartPolicy: Never
          containers:
          - name: cleanup
            image: ghcr.io/acme/cleanup:1.0.0
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
apiVersion: batch/v1
kind: CronJob
metadata: {name: cleanup}
spec:
  schedule: 0 3 * * *
  jobTemplate:
    spec:
      template:
        spec:
          restartPolicy: Never
          affinity:
            podAffinity:
              requiredDuringSchedulingIgnoredDuringExecution:
              - topologyKey: kubernetes.io/hostname
                labelSelector: {matchLabels: {app: web}}
          containers:
          - name: cleanup
            image: ghcr.io/acme/cleanup:1.0.0
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
			"Pods that are both held to a node, or one to that of the other, are not looked at, nor are hooks and claims that are not among the manifests.",
		},
	},
	CheckWorkload: func(w *Workload, all *Index, r *Reporter) {
		if !w.holdsVolumes(all) {
			return
		}
		claims := all.onceClaims(w)
		for i := range claims {
			c := &claims[i]
			if first := all.holderBefore(c); first != nil {
				r.At(c.at(), "%s %s mounts claim %s too, which is %s", first.w.Kind, first.w.Name, c.source().ClaimName, c.mode).And(first.w.Object, first.at())
			}
		}
	},
}

// holdsVolumes reports whether pods of a workload may run beside others.
func (w *Workload) holdsVolumes(all *Index) bool {
	isOff := w.Written != nil && *w.Written == 0 && len(all.Autoscalers(w)) == 0
	return !isOff && !w.IsHook() && !w.isOwned() && w.Kind != "PodTemplate"
}

// holderBefore is another workload that mounts a claim and may be on another node, of
// those that come earlier in the input; nil where there is none.
func (x *Index) holderBefore(c *onceClaim) *claimUse {
	uses := x.claimUses(c.w.Namespace, c.source().ClaimName)
	for i := range uses {
		other := uses[i].w
		switch {
		case other == c.w:
			return nil
		case !x.AreTogether(c.w.Object, other.Object) || !other.holdsVolumes(x) || other.Kind == c.w.Kind && other.Name == c.w.Name:
		case c.w.isOnOneNode() && other.isOnOneNode() || c.w.isBesideOn(other.Meta.Labels) || other.isBesideOn(c.w.Meta.Labels):
		default:
			return &uses[i]
		}
	}
	return nil
}
