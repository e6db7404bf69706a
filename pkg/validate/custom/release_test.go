package custom_test

import (
	"fmt"
	"strings"
	"testing"

	"k8s.io/apimachinery/pkg/util/version"
	"k8s.io/apiserver/pkg/util/feature"

	"github.com/kgen-dev/kgen/pkg/validate/custom"
)

// TestReleases judges by the CEL library and the formats of the release that the
// feature gates emulate: a new CRD may use those of the release before it.
func TestReleases(t *testing.T) {
	gates := feature.DefaultMutableFeatureGate
	newest := gates.EmulationVersion()
	t.Cleanup(func() {
		if err := gates.SetEmulationVersion(newest); err != nil {
			t.Error(err)
		}
	})
	const ip = "{type: string, maxLength: 40, x-kubernetes-validations: [{rule: isIP(self), message: no address}]}"
	const format = "{type: string, format: k8s-short-name}"
	for _, test := range []struct {
		minor                uint
		spec, definition, of string // what is said of the CRD, and of a bad object
	}{
		{36, ip, "accepted", "no address"},
		{31, ip, "accepted", "no address"},
		{30, ip, "undeclared reference to 'isIP'", "the server refuses the CustomResourceDefinition"},
		{36, format, "accepted", "must be of type k8s-short-name"},
		{33, format, `unrecognized format "k8s-short-name"`, "accepted"},
	} {
		if err := gates.SetEmulationVersion(version.MajorMinor(1, test.minor)); err != nil {
			t.Fatal(err)
		}
		crd := crdOf(t, "things", "Thing", test.spec)
		verdict := custom.Definition(crd)
		if got := textOf(verdict) + fmt.Sprint(verdict.Errors); !strings.Contains(got, test.definition) {
			t.Errorf("1.%d, %s: %s", test.minor, test.spec, got)
		}
		var schemas custom.Schemas
		schemas.Trust(crd, custom.Origin{})
		if got := textOf(schemas.Create(thing(t, "Not One"))); !strings.Contains(got, test.of) {
			t.Errorf("1.%d, object of %s: %s", test.minor, test.spec, got)
		}
	}
}
