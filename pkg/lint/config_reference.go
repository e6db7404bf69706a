package lint

import (
	"slices"

	corev1 "k8s.io/api/core/v1"

	"github.com/kgen-dev/kgen/pkg/tree"
)

// configRef is a place in pods that names a ConfigMap or a Secret.
type configRef struct {
	kind       string // ConfigMap or Secret
	name       string
	key        string // empty where all keys are meant
	isOptional bool
	base       tree.Path
	steps      [7]any // from base to the reference
	nameField  string // from there to the name
	keyField   string // from there to the key
}

func (ref *configRef) nameAt() tree.Path { return ref.at().With(ref.nameField) }

func (ref *configRef) keyAt() tree.Path { return ref.at().With(ref.keyField) }

func (ref *configRef) at() tree.Path {
	n := 0
	for n < len(ref.steps) && ref.steps[n] != nil {
		n++
	}
	return ref.base.With(ref.steps[:n]...)
}

// eachConfigRef visits what the pods of a workload name in the order of containers,
// volumes and pull secrets.
func eachConfigRef(w *Workload, visit func(ref configRef)) {
	for i := range w.containers {
		eachEnvRef(&w.containers[i], visit)
	}
	for i := range w.Spec.Volumes {
		eachVolumeRef(w, i, visit)
	}
	for i := range w.Spec.ImagePullSecrets {
		visit(configRef{kind: "Secret", name: w.Spec.ImagePullSecrets[i].Name, base: w.SpecAt, steps: [7]any{"imagePullSecrets", i}, nameField: "name"})
	}
}

// isForPull reports whether it names a Secret for the registry.
func (ref *configRef) isForPull() bool { return ref.steps[0] == "imagePullSecrets" }

func eachEnvRef(c *Container, visit func(ref configRef)) {
	for i := range c.Env {
		from := c.Env[i].ValueFrom
		if from == nil {
			continue
		}
		if ref := from.ConfigMapKeyRef; ref != nil {
			visit(configRef{"ConfigMap", ref.Name, ref.Key, isTrue(ref.Optional), c.At, [7]any{"env", i, "valueFrom", "configMapKeyRef"}, "name", "key"})
		}
		if ref := from.SecretKeyRef; ref != nil {
			visit(configRef{"Secret", ref.Name, ref.Key, isTrue(ref.Optional), c.At, [7]any{"env", i, "valueFrom", "secretKeyRef"}, "name", "key"})
		}
	}
	for i := range c.EnvFrom {
		if ref := c.EnvFrom[i].ConfigMapRef; ref != nil {
			visit(configRef{"ConfigMap", ref.Name, "", isTrue(ref.Optional), c.At, [7]any{"envFrom", i, "configMapRef"}, "name", ""})
		}
		if ref := c.EnvFrom[i].SecretRef; ref != nil {
			visit(configRef{"Secret", ref.Name, "", isTrue(ref.Optional), c.At, [7]any{"envFrom", i, "secretRef"}, "name", ""})
		}
	}
}

func eachVolumeRef(w *Workload, i int, visit func(ref configRef)) {
	v := &w.Spec.Volumes[i]
	if ref := v.ConfigMap; ref != nil {
		whole := configRef{"ConfigMap", ref.Name, "", isTrue(ref.Optional), w.SpecAt, [7]any{"volumes", i, "configMap"}, "name", ""}
		eachItem(whole, ref.Items, visit)
	}
	if ref := v.Secret; ref != nil {
		whole := configRef{"Secret", ref.SecretName, "", isTrue(ref.Optional), w.SpecAt, [7]any{"volumes", i, "secret"}, "secretName", ""}
		eachItem(whole, ref.Items, visit)
	}
	if v.CSI != nil && v.CSI.NodePublishSecretRef != nil {
		visit(configRef{"Secret", v.CSI.NodePublishSecretRef.Name, "", false, w.SpecAt, [7]any{"volumes", i, "csi", "nodePublishSecretRef"}, "name", ""})
	}
	if v.Projected == nil {
		return
	}
	for j := range v.Projected.Sources {
		if ref := v.Projected.Sources[j].ConfigMap; ref != nil {
			whole := configRef{"ConfigMap", ref.Name, "", isTrue(ref.Optional), w.SpecAt, [7]any{"volumes", i, "projected", "sources", j, "configMap"}, "name", ""}
			eachItem(whole, ref.Items, visit)
		}
		if ref := v.Projected.Sources[j].Secret; ref != nil {
			whole := configRef{"Secret", ref.Name, "", isTrue(ref.Optional), w.SpecAt, [7]any{"volumes", i, "projected", "sources", j, "secret"}, "name", ""}
			eachItem(whole, ref.Items, visit)
		}
	}
}

// eachItem visits a volume, and then its items as keys of the same object.
func eachItem(whole configRef, items []corev1.KeyToPath, visit func(ref configRef)) {
	visit(whole)
	for i := range items {
		visit(configRef{whole.kind, whole.name, items[i].Key, whole.isOptional, whole.at(), [7]any{"items", i}, "key", "key"})
	}
}

func isTrue(b *bool) bool { return b != nil && *b }

// hasKey reports whether a ConfigMap or Secret has a key. What cannot be read, and
// what another kind of object makes, may have any.
func hasKey(o *Object, key string) bool {
	fields := []string{"data", "binaryData"}
	var has bool
	switch v := o.Value.(type) {
	case *corev1.ConfigMap:
		_, has = v.Data[key]
		if !has {
			_, has = v.BinaryData[key]
		}
	case *corev1.Secret:
		fields[1] = "stringData"
		_, has = v.Data[key]
		if !has {
			_, has = v.StringData[key]
		}
	default:
		return true
	}
	return has || slices.ContainsFunc(fields, func(field string) bool { return o.isUnread(tree.P(field, key)) })
}
