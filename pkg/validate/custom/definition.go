package custom

import (
	"context"
	"fmt"
	"regexp"

	"k8s.io/apiextensions-apiserver/pkg/apis/apiextensions"
	apiextensionsv1 "k8s.io/apiextensions-apiserver/pkg/apis/apiextensions/v1"
	"k8s.io/apiextensions-apiserver/pkg/apis/apiextensions/validation"
	"k8s.io/apimachinery/pkg/util/validation/field"
)

// Definition is what the server says of a CRD on create; crd is not changed.
func Definition(crd *apiextensionsv1.CustomResourceDefinition) (verdict Verdict) {
	verdict.Errors = newDefinition(crd).judge(followRelease())
	verdict.Warnings = unknownFormats(crd)
	return verdict
}

// judgeDefinition does with a CRD that has its defaults what the server does on
// create, in the order of pkg/registry/customresourcedefinition: conversion to the
// internal type, clearing what belongs to the server, validation.
func judgeDefinition(crd *apiextensionsv1.CustomResourceDefinition) field.ErrorList {
	if err := checkLimits(crd); err != nil {
		return field.ErrorList{err}
	}
	internal, err := toInternal(crd)
	if err != nil {
		return field.ErrorList{field.InternalError(nil, err)}
	}
	errs, panicked := validateDefinition(internal)
	if panicked {
		// The server takes a schema for granted where there are selectable fields.
		// What is wrong with the schema says more than its panic.
		clearSelectableFields(&internal.Spec)
		if others, _ := validateDefinition(internal); len(others) > 0 {
			errs = others
		}
	}
	errs = append(errs, resourceVersionOnCreate(crd.ResourceVersion)...)
	for _, e := range errs {
		e.Detail = generatedType.ReplaceAllString(e.Detail, "$1")
	}
	return sortRuns(errs)
}

// generatedType is a name that the server gives to a type in messages of CEL, with
// a number that is another each time.
var generatedType = regexp.MustCompile(`\b(selfType)[0-9]+`)

func validateDefinition(internal *apiextensions.CustomResourceDefinition) (errs field.ErrorList, panicked bool) {
	err := guarded(func() error {
		errs = validation.ValidateCustomResourceDefinition(context.Background(), internal)
		return nil
	})
	if err != nil {
		return field.ErrorList{field.InternalError(nil, err)}, true
	}
	return errs, false
}

func clearSelectableFields(spec *apiextensions.CustomResourceDefinitionSpec) {
	spec.SelectableFields = nil
	for i := range spec.Versions {
		spec.Versions[i].SelectableFields = nil
	}
}

// toInternal is crd in the server's internal type, as it stands before validation.
func toInternal(crd *apiextensionsv1.CustomResourceDefinition) (*apiextensions.CustomResourceDefinition, error) {
	internal := &apiextensions.CustomResourceDefinition{}
	err := guarded(func() error {
		return apiextensionsv1.Convert_v1_CustomResourceDefinition_To_apiextensions_CustomResourceDefinition(crd.DeepCopy(), internal, nil)
	})
	if err != nil {
		return nil, fmt.Errorf("convert to the internal type: %w", err)
	}
	clearSystemFields(&internal.ObjectMeta)
	internal.Generation = 1
	internal.Status = apiextensions.CustomResourceDefinitionStatus{}
	for _, v := range internal.Spec.Versions {
		if v.Storage {
			internal.Status.StoredVersions = []string{v.Name}
			break
		}
	}
	return internal, nil
}
