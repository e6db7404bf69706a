package lint

import (
	corev1 "k8s.io/api/core/v1"
	"k8s.io/apimachinery/pkg/api/resource"

	"github.com/kgen-dev/kgen/pkg/report"
	"github.com/kgen-dev/kgen/pkg/tree"
)

var limitrangeViolation = Rule{
	ID: "limitrange-violation", Severity: report.Error,
	Doc: Doc{
		Title: "container is outside of what the namespace allows",
		Why:   "the workload is accepted, but its pods are not: the rollout never begins, and the old version keeps running",
		Fix:   "keep within the LimitRange, or change it first",
		Bad: `apiVersion: v1
kind: LimitRange
metadata: {name: shop}
spec:
  limits:
  - type: Container
    max: {memory: 1Gi}
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
          limits:
            memory: 2Gi # <-
`,
		Good: `apiVersion: v1
kind: LimitRange
metadata: {name: shop}
spec:
  limits:
  - type: Container
    max: {memory: 1Gi}
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
          limits:
            memory: 512Mi
`,
		Notes: []string{
			"It looks at the bounds of single containers, at the largest ratio of limit to request, and at requests above the limit that the LimitRange gives.",
			"What a container does not say is taken from the LimitRange, and fits.",
		},
	},
	CheckContainer: func(c *Container, all *Index, r *Reporter) {
		if c.Role == Ephemeral {
			return
		}
		for _, o := range all.LimitRanges(c.Workload.Object) {
			limits, isTyped := o.Value.(*corev1.LimitRange)
			if !isTyped {
				continue
			}
			for i := range limits.Spec.Limits {
				if item := &limits.Spec.Limits[i]; item.Type == corev1.LimitTypeContainer {
					(&rangeCheck{c, r, o, item, tree.P("spec", "limits", i)}).run()
				}
			}
		}
	},
}

// rangeCheck holds a container against one entry of a LimitRange.
type rangeCheck struct {
	c    *Container
	r    *Reporter
	o    *Object
	item *corev1.LimitRangeItem
	at   tree.Path
}

func (k *rangeCheck) run() {
	for _, field := range [...]struct {
		name    string
		amounts corev1.ResourceList
	}{{"requests", k.c.Resources.Requests}, {"limits", k.c.Resources.Limits}} {
		for _, name := range sortedNames(field.amounts) {
			amount := field.amounts[name]
			if least, isSet := k.item.Min[name]; isSet && amount.Cmp(least) < 0 {
				k.report(field.name, name, "min", "%s of %s in %s, and the least here is %s", &amount, &least)
			}
			if most, isSet := k.item.Max[name]; isSet && amount.Cmp(most) > 0 {
				k.report(field.name, name, "max", "%s of %s in %s, and the most here is %s", &amount, &most)
			}
		}
	}
	for _, name := range sortedNames(k.c.Resources.Requests) {
		_, isLimited := k.c.Resources.Limits[name]
		request := k.c.Resources.Requests[name]
		if limit, isDefault := k.item.Default[name]; isDefault && !isLimited && request.Cmp(limit) > 0 {
			k.report("requests", name, "default", "%s of %s in %s, above the limit %s that it gets here", &request, &limit)
		}
	}
	k.ratios()
}

func (k *rangeCheck) report(field string, name corev1.ResourceName, bound, format string, amount, other *resource.Quantity) {
	k.r.At(k.c.Field("resources", field, string(name)), "container %s: "+format, k.c.Name, amount, name, field, other).
		And(k.o, k.at.With(bound, string(name)))
}

// ratios holds limits against requests: both have to be written here, for what the
// LimitRange itself gives is its own affair.
func (k *rangeCheck) ratios() {
	for _, name := range sortedNames(k.item.MaxLimitRequestRatio) {
		most := k.item.MaxLimitRequestRatio[name]
		request, isRequested := k.c.Resources.Requests[name]
		limit, isLimited := k.c.Resources.Limits[name]
		if !isRequested || !isLimited || request.Sign() <= 0 {
			continue
		}
		if ratio := limit.AsApproximateFloat64() / request.AsApproximateFloat64(); ratio > most.AsApproximateFloat64() {
			k.r.At(k.c.Field("resources", "limits", string(name)), "container %s: the limit of %s is %.1f times the request, and here it may be %s times", k.c.Name, name, ratio, &most).
				And(k.o, k.at.With("maxLimitRequestRatio", string(name)))
		}
	}
}
