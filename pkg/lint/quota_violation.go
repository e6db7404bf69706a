package lint

import (
	"strings"

	corev1 "k8s.io/api/core/v1"
	"k8s.io/apimachinery/pkg/api/resource"

	"github.com/kgen-dev/kgen/pkg/report"
	"github.com/kgen-dev/kgen/pkg/tree"
)

var quotaViolation = Rule{
	ID: "quota-violation", Severity: report.Error, // Warning where the sum is too much
	Covers: []string{"no-cpu-limit", "no-cpu-request", "no-ephemeral-storage", "no-memory-limit", "no-memory-request"},
	Doc: Doc{
		Title: "pods do not fit the quota of their namespace",
		Why:   "the workload is accepted, but its pods are not: the Deployment looks fine and has fewer pods than it should, or none",
		Fix:   "write the requests and limits that the quota demands, and keep their sum within it",
		Bad: `apiVersion: v1
kind: ResourceQuota
metadata: {name: shop}
spec:
  hard: {requests.cpu: "20"}
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
        resources: # <-
          limits: {memory: 256Mi}
`,
		Good: `apiVersion: v1
kind: ResourceQuota
metadata: {name: shop}
spec:
  hard: {requests.cpu: "20"}
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
        resources:
          requests: {cpu: 100m}
          limits: {memory: 256Mi}
`,
		Notes: []string{
			"What a LimitRange gives counts, and a limit is a request too. Quotas with scopes are not looked at.",
			"A sum above the quota is a warning at the quota: it counts the least number of replicas, and a DaemonSet as one pod; Jobs and CronJobs, and pods of which some container does not say, are left out.",
		},
	},
	Check: func(o *Object, all *Index, r *Reporter) {
		if quota, is := o.Value.(*corev1.ResourceQuota); is {
			if !hasScopes(quota) {
				sumsOverQuota(o, quota, all, r)
			}
			return
		}
		w := all.Workload(o)
		if w == nil || w.Kind == "PodTemplate" {
			return
		}
		for _, quota := range all.Quotas(o) {
			if value, is := quota.Value.(*corev1.ResourceQuota); is && !hasScopes(value) {
				demandedByQuota(w, quota, value, all, r)
			}
		}
	},
}

// demandedByQuota reports the containers that do not say what a quota bounds: no such
// pod is made.
func demandedByQuota(w *Workload, o *Object, quota *corev1.ResourceQuota, all *Index, r *Reporter) {
	for _, name := range sortedNames(quota.Spec.Hard) {
		field, of := boundOf(name)
		if !isDemanded(of) {
			continue
		}
		for i := range w.containers {
			if c := &w.containers[i]; c.Role != Ephemeral && c.lacks(field, of, all) {
				f := r.At(c.Field("resources", field, string(of)), "container %s has no %s %s, which the quota demands", c.Name, of, strings.TrimSuffix(field, "s"))
				f.And(o, tree.P("spec", "hard", string(name))).Container = c.Name
			}
		}
	}
}

// lacks reports whether the container has no request, or no limit, not even by its pod
// or a LimitRange.
func (c *Container) lacks(field string, name corev1.ResourceName, all *Index) bool {
	get, isByDefault := requested, all.isRequestedByDefault
	if field == "limits" {
		get, isByDefault = limited, all.isLimitedByDefault
	}
	if _, isSet := get(&c.Resources, name); isSet || c.Workload.isUnread(c.Field("resources")) {
		return false
	}
	if pod := c.Workload.Spec.Resources; pod != nil {
		if _, isSet := get(pod, name); isSet {
			return false
		}
	}
	return !isByDefault(c.Workload, name)
}

// sumsOverQuota reports bounds of a quota below what the pods of its namespace add up
// to.
func sumsOverQuota(o *Object, quota *corev1.ResourceQuota, all *Index, r *Reporter) {
	for _, name := range sortedNames(quota.Spec.Hard) {
		hard := quota.Spec.Hard[name]
		field, of := boundOf(name)
		if field == "" && !isPodCount(name) {
			continue
		}
		sum, pods := 0.0, 0
		for _, w := range all.Workloads(o.Namespace) {
			if w.EndsByItself() || w.Kind == "PodTemplate" || w.isOwned() || w.isTest() || !all.AreTogether(o, w.Object) {
				continue
			}
			least, _ := all.Replicas(w)
			pods += least
			if each, isKnown := quotaUse(w, name); isKnown {
				sum += each * float64(least)
			}
		}
		at := tree.P("spec", "hard", string(name))
		switch {
		case of == "" && int64(pods) > hard.Value():
			r.At(at, "the namespace has %d pods, and the quota is %s", pods, &hard).As(report.Warning)
		case of != "" && sum > 1.001*hard.AsApproximateFloat64():
			r.At(at, "%d pods have %s of %s in %s, and the quota is %s", pods, quantityOf(sum, hard.Format), of, field, &hard).As(report.Warning)
		}
	}
}

// quantityOf is a sum in the format of what it is compared with.
func quantityOf(sum float64, format resource.Format) *resource.Quantity {
	if format == resource.BinarySI {
		return resource.NewQuantity(int64(sum), format)
	}
	return resource.NewMilliQuantity(int64(sum*1000), format)
}
