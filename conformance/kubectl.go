package conformance

import (
	"bytes"
	"errors"
	"fmt"
	"io"

	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
	"k8s.io/apimachinery/pkg/runtime"
	"k8s.io/apimachinery/pkg/util/yaml"
)

// send is what kubectl makes of a stream with one document: the stream is split,
// YAML becomes JSON, and what any object has is read and written again.
func send(stream []byte) ([]byte, error) {
	var body []byte
	for decoder := yaml.NewYAMLOrJSONDecoder(bytes.NewReader(stream), 4096); ; {
		var document runtime.RawExtension
		if err := decoder.Decode(&document); errors.Is(err, io.EOF) {
			break
		} else if err != nil {
			return nil, err
		}
		raw := bytes.TrimSpace(document.Raw)
		switch {
		case len(raw) == 0 || string(raw) == "null":
			continue
		case body != nil:
			return nil, fmt.Errorf("more than one document")
		}
		body = raw
	}
	object, _, err := unstructured.UnstructuredJSONScheme.Decode(body, nil, nil)
	if err != nil {
		return nil, err
	}
	return runtime.Encode(unstructured.UnstructuredJSONScheme, object)
}
