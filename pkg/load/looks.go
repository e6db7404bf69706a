package load

import (
	"bytes"
	"regexp"

	"github.com/kgen-dev/kgen/pkg/read"
	"github.com/kgen-dev/kgen/pkg/report"
	"github.com/kgen-dev/kgen/pkg/tree"
	"github.com/kgen-dev/kgen/schema"
)

// These find a field at the start of a line.
var (
	apiVersionField = regexp.MustCompile(`(?m)^["']?apiVersion["']?[ \t]*:`)
	metadataField   = regexp.MustCompile(`(?m)^["']?metadata["']?[ \t]*:`)
)

// isManifest reports whether a document of a file has apiVersion, or metadata, which
// a service, though it may have a kind, has not.
func isManifest(data []byte) bool {
	if apiVersionField.Match(data) || metadataField.Match(data) {
		return true
	}
	if !bytes.Contains(data, []byte("apiVersion")) {
		return false
	}
	found, sink := false, &report.Sink{}
	read.Documents(&tree.Source{}, data, sink, func(n *tree.Node) {
		found = found || n.Get("apiVersion") != nil && n.Get("kind") != nil
	})
	return found || len(sink.Findings) > 0 && bytes.Contains(data, []byte("kind"))
}

// isOneMap reports whether data is one document with fields.
func isOneMap(data []byte) bool {
	documents, maps := 0, 0
	read.Documents(&tree.Source{}, data, &report.Sink{}, func(n *tree.Node) {
		documents++
		if n.Kind == tree.Map {
			maps++
		}
	})
	return documents == 1 && maps == 1
}

// isService reports whether a file that lies in no project looks like a service: it
// has an image, or several fields of a service and no others, or nothing but
// services.
func isService(data []byte) bool {
	var root *tree.Node
	documents := 0
	read.Documents(&tree.Source{}, data, &report.Sink{}, func(n *tree.Node) {
		root = n
		documents++
	})
	switch {
	case documents != 1 || root.Kind != tree.Map:
		return false
	case len(root.Fields) == 1 && root.Get("services") != nil:
		return true
	}
	sink := &report.Sink{Root: root}
	schema.CheckFields(root, sink)
	unknown := 0
	for i := range sink.Findings {
		if len(sink.Findings[i].Path) == 1 {
			unknown++
		}
	}
	known := len(root.Fields) - unknown
	return root.Get("image") != nil && known >= unknown || known > 1 && unknown == 0
}
