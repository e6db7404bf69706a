package custom

import (
	"regexp"
	"strings"

	"k8s.io/apimachinery/pkg/util/validation/field"
)

// PlaceInObject is the path, as the server writes paths, of what an error of
// Create is about. It is the error's own but for those that the server tells of
// the object as a whole, with the path in the text: oneOf, anyOf, not, and
// numbers out of a format's range.
func PlaceInObject(e *field.Error) string {
	if e.Field != "" && e.Field != "<nil>" {
		return strings.TrimPrefix(e.Field, ".") // scale's paths start with a dot
	}
	for _, form := range placeForms {
		if match := form.FindStringSubmatch(e.Detail); match != nil {
			return match[1]
		}
	}
	return ""
}

// placeForms are the texts of kube-openapi that name a path, which is empty for
// the object itself.
var placeForms = []*regexp.Regexp{
	regexp.MustCompile(`^"([^"]*)" must (?:not )?validate `),
	regexp.MustCompile(`^Checked value must be of type .* in ([^ ]+)$`),
}

// PlaceInDefinition is the path in a CRD's manifest of what an error of Add is
// about. The server's own is that of its internal type, which has one schema for
// versions that all have the same.
func PlaceInDefinition(e *field.Error) string {
	for _, moved := range internalPaths {
		if isWithin(e.Field, moved.internal) {
			return moved.manifest + strings.TrimPrefix(e.Field, moved.internal)
		}
	}
	if e.Field == "<nil>" {
		return ""
	}
	return e.Field
}

// isWithin reports whether a path leads to or through the end of another.
func isWithin(path, other string) bool {
	rest, found := strings.CutPrefix(path, other)
	return found && (rest == "" || rest[0] == '.' || rest[0] == '[')
}

// internalPaths are the fields that apiextensions/v1 has elsewhere than the
// internal type, by its conversion functions.
var internalPaths = []struct{ internal, manifest string }{
	{"spec.validation", "spec.versions[0].schema"},
	{"spec.subresources", "spec.versions[0].subresources"},
	{"spec.additionalPrinterColumns", "spec.versions[0].additionalPrinterColumns"},
	{"spec.selectableFields", "spec.versions[0].selectableFields"},
	{"spec.version", "spec.versions[0].name"},
	{"spec.conversion.conversionReviewVersions", "spec.conversion.webhook.conversionReviewVersions"},
	{"spec.conversion.webhookClientConfig", "spec.conversion.webhook.clientConfig"},
	{"status.storedVersions", "spec.versions"}, // the server makes them of spec.versions
}
