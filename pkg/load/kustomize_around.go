package load

import (
	"cmp"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/kgen-dev/kgen/pkg/tree"
)

// Kustomized is what kustomizations put together with a manifest.
type Kustomized struct {
	// IsPart is set where some of it is not among the inputs.
	IsPart bool
	// Generated are the objects that generators make.
	Generated []Generated
	// Tags are the tags, or digests, that images get, by their name.
	Tags map[string]string
}

// Generated is an object that a generator makes.
type Generated struct{ Kind, Name string }

// imageTag is the tag, or digest, that an image gets.
type imageTag struct{ image, tag string }

// kustomization is one as far as it says what is put together.
type kustomization struct {
	dir         string // its place
	files       []string
	dirs        []string // of other kustomizations
	isOpen      bool     // it has resources that are not files
	isComponent bool     // it is for what lies elsewhere
	generated   []Generated
	tags        []imageTag
}

// include takes in what a document of a kustomization says.
func (k *kustomization) include(n *tree.Node) {
	kind := n.Get("kind")
	k.isComponent = k.isComponent || kind != nil && kind.Text == "Component"
	for _, field := range []string{"resources", "components", "bases"} {
		for _, name := range texts(n.Get(field)) {
			place := filepath.Join(k.dir, filepath.FromSlash(name))
			info, err := os.Stat(place)
			switch {
			case err != nil: // on another machine
				k.isOpen = true
			case info.IsDir():
				k.dirs = append(k.dirs, realPlace(place))
			default:
				k.files = append(k.files, realPlace(place))
			}
		}
	}
	for _, field := range []string{"helmCharts", "helmChartInflationGenerator", "generators"} {
		value := n.Get(field)
		k.isOpen = k.isOpen || value != nil && len(value.Fields) > 0
	}
	for _, g := range []struct{ field, kind string }{{"configMapGenerator", "ConfigMap"}, {"secretGenerator", "Secret"}} {
		for _, generator := range elements(n.Get(g.field)) {
			if name := generator.Value.Get("name"); name != nil && name.Kind == tree.String {
				k.generated = append(k.generated, Generated{g.kind, name.Text})
			}
		}
	}
	for _, image := range elements(n.Get("images")) {
		name, tag := image.Value.Get("name"), cmp.Or(image.Value.Get("digest"), image.Value.Get("newTag"))
		if name != nil && tag != nil && tag.Text != "" {
			k.tags = append(k.tags, imageTag{name.Text, tag.Text})
		}
	}
}

// elements are those of a list; none of anything else.
func elements(n *tree.Node) []tree.Field {
	if n == nil || n.Kind != tree.List {
		return nil
	}
	return n.Fields
}

// around knows which kustomizations files are for.
type around struct {
	given  map[string]bool // the inputs, by place
	byDir  map[string]*kustomization
	byFile map[string][]*kustomization // that name the file
	over   map[string][]*kustomization // that are for all that lies in a directory
}

// around reads the kustomizations that those read so far include as well.
func (k *kustomized) around(given map[string]bool) *around {
	a := &around{given: given, byDir: map[string]*kustomization{}, byFile: map[string][]*kustomization{}, over: map[string][]*kustomization{}}
	for i := 0; i < len(k.list); i++ { // reading adds to it
		for _, dir := range k.list[i].dirs {
			for _, name := range kustomizationFiles {
				if file := filepath.Join(dir, name); isFile(file) {
					k.read(file)
				}
			}
		}
	}
	slices.SortFunc(k.list, func(a, b *kustomization) int { return strings.Compare(a.dir, b.dir) })
	for _, one := range k.list {
		a.byDir[one.dir] = one
	}
	for _, one := range k.list {
		for _, file := range one.files {
			a.byFile[file] = append(a.byFile[file], one)
		}
		a.each(one, map[string]bool{}, func(included *kustomization) { a.over[included.dir] = append(a.over[included.dir], one) })
	}
	return a
}

// each visits a kustomization and those that it includes.
func (a *around) each(k *kustomization, seen map[string]bool, visit func(*kustomization)) {
	if seen[k.dir] {
		return
	}
	seen[k.dir] = true
	visit(k)
	for _, dir := range k.dirs {
		if included := a.byDir[dir]; included != nil {
			a.each(included, seen, visit)
		}
	}
}

// leadsElsewhere reports whether resources of a kustomization are not among the inputs.
func (a *around) leadsElsewhere(k *kustomization) bool {
	isOpen := k.isComponent
	a.each(k, map[string]bool{}, func(k *kustomization) {
		isOpen = isOpen || k.isOpen || slices.ContainsFunc(k.files, func(file string) bool { return !a.given[file] }) ||
			slices.ContainsFunc(k.dirs, func(dir string) bool { return a.byDir[dir] == nil })
	})
	return isOpen
}

// Kustomized is what kustomizations put together with a manifest among the inputs.
func (in *Inputs) Kustomized(file string) (found Kustomized) {
	if in.around == nil {
		return found
	}
	place := realPlace(file)
	over := slices.Clone(in.around.byFile[place])
	if own := in.around.byDir[filepath.Dir(place)]; own != nil {
		over = append(over, own)
	}
	found.IsPart = slices.ContainsFunc(over, in.around.leadsElsewhere)
	for dir := filepath.Dir(place); ; dir = filepath.Dir(dir) {
		over = append(over, in.around.over[dir]...)
		if dir == filepath.Dir(dir) {
			break
		}
	}
	seen := map[string]bool{}
	for _, k := range over {
		in.around.each(k, seen, func(k *kustomization) {
			found.Generated = append(found.Generated, k.generated...)
			for _, tag := range k.tags {
				if found.Tags == nil {
					found.Tags = map[string]string{}
				}
				if _, isKnown := found.Tags[tag.image]; !isKnown {
					found.Tags[tag.image] = tag.tag
				}
			}
		})
	}
	return found
}
