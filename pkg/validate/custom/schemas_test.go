package custom_test

import (
	"fmt"
	"strings"
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
		if errs := schemas.Trust(crdOf(t, "things", "Thing", test.spec), custom.Origin{}); len(errs) > 0 {
			t.Errorf("%s: %v", test.spec, errs)
		}
		if got := textOf(schemas.Create(thing(t, test.object))); got != test.want {
			t.Errorf("%s by %s: %s want %s", test.object, test.spec, got, test.want)
		}
	}
}

// TestObstacles has CRDs that the server refuses: only what is wrong with the
// schema of a version is a reason to pass over its objects.
func TestObstacles(t *testing.T) {
	at := func(kind tree.ErrorKind, path ...any) []tree.DecodeError {
		return []tree.DecodeError{{Kind: kind, Path: path, Message: "made up"}}
	}
	huge := strings.Repeat("{type: array, items: ", 600) + "{type: string}" + strings.Repeat("}", 600)
	for _, test := range []struct {
		name     string
		change   func(*apiextensionsv1.CustomResourceDefinition)
		mistakes []tree.DecodeError
		want     string // empty where the object is judged
	}{
		{"a label", func(c *apiextensionsv1.CustomResourceDefinition) { c.Labels = map[string]string{"a": "b c"} }, nil, ""},
		{"the name", func(c *apiextensionsv1.CustomResourceDefinition) { c.Name = "other" }, nil, ""},
		{"a dump", func(c *apiextensionsv1.CustomResourceDefinition) { c.ResourceVersion = "7" }, nil, ""},
		{"a short name", func(c *apiextensionsv1.CustomResourceDefinition) { c.Spec.Names.ShortNames = []string{"A_"} }, nil, ""},
		{"the schema of another version", func(c *apiextensionsv1.CustomResourceDefinition) {
			c.Spec.Versions[0].Schema.OpenAPIV3Schema.Type = ""
		}, nil, ""},
		{"a column", func(c *apiextensionsv1.CustomResourceDefinition) {
			c.Spec.Versions[1].AdditionalPrinterColumns = []apiextensionsv1.CustomResourceColumnDefinition{{}}
		}, nil, ""},
		{"the scope", func(c *apiextensionsv1.CustomResourceDefinition) { c.Spec.Scope = "None" }, nil, "spec.scope: Unsupported value"},
		{"its own schema", func(c *apiextensionsv1.CustomResourceDefinition) {
			c.Labels = map[string]string{"a": "b c"}
			c.Spec.Versions[1].Schema.OpenAPIV3Schema.Type = ""
		}, nil, "spec.versions[1].schema.openAPIV3Schema.type: Required value"},
		{"the same schema in all", func(c *apiextensionsv1.CustomResourceDefinition) {
			for i := range c.Spec.Versions {
				c.Spec.Versions[i].Schema.OpenAPIV3Schema = &apiextensionsv1.JSONSchemaProps{}
			}
		}, nil, "spec.versions[0].schema.openAPIV3Schema.type: Required value"},
		{"another version out of proportion", func(c *apiextensionsv1.CustomResourceDefinition) {
			c.Spec.Versions[0].Schema = crdOf(t, "things", "Thing", huge).Spec.Versions[1].Schema
		}, nil, "nested deeper than"},
		{"a value that is no type", nil, at(tree.WrongType, "spec", "versions", 1, "schema", "x"), "spec.versions[1].schema.x: made up"},
		{"an unknown field", nil, at(tree.UnknownField, "spec", "versions", 1, "schema", "x"), ""},
		{"a value elsewhere", nil, at(tree.WrongType, "spec", "versions", 0, "schema", "x"), ""},
	} {
		crd := crdOf(t, "things", "Thing", words)
		if test.change != nil {
			test.change(crd)
		}
		var schemas custom.Schemas
		if errs := schemas.Trust(crd, custom.Origin{Mistakes: test.mistakes}); len(errs) > 0 {
			t.Errorf("%s: %v", test.name, errs)
		}
		verdict := schemas.Create(thing(t, "a"))
		want := test.want
		if want == "" {
			want = "must be of type array"
		}
		if got := textOf(verdict); !strings.Contains(got, want) || verdict.IsRefused != (test.want != "") {
			t.Errorf("%s: refused %v, %s", test.name, verdict.IsRefused, got)
		}
	}
}

// TestReplace has a second CRD of one name: that of the run is judged by.
func TestReplace(t *testing.T) {
	here, there := tree.Pos{Line: 1}, tree.Pos{Line: 2}
	for _, test := range []struct {
		name          string
		first, second custom.Origin
		want          custom.Origin
		isError       bool
	}{
		{"an update of what is installed", custom.Origin{Pos: here, IsInstalled: true}, custom.Origin{Pos: there}, custom.Origin{Pos: there}, false},
		{"installed after all", custom.Origin{Pos: here}, custom.Origin{Pos: there, IsInstalled: true}, custom.Origin{Pos: here}, true},
		{"two of the cluster", custom.Origin{Pos: here, IsInstalled: true}, custom.Origin{Pos: there, IsInstalled: true}, custom.Origin{Pos: here, IsInstalled: true}, true},
		{"two of the run", custom.Origin{Pos: here}, custom.Origin{Pos: there}, custom.Origin{Pos: here}, true},
		{"one in two environments", custom.Origin{Pos: here, Project: "p"}, custom.Origin{Pos: there, Project: "p"}, custom.Origin{Pos: there, Project: "p"}, false},
		{"two projects", custom.Origin{Pos: here, Project: "p"}, custom.Origin{Pos: there, Project: "q"}, custom.Origin{Pos: here, Project: "p"}, true},
	} {
		var schemas custom.Schemas
		schemas.Trust(crdOf(t, "things", "Thing", words), test.first)
		errs := schemas.Trust(crdOf(t, "things", "Stuff", "{type: string}"), test.second)
		if (len(errs) > 0) != test.isError {
			t.Errorf("%s: %v", test.name, errs)
		}
		if diff := cmp.Diff(test.want, schemas.Origin("things.example.org")); diff != "" {
			t.Errorf("%s (-want +got):\n%s", test.name, diff)
		}
		if schemas.Handles("example.org/v1", "Thing") != test.isError || schemas.Handles("example.org/v1", "Stuff") == test.isError {
			t.Errorf("%s: kinds %v", test.name, schemas.Kinds("example.org"))
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
