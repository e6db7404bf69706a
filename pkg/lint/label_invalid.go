package lint

import (
	"slices"

	corev1 "k8s.io/api/core/v1"
	networkingv1 "k8s.io/api/networking/v1"
	policyv1 "k8s.io/api/policy/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"

	"github.com/kgen-dev/kgen/pkg/names"
	"github.com/kgen-dev/kgen/pkg/report"
	"github.com/kgen-dev/kgen/pkg/tree"
)

var metadataLabels, metadataAnnotations = tree.P("metadata", "labels"), tree.P("metadata", "annotations")

var labelInvalid = Rule{
	ID: "label-invalid", Severity: report.Error, Refused: true,
	Doc: Doc{
		Title: "label or annotation is not one",
		Why:   "the API server refuses the object, or a selector that never selects anything",
		Fix:   "values have up to 63 letters, digits, dashes, underscores and dots; put free text into an annotation",
		Bad: `apiVersion: v1
kind: ConfigMap
metadata:
  name: web
  labels:
    owner: Team Shop # <-
    -tier: backend # <-
  annotations:
    shop/web/note: "free text" # <-
`,
		Good: `apiVersion: v1
kind: ConfigMap
metadata:
  name: web
  labels:
    owner: team-shop
    tier: backend
  annotations:
    shop/note: "free text"
`,
		Notes: []string{"Labels of pod templates, selectors and nodeSelector are looked at as well."},
	},
	Check: func(o *Object, all *Index, r *Reporter) {
		badLabels(r, o.Labels(), metadataLabels)
		badAnnotations(r, o.Annotations(), metadataAnnotations)
		if w := all.Workload(o); w != nil {
			if len(w.MetaAt) > 1 {
				badLabels(r, w.Meta.Labels, w.InMeta("labels"))
				badAnnotations(r, w.Meta.Annotations, w.InMeta("annotations"))
			}
			badLabels(r, w.Spec.NodeSelector, w.In("nodeSelector"))
			if _, isPlain := o.Value.(*corev1.ReplicationController); isPlain && w.Selector != nil {
				badLabels(r, w.Selector.MatchLabels, selectorAt)
			} else {
				badSelector(r, w.Selector, selectorAt)
			}
		}
		switch v := o.Value.(type) {
		case *corev1.Service:
			badLabels(r, v.Spec.Selector, selectorAt)
		case *networkingv1.NetworkPolicy:
			badSelector(r, &v.Spec.PodSelector, tree.P("spec", "podSelector"))
		case *policyv1.PodDisruptionBudget:
			badSelector(r, v.Spec.Selector, selectorAt)
		}
	},
}

func badSelector(r *Reporter, s *metav1.LabelSelector, at tree.Path) {
	if s == nil {
		return
	}
	badLabels(r, s.MatchLabels, at.With("matchLabels"))
	for i := range s.MatchExpressions {
		e := &s.MatchExpressions[i]
		if !names.LabelKey.Fits(e.Key) {
			r.At(at.With("matchExpressions", i, "key"), "%s", names.LabelKey.Complaint(e.Key))
		}
		for j, value := range e.Values {
			if !names.LabelValue.Fits(value) {
				r.At(at.With("matchExpressions", i, "values", j), "%s", names.LabelValue.Complaint(value))
			}
		}
	}
}

func badLabels(r *Reporter, labels map[string]string, at tree.Path) {
	var bad []string
	for key, value := range labels {
		if !names.LabelKey.Fits(key) || !names.LabelValue.Fits(value) {
			bad = append(bad, key)
		}
	}
	slices.Sort(bad)
	for _, key := range bad {
		if !names.LabelKey.Fits(key) {
			r.At(at.With(key), "%s", names.LabelKey.Complaint(key))
		} else {
			r.At(at.With(key), "%s: %s", key, names.LabelValue.Complaint(labels[key]))
		}
	}
}

func badAnnotations(r *Reporter, annotations map[string]string, at tree.Path) {
	var bad []string
	for key := range annotations {
		if !names.AnnotationKey.Fits(key) {
			bad = append(bad, key)
		}
	}
	slices.Sort(bad)
	for _, key := range bad {
		r.At(at.With(key), "%s", names.AnnotationKey.Complaint(key))
	}
}
