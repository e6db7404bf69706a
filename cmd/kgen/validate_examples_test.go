package main

import (
	"encoding/json"
	"fmt"
	"path/filepath"
	"slices"
	"testing"

	"github.com/kgen-dev/kgen/pkg/load"
)

// TestValidateExamples demands that kgen validate accepts every example, and every
// golden tree as manifests that somebody else wrote; custom resources by the CRDs of
// their projects. What it sees of a tree are its objects, all of them.
func TestValidateExamples(t *testing.T) {
	crds, err := filepath.Abs("../../pkg/addon/testdata/crds")
	if err != nil {
		t.Fatal(err)
	}
	golden, err := filepath.Abs(goldenDir)
	if err != nil {
		t.Fatal(err)
	}
	t.Chdir(exampleRepository(t))
	for _, name := range dirsIn(t, "examples") {
		t.Run(name, func(t *testing.T) {
			validated(t, "--crd", crds, "examples/"+name+"/...")
			trees := treesIn(t, filepath.Join(golden, name))
			if len(trees) == 0 {
				t.Errorf("golden/%s has no rendered tree", name)
			}
			for _, dir := range trees {
				validated(t, append(gatesOf(t, "examples/"+name+"/..."), "--crd", crds, dir)...)
			}
		})
	}
}

// validated runs kgen validate, which has to find objects and no error.
func validated(t *testing.T, args ...string) {
	t.Helper()
	got := runWith(exampleEnv, "", append([]string{"validate", "--format", "json"}, args...)...)
	var told struct {
		Summary struct{ Objects int }
	}
	if err := json.Unmarshal([]byte(got.stdout), &told); err != nil || got.status != exitClean || told.Summary.Objects == 0 {
		t.Errorf("kgen validate %v: status %d, %d objects: %v\n%s%s", args, got.status, told.Summary.Objects, err, got.stdout, got.stderr)
	}
}

// treesIn are the directories below dir that kgen render wrote, sorted.
func treesIn(t *testing.T, dir string) (trees []string) {
	for name := range files(t, dir) {
		if filepath.Base(name) == ".kgen-files" {
			trees = append(trees, filepath.Join(dir, filepath.Dir(filepath.FromSlash(name))))
		}
	}
	slices.Sort(trees)
	return trees
}

// gatesOf are the flags by which manifests are judged under the gates of a project,
// for a tree does not tell them.
func gatesOf(t *testing.T, path string) (flags []string) {
	loaded, err := load.Load(load.Options{Paths: []string{path}})
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range loaded.Projects {
		for _, gate := range p.Config.FeatureGates {
			flags = append(flags, "--feature-gates", fmt.Sprintf("%s=%v", gate.Key, gate.Value))
		}
	}
	return flags
}
