package custom

import (
	"context"

	"k8s.io/apiextensions-apiserver/pkg/apiserver/schema/listtype"
	"k8s.io/apiextensions-apiserver/pkg/apiserver/schema/objectmeta"
	apiservervalidation "k8s.io/apiextensions-apiserver/pkg/apiserver/validation"
	"k8s.io/apimachinery/pkg/api/validation"
	"k8s.io/apimachinery/pkg/util/validation/field"
	celconfig "k8s.io/apiserver/pkg/apis/cel"
)

// validate runs the stages of customResourceStrategy.Validate in their order, and
// what the store says last.
func (c *creation) validate(ctx context.Context) {
	v := c.version
	c.add(sortRuns(validation.ValidateObjectMeta(c.meta, v.definition.isNamespaced(), validation.NameIsDNSSubdomain, field.NewPath("metadata")))...)
	c.add(sortByText(apiservervalidation.ValidateCustomResource(nil, c.object, v.schema))...)
	c.validateScale()
	if !c.embeddedJudged {
		c.add(sortByText(objectmeta.Validate(nil, c.object, v.structural, false))...)
	}
	c.add(sortByText(listtype.ValidateListSetsAndMaps(nil, v.structural, c.object))...)
	c.validateRules(ctx)
	c.add(resourceVersionOnCreate(c.meta.ResourceVersion)...)
	c.warnFinalizers()
}

// validateRules runs x-kubernetes-validations, which the server leaves out where a
// value is not even of the form that they rely on.
func (c *creation) validateRules(ctx context.Context) {
	if c.version.rules == nil {
		return
	}
	for _, e := range c.errors {
		switch e.Type {
		case field.ErrorTypeNotSupported, field.ErrorTypeRequired, field.ErrorTypeTooLong, field.ErrorTypeTooMany, field.ErrorTypeTypeInvalid:
			c.add(field.Invalid(nil, nil, "some validation rules were not checked because the object was invalid; correct the existing errors to complete validation"))
			return
		}
	}
	errs, left := c.version.rules.Validate(ctx, nil, c.version.structural, c.object, nil, celconfig.RuntimeCELCostBudget)
	if left < 0 {
		// At which rule the budget ran out is chance: the server walks Go maps.
		c.add(field.Invalid(nil, "object", "validation failed due to running out of cost budget, no further validation rules will be run"))
		return
	}
	c.add(sortByField(errs)...)
}
