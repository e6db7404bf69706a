package manifests

import (
	"maps"
	"reflect"
	"slices"

	appsv1 "k8s.io/api/apps/v1"
	corev1 "k8s.io/api/core/v1"

	"github.com/kgen-dev/kgen/pkg/tree"
	"github.com/kgen-dev/kgen/schema"
)

// volumeOf is a volume in kgen's words; false where it has none for the kind.
func (f *workload) volumeOf(from *corev1.Volume) (v schema.Volume, isKnown bool) {
	source := &from.VolumeSource
	switch {
	case reflect.ValueOf(*source).IsZero():
		v.EmptyDir = &corev1.EmptyDirVolumeSource{} // the API server's default
	case source.PersistentVolumeClaim != nil:
		v.Claim = source.PersistentVolumeClaim.ClaimName
		return v, v.Claim != ""
	case source.ConfigMap != nil:
		v.ConfigMap = source.ConfigMap
		f.needs("ConfigMap", source.ConfigMap.Name, source.ConfigMap.Optional)
		return v, source.ConfigMap.Name != ""
	case source.Secret != nil:
		v.Secret = source.Secret
		f.needs("Secret", source.Secret.SecretName, source.Secret.Optional)
		return v, source.Secret.SecretName != ""
	case source.Projected != nil:
		v.Projected = source.Projected
		for i := range source.Projected.Sources {
			f.needsProjected(&source.Projected.Sources[i])
		}
	case source.CSI != nil:
		v.CSI = source.CSI
		if ref := source.CSI.NodePublishSecretRef; ref != nil {
			f.needs("Secret", ref.Name, nil)
		}
	default:
		v.EmptyDir, v.HostPath, v.NFS, v.Ephemeral = source.EmptyDir, source.HostPath, source.NFS, source.Ephemeral
		return v, v.EmptyDir != nil || v.HostPath != nil || v.NFS != nil || v.Ephemeral != nil
	}
	return v, true
}

func (f *workload) needsProjected(source *corev1.VolumeProjection) {
	if source.ConfigMap != nil {
		f.needs("ConfigMap", source.ConfigMap.Name, source.ConfigMap.Optional)
	}
	if source.Secret != nil {
		f.needs("Secret", source.Secret.Name, source.Secret.Optional)
	}
}

// claimTemplates writes the claims that each pod of a StatefulSet gets. What kgen has no
// field for is left to a patch.
func (f *workload) claimTemplates(claims []corev1.PersistentVolumeClaim) {
	for i := range claims {
		c := &claims[i]
		storage := f.o.Node.At(tree.P("spec", "volumeClaimTemplates", i, "spec", "resources", "requests", "storage"))
		if storage == nil || c.Name == "" {
			continue // the API server refuses it
		}
		v := schema.Volume{Size: storage.Text, StorageClassName: c.Spec.StorageClassName, DataSource: c.Spec.DataSource}
		for _, mode := range c.Spec.AccessModes {
			v.AccessModes = append(v.AccessModes, string(mode))
		}
		v.Labels = textsOver(f.s.SelectorLabels(), c.Labels)
		v.Annotations = textsOver(nil, c.Annotations)
		f.addVolume(c.Name, v)
	}
}

// textsOver are labels or annotations over those that are made anyway.
func textsOver(made schema.Map[string], wanted map[string]string) (texts schema.Map[schema.Text]) {
	for _, key := range slices.Sorted(maps.Keys(wanted)) {
		if have := made.Get(key); have == nil || *have != wanted[key] {
			texts = append(texts, schema.Entry[schema.Text]{Key: key, Value: schema.Text{Value: wanted[key]}})
		}
	}
	for _, m := range made {
		if _, isWanted := wanted[m.Key]; !isWanted {
			texts = append(texts, schema.Entry[schema.Text]{Key: m.Key, Value: schema.Text{Declined: true}})
		}
	}
	return texts
}

// volumePath is where a volume stands in the workload.
func (f *workload) volumePath(name string) tree.Path {
	for i, v := range elements(f.o.Node.At(f.spec("volumes"))) {
		if text(v, "name") == name {
			return f.spec("volumes", i)
		}
	}
	if set, isSet := f.o.Value.(*appsv1.StatefulSet); isSet {
		for i := range set.Spec.VolumeClaimTemplates {
			if set.Spec.VolumeClaimTemplates[i].Name == name {
				return tree.P("spec", "volumeClaimTemplates", i)
			}
		}
	}
	return f.spec("volumes")
}
