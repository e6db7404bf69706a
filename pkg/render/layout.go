package render

import (
	"cmp"
	"encoding/hex"
	"fmt"
	"path"
	"slices"
	"strings"
)

// The layouts of an output tree.
const (
	LayoutObject    = "object"    // one file an object
	LayoutService   = "service"   // one file a service
	LayoutKustomize = "kustomize" // as object, with a kustomization.yaml
	LayoutArgoCD    = "argocd"    // as kustomize, with an Application of Argo CD
	LayoutFlux      = "flux"      // as kustomize, with a Kustomization of Flux
)

// Layouts are the names of all layouts.
var Layouts = []string{LayoutObject, LayoutService, LayoutKustomize, LayoutArgoCD, LayoutFlux}

// hasKustomization reports whether a layout has a kustomization.yaml an environment.
func hasKustomization(layout string) bool {
	return layout == LayoutKustomize || layout == LayoutArgoCD || layout == LayoutFlux
}

// projectDir holds what belongs to no service. No service can be called so.
const projectDir = "_project"

const kustomization = "kustomization.yaml"

// file is one file of a tree, by slash path.
type file struct {
	path string
	data []byte
}

// filesOf are the files of one environment below dir, sorted by path.
func filesOf(layout, dir string, objects []Object) []file {
	var files []file
	for start, end := 0, 0; start < len(objects); start = end {
		owner := objects[start].Service
		for end < len(objects) && objects[end].Service == owner {
			end++
		}
		owned := objects[start:end]
		if layout == LayoutService {
			files = append(files, file{path.Join(dir, cmp.Or(owner, projectDir)+".yaml"), join(owned)})
			continue
		}
		names := fileNames(owner, owned)
		for i := range owned {
			files = append(files, file{path.Join(dir, cmp.Or(owner, projectDir), names[i]), owned[i].YAML})
		}
	}
	slices.SortFunc(files, func(a, b file) int { return strings.Compare(a.path, b.path) })
	return files
}

// join is the objects as one stream.
func join(objects []Object) []byte {
	var data []byte
	for i := range objects {
		if i > 0 {
			data = append(data, Separator...)
		}
		data = append(data, objects[i].YAML...)
	}
	return data
}

// Separator stands between the documents of a stream.
const Separator = "---\n"

// fileNames are the names of the objects' files: the kind, and the name where it
// is not the owner's. Where that is not enough to tell two apart the group goes
// before it, and the namespace behind.
func fileNames(owner string, objects []Object) []string {
	names := make([]string, len(objects))
	for i, o := range objects {
		names[i] = strings.ToLower(o.Kind)
		if o.Name != owner {
			names[i] += "-" + fileSafe(o.Name)
		}
	}
	tellApart(names, func(i int, name string) string {
		if group := objects[i].Group; group != "" {
			return fileSafe(group) + "_" + name
		}
		return name
	})
	tellApart(names, func(i int, name string) string {
		if namespace := objects[i].Namespace; namespace != "" {
			return name + "_" + fileSafe(namespace)
		}
		return name
	})
	for i := range names {
		names[i] += ".yaml"
	}
	return names
}

// tellApart changes the names that come more than once.
func tellApart(names []string, change func(i int, name string) string) {
	count := make(map[string]int, len(names))
	for _, name := range names {
		count[name]++
	}
	for i, name := range names {
		if count[name] > 1 {
			names[i] = change(i, name)
		}
	}
}

// fileSafe is a name that every file system keeps apart from all others: of
// RBAC's names some hold colons and capital letters.
func fileSafe(name string) string {
	var b strings.Builder
	for _, c := range []byte(name) {
		switch {
		case 'a' <= c && c <= 'z', '0' <= c && c <= '9', c == '-', c == '.':
			b.WriteByte(c)
		default:
			b.WriteString("_" + hex.EncodeToString([]byte{c}))
		}
	}
	return b.String()
}

// kustomizationOf lists the files of one environment for kustomize.
func kustomizationOf(paths []string) []byte {
	var b strings.Builder
	b.WriteString("apiVersion: kustomize.config.k8s.io/v1beta1\nkind: Kustomization\n")
	if len(paths) == 0 {
		b.WriteString("resources: []\n")
		return []byte(b.String())
	}
	b.WriteString("resources:\n")
	for _, p := range paths {
		fmt.Fprintf(&b, "- %s\n", p)
	}
	return []byte(b.String())
}
