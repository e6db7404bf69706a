//go:build unix

package render_test

import (
	"fmt"
	"path/filepath"
	"runtime"
	"testing"

	"github.com/kgen-dev/kgen/pkg/lint"
	"github.com/kgen-dev/kgen/pkg/read"
	"github.com/kgen-dev/kgen/pkg/tree"
	"github.com/kgen-dev/kgen/pkg/validate"
	"github.com/kgen-dev/kgen/pkg/validate/apiserver"
	"github.com/kgen-dev/kgen/schema"
)

// BenchmarkLint lints 7,000 rendered manifests with all rules of the profile default:
// the rules alone, the index alone, and all from files on disk to findings, with the
// verdict of the API server. The figure to read is the CPU time for one document.
func BenchmarkLint(b *testing.B) {
	const files = 1000
	const documents = files * objectsOfWorkUnit
	dir := b.TempDir()
	writeRendered(b, dir, files)
	objects, _ := keptOf(b, dir, files, 1)
	b.Run("index", func(b *testing.B) {
		perUnit(b, documents, "document", func() { lint.NewIndex(lint.Open, schema.NewestKubernetes, nil, objects) })
	})
	b.Run("rules", func(b *testing.B) {
		all := lint.NewIndex(lint.Open, schema.NewestKubernetes, nil, objects)
		rules := lint.NewSettings(nil, nil, nil, lint.Choice{}, nil).Rules
		perUnit(b, documents, "document", func() { lint.Run(all, rules, 1) })
	})
	for workers := 1; workers <= runtime.NumCPU(); workers *= 2 {
		b.Run(fmt.Sprintf("whole/workers=%d", workers), func(b *testing.B) {
			perUnit(b, documents, "document", func() {
				objects, set := keptOf(b, dir, files, workers)
				all := lint.NewIndex(lint.Open, schema.NewestKubernetes, nil, objects)
				lint.NewSettings(nil, nil, nil, lint.Choice{}, nil).Lint(all, nil, lint.NewVerdict(set.Findings), "", workers)
			})
		})
	}
}

// keptOf judges the files that writeRendered wrote, and returns their objects.
func keptOf(b *testing.B, dir string, n, workers int) (objects []*lint.Object, set *validate.Set) {
	b.Helper()
	set = &validate.Set{Workers: workers, Keep: func(n *tree.Node) any { return lint.FromNode(n, "") }}
	for i := range n {
		name := filepath.Join(dir, fmt.Sprintf("svc-%d.yaml", i))
		set.Inputs = append(set.Inputs, validate.Input{Name: name, File: name, Release: apiserver.Release{Minor: schema.NewestKubernetes}})
	}
	err := set.Judge()
	set.JudgeCustom()
	sources := &lint.Sources{}
	for i, kept := range set.Kept {
		file := set.Inputs[i].File
		for _, k := range kept {
			o, isObject := k.(*lint.Object)
			if !isObject {
				b.Fatalf("%s: kept %T", file, k)
			}
			o.Locate = sources.Locate(o.Origin, func() (*read.Pieces, error) { return read.ManifestFile(file) })
			objects = append(objects, o)
		}
	}
	if err != nil || len(objects) != n*objectsOfWorkUnit || len(set.Findings) > 0 {
		b.Fatal(err, len(objects), set.Findings)
	}
	return objects, set
}
