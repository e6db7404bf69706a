package lint

import (
	"strings"

	corev1 "k8s.io/api/core/v1"

	"github.com/kgen-dev/kgen/pkg/report"
	"github.com/kgen-dev/kgen/pkg/tree"
)

// The most bytes that the API server stores in the values of a ConfigMap or Secret, and
// in the annotations of an object with their keys.
const (
	mostData        = 1 << 20
	mostAnnotations = 256 << 10
)

var objectTooLarge = Rule{
	ID: "object-too-large", Severity: report.Error, Refused: true, // Info before the limit
	Params: []Param{{Name: "annotations", Default: 200, Most: 256, Doc: "how many KiB of annotations leave room for the one that kubectl apply adds"}},
	Doc: Doc{
		Title: "object is larger than the API server takes",
		Why:   "the apply is refused, once the file that somebody put into it has grown",
		Fix:   "put large data into the image or a volume, and divide what is many files",
		Bad: `apiVersion: v1
kind: ConfigMap
metadata:
  name: dashboards
  annotations: # <-
    example.com/copy: "` + strings.Repeat("x", 201<<10) + `"
data: {web.json: "{}"}
`,
		Good: `apiVersion: v1
kind: ConfigMap
metadata:
  name: dashboards
  annotations:
    example.com/copy: "xxx"
data: {web.json: "{}"}
`,
		Notes: []string{
			"A ConfigMap or a Secret has at most 1 MiB of values, the annotations of an object or a pod template have at most 256 KiB.",
			"Annotations above 200 KiB are an info: kubectl apply without --server-side adds the whole object as one more.",
		},
	},
	Check: func(o *Object, all *Index, r *Reporter) {
		judgeAnnotations(r, o.Annotations(), metadataAnnotations)
		if w := all.Workload(o); w != nil && len(w.MetaAt) > 1 {
			judgeAnnotations(r, w.Meta.Annotations, w.InMeta("annotations"))
		}
		size := 0
		switch v := o.Value.(type) {
		case *corev1.ConfigMap:
			size = sizeOf(v.Data) + sizeOf(v.BinaryData)
		case *corev1.Secret:
			size = sizeOf(v.StringData)
			for key, value := range v.Data {
				if _, isReplaced := v.StringData[key]; !isReplaced {
					size += len(value)
				}
			}
		}
		if size > mostData {
			r.At(tree.P("data"), "the values have %d bytes, a %s has at most %d", size, o.Kind, mostData)
		}
	},
}

func judgeAnnotations(r *Reporter, annotations map[string]string, at tree.Path) {
	if len(annotations) == 0 {
		return
	}
	size := sizeOf(annotations)
	for key := range annotations {
		size += len(key)
	}
	switch {
	case size > mostAnnotations:
		r.At(at, "the annotations have %d bytes with their keys, an object has at most %d", size, mostAnnotations)
	case size > r.Int("annotations")<<10:
		r.At(at, "the annotations have %d of at most %d bytes", size, mostAnnotations).As(report.Info)
	}
}

func sizeOf[T string | []byte](values map[string]T) (size int) {
	for _, value := range values {
		size += len(value)
	}
	return size
}
