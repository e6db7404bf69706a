package check

import (
	"encoding/base64"

	"github.com/kgen-dev/kgen/pkg/report"
	"github.com/kgen-dev/kgen/pkg/tree"
	"github.com/kgen-dev/kgen/schema"
)

// The most bytes that the API server stores in a ConfigMap's values, and in the
// annotations of an object with their keys.
const (
	maxConfigMap   = 1 << 20
	maxAnnotations = 256 << 10
)

// configMapSize: row 29, files among them: those of a directory share one.
func configMapSize(s *schema.Service, sink *report.Sink) {
	for i := range s.ConfigMaps {
		name, c := s.ConfigMaps[i].Key, &s.ConfigMaps[i].Value
		size := 0
		for j := range c.Data {
			size += len(c.Data[j].Value)
		}
		for j := range c.BinaryData {
			data, err := base64.StdEncoding.DecodeString(c.BinaryData[j].Value)
			if err != nil {
				sink.Errorf(schema.InvalidValue, tree.P("configMaps", name, "binaryData", c.BinaryData[j].Key), "the value is not base64")
			}
			size += len(data)
		}
		if size > maxConfigMap {
			sink.KeyErrorf(schema.TooLarge, tree.P("configMaps", name), "the values have %d bytes, a ConfigMap has at most %d", size, maxConfigMap).
				Fix = "put large data into the image or a volume"
		}
	}
	for _, dir := range s.FileDirs() {
		size, largest := 0, -1
		for i, f := range dir.Files {
			size += len(f.Bytes)
			if largest < 0 || len(f.Bytes) > len(dir.Files[largest].Bytes) {
				largest = i
			}
		}
		if size > maxConfigMap {
			sink.KeyErrorf(schema.TooLarge, dir.Files[largest].At, "the files of %s have more than the %d bytes that a ConfigMap has at most", dir.Path, maxConfigMap).
				Fix = "put large files into the image or a volume"
		}
	}
}

// annotationSize: row 29. The service's annotations stand on every object, the
// pods apart.
func annotationSize(s *schema.Service, sink *report.Sink) {
	shared := sizeOf(s.Annotations)
	if shared > maxAnnotations {
		tooManyAnnotations(sink, shared, tree.P("annotations"))
		return
	}
	if size := sizeOf(s.PodAnnotations); size > maxAnnotations {
		tooManyAnnotations(sink, size, tree.P("podAnnotations"))
	}
	if s.Service != nil {
		if size := shared + sizeOf(s.Service.Annotations); size > maxAnnotations {
			tooManyAnnotations(sink, size, tree.P("service", "annotations"))
		}
	}
	for i := range s.ExtraServices {
		if size := shared + sizeOf(s.ExtraServices[i].Value.Annotations); size > maxAnnotations {
			tooManyAnnotations(sink, size, tree.P("extraServices", s.ExtraServices[i].Key, "annotations"))
		}
	}
	if s.Ingress != nil {
		if size := shared + sizeOf(s.Ingress.Annotations); size > maxAnnotations {
			tooManyAnnotations(sink, size, tree.P("ingress", "annotations"))
		}
	}
	if s.ServiceAccount != nil {
		if size := shared + sizeOf(s.ServiceAccount.Annotations); size > maxAnnotations {
			tooManyAnnotations(sink, size, tree.P("serviceAccount", "annotations"))
		}
	}
}

func sizeOf(annotations schema.Map[schema.Text]) int {
	size := 0
	for i := range annotations {
		if !annotations[i].Value.Declined {
			size += len(annotations[i].Key) + len(annotations[i].Value.Value)
		}
	}
	return size
}

func tooManyAnnotations(sink *report.Sink, size int, at tree.Path) {
	sink.KeyErrorf(schema.TooLarge, at, "the annotations have %d bytes with their keys, an object's have at most %d", size, maxAnnotations)
}
