package manifests

import (
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// aroundKinds are those that services render beside the workload.
func aroundKinds() []string {
	var kinds []string
	for key := range fills {
		_, kind, _ := strings.Cut(key, " ")
		kinds = append(kinds, kind)
	}
	return kinds
}

// shares are what became of the objects of a kind.
type shares struct{ objects, ofProject, exact, explained, asItIs, patched, leaves int }

// account counts what became of the objects of a project, by kind.
func account(t *testing.T, byKind map[string]*shares, p *Project) {
	for _, compared := range p.Compared {
		o := compared.Object
		s := byKind[o.Kind]
		if s == nil {
			s = &shares{}
			byKind[o.Kind] = s
		}
		s.objects++
		if compared.Service == "" {
			s.ofProject++
		}
		s.leaves += compared.Leaves
		s.patched += compared.Patched
		isUnexplained := slices.ContainsFunc(compared.Differences, func(d Difference) bool { return d.Reason == unexplained })
		switch {
		case compared.IsAsItIs:
			s.asItIs++
		case isUnexplained:
			t.Errorf("%s: %s: %v", o.Node.Pos, o.Ref(), compared.Differences)
		case len(compared.Differences) > 0:
			s.explained++
		case compared.Patched == 0:
			s.exact++
		}
		if compared.Patched > 0 && !compared.IsAsItIs {
			t.Logf("%s: %d of %d values of %s are patched: %s", o.Node.Pos, compared.Patched, compared.Leaves, o.Ref(), patchesOf(p, &compared))
		}
		if compared.IsAsItIs && compared.Service != "" && slices.Contains(aroundKinds(), o.Kind) {
			t.Logf("%s: %s stands as it is", o.Node.Pos, o.Ref())
		}
	}
}

// patchesOf are the patches of an object, as text.
func patchesOf(p *Project, compared *Comparison) string {
	var patches []string
	for _, patch := range elements(p.Draft.Service(compared.Service).Root.Get("patches")) {
		if name := text(patch, "name"); text(patch, "kind") == compared.Object.Kind && (name == "" || name == compared.Object.Name) {
			patches = append(patches, string(patch.Without("kind", "name").AppendJSON(nil)))
		}
	}
	return strings.Join(patches, " ")
}

func logShares(t *testing.T, byKind map[string]*shares) (objects, done int) {
	kinds := aroundKinds()
	for _, kind := range slices.Sorted(maps.Keys(byKind)) {
		s := byKind[kind]
		mark := ""
		if slices.Contains(kinds, kind) {
			objects += s.objects - s.ofProject
			done += s.exact + s.explained
			mark = "*"
		}
		t.Logf("%-25s %s %3d objects: %3d exact, %3d with reasons, %3d as they are, %d of %d values patched",
			kind, mark, s.objects, s.exact, s.explained, s.asItIs, s.patched, s.leaves)
	}
	return objects, done
}

// goldenTrees are the files of what kgen rendered, by tree.
func goldenTrees(t *testing.T) map[string][]string {
	t.Helper()
	trees := map[string][]string{}
	root := "../../../golden"
	err := filepath.WalkDir(root, func(file string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() || !isYAML(file) || strings.HasPrefix(filepath.Base(file), "secrets") || filepath.Base(file) == "kustomization.yaml" {
			return err
		}
		dir := filepath.Dir(file)
		if _, err := os.Stat(filepath.Join(dir, ".kgen-files")); err != nil {
			dir = filepath.Dir(dir)
		}
		trees[dir] = append(trees[dir], file)
		return nil
	})
	if err != nil || len(trees) == 0 {
		t.Fatal("no golden trees: ", err)
	}
	return trees
}

// fewestExact, and fewestOfCorpus where labels are anybody's, are the shares of the objects beside workloads, in percent, that services
// say without patches.
const (
	fewestExact    = 95
	fewestOfCorpus = 60
)

// TestAroundGolden imports what kgen renders: the objects beside workloads are again
// fields of services.
func TestAroundGolden(t *testing.T) {
	trees, byKind := goldenTrees(t), map[string]*shares{}
	for _, dir := range slices.Sorted(maps.Keys(trees)) {
		projects, err := Convert(Options{Paths: trees[dir]})
		if err != nil {
			t.Fatal(err)
		}
		for _, p := range projects {
			account(t, byKind, p)
		}
	}
	objects, done := logShares(t, byKind)
	if done*100 < fewestExact*objects {
		t.Errorf("%d of %d objects are said by services, the goal is %d %%", done, objects, fewestExact)
	}
}

// TestAroundCorpus counts the same over the corpus, whose labels are other than kgen's.
func TestAroundCorpus(t *testing.T) {
	byKind := map[string]*shares{}
	for _, dir := range sets(t) {
		projects, err := Convert(Options{Paths: filesIn(t, dir)})
		if err != nil {
			t.Fatal(err)
		}
		for _, p := range projects {
			account(t, byKind, p)
		}
	}
	objects, done := logShares(t, byKind)
	if done*100 < fewestOfCorpus*objects {
		t.Errorf("%d of %d objects are said by services, the goal is %d %%", done, objects, fewestOfCorpus)
	}
}
