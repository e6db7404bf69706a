package custom

import (
	"strings"

	"k8s.io/apimachinery/pkg/api/equality"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"

	"k8s.io/apiextensions-apiserver/pkg/apiserver/schema/objectmeta"
	"k8s.io/apimachinery/pkg/util/validation/field"
)

// prepare does what stands between decoding and validation in the server: the
// create handler, the registry's store, and PrepareForCreate of
// pkg/registry/customresource.
func (c *creation) prepare() {
	if c.meta == nil {
		c.meta = &metav1.ObjectMeta{}
	}
	clearSystemFields(c.meta)
	c.dropDoubleOwners()
	if !c.version.definition.isNamespaced() {
		c.meta.Namespace = ""
	} else if c.meta.Namespace == "" {
		c.meta.Namespace = metav1.NamespaceDefault
	}
	if c.meta.Name == "" && c.meta.GenerateName != "" {
		c.meta.Name = generatedName(c.meta.GenerateName)
	}
	c.meta.Generation = 1
	if c.version.hasStatus() {
		delete(c.object, "status")
	}
	if err := objectmeta.SetObjectMeta(c.object, c.meta); err != nil {
		c.add(field.InternalError(field.NewPath("metadata"), err))
	}
}

// clearSystemFields empties what the server sets itself.
func clearSystemFields(meta *metav1.ObjectMeta) {
	meta.CreationTimestamp, meta.UID = metav1.Time{}, ""
	meta.DeletionTimestamp, meta.DeletionGracePeriodSeconds = nil, nil
	meta.ManagedFields = nil
}

// dropDoubleOwners keeps the first of equal owner references, with the server's
// warning about the others.
func (c *creation) dropDoubleOwners() {
	var kept []metav1.OwnerReference
	var dropped []string
next:
	for _, ref := range c.meta.OwnerReferences {
		for i := range kept {
			if equality.Semantic.DeepEqual(kept[i], ref) {
				dropped = append(dropped, string(ref.UID))
				continue next
			}
		}
		kept = append(kept, ref)
	}
	c.meta.OwnerReferences = kept
	if len(dropped) > 0 {
		c.warnings = append(c.warnings, ".metadata.ownerReferences contains duplicate entries; API server dedups owner references in 1.20+, "+
			"and may reject such requests as early as 1.24; please fix your requests; duplicate UID(s) observed: "+strings.Join(dropped, ", "))
	}
}

// generatedName is a name as the server makes it of a generateName, with letters
// that are always the same.
func generatedName(base string) string {
	const longest = 63 - len(suffix)
	return base[:min(len(base), longest)] + suffix
}

const suffix = "xxxxx"
