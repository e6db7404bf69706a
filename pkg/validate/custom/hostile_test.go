package custom_test

import (
	"fmt"
	"strings"
	"testing"

	apiextensionsv1 "k8s.io/apiextensions-apiserver/pkg/apis/apiextensions/v1"

	"github.com/kgen-dev/kgen/pkg/tree"
	"github.com/kgen-dev/kgen/pkg/validate/custom"
)

// nested is a schema of so many levels, and open what each of them starts with.
func nested(levels int, open string) string {
	return strings.Repeat("{type: object, "+open+"properties: {a: ", levels) + "{type: string}" + strings.Repeat("}}", levels)
}

// TestHostileDefinitions has CRDs that are made to hurt: each is judged, in time
// that the test does not notice.
func TestHostileDefinitions(t *testing.T) {
	const cost = "estimated rule cost"
	for _, test := range []struct{ name, spec, want string }{
		{"nested", nested(400, ""), ""},
		{"nested with defaults", nested(200, "default: {}, "), ""},
		{"nested too deep", strings.Repeat("{type: array, items: ", 600) + "{type: string}" + strings.Repeat("}", 600), "nested deeper than 500 levels"},
		{"opposites too deep", "{type: object, not: " + strings.Repeat("{not: ", 600) + "{}" + strings.Repeat("}", 600) + "}", "nested deeper than 500 levels"},
		{"a huge enum", "{type: string, enum: [" + strings.Repeat("a, ", 20000) + "b]}", ""},
		{"many properties", "{type: object, properties: {" + numbered(2000, "p%d: {type: string}") + "}}", ""},
		{"a rule for each", "{type: object, properties: {" + numbered(200, "p%d: {type: string, x-kubernetes-validations: [{rule: self != 'x'}]}") + "}}", ""},
		{"a rule that explodes", "{type: array, items: {type: string}, x-kubernetes-validations: [{rule: \"self.all(a, self.all(b, self.all(c, a + b != c)))\"}]}", cost},
		{"a long rule", "{type: string, maxLength: 9, x-kubernetes-validations: [{rule: \"" + strings.Repeat("self == 'a' || ", 300) + "true\"}]}", ""},
		{"too long rules", "{type: string, x-kubernetes-validations: [" + strings.Repeat("{rule: \""+strings.Repeat("self == 'a' || ", 3000)+"true\"}, ", 5) + "]}", "too long x-kubernetes-validations"},
		{"a nested rule", "{type: string, x-kubernetes-validations: [{rule: \"" + strings.Repeat("(", 2000) + "true" + strings.Repeat(")", 2000) + "\"}]}", "compilation failed"},
		{"no regular expression", "{type: string, pattern: \"(a+)+[\"}", "must be a valid regular expression"},
		{"a regular expression that explodes", "{type: string, pattern: \"((a{1,100}){1,100}){1,100}\"}", "must be a valid regular expression"},
		{"a reference to itself", "{$ref: \"#/properties/spec\"}", "$ref is not supported"},
		{"no schema", "{}", "must not be empty"},
		{"a default that is no value of it", "{type: object, default: [1, {a: [null]}]}", "must be of type object"},
	} {
		got := fmt.Sprint(custom.Definition(crdOf(t, "things", "Thing", test.spec)).Errors)
		if test.want == "" && got != "[]" || !strings.Contains(got, test.want) {
			t.Errorf("%s: %s", test.name, shorten(got))
		}
	}
	large := crdOf(t, "things", "Thing", "{type: object, properties: {}}")
	properties := large.Spec.Versions[1].Schema.OpenAPIV3Schema.Properties
	for i := range 100_001 {
		properties[fmt.Sprint(i)] = apiextensionsv1.JSONSchemaProps{Type: "string"}
	}
	if got, want := fmt.Sprint(custom.Definition(large).Errors), "more than 100000 schemas and values"; !strings.Contains(got, want) {
		t.Errorf("too many properties: %s", shorten(got))
	}
}

func numbered(n int, format string) string {
	all := make([]string, n)
	for i := range all {
		all[i] = fmt.Sprintf(format, i)
	}
	return strings.Join(all, ", ")
}

// TestHostileObjects has objects that are made to hurt.
func TestHostileObjects(t *testing.T) {
	const free = "{type: object, x-kubernetes-preserve-unknown-fields: true}"
	const dear = `{type: array, maxItems: 700, items: {type: string, maxLength: 4},
		x-kubernetes-validations: [{rule: "self.all(a, self.all(b, a + b != 'zz'))"}]}`
	deep := strings.Repeat("{a: ", 900) + "1" + strings.Repeat("}", 900)
	for _, test := range []struct{ name, schema, object, want string }{
		{"nested in the unknown", free, deep, "accepted\n"},
		{"nested and unknown", "{type: object}", deep, "mistake in.yaml:1:71: spec.a: unknown field\n"},
		{"many unknown fields", "{type: object, properties: {a: {type: string}}}", "{" + numbered(5000, "p%d: 1") + "}", "spec.p4999: unknown field"},
		{"a list of a thousand", words, "[" + numbered(10000, "a%d") + "]", "accepted\n"},
		{"a set of a thousand twos", "{type: array, x-kubernetes-list-type: set, items: {type: string}}", "[" + strings.Repeat("a, ", 5000) + "b]", "spec[1]: Duplicate value: \"a\""},
		{"a rule within its budget", dear, "[" + numbered(20, "a%d") + "]", "accepted\n"},
		{"a rule beyond its budget", dear, "[" + numbered(700, "a%d") + "]", "cost"},
		{"an enum for each of many", "{type: array, items: {type: string, enum: [" + numbered(5000, "e%d") + "]}}", "[" + strings.Repeat("e4999, ", 25000) + "e1]", "too many for a schema with an enum of 5000"},
		{"a text that no request holds", words, "[" + strings.Repeat("a", 4<<20) + "]", "Too long: may not be more than 3145728 bytes"},
		{"a number beyond all", "{type: integer}", "9" + strings.Repeat("0", 400), "error "},
		{"a key of dots", free, "{\"...\": 1, \"[0]\": 2, \"\": 3}", "accepted\n"},
		{"unknown keys of dots", "{type: object}", "{\"...\": 1, \"[0]\": 2, \"\": 3}", "mistake"},
	} {
		var schemas custom.Schemas
		if errs := schemas.Add(crdOf(t, "things", "Thing", test.schema)); len(errs) > 0 {
			t.Fatalf("%s: %s", test.name, shorten(errs.ToAggregate().Error()))
		}
		if got := textOf(schemas.Create(thing(t, test.object))); !strings.Contains(got, test.want) {
			t.Errorf("%s: %s", test.name, shorten(got))
		}
	}
}

// TestNoObject has nodes that are no objects at all.
func TestNoObject(t *testing.T) {
	var schemas custom.Schemas
	if errs := schemas.Add(crdOf(t, "things", "Thing", words)); len(errs) > 0 {
		t.Fatal(errs)
	}
	for _, n := range []*tree.Node{nil, {}, {Kind: tree.List}, {Kind: tree.String, Text: "x"}, {Kind: tree.Map}} {
		if verdict := schemas.Create(n); len(verdict.Errors) > 0 {
			t.Errorf("%+v: %v", n, verdict.Errors)
		}
	}
}
