package main

import (
	"slices"

	"github.com/kgen-dev/kgen/pkg/lint/fix"
	"github.com/kgen-dev/kgen/pkg/report"
	"github.com/kgen-dev/kgen/pkg/tree"
	"github.com/kgen-dev/kgen/pkg/validate"
	"github.com/kgen-dev/kgen/pkg/validate/apiserver"
)

// oldVersions are the findings about API versions that are gone or will go, by file;
// findings are sorted.
func (f *fixables) oldVersions() (names []string, old map[string][]report.Finding) {
	old = map[string][]report.Finding{}
	for _, found := range f.findings {
		if name := found.Pos.File(); found.ID == validate.Removed || found.ID == validate.Deprecated {
			if old[name] == nil {
				names = append(names, name)
			}
			old[name] = append(old[name], found)
		}
	}
	return names, old
}

// useVersions adds the edits of manifests whose API version is gone or will go.
func (f *fixables) useVersions() {
	names, old := f.oldVersions()
	for _, name := range names {
		if f.releases[name] == nil {
			continue
		}
		file := f.of(name)
		if file == nil {
			continue
		}
		var objects []*fix.Versioned
		var about []report.Finding
		for _, n := range fix.Objects(file.data) {
			if i := foundAt(old[name], n.Get("apiVersion")); i >= 0 {
				objects, about = append(objects, &fix.Versioned{Node: n, Edits: file.editsOf(n)}), append(about, old[name][i])
			}
		}
		f.judgeVersions(objects, f.releases[name])
		for i, o := range objects {
			if o.Next != "" {
				file.add(o.Node.Pos, o.Edit(), about[i])
			}
		}
	}
}

// foundAt is the index of the finding at a value; -1 where there is none.
func foundAt(found []report.Finding, n *tree.Node) int {
	return slices.IndexFunc(found, func(f report.Finding) bool {
		return n != nil && f.Pos.Line == n.Pos.Line && f.Pos.Col == n.Pos.Col
	})
}

// editsOf are the edits of the object n.
func (f *fixable) editsOf(n *tree.Node) (edits []fix.Edit) {
	for i := range f.edits {
		if e := &f.edits[i]; e.Line == n.Pos.Line && e.Col == n.Pos.Col {
			edits = append(edits, e.Edit)
		}
	}
	return edits
}

func (f *fixables) judgeVersions(objects []*fix.Versioned, releases []apiserver.Release) {
	if err := fix.Versions(objects, releases, f.set.Schemas); err != nil {
		f.errs = append(f.errs, err)
	}
}

// useVersionsOfServices adds the edits of the objects that services and kgen.cue hold.
func (f *fixables) useVersionsOfServices() {
	_, old := f.oldVersions()
	at := tree.P("apiVersion")
	shared := map[tree.Pos][]*fix.Versioned{} // a place may be that of several objects
	var order []tree.Pos
	for _, w := range f.lint.rendered {
		var objects []*fix.Versioned
		var places []tree.Pos
		for _, o := range w.objects {
			if o.Node() == nil || o.IsContext {
				continue
			}
			pos, byDefault := o.Locate(at)
			if byDefault == "" && f.mayEdit(pos.File()) && foundAt(old[pos.File()], &tree.Node{Pos: pos}) >= 0 {
				objects, places = append(objects, &fix.Versioned{Node: o.Node()}), append(places, pos)
			}
		}
		f.judgeVersions(objects, f.releasesOf(w))
		for i, o := range objects {
			if pos := places[i]; shared[pos] == nil {
				order = append(order, pos)
			}
			shared[places[i]] = append(shared[places[i]], o)
		}
	}
	for _, pos := range order {
		objects, found := shared[pos], old[pos.File()]
		next := objects[0].Next
		if next == "" || slices.ContainsFunc(objects, func(o *fix.Versioned) bool { return o.Next != next }) {
			continue
		}
		if file := f.of(pos.File()); file != nil {
			file.addLiteral(pos, objects[0].Edit(), found[foundAt(found, &tree.Node{Pos: pos})])
		}
	}
}

// releasesOf are the releases that the services of a world are for.
func (f *fixables) releasesOf(w *world) (releases []apiserver.Release) {
	for _, t := range f.targetsOr(target{minor: w.minor}) {
		releases = append(releases, apiserver.Release{Minor: t.minor, Gates: w.gates})
	}
	return releases
}
