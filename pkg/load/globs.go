package load

import (
	"errors"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"github.com/bmatcuk/doublestar/v4"

	"github.com/kgen-dev/kgen/pkg/report"
	"github.com/kgen-dev/kgen/pkg/tree"
	"github.com/kgen-dev/kgen/schema"
)

// defaultServiceFiles is serviceFiles where kgen.cue does not say it.
var defaultServiceFiles = []string{"services/**/*.{cue,yaml,yml,json}"}

// serviceFiles lists the project's service files in order of their names.
func (l *loader) serviceFiles(root string, globs []string, sink *report.Sink) ([]string, error) {
	isDefault := len(globs) == 0
	if isDefault {
		globs = defaultServiceFiles
	}
	for i, glob := range globs {
		switch at := tree.P("serviceFiles", i); {
		case !doublestar.ValidatePattern(glob):
			sink.Errorf(schema.InvalidValue, at, "%q is no valid pattern", glob)
			return nil, nil
		case path.IsAbs(glob) || slices.Contains(strings.Split(glob, "/"), ".."):
			sink.Errorf(schema.InvalidValue, at, "%q leads out of the project", glob)
			return nil, nil
		}
	}
	hits := make([]int, len(globs))
	match := func(file string) bool {
		rel, err := filepath.Rel(root, file)
		matched := false
		for i, glob := range globs {
			if err == nil && doublestar.MatchUnvalidated(glob, filepath.ToSlash(rel)) {
				hits[i]++
				matched = true
			}
		}
		return matched && isServiceFile(file)
	}
	var files []string
	for _, base := range globBases(globs) {
		dir := filepath.Join(root, filepath.FromSlash(base))
		if _, err := os.Stat(dir); errors.Is(err, fs.ErrNotExist) {
			continue
		}
		found, err := l.walk(dir, match)
		if err != nil {
			return nil, err
		}
		files = append(files, found...)
	}
	slices.Sort(files)
	if !isDefault {
		matchedAll(globs, hits, sink)
	}
	return slices.Compact(files), nil
}

// matchedAll reports the patterns a person wrote that match no file.
func matchedAll(globs []string, hits []int, sink *report.Sink) {
	for i, n := range hits {
		if n == 0 {
			sink.Errorf(schema.MatchesNothing, tree.P("serviceFiles", i), "%q matches no file", globs[i])
		}
	}
}

// globBases are the directories that the globs start from, none in another.
func globBases(globs []string) []string {
	var bases []string
	for _, glob := range globs {
		base, _ := doublestar.SplitPattern(glob)
		bases = append(bases, base)
	}
	slices.Sort(bases)
	var top []string
	for _, base := range bases {
		if base == "." {
			return []string{"."}
		}
		if n := len(top); n == 0 || base != top[n-1] && !strings.HasPrefix(base, top[n-1]+"/") {
			top = append(top, base)
		}
	}
	return top
}
