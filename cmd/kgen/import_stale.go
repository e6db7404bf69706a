package main

import (
	"io/fs"
	"path"
	"path/filepath"
	"slices"

	"github.com/kgen-dev/kgen/pkg/report"
	"github.com/kgen-dev/kgen/pkg/scaffold"
)

// findStale finds the service files in the projects that are written which this import
// does not make: an earlier one did, or a person. They are left as they are, for kgen
// cannot tell which.
func (r *importRun) findStale(projects []importedProject, files []scaffold.File) {
	isMade := map[string]bool{}
	for _, f := range files {
		isMade[filepath.Join(r.out, filepath.FromSlash(f.Path))] = true
	}
	for _, p := range projects {
		dir := filepath.Join(r.out, filepath.FromSlash(path.Join(p.dir, "services")))
		// What cannot be listed here is told where it is linted.
		_ = filepath.WalkDir(dir, func(name string, entry fs.DirEntry, err error) error {
			isService := slices.Contains([]string{".cue", ".yaml", ".yml", ".json"}, filepath.Ext(name))
			if err == nil && !entry.IsDir() && isService && !isMade[name] {
				r.stale = append(r.stale, filepath.ToSlash(name))
			}
			return nil
		})
	}
	slices.Sort(r.stale)
}

// tellStale names the service files that this import does not make.
func (r *importRun) tellStale() {
	if len(r.stale) == 0 {
		return
	}
	r.notice(counted(len(r.stale), "service file was", "service files were") + " there already that this import does not make; remove what is no more:")
	for _, name := range r.stale {
		r.notice("\t" + report.OneLine(name))
	}
}
