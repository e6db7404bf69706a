package lint

import (
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/kgen-dev/kgen/pkg/read"
	"github.com/kgen-dev/kgen/pkg/report"
	"github.com/kgen-dev/kgen/pkg/tree"
	"github.com/kgen-dev/kgen/pkg/validate"
	"github.com/kgen-dev/kgen/pkg/validate/versions"
)

const (
	corpusRoot  = "../../../shared/corpus"
	corpusTable = "testdata/corpus.txt"
)

// corpusUnits are directories of the corpus, each with what is applied together: of
// "volumes/*", every directory in it.
var corpusUnits = []string{
	"kubernetes-examples/_archived/*",
	"kubernetes-examples/_archived/volumes/*",
	"kubernetes-examples/databases/*",
	"kubernetes-examples/web/*",
	"online-boutique",
}

// TestCorpus runs every rule of every profile over manifests that nobody here wrote.
// Each line of the table was compared with the manifest that it is about.
// KGEN_UPDATE=1 writes it anew, and -v tells what is found.
func TestCorpus(t *testing.T) {
	if _, err := os.Stat(corpusRoot); err != nil {
		t.Skip("there is no corpus")
	}
	var findings []Finding
	for _, unit := range unitsOfCorpus(t) {
		all := NewIndex(Open, versions.Newest, nil, objectsOfUnit(t, unit))
		findings = append(findings, Run(all, everyRule(), 1)...)
	}
	if testing.Verbose() {
		for i := range findings {
			f := &findings[i]
			pos, _ := f.Object.Locate(f.At)
			t.Logf("%s: %s %s: %s", pos, f.Severity, f.Rule.ID, f.Message)
		}
	}
	got := tableOf(findings)
	if os.Getenv("KGEN_UPDATE") != "" {
		if err := os.WriteFile(corpusTable, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(corpusTable)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(strings.Split(string(want), "\n"), strings.Split(got, "\n")); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

// tableOf is the number of findings of each rule and severity, and then what is found
// by file and line. A severity that is not the rule's stands behind its id.
func tableOf(findings []Finding) string {
	counts, files := map[string]int{}, map[string]map[int32][]string{}
	for i := range findings {
		f := &findings[i]
		counts[fmt.Sprintf("%-32s %-8s", f.Rule.ID, f.Severity)]++
		pos, _ := f.Object.Locate(f.At)
		told := f.Rule.ID
		if f.Severity != f.Rule.Severity {
			told += "=" + f.Severity.String()
		}
		if files[pos.File()] == nil {
			files[pos.File()] = map[int32][]string{}
		}
		files[pos.File()][pos.Line] = append(files[pos.File()][pos.Line], told)
	}
	var text strings.Builder
	for _, rule := range slices.Sorted(maps.Keys(counts)) {
		fmt.Fprintf(&text, "%s %4d\n", rule, counts[rule])
	}
	for _, file := range slices.Sorted(maps.Keys(files)) {
		text.WriteString("\n" + file + "\n")
		for _, line := range slices.Sorted(maps.Keys(files[file])) {
			found := files[file][line]
			slices.Sort(found)
			fmt.Fprintf(&text, "%d %s\n", line, strings.Join(found, " "))
		}
	}
	return text.String()
}

// everyRule is all rules, whatever their profile.
func everyRule() (chosen []Chosen) {
	for _, rule := range Rules() {
		if !rule.isAboutIgnores {
			chosen = append(chosen, Chosen{Rule: rule})
		}
	}
	return chosen
}

// unitsOfCorpus are the files of each unit, a directory that stands in no other.
func unitsOfCorpus(t *testing.T) (units [][]string) {
	t.Helper()
	var roots []string
	for _, pattern := range corpusUnits {
		found, err := filepath.Glob(filepath.Join(corpusRoot, pattern))
		if err != nil || len(found) == 0 {
			t.Fatalf("nothing at %s: %v", pattern, err)
		}
		roots = append(roots, found...)
	}
	for _, root := range roots {
		var files []string
		err := filepath.WalkDir(root, func(file string, entry fs.DirEntry, err error) error {
			switch {
			case err != nil:
				return err
			case entry.IsDir() && file != root && slices.ContainsFunc(roots, func(r string) bool { return strings.HasPrefix(r, file+"/") }):
				return fs.SkipDir // its directories are units
			case slices.Contains([]string{".yaml", ".yml", ".json"}, path.Ext(file)):
				files = append(files, file)
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
		if !slices.ContainsFunc(roots, func(r string) bool { return strings.HasPrefix(r, root+"/") }) {
			units = append(units, files)
		}
	}
	return units
}

// objectsOfUnit are the objects in files, as far as they can be read.
func objectsOfUnit(t *testing.T, files []string) (objects []*Object) {
	t.Helper()
	for _, file := range files {
		data, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		name, err := filepath.Rel(corpusRoot, file)
		if err != nil {
			t.Fatal(err)
		}
		read.Documents(&tree.Source{Name: filepath.ToSlash(name)}, data, &report.Sink{}, func(n *tree.Node) {
			validate.Elements(n, func(n *tree.Node) {
				if n.Get("apiVersion") == nil || n.Get("kind") == nil {
					return
				}
				o := FromNode(n, path.Dir(filepath.ToSlash(name)))
				o.Locate = func(path tree.Path) (tree.Pos, string) { return n.Begin(path), "" }
				objects = append(objects, o)
			})
		})
	}
	return objects
}
