package lint

import (
	"maps"
	"slices"

	corev1 "k8s.io/api/core/v1"

	"github.com/kgen-dev/kgen/pkg/report"
	"github.com/kgen-dev/kgen/pkg/tree"
)

var serviceSelectsSeveralWorkloads = Rule{
	ID: "service-selects-several-workloads", Severity: report.Warning, SkipsTests: true, // Info for one app in several workloads
	Kinds: []string{"Service"},
	Doc: Doc{
		Title: "Service selects the pods of several workloads",
		Why:   "a part of the requests goes to pods that do not answer them, such as a worker or a migration with the same labels",
		Fix:   "give the pods of each workload a label of their own, such as app.kubernetes.io/component, and select by it",
		Bad: `apiVersion: v1
kind: Service
metadata: {name: shop}
spec:
  selector: {app: shop} # <-
  ports: [{port: 80, targetPort: 8080}]
---
apiVersion: apps/v1
kind: Deployment
metadata: {name: web}
spec:
  selector: {matchLabels: {app: shop, part: web}}
  template:
    metadata: {labels: {app: shop, part: web}}
    spec:
      containers:
      - name: web
        image: ghcr.io/acme/web:1.4.2
        ports: [{containerPort: 8080}]
---
apiVersion: apps/v1
kind: Deployment
metadata: {name: worker}
spec:
  selector: {matchLabels: {app: shop, part: worker}}
  template:
    metadata: {labels: {app: shop, part: worker}}
    spec:
      containers:
      - name: worker
        image: ghcr.io/acme/worker:1.4.2
`,
		Good: `apiVersion: v1
kind: Service
metadata: {name: shop}
spec:
  selector: {app: shop, part: web}
  ports: [{port: 80, targetPort: 8080}]
---
apiVersion: apps/v1
kind: Deployment
metadata: {name: web}
spec:
  selector: {matchLabels: {app: shop, part: web}}
  template:
    metadata: {labels: {app: shop, part: web}}
    spec:
      containers:
      - name: web
        image: ghcr.io/acme/web:1.4.2
        ports: [{containerPort: 8080}]
---
apiVersion: apps/v1
kind: Deployment
metadata: {name: worker}
spec:
  selector: {matchLabels: {app: shop, part: worker}}
  template:
    metadata: {labels: {app: shop, part: worker}}
    spec:
      containers:
      - name: worker
        image: ghcr.io/acme/worker:1.4.2
`,
		Notes: []string{
			"It is an info where all workloads have the same ports and images but for the tag, as stable and canary do, and where the Service is headless, which is for finding peers.",
			"Pods of a Job or CronJob are always a warning, even where nothing else is selected.",
		},
	},
	Check: func(o *Object, all *Index, r *Reporter) {
		s, isTyped := o.Value.(*corev1.Service)
		if !isTyped {
			return
		}
		selected := besideEachOther(all.nearest(o, all.SelectedByService(o, s)), all)
		ending := slices.IndexFunc(selected, (*Workload).EndsByItself)
		if len(selected) < 2 && ending < 0 {
			return
		}
		refs := make([]string, len(selected))
		for i, w := range selected {
			refs[i] = w.Ref()
		}
		f := r.At(tree.P("spec", "selector"), "selects the pods of %s", firstOf(refs, mostShown))
		for _, w := range selected {
			f.And(w.Object, w.InMeta("labels"))
		}
		if ending < 0 && (s.Spec.ClusterIP == corev1.ClusterIPNone || areOneApp(selected)) {
			f.As(report.Info)
		}
	},
}

// besideEachOther are the workloads that can run in one cluster: of alternatives, as are
// those of one name in two directories, the first. What a controller made of another is
// not beside it.
func besideEachOther(workloads []*Workload, all *Index) (beside []*Workload) {
	for _, w := range workloads {
		if !w.isOwned() && !slices.ContainsFunc(beside, func(other *Workload) bool {
			return !all.AreTogether(w.Object, other.Object) || w.Name == other.Name && (w.Dir != other.Dir || w.GroupKind() == other.GroupKind())
		}) {
			beside = append(beside, w)
		}
	}
	return beside
}

// areOneApp reports whether workloads have the same ports and images, whatever their
// tags.
func areOneApp(workloads []*Workload) bool {
	first, same := traits(workloads[0]), true
	for _, w := range workloads[1:] {
		same = same && maps.Equal(first, traits(w))
	}
	return same
}

// traits are the ports and images of an app.
func traits(w *Workload) map[any]bool {
	found := map[any]bool{}
	long := w.Long()
	for i := range long {
		found[imageOf(long[i].Image).name] = true
		for _, p := range long[i].Ports {
			found[[2]any{p.ContainerPort, protocolOf(p.Protocol)}] = true
		}
	}
	return found
}
