package custom_test

import (
	"testing"

	"github.com/rogpeppe/go-internal/txtar"
	apiextensionsv1 "k8s.io/apiextensions-apiserver/pkg/apis/apiextensions/v1"

	"github.com/kgen-dev/kgen/pkg/tree"
	"github.com/kgen-dev/kgen/pkg/validate/custom"
)

// route is the CRD of a mid-size kind with CEL rules, and a good object of it.
func route(b *testing.B) (*apiextensionsv1.CustomResourceDefinition, *tree.Node) {
	archive, err := txtar.ParseFile("testdata/objects/route.txtar")
	if err != nil {
		b.Fatal(err)
	}
	return definitionOf(b, archive.Files[0].Data), nodeOf(b, archive.Files[1].Data)
}

func BenchmarkCreate(b *testing.B) {
	crd, object := route(b)
	var schemas custom.Schemas
	schemas.Trust(crd, custom.Origin{})
	b.ReportAllocs()
	for b.Loop() {
		if verdict := schemas.Create(object); len(verdict.Errors) > 0 {
			b.Fatal(verdict.Errors)
		}
	}
}

// BenchmarkAdd is the server's judgement of a CRD.
func BenchmarkAdd(b *testing.B) {
	crd, _ := route(b)
	b.ReportAllocs()
	for b.Loop() {
		var schemas custom.Schemas
		if errs := schemas.Add(crd); len(errs) > 0 {
			b.Fatal(errs)
		}
	}
}

// BenchmarkTrust is what a CRD costs that no object asks for.
func BenchmarkTrust(b *testing.B) {
	crd, _ := route(b)
	b.ReportAllocs()
	for b.Loop() {
		var schemas custom.Schemas
		schemas.Trust(crd, custom.Origin{})
	}
}

// BenchmarkFirst is the first object of a kind: its CRD is judged and compiled.
func BenchmarkFirst(b *testing.B) {
	crd, object := route(b)
	b.ReportAllocs()
	for b.Loop() {
		var schemas custom.Schemas
		schemas.Trust(crd, custom.Origin{})
		if verdict := schemas.Create(object); len(verdict.Errors) > 0 {
			b.Fatal(verdict.Errors)
		}
	}
}
