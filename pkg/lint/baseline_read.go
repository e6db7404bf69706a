package lint

import (
	"errors"
	"fmt"
	"io/fs"
	"path/filepath"
	"slices"
	"strings"

	"github.com/kgen-dev/kgen/pkg/read"
	"github.com/kgen-dev/kgen/pkg/report"
	"github.com/kgen-dev/kgen/pkg/tree"
)

// baselineVersion is that of the file's format; it grows when an older kgen would
// misunderstand the file.
const baselineVersion = 1

// baselineFile is the file.
type baselineFile struct {
	Version int     `json:"version"`
	Entries []Entry `json:"entries"`
}

// ReadBaseline reads a baseline. The error has a line for each mistake, with its place.
func ReadBaseline(file string) (*Baseline, error) {
	b, err := newBaseline(file)
	if err != nil {
		return nil, err
	}
	name := filepath.ToSlash(file)
	pieces, err := read.ManifestFile(file)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, fmt.Errorf("baseline %s: there is no such file: --write-baseline %s makes it", name, name)
	}
	if err != nil {
		return nil, fmt.Errorf("baseline %s: %w", name, err)
	}
	source, sink := &tree.Source{Name: name}, &report.Sink{}
	var documents []*tree.Node
	if err := pieces.Documents(source, sink, func(n *tree.Node) { documents = append(documents, n) }); err != nil {
		return nil, fmt.Errorf("baseline %s: %w", name, err)
	}
	b.Entries, err = baselineEntries(source, sink, documents)
	if err != nil {
		return nil, err
	}
	return b, nil
}

// baselineEntries are the entries of a file, sorted. Two that are the same are what a
// merge leaves of an entry that two branches have: one of them counts.
func baselineEntries(source *tree.Source, sink *report.Sink, documents []*tree.Node) ([]Entry, error) {
	switch {
	case len(sink.Findings) > 0:
		return nil, mistakes(sink)
	case len(documents) == 0:
		return nil, fmt.Errorf("%s: no baseline: the file is empty", source.Name)
	case len(documents) > 1:
		return nil, fmt.Errorf("%s: a baseline is one document", documents[1].Pos)
	}
	root := documents[0]
	sink.Root, sink.Source = root, source
	checkVersion(sink, root)
	if len(sink.Findings) > 0 {
		return nil, mistakes(sink)
	}
	var f baselineFile
	for _, m := range tree.Decode(root, &f) {
		sink.ErrorAt(m.Pos, "", m.Path, "%s", m.Message)
	}
	counts := map[Entry]int{}
	for i := range f.Entries {
		e := &f.Entries[i]
		at := tree.P("entries", i)
		if root.At(at.With("count")) == nil {
			e.Count = 1
		}
		if e.Rule == "" {
			sink.Errorf("", at, "an entry names a rule")
		}
		if e.Count < 1 {
			sink.Errorf("", at.With("count"), "a count is 1 or more")
		}
		counts[e.key()] = max(counts[e.key()], e.Count)
	}
	if len(sink.Findings) > 0 {
		return nil, mistakes(sink)
	}
	var entries []Entry
	for key, n := range counts {
		key.Count = n
		entries = append(entries, key)
	}
	slices.SortFunc(entries, compareEntries)
	return entries, nil
}

// checkVersion goes before all else: fields of a later format are no mistakes.
func checkVersion(sink *report.Sink, root *tree.Node) {
	version := root.Get("version")
	switch {
	case root.Kind != tree.Map:
		sink.Errorf("", nil, "no baseline: expected the fields version and entries, found %s", root.Kind)
	case version == nil && root.Get("apiVersion") != nil:
		sink.Errorf("", nil, "no baseline, but a manifest")
	case version == nil:
		sink.Errorf("", nil, "no baseline: the field version is missing")
	case version.Kind != tree.Int || version.Text != fmt.Sprint(baselineVersion):
		sink.Errorf("", tree.P("version"), "this kgen knows version %d of the format alone: write the baseline again, or take the kgen that wrote it", baselineVersion)
	}
}

// mistakes is an error with a line for each finding.
func mistakes(sink *report.Sink) error {
	var errs []error
	for i := range sink.Findings {
		f := &sink.Findings[i]
		subject := ""
		if len(f.Path) > 0 {
			subject = f.Path.String() + ": "
		}
		errs = append(errs, fmt.Errorf("%s: %s%s", f.Pos, subject, strings.TrimSpace(f.Message)))
	}
	return errors.Join(errs...)
}
