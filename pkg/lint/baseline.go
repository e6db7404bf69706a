package lint

import (
	"cmp"
	"fmt"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"github.com/kgen-dev/kgen/pkg/report"
)

// Baseline is what a repository had when it was written: findings of rules and errors
// of the API server's and the schema's verdict alike.
type Baseline struct {
	// Entries are sorted, and of no two are all fields but Count the same.
	Entries []Entry
	// File is where it is kept; the files of entries are named from its directory.
	File string

	dir, workingDir string            // without links
	names           map[string]string // of files, by the names that findings have for them
}

// Entry is one finding, or several that are alike. It has no line, so that it is the
// same when lines move, and no message, which may be worded differently one day.
type Entry struct {
	Rule string `json:"rule"`
	// File is a slash path from the directory of the baseline.
	File string `json:"file"`
	// Object is Deployment/web; of a finding that services share, as in kgen.cue, the
	// kind alone. Field is a path with the names of list elements: containers[web].
	// Both may be empty.
	Object string `json:"object,omitempty"`
	Field  string `json:"field,omitempty"`
	Count  int    `json:"count,omitempty"` // more than 0
}

// String names the entry as a message does.
func (e Entry) String() string {
	text := e.Rule
	for _, part := range []string{e.Object, e.Field} {
		if part != "" {
			text += " " + part
		}
	}
	if e.File != "" {
		text = e.File + ": " + text
	}
	if e.Count > 1 {
		text += " (" + strconv.Itoa(e.Count) + " times)"
	}
	return text
}

// key is what entries are told apart by.
func (e Entry) key() Entry {
	e.Count = 0
	return e
}

func compareEntries(a, b Entry) int {
	return cmp.Or(cmp.Compare(a.File, b.File), cmp.Compare(a.Rule, b.Rule), cmp.Compare(a.Object, b.Object), cmp.Compare(a.Field, b.Field))
}

// newBaseline is an empty one to be kept in file.
func newBaseline(file string) (*Baseline, error) {
	workingDir, err := realDir(".")
	if err != nil {
		return nil, fmt.Errorf("baseline %s: %w", filepath.ToSlash(file), err)
	}
	dir, err := realDir(filepath.Dir(file))
	if err != nil {
		return nil, fmt.Errorf("baseline %s: %w", filepath.ToSlash(file), err)
	}
	return &Baseline{File: file, dir: dir, workingDir: workingDir, names: map[string]string{}}, nil
}

// realDir is a directory from the root of the file system, without links.
func realDir(dir string) (string, error) {
	real, err := filepath.EvalSymlinks(dir)
	if err != nil {
		return "", err
	}
	return filepath.Abs(real)
}

// BaselineOf is a baseline of findings as report.Merge returns them, to be kept in
// file, whose directory exists.
func BaselineOf(file string, findings []report.Finding) (*Baseline, error) {
	b, err := newBaseline(file)
	if err != nil {
		return nil, err
	}
	for key, n := range b.count(findings) {
		key.Count = n
		b.Entries = append(b.Entries, key)
	}
	slices.SortFunc(b.Entries, compareEntries)
	return b, nil
}

// count is how often each entry stands for a finding.
func (b *Baseline) count(findings []report.Finding) map[Entry]int {
	counts := map[Entry]int{}
	for i := range findings {
		counts[b.entry(&findings[i])]++
	}
	return counts
}

// entry is the one that a finding has, without its count.
func (b *Baseline) entry(f *report.Finding) Entry {
	e := Entry{Rule: f.ID, File: b.nameOf(f.Pos.File()), Field: f.LastingField()}
	if len(f.Objects) > 0 {
		e.Object = f.Objects[0]
	}
	if len(f.Services) > 0 { // which come and go, and the finding stays
		e.Object, _, _ = strings.Cut(e.Object, "/")
	}
	for _, text := range []*string{&e.Rule, &e.File, &e.Object, &e.Field} {
		*text = strings.ToValidUTF8(*text, "\ufffd")
	}
	return e
}

// nameOf is a file, as a finding names it, from the directory of the baseline.
func (b *Baseline) nameOf(file string) string {
	name, known := b.names[file]
	if !known {
		name = b.fromDir(file)
		b.names[file] = name
	}
	return name
}

func (b *Baseline) fromDir(file string) string {
	if file == "" || strings.HasPrefix(file, "<") { // standard input
		return file
	}
	place := filepath.FromSlash(file)
	if !filepath.IsAbs(place) {
		place = filepath.Join(b.workingDir, place)
	} else if dir, err := filepath.EvalSymlinks(filepath.Dir(place)); err == nil {
		place = filepath.Join(dir, filepath.Base(place))
	}
	if below, err := filepath.Rel(b.dir, place); err == nil {
		place = below
	}
	return filepath.ToSlash(place)
}

// placeOf is a file, as an entry names it, from the root of the file system.
func (b *Baseline) placeOf(name string) string {
	place := filepath.FromSlash(name)
	if filepath.IsAbs(place) || strings.HasPrefix(name, "<") {
		return place
	}
	return filepath.Join(b.dir, place)
}
