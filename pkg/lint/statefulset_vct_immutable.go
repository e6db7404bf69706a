package lint

import (
	appsv1 "k8s.io/api/apps/v1"
	corev1 "k8s.io/api/core/v1"
	"k8s.io/apimachinery/pkg/api/equality"

	"github.com/kgen-dev/kgen/pkg/report"
	"github.com/kgen-dev/kgen/pkg/tree"
)

var statefulsetVCTImmutable = Rule{
	ID: "statefulset-vct-immutable", Severity: report.Error,
	Kinds: []string{"StatefulSet.apps"},
	Doc: Doc{
		Title: "StatefulSet changes what a cluster does not let change",
		Why:   "the server takes the manifest as a new object, and refuses it for the one that is there: the apply fails after the review",
		Fix:   "leave it as it was, or plan to delete the StatefulSet with --cascade=orphan and to create it anew",
		Before: `apiVersion: apps/v1
kind: StatefulSet
metadata: {name: db}
spec:
  serviceName: db
  selector: {matchLabels: {app: db}}
  template:
    metadata: {labels: {app: db}}
    spec:
      containers: [{name: db, image: ghcr.io/acme/db:1.4.2}]
  volumeClaimTemplates:
  - metadata: {name: data}
    spec:
      accessModes: [ReadWriteOnce]
      resources: {requests: {storage: 10Gi}}
`,
		Bad: `apiVersion: apps/v1
kind: StatefulSet
metadata: {name: db}
spec:
  serviceName: db
  selector: {matchLabels: {app: db}}
  template:
    metadata: {labels: {app: db}}
    spec:
      containers: [{name: db, image: ghcr.io/acme/db:1.5.0}]
  volumeClaimTemplates:
  - metadata: {name: data} # <-
    spec:
      accessModes: [ReadWriteOnce]
      resources: {requests: {storage: 20Gi}}
`,
		Good: `apiVersion: apps/v1
kind: StatefulSet
metadata: {name: db}
spec:
  serviceName: db
  selector: {matchLabels: {app: db}}
  template:
    metadata: {labels: {app: db}}
    spec:
      containers: [{name: db, image: ghcr.io/acme/db:1.5.0}]
  volumeClaimTemplates:
  - metadata: {name: data}
    spec:
      accessModes: [ReadWriteOnce]
      resources: {requests: {storage: 10Gi}}
`,
		Notes: []string{
			"It needs --against, with the manifests as they were before.",
			"volumeClaimTemplates, serviceName, selector and podManagementPolicy are compared.",
		},
	},
	Check: func(o *Object, all *Index, r *Reporter) {
		now, isSet := o.Value.(*appsv1.StatefulSet)
		before := all.Before(o)
		if !isSet || before == nil {
			return
		}
		was, isSet := before.Value.(*appsv1.StatefulSet)
		if !isSet {
			return
		}
		spec := tree.P("spec")
		for _, field := range []struct {
			name    string
			changed bool
		}{
			{"serviceName", was.Spec.ServiceName != now.Spec.ServiceName},
			{"selector", !equality.Semantic.DeepEqual(was.Spec.Selector, now.Spec.Selector)},
			{"podManagementPolicy", podManagement(was) != podManagement(now)},
		} {
			if at := spec.With(field.name); field.changed && !before.isUnread(at) {
				r.At(at, "%s is another than in %s", field.name, before.Origin)
			}
		}
		reportClaimTemplates(was, now, before, r)
	},
}

func podManagement(s *appsv1.StatefulSet) appsv1.PodManagementPolicyType {
	if s.Spec.PodManagementPolicy == "" {
		return appsv1.OrderedReadyPodManagement
	}
	return s.Spec.PodManagementPolicy
}

// reportClaimTemplates reports the first claim template that is another one, new or
// gone.
func reportClaimTemplates(was, now *appsv1.StatefulSet, before *Object, r *Reporter) {
	at := tree.P("spec", "volumeClaimTemplates")
	if before.isUnread(at) {
		return
	}
	old, templates := was.Spec.VolumeClaimTemplates, now.Spec.VolumeClaimTemplates
	for i := range templates {
		if i >= len(old) {
			r.At(at.With(i), "claim template %s is not in %s", templates[i].Name, before.Origin)
			return
		}
		if !isSameClaim(&old[i], &templates[i]) {
			r.At(at.With(i), "claim template %s is another than in %s", templates[i].Name, before.Origin)
			return
		}
	}
	if len(old) > len(templates) {
		r.At(at, "claim template %s of %s is gone", old[len(templates)].Name, before.Origin)
	}
}

// isSameClaim reports whether two claims are the same to the API server, which fills in
// the mode.
func isSameClaim(a, b *corev1.PersistentVolumeClaim) bool {
	specOf := func(c *corev1.PersistentVolumeClaim) corev1.PersistentVolumeClaimSpec {
		spec := c.Spec
		if spec.VolumeMode == nil {
			mode := corev1.PersistentVolumeFilesystem
			spec.VolumeMode = &mode
		}
		return spec
	}
	return a.Name == b.Name && equality.Semantic.DeepEqual(a.Labels, b.Labels) &&
		equality.Semantic.DeepEqual(a.Annotations, b.Annotations) && equality.Semantic.DeepEqual(specOf(a), specOf(b))
}
