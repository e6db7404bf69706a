package lint

import (
	"maps"
	"reflect"
	"slices"

	appsv1 "k8s.io/api/apps/v1"
	corev1 "k8s.io/api/core/v1"
	storagev1 "k8s.io/api/storage/v1"

	"github.com/kgen-dev/kgen/pkg/tree"
)

// newNodeLabels are the labels of nodes that were renamed.
var newNodeLabels = map[string]string{
	"beta.kubernetes.io/arch":                  "kubernetes.io/arch",
	"beta.kubernetes.io/os":                    "kubernetes.io/os",
	"beta.kubernetes.io/instance-type":         "node.kubernetes.io/instance-type",
	"failure-domain.beta.kubernetes.io/zone":   "topology.kubernetes.io/zone",
	"failure-domain.beta.kubernetes.io/region": "topology.kubernetes.io/region",
	"node-role.kubernetes.io/master":           "node-role.kubernetes.io/control-plane",
}

func deprecatedNodeLabel(r *Reporter, key string, base tree.Path, at ...any) {
	if instead := newNodeLabels[key]; instead != "" {
		r.At(base.With(at...), "nodes have %s instead of %s", instead, key).With("write %s", instead)
	}
}

// deprecatedNodeLabels looks at all by which pods choose their nodes.
func deprecatedNodeLabels(w *Workload, r *Reporter) {
	for _, key := range slices.Sorted(maps.Keys(w.Spec.NodeSelector)) {
		deprecatedNodeLabel(r, key, w.SpecAt, "nodeSelector", key)
	}
	for i := range w.Spec.TopologySpreadConstraints {
		deprecatedNodeLabel(r, w.Spec.TopologySpreadConstraints[i].TopologyKey, w.SpecAt, "topologySpreadConstraints", i, "topologyKey")
	}
	affinity := w.Spec.Affinity
	if affinity == nil {
		return
	}
	if node := affinity.NodeAffinity; node != nil {
		base := w.In("affinity", "nodeAffinity")
		deprecatedInSelector(r, node.RequiredDuringSchedulingIgnoredDuringExecution, base.With("requiredDuringSchedulingIgnoredDuringExecution"))
		for i := range node.PreferredDuringSchedulingIgnoredDuringExecution {
			at := base.With("preferredDuringSchedulingIgnoredDuringExecution", i, "preference")
			deprecatedInTerm(r, &node.PreferredDuringSchedulingIgnoredDuringExecution[i].Preference, at)
		}
	}
	if pod := affinity.PodAffinity; pod != nil {
		deprecatedTopology(r, pod.RequiredDuringSchedulingIgnoredDuringExecution, pod.PreferredDuringSchedulingIgnoredDuringExecution, w.In("affinity", "podAffinity"))
	}
	if pod := affinity.PodAntiAffinity; pod != nil {
		deprecatedTopology(r, pod.RequiredDuringSchedulingIgnoredDuringExecution, pod.PreferredDuringSchedulingIgnoredDuringExecution, w.In("affinity", "podAntiAffinity"))
	}
}

func deprecatedTopology(r *Reporter, required []corev1.PodAffinityTerm, preferred []corev1.WeightedPodAffinityTerm, at tree.Path) {
	for i := range required {
		deprecatedNodeLabel(r, required[i].TopologyKey, at, "requiredDuringSchedulingIgnoredDuringExecution", i, "topologyKey")
	}
	for i := range preferred {
		deprecatedNodeLabel(r, preferred[i].PodAffinityTerm.TopologyKey, at, "preferredDuringSchedulingIgnoredDuringExecution", i, "podAffinityTerm", "topologyKey")
	}
}

func deprecatedInSelector(r *Reporter, s *corev1.NodeSelector, at tree.Path) {
	if s == nil {
		return
	}
	for i := range s.NodeSelectorTerms {
		deprecatedInTerm(r, &s.NodeSelectorTerms[i], at.With("nodeSelectorTerms", i))
	}
}

func deprecatedInTerm(r *Reporter, term *corev1.NodeSelectorTerm, at tree.Path) {
	for i := range term.MatchExpressions {
		deprecatedNodeLabel(r, term.MatchExpressions[i].Key, at, "matchExpressions", i, "key")
	}
}

// deprecatedInStorage looks at volumes and their classes.
func deprecatedInStorage(o *Object, minor int, r *Reporter) {
	switch v := o.Value.(type) {
	case *appsv1.StatefulSet:
		const class = "volume.beta.kubernetes.io/storage-class"
		for i := range v.Spec.VolumeClaimTemplates {
			if _, isSet := v.Spec.VolumeClaimTemplates[i].Annotations[class]; isSet {
				r.At(tree.P("spec", "volumeClaimTemplates", i, "metadata", "annotations", class), "annotation %s is deprecated", class).With("use spec.storageClassName")
			}
		}
	case *corev1.PersistentVolume:
		reportOldVolume(r, reflect.ValueOf(&v.Spec.PersistentVolumeSource).Elem(), minor, tree.P("spec"))
		if v.Spec.NodeAffinity != nil {
			deprecatedInSelector(r, v.Spec.NodeAffinity.Required, tree.P("spec", "nodeAffinity", "required"))
		}
		for _, key := range slices.Sorted(maps.Keys(o.Labels())) {
			deprecatedNodeLabel(r, key, tree.P("metadata", "labels", key))
		}
	case *storagev1.StorageClass:
		for i := range v.AllowedTopologies {
			for j, e := range v.AllowedTopologies[i].MatchLabelExpressions {
				deprecatedNodeLabel(r, e.Key, tree.P("allowedTopologies", i, "matchLabelExpressions", j, "key"))
			}
		}
	}
}
