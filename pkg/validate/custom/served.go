package custom

import (
	"fmt"
	"slices"
	"sync"

	"k8s.io/apiextensions-apiserver/pkg/apis/apiextensions"
	apiextensionsv1 "k8s.io/apiextensions-apiserver/pkg/apis/apiextensions/v1"
	structuralschema "k8s.io/apiextensions-apiserver/pkg/apiserver/schema"
	"k8s.io/apiextensions-apiserver/pkg/apiserver/schema/cel"
	structuraldefaulting "k8s.io/apiextensions-apiserver/pkg/apiserver/schema/defaulting"
	apiservervalidation "k8s.io/apiextensions-apiserver/pkg/apiserver/validation"
	"k8s.io/apimachinery/pkg/util/validation/field"
	"k8s.io/apimachinery/pkg/version"
	celconfig "k8s.io/apiserver/pkg/apis/cel"
)

// servedVersion is one version of a CRD.
type servedVersion struct {
	definition *definition
	spec       *apiextensionsv1.CustomResourceDefinitionVersion
	index      int // in spec.versions

	mu       sync.Mutex
	compiled map[uint]*compilation // by the minor of the release
}

// compilation is what judging an object takes, or why there is none.
type compilation struct {
	*servedVersion
	structural *structuralschema.Structural
	schema     apiservervalidation.SchemaValidator
	rules      *cel.Validator // nil without x-kubernetes-validations
	errors     field.ErrorList
	isRefused  bool // the CRD is of no use, at least for the release

	longestEnum int
}

// compile is done for the first object of a version: most versions of a run's CRDs
// have none, and CEL takes a millisecond for a few rules.
func (v *servedVersion) compile() *compilation {
	minor := followRelease()
	v.mu.Lock()
	defer v.mu.Unlock()
	c := v.compiled[minor]
	if c == nil {
		c = &compilation{servedVersion: v}
		v.compiled[minor] = c
		if obstacle := v.obstacle(minor); obstacle != nil {
			c.errors, c.isRefused = field.ErrorList{obstacle}, true
		} else if err := guarded(c.build); err != nil {
			c.errors = field.ErrorList{field.InternalError(nil, err)}
		}
	}
	return c
}

// build follows getOrCreateServingInfoFor of the server's customresource_handler.
func (c *compilation) build() error {
	internal := &apiextensions.JSONSchemaProps{}
	if err := apiextensionsv1.Convert_v1_JSONSchemaProps_To_apiextensions_JSONSchemaProps(schemaOf(c.spec), internal, nil); err != nil {
		return fmt.Errorf("convert the schema: %w", err)
	}
	structural, err := structuralschema.NewStructural(internal)
	if err != nil {
		return fmt.Errorf("read the schema: %w", err)
	}
	c.structural = structural.DeepCopy() // it shares its defaults with internal
	if err := structuraldefaulting.PruneDefaults(c.structural); err != nil {
		return fmt.Errorf("prune the defaults: %w", err)
	}
	if c.schema, _, err = apiservervalidation.NewSchemaValidator(internal); err != nil {
		return fmt.Errorf("compile the schema: %w", err)
	}
	c.rules = cel.NewValidator(c.structural, true, celconfig.PerCallLimit)
	var m measure
	m.add(schemaOf(c.spec), 1)
	c.longestEnum = m.longestEnum
	return nil
}

// schemaOf is the schema of a version, or nil.
func schemaOf(v *apiextensionsv1.CustomResourceDefinitionVersion) *apiextensionsv1.JSONSchemaProps {
	if v.Schema == nil {
		return nil
	}
	return v.Schema.OpenAPIV3Schema
}

// hasStatus reports whether the status is a resource of its own, which a create
// cannot set.
func (v *servedVersion) hasStatus() bool {
	return v.spec.Subresources != nil && v.spec.Subresources.Status != nil
}

// deprecation is the server's warning at every request to a deprecated version;
// empty for another.
func (v *servedVersion) deprecation() string {
	if !v.spec.Deprecated {
		return ""
	}
	if v.spec.DeprecationWarning != nil {
		return *v.spec.DeprecationWarning
	}
	group, kind := v.definition.crd.Spec.Group, v.definition.crd.Spec.Names.Kind
	warning := fmt.Sprintf("%s/%s %s is deprecated", group, v.spec.Name, kind)
	var newer []string
	for _, other := range v.definition.crd.Spec.Versions {
		if other.Served && !other.Deprecated && version.CompareKubeAwareVersionStrings(v.spec.Name, other.Name) < 0 {
			newer = append(newer, other.Name)
		}
	}
	if len(newer) == 0 {
		return warning
	}
	return fmt.Sprintf("%s; use %s/%s %s", warning, group, slices.MaxFunc(newer, version.CompareKubeAwareVersionStrings), kind)
}
