package custom_test

import (
	"testing"

	"k8s.io/apimachinery/pkg/util/validation/field"

	"github.com/kgen-dev/kgen/pkg/validate/custom"
)

func TestPlaces(t *testing.T) {
	for _, test := range []struct{ field, detail, object, definition string }{
		{"spec.a[0].b", "no", "spec.a[0].b", "spec.a[0].b"},
		{"", "no", "", ""},
		{"<nil>", "no", "", ""},
		{"<nil>", `"spec.a[0]" must validate one and only one schema (oneOf). Found none valid`, "spec.a[0]", ""},
		{"<nil>", `"spec" must not validate the schema (not)`, "spec", ""},
		{"<nil>", `"" must validate at least one schema (anyOf)`, "", ""},
		{"<nil>", "Checked value must be of type integer with format int64 in spec.n", "spec.n", ""},
		{".spec.replicas", "should be a non-negative integer", "spec.replicas", ".spec.replicas"},
		{"spec.validation.openAPIV3Schema.properties[spec]", "no", "spec.validation.openAPIV3Schema.properties[spec]",
			"spec.versions[0].schema.openAPIV3Schema.properties[spec]"},
		{"spec.versions", "no", "spec.versions", "spec.versions"},
		{"spec.version", "no", "spec.version", "spec.versions[0].name"},
		{"spec.conversion.webhookClientConfig.url", "no", "spec.conversion.webhookClientConfig.url", "spec.conversion.webhook.clientConfig.url"},
		{"status.storedVersions", "no", "status.storedVersions", "spec.versions"},
	} {
		e := &field.Error{Field: test.field, Detail: test.detail}
		if got := custom.PlaceInObject(e); got != test.object {
			t.Errorf("%q, %q in an object: %q, want %q", test.field, test.detail, got, test.object)
		}
		if got := custom.PlaceInDefinition(e); got != test.definition {
			t.Errorf("%q, %q in a CRD: %q, want %q", test.field, test.detail, got, test.definition)
		}
	}
}
