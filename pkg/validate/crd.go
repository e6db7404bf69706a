package validate

import (
	apiextensionsv1 "k8s.io/apiextensions-apiserver/pkg/apis/apiextensions/v1"

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

// AddCRD judges a CustomResourceDefinition, and adds a valid one to schemas.
func AddCRD(schemas *custom.Schemas, n *tree.Node) []report.Finding {
	return takeCRD(n, func(crd *apiextensionsv1.CustomResourceDefinition) []Problem {
		return fromVerdict(schemas.Add(crd), custom.Definition(crd).Warnings, custom.PlaceInDefinition)
	})
}

// TrustCRD adds a CustomResourceDefinition that the cluster is said to have. It is
// judged when an object needs it; RefusedCRD tells what came of that.
func TrustCRD(schemas *custom.Schemas, n *tree.Node) []report.Finding {
	return takeCRD(n, func(crd *apiextensionsv1.CustomResourceDefinition) []Problem {
		return fromVerdict(schemas.Trust(crd), nil, custom.PlaceInDefinition)
	})
}

// RefusedCRD reports what is wrong with a trusted CRD that objects needed.
func RefusedCRD(schemas *custom.Schemas, n *tree.Node) []report.Finding {
	errs := schemas.Refusal(textAt(n, "metadata", "name"))
	if len(errs) == 0 {
		return nil
	}
	return takeCRD(n, func(*apiextensionsv1.CustomResourceDefinition) []Problem {
		return fromVerdict(errs, nil, custom.PlaceInDefinition)
	})
}

func takeCRD(n *tree.Node, take func(*apiextensionsv1.CustomResourceDefinition) []Problem) []report.Finding {
	crd := &apiextensionsv1.CustomResourceDefinition{}
	mistakes := tree.Decode(n, crd)
	object := &manifest.Object{APIVersion: crdVersion, Kind: crdKind, Name: crd.Name}
	sink := &report.Sink{Root: n}
	for _, p := range besides(n, mistakes, take(crd)) {
		p.report(object, sink)
	}
	return sink.Findings
}
