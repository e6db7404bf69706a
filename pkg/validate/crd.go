package validate

import (
	"slices"
	"strings"

	apiextensionsv1 "k8s.io/apiextensions-apiserver/pkg/apis/apiextensions/v1"
	"k8s.io/apimachinery/pkg/util/validation/field"

	"github.com/kgen-dev/kgen/pkg/manifest"
	"github.com/kgen-dev/kgen/pkg/report"
	"github.com/kgen-dev/kgen/pkg/tree"
	"github.com/kgen-dev/kgen/pkg/validate/custom"
)

const (
	crdVersion = "apiextensions.k8s.io/v1"
	crdKind    = "CustomResourceDefinition"
)

// IsCRD reports whether a manifest is a CustomResourceDefinition.
func IsCRD(n *tree.Node) bool {
	return textAt(n, "apiVersion") == crdVersion && textAt(n, "kind") == crdKind
}

// CRD judges a CustomResourceDefinition.
func (j *Judge) CRD(n *tree.Node) (*manifest.Object, []Problem) {
	crd, mistakes := decodeCRD(n)
	problems := j.lacking(crd)
	verdict := custom.Definition(crd)
	problems = append(problems, fromVerdict(ofSpec(verdict.Errors), verdict.Warnings, custom.PlaceInDefinition)...)
	return crdObject(crd), Causes(n, besides(n, mistakes, problems))
}

// TrustCRD adds a CustomResourceDefinition that the cluster is said to have, or
// will have. It is judged when an object needs it; RefusedCRD tells what came of
// that.
func TrustCRD(schemas *custom.Schemas, n *tree.Node) []report.Finding {
	crd, _ := decodeCRD(n)
	return reportCRD(n, crd, nil, fromVerdict(schemas.Trust(crd), nil, custom.PlaceInDefinition))
}

// RefusedCRD reports what is wrong with a trusted CRD that objects needed.
func RefusedCRD(schemas *custom.Schemas, n *tree.Node) []report.Finding {
	errs := schemas.Refusal(textAt(n, "metadata", "name"))
	if len(errs) == 0 {
		return nil
	}
	crd, mistakes := decodeCRD(n)
	return reportCRD(n, crd, mistakes, fromVerdict(ofSpec(errs), nil, custom.PlaceInDefinition))
}

// ofSpec leaves out errors of the status, which the server makes of the spec.
func ofSpec(errs field.ErrorList) field.ErrorList {
	if len(errs) < 2 {
		return errs
	}
	return slices.DeleteFunc(slices.Clone(errs), func(e *field.Error) bool { return strings.HasPrefix(e.Field, "status.") })
}

func decodeCRD(n *tree.Node) (*apiextensionsv1.CustomResourceDefinition, []tree.DecodeError) {
	crd := &apiextensionsv1.CustomResourceDefinition{}
	return crd, tree.Decode(n, crd)
}

func crdObject(crd *apiextensionsv1.CustomResourceDefinition) *manifest.Object {
	return &manifest.Object{APIVersion: crdVersion, Kind: crdKind, Name: crd.Name}
}

func reportCRD(n *tree.Node, crd *apiextensionsv1.CustomResourceDefinition, mistakes []tree.DecodeError, problems []Problem) []report.Finding {
	sink := &report.Sink{Root: n}
	for _, p := range besides(n, mistakes, problems) {
		p.report(crdObject(crd), sink)
	}
	return sink.Findings
}
