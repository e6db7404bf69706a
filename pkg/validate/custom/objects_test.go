package custom_test

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/rogpeppe/go-internal/txtar"
	apiextensionsv1 "k8s.io/apiextensions-apiserver/pkg/apis/apiextensions/v1"

	"github.com/kgen-dev/kgen/pkg/read"
	"github.com/kgen-dev/kgen/pkg/report"
	"github.com/kgen-dev/kgen/pkg/tree"
	"github.com/kgen-dev/kgen/pkg/validate/custom"
)

// TestObjects judges the objects of each testdata/objects/X.txtar, NAME.yaml, by
// its crd.yaml, and compares the verdict with NAME.want. Judged again it is the
// same: the server's code walks Go maps.
func TestObjects(t *testing.T) {
	eachFile(t, "testdata/objects/*.txtar", func(t *testing.T, archive *txtar.Archive) func(name string, data []byte) string {
		schemas := schemasOf(t, archive)
		return func(name string, data []byte) string {
			if name == "crd" {
				return ""
			}
			first := verdictOf(schemas, nodeOf(t, data))
			for range 20 {
				if again := verdictOf(schemas, nodeOf(t, data)); again != first {
					t.Errorf("%s: judged again (-first +again):\n%s", name, cmp.Diff(first, again))
				}
			}
			return first
		}
	})
}

// TestDefinitions judges the CRDs of testdata/definitions/*.txtar.
func TestDefinitions(t *testing.T) {
	eachFile(t, "testdata/definitions/*.txtar", func(t *testing.T, _ *txtar.Archive) func(name string, data []byte) string {
		return func(name string, data []byte) string {
			first := textOf(custom.Definition(definitionOf(t, data)))
			for range 5 {
				if again := textOf(custom.Definition(definitionOf(t, data))); again != first {
					t.Errorf("%s: judged again (-first +again):\n%s", name, cmp.Diff(first, again))
				}
			}
			return first
		}
	})
}

// eachFile compares what judge says of every NAME.yaml of the archives with their
// NAME.want.
func eachFile(t *testing.T, pattern string, open func(*testing.T, *txtar.Archive) func(string, []byte) string) {
	files, err := filepath.Glob(pattern)
	if err != nil || len(files) == 0 {
		t.Fatalf("no files %s: %v", pattern, err)
	}
	for _, file := range files {
		t.Run(strings.TrimSuffix(filepath.Base(file), ".txtar"), func(t *testing.T) {
			archive, err := txtar.ParseFile(file)
			if err != nil {
				t.Fatal(err)
			}
			judge := open(t, archive)
			var kept []txtar.File
			for i, f := range archive.Files {
				name, isYAML := strings.CutSuffix(f.Name, ".yaml")
				if !isYAML {
					continue
				}
				got, want := judge(name, f.Data), ""
				if i+1 < len(archive.Files) && archive.Files[i+1].Name == name+".want" {
					want = string(archive.Files[i+1].Data)
				}
				kept = append(kept, f)
				if got != "" {
					kept = append(kept, txtar.File{Name: name + ".want", Data: []byte(got)})
				}
				if diff := cmp.Diff(want, got); diff != "" && os.Getenv("KGEN_UPDATE") != "1" {
					t.Errorf("%s (-want +got):\n%s", name, diff)
				}
			}
			if os.Getenv("KGEN_UPDATE") == "1" {
				archive.Files = kept
				if err := os.WriteFile(file, txtar.Format(archive), 0o666); err != nil {
					t.Fatal(err)
				}
			}
		})
	}
}

// schemasOf are the CRDs in crd.yaml.
func schemasOf(t testing.TB, archive *txtar.Archive) *custom.Schemas {
	t.Helper()
	var schemas custom.Schemas
	for _, f := range archive.Files {
		if f.Name == "crd.yaml" {
			if errs := schemas.Add(definitionOf(t, f.Data)); len(errs) > 0 {
				t.Fatal(errs.ToAggregate())
			}
		}
	}
	return &schemas
}

func definitionOf(t testing.TB, data []byte) *apiextensionsv1.CustomResourceDefinition {
	t.Helper()
	crd := &apiextensionsv1.CustomResourceDefinition{}
	for _, e := range tree.Decode(nodeOf(t, data), crd) {
		t.Error(e)
	}
	return crd
}

// nodeOf is the one document in data.
func nodeOf(t testing.TB, data []byte) (n *tree.Node) {
	t.Helper()
	sink := &report.Sink{}
	read.Documents(&tree.Source{Name: "in.yaml"}, data, sink, func(document *tree.Node) { n = document })
	if len(sink.Findings) > 0 || n == nil {
		t.Fatalf("read: %+v", sink.Findings)
	}
	return n
}

// verdictOf is the verdict, a line for each of its parts.
func verdictOf(schemas *custom.Schemas, n *tree.Node) string {
	if apiVersion, kind := n.Get("apiVersion").Text, n.Get("kind").Text; !schemas.Handles(apiVersion, kind) {
		group, _, _ := strings.Cut(apiVersion, "/")
		return fmt.Sprintf("not served, but %v\n", schemas.Versions(group, kind))
	}
	return textOf(schemas.Create(n))
}

func textOf(verdict custom.Verdict) string {
	var b strings.Builder
	for _, m := range verdict.Mistakes {
		fmt.Fprintf(&b, "mistake %s\n", m.Error())
	}
	for _, e := range verdict.Errors {
		fmt.Fprintf(&b, "error %s\n", shorten(e.Error()))
	}
	for _, w := range verdict.Warnings {
		fmt.Fprintf(&b, "warning %s\n", w)
	}
	if len(verdict.Mistakes)+len(verdict.Errors) == 0 {
		b.WriteString("accepted\n")
	}
	return b.String()
}

// shorten keeps the long rest of a text, such as a grammar, out of the tables.
func shorten(s string) string {
	if len(s) > 240 {
		return s[:240] + " ..."
	}
	return s
}
