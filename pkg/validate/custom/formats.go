package custom

import (
	"k8s.io/apiextensions-apiserver/pkg/apis/apiextensions"
	apiextensionsv1 "k8s.io/apiextensions-apiserver/pkg/apis/apiextensions/v1"
	"k8s.io/apiextensions-apiserver/pkg/apis/apiextensions/validation"
	apiservervalidation "k8s.io/apiextensions-apiserver/pkg/apiserver/validation"
	"k8s.io/apiserver/pkg/cel/environment"
	"k8s.io/kube-openapi/pkg/validation/spec"
)

// unknownFormats are the server's warnings about a new CRD: formats of strings
// that it does not know and so never checks. Each is said once.
func unknownFormats(crd *apiextensionsv1.CustomResourceDefinition) (warnings []string) {
	seen := map[string]bool{}
	if checkLimits(crd) != nil {
		return nil
	}
	for i := range crd.Spec.Versions {
		if root := schemaOf(&crd.Spec.Versions[i]); root != nil {
			collectUnknown(root, seen)
		}
	}
	for _, format := range sortedKeys(seen) {
		warnings = append(warnings, `unrecognized format "`+format+`"`)
	}
	return warnings
}

func collectUnknown(root *apiextensionsv1.JSONSchemaProps, seen map[string]bool) {
	compatible := environment.DefaultCompatibilityVersion()
	internal := &apiextensions.JSONSchemaProps{}
	if apiextensionsv1.Convert_v1_JSONSchemaProps_To_apiextensions_JSONSchemaProps(root, internal, nil) != nil {
		return // a default or enum that is no JSON: an error elsewhere
	}
	validation.SchemaHas(internal, func(p *apiextensions.JSONSchemaProps) bool {
		alone := &spec.Schema{SchemaProps: spec.SchemaProps{Format: p.Format, Type: []string{p.Type}}}
		for _, format := range apiservervalidation.GetUnrecognizedFormats(alone, compatible) {
			seen[format] = true
		}
		return false
	})
}
