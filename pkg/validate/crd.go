package validate

import (
	"fmt"
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

// TrustCRD adds a CustomResourceDefinition that the cluster has, or will have. It is
// judged when an object needs it; RefusedCRD tells what came of that.
func TrustCRD(schemas *custom.Schemas, n *tree.Node, from custom.Origin) []report.Finding {
	crd, mistakes := decodeCRD(n)
	from.Pos, from.Mistakes = n.Pos, atMost(mistakes)
	errs := schemas.Trust(crd, from)
	problems := fromVerdict(errs, nil, custom.PlaceInDefinition)
	if len(problems) == 1 && problems[0].ID == Duplicate {
		problems = secondCRD(&problems[0], n.Pos, schemas.Origin(crd.Name))
	}
	return reportCRD(n, crd, nil, problems)
}

// secondCRD is what to say of a CRD at a place that contradicts the first of its
// name.
func secondCRD(p *Problem, at tree.Pos, first custom.Origin) []Problem {
	switch {
	case first.IsInstalled:
		p.Message += fmt.Sprintf(": another is in %s", first.Pos)
		p.Fix = "give one of the two with --crd"
	case first.Pos.Source != nil && at.Source != nil && first.Pos.Source.Dir == at.Source.Dir:
		return nil // that the object stands twice is told anyway
	default:
		p.Severity = report.Warning
		p.Message += fmt.Sprintf(": custom resources are judged by that in %s, which differs", first.Pos)
		p.Fix = "where the two are meant for two clusters, validate their directories one by one"
	}
	return []Problem{*p}
}

// RefusedCRD reports what is wrong with a trusted CRD that objects needed.
func RefusedCRD(schemas *custom.Schemas, n *tree.Node) []report.Finding {
	errs, isNeeded := schemas.Refusal(textAt(n, "metadata", "name"), n.Pos)
	if !isNeeded {
		return nil
	}
	crd, mistakes := decodeCRD(n)
	// A cluster that has the CRD says so, and lets unknown fields pass.
	errs = slices.DeleteFunc(slices.Clone(errs), func(e *field.Error) bool { return e.Field == "metadata.resourceVersion" })
	mistakes = slices.DeleteFunc(mistakes, func(m tree.DecodeError) bool { return m.Kind == tree.UnknownField && len(errs) == 0 })
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
