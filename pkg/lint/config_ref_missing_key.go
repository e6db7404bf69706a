package lint

import (
	"maps"
	"slices"

	corev1 "k8s.io/api/core/v1"

	"github.com/kgen-dev/kgen/pkg/report"
	"github.com/kgen-dev/kgen/pkg/suggest"
	"github.com/kgen-dev/kgen/pkg/tree"
)

var configRefMissingKey = Rule{
	ID: "config-ref-missing-key", Severity: report.Error, SkipsTests: true,
	Doc: Doc{
		Title: "pods name a key that the ConfigMap or Secret does not have",
		Why:   "the container never starts: the pod waits in CreateContainerConfigError or ContainerCreating, and the rollout with it",
		Fix:   "correct the key, or add it to the object",
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
        env:
        - name: LOG_LEVEL
          valueFrom:
            configMapKeyRef:
              name: web
              key: log-level # <-
---
apiVersion: v1
kind: ConfigMap
metadata: {name: web}
data: {logLevel: info}
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
        env:
        - name: LOG_LEVEL
          valueFrom:
            configMapKeyRef:
              name: web
              key: logLevel
---
apiVersion: v1
kind: ConfigMap
metadata: {name: web}
data: {logLevel: info}
`,
		Notes: []string{
			"The items of volumes are looked at as well; references that are optional are not, nor the keys of Secrets that a controller makes.",
		},
	},
	CheckWorkload: func(w *Workload, all *Index, r *Reporter) {
		eachConfigRef(w, func(ref configRef) {
			if ref.key == "" || ref.isOptional {
				return
			}
			o := all.Find(w.Object, ref.kind, w.Namespace, ref.name)
			if o == nil || hasKey(o, ref.key) {
				return
			}
			f := r.At(ref.keyAt(), "%s %s has no key %s", ref.kind, ref.name, ref.key).And(o, tree.P("data"))
			if nearest := suggest.Nearest(ref.key, keysOf(o)); nearest != "" {
				f.With("did you mean %s?", nearest)
			}
		})
	},
}

// keysOf are the keys of a ConfigMap or Secret.
func keysOf(o *Object) (keys []string) {
	switch v := o.Value.(type) {
	case *corev1.ConfigMap:
		keys = slices.AppendSeq(slices.Collect(maps.Keys(v.Data)), maps.Keys(v.BinaryData))
	case *corev1.Secret:
		keys = slices.AppendSeq(slices.Collect(maps.Keys(v.Data)), maps.Keys(v.StringData))
	}
	slices.Sort(keys)
	return keys
}
