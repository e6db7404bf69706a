package manifest

import (
	"fmt"

	corev1 "k8s.io/api/core/v1"

	"github.com/kgen-dev/kgen/pkg/report"
	"github.com/kgen-dev/kgen/pkg/tree"
	"github.com/kgen-dev/kgen/schema"
)

// The most that the API server stores, in bytes.
const (
	maxAnnotations = 256 << 10 // of one object's metadata, keys and values
	maxData        = 1 << 20   // of a ConfigMap's or a Secret's values
)

// CheckSize reports objects over the sizes that the API server stores.
func CheckSize(o *Object, at tree.Path, sink *report.Sink) {
	typed, ok := o.Value.(Typed)
	if !ok {
		return
	}
	annotations := 0
	for k, v := range typed.GetAnnotations() {
		annotations += len(k) + len(v)
	}
	if annotations > maxAnnotations {
		tooLarge(o, at, sink, "annotations", annotations, maxAnnotations)
	}
	if data := dataSize(typed); data > maxData {
		tooLarge(o, at, sink, "data", data, maxData)
	}
}

func tooLarge(o *Object, at tree.Path, sink *report.Sink, what string, size, limit int) {
	message := fmt.Sprintf("%s has %d bytes of %s, the API server stores at most %d", o.Ref(), size, what, limit)
	if o.Origin.IsValid() {
		sink.ErrorAt(o.Origin, schema.TooLarge, at, "%s", message)
	} else {
		sink.Errorf(schema.TooLarge, at, "%s", message)
	}
}

// dataSize is the bytes of the values of a ConfigMap or a Secret, as the server
// counts them.
func dataSize(typed Typed) (size int) {
	switch o := typed.(type) {
	case *corev1.ConfigMap:
		return lengths(o.Data) + lengths(o.BinaryData)
	case *corev1.Secret:
		return lengths(o.Data) + lengths(o.StringData)
	}
	return 0
}

func lengths[V ~string | ~[]byte](values map[string]V) (sum int) {
	for _, v := range values {
		sum += len(v)
	}
	return sum
}
