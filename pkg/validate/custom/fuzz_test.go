package custom_test

import (
	"path/filepath"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/txtar"
	apiextensionsv1 "k8s.io/apiextensions-apiserver/pkg/apis/apiextensions/v1"

	"github.com/kgen-dev/kgen/pkg/read"
	"github.com/kgen-dev/kgen/pkg/report"
	"github.com/kgen-dev/kgen/pkg/tree"
	"github.com/kgen-dev/kgen/pkg/validate/custom"
)

// FuzzCreate takes a CRD and an object in, whatever they are: nothing may panic,
// a verdict is the same twice, and what is wrong has a path.
func FuzzCreate(f *testing.F) {
	for _, pattern := range []string{"testdata/objects/*.txtar", "testdata/definitions/*.txtar"} {
		files, err := filepath.Glob(pattern)
		if err != nil {
			f.Fatal(err)
		}
		for _, file := range files {
			seed(f, file)
		}
	}
	f.Fuzz(func(t *testing.T, definition, object []byte) {
		if len(definition) > 8<<10 || len(object) > 8<<10 {
			return // as long as it likes is another test's
		}
		crdNode, objectNode := anyNode(definition), anyNode(object)
		crd := &apiextensionsv1.CustomResourceDefinition{}
		tree.Decode(crdNode, crd) // half of a CRD is one too
		var schemas custom.Schemas
		if errs := schemas.Add(crd); len(errs) > 0 {
			schemas.Trust(crd, custom.Origin{})
		}
		first := schemas.Create(objectNode)
		if again := schemas.Create(objectNode); textOf(again) != textOf(first) {
			t.Errorf("judged again:\n%s\n%s", textOf(first), textOf(again))
		}
		for _, m := range first.Mistakes {
			if len(m.Path) == 0 {
				t.Errorf("a mistake without a path: %s", m.Message)
			}
		}
	})
}

// seed adds the CRD of a file with each of its objects.
func seed(f *testing.F, file string) {
	archive, err := txtar.ParseFile(file)
	if err != nil {
		f.Fatal(err)
	}
	for _, part := range archive.Files {
		if strings.HasSuffix(part.Name, ".yaml") {
			f.Add(archive.Files[0].Data, part.Data)
			f.Add(part.Data, archive.Files[0].Data)
		}
	}
}

// anyNode is the first document of data, or nil.
func anyNode(data []byte) (n *tree.Node) {
	read.Documents(&tree.Source{}, data, &report.Sink{}, func(document *tree.Node) {
		if n == nil {
			n = document
		}
	})
	return n
}
