package custom

import (
	"fmt"

	apiextensionsv1 "k8s.io/apiextensions-apiserver/pkg/apis/apiextensions/v1"
	"k8s.io/apimachinery/pkg/util/validation/field"
)

// What a schema may have at most. The server reads no more than 3 MiB and gives up
// after a minute; kgen reads more and has no clock. Real schemas stay below a
// hundredth of each.
const (
	maxDepth = 500     // levels; the server's code calls itself for each
	maxNodes = 100_000 // schemas and values of enums, of which 3 MiB hardly hold more
	// maxRuleWork bounds the time that compiling the CEL rules takes: it grows with
	// the square of a rule's length, from about what one of 1,000 characters takes.
	maxRuleWork = 10_000_000_000
)

// checkLimits refuses a schema that is out of all proportion.
func checkLimits(crd *apiextensionsv1.CustomResourceDefinition) *field.Error {
	var m measure
	for i := range crd.Spec.Versions {
		root := schemaOf(&crd.Spec.Versions[i])
		if root == nil {
			continue
		}
		m.add(root, 1)
		if problem := m.problem(); problem != "" {
			return field.Forbidden(field.NewPath("spec", "versions").Index(i).Child("schema", "openAPIV3Schema"), problem)
		}
	}
	return nil
}

// measure is how large the schemas of a CRD are.
type measure struct {
	depth, nodes int
	longestEnum  int
	ruleWork     float64
}

func (m *measure) add(s *apiextensionsv1.JSONSchemaProps, level int) {
	m.depth = max(m.depth, level)
	m.nodes += 1 + len(s.Enum)
	m.longestEnum = max(m.longestEnum, len(s.Enum))
	for i := range s.XValidations {
		length := float64(len(s.XValidations[i].Rule) + len(s.XValidations[i].MessageExpression) + 1000)
		m.ruleWork += length * length
	}
	if m.problem() != "" {
		return
	}
	for _, child := range children(s) {
		m.add(child, level+1)
	}
}

func (m *measure) problem() string {
	switch {
	case m.depth > maxDepth:
		return fmt.Sprintf("the schema is nested deeper than %d levels", maxDepth)
	case m.nodes > maxNodes:
		return fmt.Sprintf("the schema consists of more than %d schemas and values", maxNodes)
	case m.ruleWork > maxRuleWork:
		return "the schema has too many or too long x-kubernetes-validations to compile in reasonable time"
	}
	return ""
}

// children are the schemas one level below s.
func children(s *apiextensionsv1.JSONSchemaProps) (all []*apiextensionsv1.JSONSchemaProps) {
	for _, m := range []map[string]apiextensionsv1.JSONSchemaProps{s.Properties, s.PatternProperties, s.Definitions} {
		for _, key := range sortedKeys(m) {
			child := m[key]
			all = append(all, &child)
		}
	}
	for _, list := range [][]apiextensionsv1.JSONSchemaProps{s.AllOf, s.AnyOf, s.OneOf} {
		for i := range list {
			all = append(all, &list[i])
		}
	}
	if s.Not != nil {
		all = append(all, s.Not)
	}
	if s.Items != nil {
		if s.Items.Schema != nil {
			all = append(all, s.Items.Schema)
		}
		for i := range s.Items.JSONSchemas {
			all = append(all, &s.Items.JSONSchemas[i])
		}
	}
	for _, other := range []*apiextensionsv1.JSONSchemaPropsOrBool{s.AdditionalProperties, s.AdditionalItems} {
		if other != nil && other.Schema != nil {
			all = append(all, other.Schema)
		}
	}
	for _, key := range sortedKeys(s.Dependencies) {
		if child := s.Dependencies[key].Schema; child != nil {
			all = append(all, child)
		}
	}
	return all
}
