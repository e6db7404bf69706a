package lint

import (
	appsv1 "k8s.io/api/apps/v1"
	corev1 "k8s.io/api/core/v1"

	"github.com/kgen-dev/kgen/pkg/report"
	"github.com/kgen-dev/kgen/pkg/tree"
)

var statefulsetServiceMissing = Rule{
	ID: "statefulset-service-missing", Severity: report.Warning, SkipsTests: true, // Info where none is named
	Kinds: []string{"StatefulSet.apps"},
	Doc: Doc{
		Title: "StatefulSet has no headless Service of its own",
		Why:   "the pods get no names in DNS, by which members of a cluster find each other: it does not form",
		Fix:   "add a Service with clusterIP: None that selects the pods, and name it in serviceName",
		Bad: `apiVersion: v1
kind: Service
metadata: {name: db}
spec:
  selector: {app: db}
  ports: [{port: 5432}]
---
apiVersion: apps/v1
kind: StatefulSet
metadata: {name: db}
spec:
  serviceName: db # <-
  selector: {matchLabels: {app: db}}
  template:
    metadata: {labels: {app: db}}
    spec:
      containers: [{name: db, image: ghcr.io/acme/db:1.4.2}]
`,
		Good: `apiVersion: v1
kind: Service
metadata: {name: db}
spec:
  clusterIP: None
  selector: {app: db}
  ports: [{port: 5432}]
---
apiVersion: apps/v1
kind: StatefulSet
metadata: {name: db}
spec:
  serviceName: db
  selector: {matchLabels: {app: db}}
  template:
    metadata: {labels: {app: db}}
    spec:
      containers: [{name: db, image: ghcr.io/acme/db:1.4.2}]
`,
		Notes: []string{
			"A Service that is not there is an error among what services are rendered to, for else it may live elsewhere.",
			"A StatefulSet without serviceName is an info: pods that need no names of their own do without.",
		},
	},
	CheckWorkload: func(w *Workload, all *Index, r *Reporter) {
		set, isSet := w.Value.(*appsv1.StatefulSet)
		if !isSet {
			return
		}
		at, name := tree.P("spec", "serviceName"), set.Spec.ServiceName
		if name == "" {
			r.At(at, "serviceName is not set: the pods have no names in DNS").As(report.Info)
			return
		}
		if all.Lacks(w.Object, "Service", w.Namespace, name) {
			r.Dangling(at, "there is no Service %s%s", name, all.Hint(w.Object, "Service", w.Namespace, name))
			return
		}
		o := all.Find(w.Object, "Service", w.Namespace, name)
		if o == nil {
			return
		}
		service, isService := o.Value.(*corev1.Service)
		switch {
		case !isService || o.isUnread(tree.P("spec", "selector")):
		case len(service.Spec.Selector) == 0 || !MatchesLabels(service.Spec.Selector, w.Meta.Labels):
			r.At(at, "Service %s does not select the pods", name).And(o, tree.P("spec", "selector"))
		case service.Spec.ClusterIP != corev1.ClusterIPNone && !o.isUnread(tree.P("spec", "clusterIP")):
			r.At(at, "Service %s is not headless", name).And(o, tree.P("spec", "clusterIP"))
		}
	},
}
