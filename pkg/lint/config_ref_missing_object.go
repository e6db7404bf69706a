package lint

import "github.com/kgen-dev/kgen/pkg/report"

var configRefMissingObject = Rule{
	ID: "config-ref-missing-object", Severity: report.Error, SkipsTests: true, // Warning in an open world
	Doc: Doc{
		Title: "pods name a ConfigMap or Secret that is not there",
		Why:   "the container never starts: the pod waits in CreateContainerConfigError or ContainerCreating, and the rollout with it",
		Fix:   "correct the name, add the object to the namespace, or make the reference optional",
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
        envFrom:
        - configMapRef:
            name: web-settings # <-
---
apiVersion: v1
kind: ConfigMap
metadata: {name: web}
data: {LOG_LEVEL: info}
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
        envFrom:
        - configMapRef:
            name: web
---
apiVersion: v1
kind: ConfigMap
metadata: {name: web}
data: {LOG_LEVEL: info}
`,
		Notes: []string{
			danglingNote,
			"What an ExternalSecret, a SealedSecret, a Certificate, a generator of kustomize and the like make counts as there; list what lives elsewhere as external.",
			"A Secret that only imagePullSecrets name is an info: the pods start where the image can be had without it.",
			"References that are optional, pods of chart tests and the ConfigMaps that every namespace gets are not looked at.",
			"Of several references to one object in a workload the first is reported.",
		},
	},
	CheckWorkload: func(w *Workload, all *Index, r *Reporter) {
		var told map[[2]string]bool
		eachConfigRef(w, func(ref configRef) {
			what := [2]string{ref.kind, ref.name}
			if ref.isOptional || told[what] || !all.Lacks(w.Object, ref.kind, w.Namespace, ref.name) || isInEveryNamespace(ref) {
				return
			}
			if told == nil {
				told = map[[2]string]bool{}
			}
			told[what] = true
			f := r.Dangling(ref.nameAt(), "there is no %s %s%s", ref.kind, ref.name, all.Hint(w.Object, ref.kind, w.Namespace, ref.name))
			if ref.isForPull() {
				f.As(report.Info).Because("the kubelet goes on without it, and pulls from a private registry fail on nodes that do not have the image").
					With("correct the name, add the Secret to the namespace, or remove it from imagePullSecrets")
			}
		})
	},
}

// isInEveryNamespace reports whether a controller puts the object into each namespace.
func isInEveryNamespace(ref configRef) bool {
	switch ref.name {
	case "kube-root-ca.crt", "openshift-service-ca.crt", "istio-ca-root-cert":
		return ref.kind == "ConfigMap"
	}
	return false
}
