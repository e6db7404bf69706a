package versions

import (
	"reflect"

	"github.com/kgen-dev/kgen/pkg/tree"
)

// Unavailable is something in an object that a release cannot do anything with.
type Unavailable struct {
	Path    tree.Path // json names and list indices from the object's root
	Message string
	Fix     string
	Gate    string // the feature gate that is off; "" where the release has no such field
	Effect  Effect
}

// Effect is what the API server does with what is unavailable.
type Effect uint8

const (
	// Unknown fields are refused, under strict validation, or ignored.
	Unknown Effect = iota
	// Dropped is removed without a word before the object is stored.
	Dropped
	// DroppedLater is stored, and removed without a word from the objects that a
	// controller makes of it: the claims of a claim template, the jobs of a CronJob.
	DroppedLater
	// Refused values are errors of the server's validation too.
	Refused
)

// Fields lists what is set in obj (a pointer to a k8s.io/api object, before
// defaulting) that release 1.minor does not have, would drop because a feature gate
// is off there, or would refuse for that reason. gates are those set on the server,
// over the release's defaults. Minors out of range count as the nearest one. A
// field is set when it is not the zero value and not empty.
func Fields(obj any, minor int, gates map[string]bool) []Unavailable {
	v := reflect.ValueOf(obj)
	for v.Kind() == reflect.Pointer && !v.IsNil() {
		v = v.Elem()
	}
	if v.Kind() != reflect.Struct {
		return nil
	}
	minor = min(max(minor, Oldest), Newest)
	p := planFor(v.Type(), minor, len(gates) > 0)
	if p == nil {
		return nil
	}
	w := walk{minor: minor, gates: gates}
	w.visit(v, p)
	return w.found
}
