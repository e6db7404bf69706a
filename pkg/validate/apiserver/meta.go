package apiserver

import (
	"fmt"
	"reflect"
	"slices"
	"strconv"
	"strings"

	"k8s.io/apimachinery/pkg/api/validate/content"
	"k8s.io/apimachinery/pkg/api/validation"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/types"
	"k8s.io/apimachinery/pkg/util/validation/field"
)

// NewUID stands for the UID that the server draws, which must not differ from run
// to run here.
const NewUID = "00000000-0000-4000-8000-000000000000"

// setSystemFields clears what a client may not set and fills in what the server
// sets: the create handler's part (WipeObjectMetaSystemFields, the namespace of
// the request, repeated owner references) and the registry's
// (FillObjectMetaSystemFields, the generated name).
func (r *rules[V, I]) setSystemFields(meta *metav1.ObjectMeta, clusterScoped bool) (warnings []string) {
	meta.CreationTimestamp = metav1.Time{}
	meta.UID = NewUID
	meta.DeletionTimestamp = nil
	meta.DeletionGracePeriodSeconds = nil
	//lint:ignore SA1019 the server still has it
	meta.SelfLink = ""
	// The server keeps these only as far as it can read them, and then makes its own.
	meta.ManagedFields = nil
	switch {
	case clusterScoped:
		meta.Namespace = metav1.NamespaceNone
	case meta.Namespace == metav1.NamespaceNone:
		meta.Namespace = metav1.NamespaceDefault
	}
	if len(meta.OwnerReferences) > 1 {
		warnings = dropRepeatedOwners(meta)
	}
	if meta.Name == "" && meta.GenerateName != "" {
		if r.name != nil {
			meta.Name = r.name(meta.GenerateName)
		} else {
			meta.Name = generatedName(meta.GenerateName)
		}
	}
	return warnings
}

// generatedName is a name as the server's SimpleNameGenerator makes it: five
// characters on the base, which is cut so that both fit a DNS label.
func generatedName(base string) string {
	const suffix = "xxxxx"
	return base[:min(len(base), 63-len(suffix))] + suffix
}

// dropRepeatedOwners keeps each owner reference once, as the create handler does.
func dropRepeatedOwners(meta *metav1.ObjectMeta) []string {
	kept := make([]metav1.OwnerReference, 0, len(meta.OwnerReferences))
	var repeated []string
	seen := map[types.UID]bool{}
	for _, ref := range meta.OwnerReferences {
		same := func(k metav1.OwnerReference) bool { return reflect.DeepEqual(k, ref) }
		if seen[ref.UID] && slices.ContainsFunc(kept, same) {
			repeated = append(repeated, string(ref.UID))
			continue
		}
		seen[ref.UID] = true
		kept = append(kept, ref)
	}
	if len(repeated) == 0 {
		return nil
	}
	meta.OwnerReferences = kept
	return []string{fmt.Sprintf(".metadata.ownerReferences contains duplicate entries; API server dedups owner references in 1.20+, and may reject such requests as early as 1.24; please fix your requests; duplicate UID(s) observed: %v", strings.Join(repeated, ", "))}
}

var metadataPath = field.NewPath("metadata")

// validateMeta is BeforeCreate's look at the metadata after the strategy's: names
// must do as a segment of a URL.
func validateMeta(meta *metav1.ObjectMeta, clusterScoped bool) field.ErrorList {
	return validation.ValidateObjectMeta(meta, !clusterScoped, pathSegment, metadataPath)
}

func pathSegment(name string, prefix bool) []string {
	if prefix {
		return content.IsPathSegmentPrefix(name)
	}
	return content.IsPathSegmentName(name)
}

// validateStored is the last hurdle, in the storage layer.
func validateStored(meta *metav1.ObjectMeta) field.ErrorList {
	version, err := strconv.ParseUint(meta.ResourceVersion, 10, 64)
	if err != nil || version == 0 {
		return nil // not read as a version, so ignored
	}
	return field.ErrorList{field.Forbidden(metadataPath.Child("resourceVersion"), "resourceVersion should not be set on objects to be created")}
}
