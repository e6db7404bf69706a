//go:build unix

package render_test

import (
	"context"
	"path/filepath"
	"testing"

	"github.com/kgen-dev/kgen/pkg/load"
	"github.com/kgen-dev/kgen/pkg/render"
	"github.com/kgen-dev/kgen/pkg/report"
)

// BenchmarkHook is what a hook does where one service of 500 was changed: it compares
// the rendered tree of all of them, or judges the one. The figure to read is the CPU
// time of a run, to which the start of a process comes.
func BenchmarkHook(b *testing.B) {
	const services = 500
	dir := b.TempDir()
	writeWorkUnits(b, dir, "cue", services)
	project := func(paths ...string) *render.Project {
		loaded, err := load.Load(load.Options{Paths: paths})
		if err != nil || len(loaded.Projects) != 1 {
			b.Fatal(err)
		}
		rendered, findings := render.Render(loaded.Projects[0], render.Options{})
		if report.HasErrors(findings) || report.HasErrors(loaded.Findings) {
			b.Fatal("the work unit is refused")
		}
		return rendered
	}
	trees := func() []render.Tree {
		return []render.Tree{{Dir: filepath.Join(dir, "deploy"), Layout: render.LayoutObject, Project: project(dir)}}
	}
	if _, err := render.Write(context.Background(), trees(), false); err != nil {
		b.Fatal(err)
	}
	b.Run("check", func(b *testing.B) {
		perUnit(b, 1, "run", func() {
			if diff, err := render.Check(trees()); err != nil || len(diff) > 0 {
				b.Fatal(err, string(diff))
			}
		})
	})
	b.Run("judge", func(b *testing.B) {
		perUnit(b, 1, "run", func() { project(filepath.Join(dir, "services", "svc-7.cue")) })
	})
}
