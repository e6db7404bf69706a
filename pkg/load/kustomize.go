package load

import (
	"cmp"
	"fmt"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"github.com/kgen-dev/kgen/pkg/read"
	"github.com/kgen-dev/kgen/pkg/report"
	"github.com/kgen-dev/kgen/pkg/repository"
	"github.com/kgen-dev/kgen/pkg/tree"
)

// kustomizationFiles are the names that kustomize looks for.
var kustomizationFiles = []string{"kustomization.yaml", "kustomization.yml", "Kustomization"}

func isKustomization(file string) bool {
	return slices.Contains(kustomizationFiles, filepath.Base(file))
}

// kustomizeField is a field of a kustomization that names files which are no
// whole manifests.
type kustomizeField struct {
	name string
	keys []string // of an element that hold the names; none where it is one itself
	what string
}

const patchFile = "patch"

var kustomizeFields = []kustomizeField{
	{"patchesStrategicMerge", nil, patchFile},
	{"patchesJson6902", []string{"path"}, patchFile},
	{"patches", []string{"path"}, patchFile},
	{"configMapGenerator", []string{"files", "envs", "env"}, "contents of a ConfigMap"},
	{"secretGenerator", []string{"files", "envs", "env"}, "contents of a Secret"},
	{"generators", nil, "generator"},
	{"transformers", nil, "transformer"},
	{"validators", nil, "validator"},
	{"replacements", []string{"path"}, "replacement"},
	{"configurations", nil, "configuration"},
	{"openapi", []string{"path"}, "OpenAPI schema"},
	{"helmCharts", []string{"valuesFile", "additionalValuesFiles"}, "Helm values"},
	{"helmChartInflationGenerator", []string{"values"}, "Helm values"},
}

// kustomized knows the files that kustomizations name.
type kustomized struct {
	known map[string]bool   // directories, and files, that were looked at
	whole map[string]bool   // files that are manifests, by place
	parts map[string]string // why others are none, by place
	list  []*kustomization
	// command is the one that judges what kustomize makes.
	command string
}

func newKustomized(command string) *kustomized {
	return &kustomized{command: cmp.Or(command, "kgen validate"), known: map[string]bool{}, whole: map[string]bool{}, parts: map[string]string{}}
}

// above reads the kustomizations in dir and above it, not past the root of the
// repository.
func (k *kustomized) above(dir string) {
	for place := placeOf(dir); !k.known[place]; dir, place = parent(dir), filepath.Dir(place) {
		k.known[place] = true
		for _, name := range kustomizationFiles {
			if file := filepath.Join(dir, name); isFile(file) {
				k.read(file)
			}
		}
		if repository.IsRoot(dir) {
			return
		}
	}
}

// read takes in a kustomization. One that cannot be read names nothing.
func (k *kustomized) read(file string) {
	place := realPlace(file)
	if k.known[place] {
		return
	}
	k.known[place] = true
	data, err := read.File(file)
	if err != nil || len(data) > read.MaxFileSize {
		return
	}
	one := &kustomization{dir: filepath.Dir(place)}
	k.list = append(k.list, one)
	read.Documents(&tree.Source{}, data, &report.Sink{}, func(n *tree.Node) {
		one.include(n)
		for _, name := range texts(n.Get("resources")) {
			k.whole[filepath.Join(filepath.Dir(place), filepath.FromSlash(name))] = true
		}
		for _, f := range kustomizeFields {
			reason := f.reason(file, n, k.command)
			for _, name := range f.files(n) {
				k.parts[filepath.Join(filepath.Dir(place), filepath.FromSlash(name))] = reason
			}
		}
	})
}

// reason says why a file is no manifest that the field of a kustomization names.
func (f *kustomizeField) reason(file string, n *tree.Node, command string) string {
	file = display(file)
	reason := f.what + " of " + file
	if kind := n.Get("kind"); f.what != patchFile || kind != nil && kind.Text == "Component" {
		return reason
	}
	return fmt.Sprintf("%s: run kustomize build %s | %s -", reason, path.Dir(file), command)
}

// files are the names in the field of a kustomization.
func (f *kustomizeField) files(n *tree.Node) (names []string) {
	value := n.Get(f.name)
	if value == nil || f.keys == nil {
		return texts(value)
	}
	elements := []tree.Field{{Value: value}}
	if value.Kind == tree.List {
		elements = value.Fields
	}
	for i := range elements {
		for _, key := range f.keys {
			for _, name := range texts(elements[i].Value.Get(key)) {
				if key == "files" { // KEY=FILE
					name = name[strings.Index(name, "=")+1:]
				}
				names = append(names, name)
			}
		}
	}
	return names
}

// texts is a string, or those in a list, but not what is a document itself.
func texts(n *tree.Node) (texts []string) {
	if n == nil {
		return nil
	}
	nodes := []tree.Field{{Value: n}}
	if n.Kind == tree.List {
		nodes = n.Fields
	}
	for i := range nodes {
		if v := nodes[i].Value; v.Kind == tree.String && !strings.Contains(v.Text, "\n") {
			texts = append(texts, v.Text)
		}
	}
	return texts
}

// reasonFor says why a file is no whole manifest; empty where nothing says so.
func (k *kustomized) reasonFor(file string) string {
	for _, place := range []string{realPlace(file), placeOf(file)} {
		if reason := k.parts[place]; reason != "" && !k.whole[place] {
			return reason
		}
	}
	return ""
}
