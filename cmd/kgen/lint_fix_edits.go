package main

import (
	"errors"
	"path/filepath"
	"slices"
	"strings"

	"github.com/kgen-dev/kgen/pkg/lint"
	"github.com/kgen-dev/kgen/pkg/lint/fix"
	"github.com/kgen-dev/kgen/pkg/report"
	"github.com/kgen-dev/kgen/pkg/tree"
	"github.com/kgen-dev/kgen/pkg/validate/apiserver"
)

// fixable is a file with what is to be mended in it.
type fixable struct {
	name, path string // as messages name it, and where it is
	data       []byte
	edits      []fix.Placed
	about      []report.Finding // what each of edits mends
}

func (f *fixable) isCUE() bool { return filepath.Ext(f.path) == ".cue" }

func (f *fixable) mend() (mended []byte, done []bool) {
	if f.isCUE() {
		return fix.MendCUE(f.data, f.edits)
	}
	return fix.Mend(f.data, f.edits)
}

// add adds an edit of the object that begins at a place.
func (f *fixable) add(at tree.Pos, e fix.Edit, about report.Finding) {
	f.edits = append(f.edits, fix.Placed{Line: at.Line, Col: at.Col, Edit: e})
	f.about = append(f.about, about)
}

// addLiteral adds an edit of a rendered object, whose value stands at a place.
func (f *fixable) addLiteral(at tree.Pos, e fix.Edit, about report.Finding) {
	if f.isCUE() {
		f.add(at, e, about)
	} else if placed, ok := fix.InService(f.data, at, e); ok {
		f.edits, f.about = append(f.edits, placed), append(f.about, about)
	}
}

// fixables are the files that something is to be mended in.
type fixables struct {
	*validateRun
	files map[string]*fixable
	// releases are those that files of manifests are for, by name.
	releases map[string][]apiserver.Release
	errs     []error
}

// toBeFixed are the files that something can be mended in, sorted by name.
func (r *validateRun) toBeFixed() ([]*fixable, error) {
	f := fixables{validateRun: r, files: map[string]*fixable{}, releases: map[string][]apiserver.Release{}}
	for i := range r.set.Inputs {
		if in := &r.set.Inputs[i]; in.File != "" {
			f.releases[in.Name] = append(f.releases[in.Name], in.Release)
		}
	}
	f.useRules()
	if len(r.lint.choice.Only) == 0 { // which names rules, and not the server's verdict
		f.useVersions()
		f.useVersionsOfServices()
	}
	var sorted []*fixable
	for _, file := range f.files {
		sorted = append(sorted, file)
	}
	slices.SortFunc(sorted, func(a, b *fixable) int { return strings.Compare(a.name, b.name) })
	return sorted, errors.Join(f.errs...)
}

// of is the file with a name, which is read once; nil where it cannot be read.
func (f *fixables) of(name string) *fixable {
	if known := f.files[name]; known != nil {
		return known
	}
	file, err := readFixable(name)
	if err != nil {
		f.errs = append(f.errs, err)
		return nil
	}
	f.files[name] = file
	return file
}

// mayEdit reports whether a file that services are made of may be edited: all that is
// made of it is linted.
func (f *fixables) mayEdit(name string) bool {
	file := filepath.FromSlash(name)
	if name == "" || f.load.Env != "" || f.lint.partial {
		return false
	}
	isIn := func(dir string) bool { return isBelow(dir, file) }
	return slices.Contains(f.load.Paths, file) || slices.ContainsFunc(f.lint.wholeDirs(), isIn)
}

// told tells whether a finding is among those that are reported, or stands for one: what
// a baseline accepts is left.
func (f *fixables) told() func(*report.Finding) bool {
	type place struct {
		file string
		line int32
		id   string
	}
	told := map[place]bool{}
	line := func(found *report.Finding, id string) place { return place{found.Pos.File(), found.Pos.Line, id} }
	for i := range f.findings {
		id := f.findings[i].ID
		if strings.HasPrefix(id, "api/") {
			id = lint.ValueNotString
		}
		told[line(&f.findings[i], id)] = true
	}
	return func(found *report.Finding) bool { return told[line(found, found.ID)] }
}

// useRules adds the edits that rules know.
func (f *fixables) useRules() {
	isRendered := map[*lint.Object]bool{}
	for _, w := range f.lint.rendered {
		for _, o := range w.objects {
			isRendered[o] = true
		}
	}
	isTold := f.told()
	for _, c := range f.lint.order {
		for _, m := range c.Mends() {
			pos := m.Finding.Pos
			if !isTold(&m.Finding) {
				continue
			}
			if f.releases[pos.File()] != nil {
				if file := f.of(pos.File()); file != nil {
					file.add(m.Object.Origin, m.Edit, m.Finding)
				}
			} else if isRendered[m.Object] && f.mayEdit(pos.File()) {
				if file := f.of(pos.File()); file != nil {
					file.addLiteral(pos, m.Edit, m.Finding)
				}
			}
		}
	}
}
