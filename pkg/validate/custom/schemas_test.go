package custom_test

import (
	"fmt"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"
	apiextensionsv1 "k8s.io/apiextensions-apiserver/pkg/apis/apiextensions/v1"

	"github.com/kgen-dev/kgen/pkg/tree"
	"github.com/kgen-dev/kgen/pkg/validate/custom"
)

// crdYAML is a CRD of Thing in example.org with a schema of spec.
func crdYAML(plural, kind, spec string) string {
	return fmt.Sprintf(`
apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
metadata: {name: %[1]s.example.org}
spec:
  group: example.org
  scope: Namespaced
  names: {plural: %[1]s, kind: %[2]s}
  versions:
    - {name: v1beta1, served: true, storage: false, schema: {openAPIV3Schema: {type: object}}}
    - {name: v1, served: true, storage: true, schema: {openAPIV3Schema: {type: object, properties: {spec: %[3]s}}}}
    - {name: v0, served: false, storage: false, schema: {openAPIV3Schema: {type: object}}}
`, plural, kind, spec)
}

func crdOf(t testing.TB, plural, kind, spec string) *apiextensionsv1.CustomResourceDefinition {
	t.Helper()
	return definitionOf(t, []byte(crdYAML(plural, kind, spec)))
}

func thing(t testing.TB, spec string) *tree.Node {
	t.Helper()
	return nodeOf(t, []byte("{apiVersion: example.org/v1, kind: Thing, metadata: {name: a}, spec: "+spec+"}"))
}

const (
	words  = "{type: array, items: {type: string}}"
	broken = "{type: array}"
)

func TestAdd(t *testing.T) {
	for _, test := range []struct {
		name string
		crds []*apiextensionsv1.CustomResourceDefinition
		want string // of the last
	}{
		{"twice the same", []*apiextensionsv1.CustomResourceDefinition{crdOf(t, "things", "Thing", words), crdOf(t, "things", "Thing", words)}, "[]"},
		{"one name, two schemas", []*apiextensionsv1.CustomResourceDefinition{crdOf(t, "things", "Thing", words), crdOf(t, "things", "Thing", "{type: string}")},
			`[metadata.name: Duplicate value: "things.example.org"]`},
		{"one kind, two names", []*apiextensionsv1.CustomResourceDefinition{crdOf(t, "things", "Thing", words), crdOf(t, "stuff", "Thing", words)},
			`[spec.names.kind: Invalid value: "Thing": "Thing" is already in use]`},
		{"after a broken one", []*apiextensionsv1.CustomResourceDefinition{crdOf(t, "things", "Thing", broken), crdOf(t, "things", "Thing", words)}, "[]"},
		{"broken", []*apiextensionsv1.CustomResourceDefinition{crdOf(t, "things", "Thing", broken)},
			"[spec.versions[1].schema.openAPIV3Schema.properties[spec].items: Required value: must be specified]"},
	} {
		var schemas custom.Schemas
		got := ""
		for _, crd := range test.crds {
			before := crd.DeepCopy()
			got = fmt.Sprint(schemas.Add(crd))
			if diff := cmp.Diff(before, crd); diff != "" {
				t.Errorf("%s: Add changes the CRD:\n%s", test.name, diff)
			}
		}
		if got != test.want {
			t.Errorf("%s: %s, want %s", test.name, got, test.want)
		}
	}
}

func TestKnown(t *testing.T) {
	var none *custom.Schemas
	var empty, schemas custom.Schemas
	if errs := schemas.Add(crdOf(t, "things", "Thing", words)); len(errs) > 0 {
		t.Fatal(errs)
	}
	for _, test := range []struct {
		name          string
		schemas       *custom.Schemas
		versions      string
		kinds         string
		known, inside bool
	}{
		{"nil", none, "[]", "[]", false, false},
		{"none", &empty, "[]", "[]", false, false},
		{"one", &schemas, "[example.org/v1 example.org/v1beta1]", "[Thing]", true, true},
	} {
		inside, known := test.schemas.IsNamespaced("example.org", "Thing")
		if known != test.known || inside != test.inside {
			t.Errorf("%s: namespaced %v, known %v", test.name, inside, known)
		}
		if got := fmt.Sprint(test.schemas.Versions("example.org", "Thing")); got != test.versions {
			t.Errorf("%s: versions %s, want %s", test.name, got, test.versions)
		}
		if got := fmt.Sprint(test.schemas.Kinds("example.org")); got != test.kinds {
			t.Errorf("%s: kinds %s, want %s", test.name, got, test.kinds)
		}
		for apiVersion, want := range map[string]bool{"example.org/v1": test.known, "example.org/v0": false, "example.org/v2": false, "v1": false, "": false} {
			if got := test.schemas.Handles(apiVersion, "Thing"); got != want {
				t.Errorf("%s: handles %q: %v", test.name, apiVersion, got)
			}
		}
	}
	if verdict := none.Create(thing(t, "[a]")); len(verdict.Errors)+len(verdict.Mistakes)+len(verdict.Warnings) > 0 {
		t.Errorf("of an unknown kind: %+v", verdict)
	}
}

// TestTrust takes a CRD in unjudged: what is wrong with it is found with the first
// object.
func TestTrust(t *testing.T) {
	for _, test := range []struct{ spec, object, want string }{
		{words, "[a]", "accepted\n"},
		{words, "a", `error spec: Invalid value: "string": spec in body must be of type array: "string"` + "\n"},
		{broken, "[a]", "error apiVersion: Forbidden: the server refuses the CustomResourceDefinition: " +
			"spec.versions[1].schema.openAPIV3Schema.properties[spec].items: Required value: must be specified\n"},
	} {
		var schemas custom.Schemas
		if errs := schemas.Trust(crdOf(t, "things", "Thing", test.spec)); len(errs) > 0 {
			t.Errorf("%s: %v", test.spec, errs)
		}
		if got := textOf(schemas.Create(thing(t, test.object))); got != test.want {
			t.Errorf("%s by %s: %s want %s", test.object, test.spec, got, test.want)
		}
	}
}

// TestTogether adds and judges from many goroutines.
func TestTogether(t *testing.T) {
	var schemas custom.Schemas
	crd, object := crdOf(t, "things", "Thing", words), thing(t, "a")
	var wait sync.WaitGroup
	for range 8 {
		wait.Go(func() {
			if errs := schemas.Add(crd); len(errs) > 0 {
				t.Error(errs)
			}
			if got := textOf(schemas.Create(object)); got != "error spec: Invalid value: \"string\": spec in body must be of type array: \"string\"\n" {
				t.Error(got)
			}
		})
	}
	wait.Wait()
}
