package custom

import (
	"fmt"
	"math"
	"strings"

	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
	"k8s.io/apimachinery/pkg/util/validation/field"
)

// validateScale checks the values that the scale subresource exposes, as
// ValidateScaleSpec and ValidateScaleStatus of pkg/registry/customresource do.
func (c *creation) validateScale() {
	sub := c.version.spec.Subresources
	if sub == nil || sub.Scale == nil {
		return
	}
	c.validateReplicas(sub.Scale.SpecReplicasPath)
	c.validateReplicas(sub.Scale.StatusReplicasPath)
	if path := sub.Scale.LabelSelectorPath; path != nil {
		if selector, _, err := unstructured.NestedString(c.object, steps(*path)...); err != nil {
			c.add(field.Invalid(field.NewPath(*path), selector, err.Error()))
		}
	}
}

func (c *creation) validateReplicas(path string) {
	replicas, _, err := unstructured.NestedInt64(c.object, steps(path)...)
	problem := ""
	switch {
	case err != nil:
		problem = err.Error()
	case replicas < 0:
		problem = "should be a non-negative integer"
	case replicas > math.MaxInt32:
		problem = fmt.Sprintf("should be less than or equal to %d", math.MaxInt32)
	default:
		return
	}
	c.add(field.Invalid(field.NewPath(path), replicas, problem))
}

// steps are the names in a path such as .spec.replicas.
func steps(path string) []string { return strings.Split(strings.TrimPrefix(path, "."), ".") }
