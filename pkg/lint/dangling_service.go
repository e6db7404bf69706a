package lint

import (
	"maps"

	corev1 "k8s.io/api/core/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"

	"github.com/kgen-dev/kgen/pkg/report"
	"github.com/kgen-dev/kgen/pkg/tree"
)

var danglingService = Rule{
	ID: "dangling-service", Severity: report.Error, SkipsTests: true, // Warning in an open world
	Kinds:  []string{"Service"},
	Params: []Param{{Name: "ignored-labels", Default: []string{}, Doc: "labels in selectors that something gives the pods later, such as a color"}},
	Doc: Doc{
		Title: "Service leads to no pods",
		Why:   "the Service exists and its name resolves, but every connection is refused, because a label in the selector and on the pods differ",
		Fix:   "make the selector the labels of the pod template, or write the Endpoints of a Service without selector",
		Bad: `apiVersion: v1
kind: Service
metadata: {name: web}
spec:
  selector: {app: website} # <-
  ports: [{port: 80, targetPort: 8080}]
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
        ports: [{containerPort: 8080}]
`,
		Good: `apiVersion: v1
kind: Service
metadata: {name: web}
spec:
  selector: {app: web}
  ports: [{port: 80, targetPort: 8080}]
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
        ports: [{containerPort: 8080}]
`,
		Notes: []string{
			danglingNote,
			"Services of type ExternalName and those that Cilium fills from other clusters are not looked at.",
			"Labels that controllers give pods, such as statefulset.kubernetes.io/pod-name, are taken to be there.",
			"For pods that an operator makes, list the Service's name as external of kind Pod; for endpoints from elsewhere, as external of kind Endpoints.",
		},
	},
	Check: func(o *Object, all *Index, r *Reporter) {
		s, isTyped := o.Value.(*corev1.Service)
		if !isTyped || s.Spec.Type == corev1.ServiceTypeExternalName || isGlobal(o) {
			return
		}
		if len(s.Spec.Selector) == 0 {
			if all.Lacks(o, "Endpoints", o.Namespace, o.Name) && !all.hasSlice(o) && all.World != Partial {
				r.Dangling(tree.P("spec", "selector"), "no selector, and no Endpoints or EndpointSlice for %s", o.Name)
			}
			return
		}
		if len(all.SelectedByService(o, s)) > 0 {
			return
		}
		wanted := maps.Clone(s.Spec.Selector)
		for _, key := range r.Texts("ignored-labels") {
			delete(wanted, key)
		}
		selector := &metav1.LabelSelector{MatchLabels: wanted}
		if all.selectsNothing(o, selector) && !all.isExternal("Pod", o.Namespace, o.Name) {
			f := r.Dangling(tree.P("spec", "selector"), "no pods of namespace %s have the labels %s", o.space(), selectorText(selector))
			if w := all.elsewhere(o, selector); w != nil {
				f.Message += "; those of " + w.Ref() + " in namespace " + w.space() + " have them"
				f.And(w.Object, w.InMeta("labels")).With("put the Service into the namespace of the pods, or make its selector the labels of pods in its own")
			}
		}
	},
}

// isGlobal reports whether a Service gets endpoints from other clusters.
func isGlobal(o *Object) bool {
	return o.Annotations()["service.cilium.io/global"] == "true" || o.Annotations()["io.cilium/global-service"] == "true"
}
