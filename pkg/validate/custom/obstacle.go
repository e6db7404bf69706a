package custom

import (
	"fmt"
	"slices"
	"strings"

	"k8s.io/apimachinery/pkg/util/validation/field"

	"github.com/kgen-dev/kgen/pkg/tree"
)

// asides are the fields of a CRD that say nothing of how its objects are judged:
// an error there is reason enough for the server to refuse the CRD, but none to
// pass over its objects. The second list is below a version.
var (
	asides = []string{
		"metadata", "status", "spec.group", "spec.names", "spec.version", "spec.conversion",
		"spec.additionalPrinterColumns", "spec.selectableFields",
	}
	asidesOfVersion = []string{"additionalPrinterColumns", "selectableFields", "deprecationWarning"}
)

// obstacle is the error of an object of this version that cannot be judged, for
// the release refuses its CRD; nil where there is none.
func (v *servedVersion) obstacle(minor uint) *field.Error {
	errs := v.definition.judge(minor)
	isTooLarge := len(errs) > 0 && checkLimits(v.definition.crd) != nil // then nothing else was looked at
	for _, e := range errs {
		if isTooLarge || !v.isAside(e.Field) {
			moved := *e
			moved.Field = PlaceInDefinition(e)
			return refused(moved.Error())
		}
	}
	for i := range v.definition.from.Mistakes {
		m := &v.definition.from.Mistakes[i]
		if at := m.Path.String(); m.Kind != tree.UnknownField && !v.isAside(at) {
			return refused(at + ": " + m.Message)
		}
	}
	return nil
}

func refused(why string) *field.Error {
	return field.Forbidden(field.NewPath("apiVersion"), "the server refuses the CustomResourceDefinition: "+why)
}

// isAside reports whether what is wrong at a path of the CRD leaves the schema of
// this version as it was meant.
func (v *servedVersion) isAside(path string) bool {
	leads := func(to string) bool { return isWithin(path, to) }
	if !strings.HasPrefix(path, "spec.versions[") {
		return slices.ContainsFunc(asides, leads)
	}
	own := fmt.Sprintf("spec.versions[%d]", v.index)
	return !leads(own) || slices.ContainsFunc(asidesOfVersion, func(part string) bool { return leads(own + "." + part) })
}
