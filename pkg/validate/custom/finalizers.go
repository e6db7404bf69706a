package custom

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	corev1 "k8s.io/api/core/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/util/validation"
	"k8s.io/apimachinery/pkg/util/validation/field"
)

// warnFinalizers gives the warnings of WarningsOnCreate, each finalizer once and in
// alphabetical order.
func (c *creation) warnFinalizers() {
	if len(c.errors) > 0 || len(c.mistakes) > 0 {
		return // the server gives them with its consent only
	}
	names := slices.Clone(c.meta.Finalizers)
	slices.Sort(names)
	for _, name := range slices.Compact(names) {
		for _, problem := range append(validation.IsQualifiedName(name), unqualified(name)...) {
			c.warnings = append(c.warnings, fmt.Sprintf("metadata.finalizers: %q: %s", name, problem))
		}
	}
}

// unqualified is the advice about a finalizer that names no domain, or a domain
// without a path.
func unqualified(name string) []string {
	switch {
	case strings.Contains(name, "/") || name == metav1.FinalizerOrphanDependents ||
		name == metav1.FinalizerDeleteDependents || name == string(corev1.FinalizerKubernetes):
		return nil
	case strings.Contains(name, "."):
		return []string{"prefer a domain-qualified finalizer name including a path (/) to avoid accidental conflicts with other finalizer writers"}
	}
	return []string{"prefer a domain-qualified finalizer name to avoid accidental conflicts with other finalizer writers"}
}

// resourceVersionOnCreate is the error of the server's storage about an object that
// claims to be stored already. What is no number it does not see.
func resourceVersionOnCreate(version string) field.ErrorList {
	if n, err := strconv.ParseUint(version, 10, 64); err != nil || n == 0 {
		return nil
	}
	return field.ErrorList{field.Forbidden(field.NewPath("metadata", "resourceVersion"), "resourceVersion should not be set on objects to be created")}
}
