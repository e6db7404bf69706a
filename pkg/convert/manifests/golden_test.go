package manifests

import (
	"io/fs"
	"path/filepath"
	"testing"
)

// TestGolden imports what kgen renders of its examples: all kinds that it knows come back.
func TestGolden(t *testing.T) {
	dirs, err := filepath.Glob("../../../golden/*")
	if err != nil || len(dirs) == 0 {
		t.Fatal("no examples: ", err)
	}
	for _, dir := range dirs {
		t.Run(filepath.Base(dir), func(t *testing.T) {
			var files []string
			err := filepath.WalkDir(dir, func(file string, e fs.DirEntry, err error) error {
				if err == nil && !e.IsDir() && isYAML(file) {
					files = append(files, file)
				}
				return err
			})
			if err != nil || len(files) == 0 {
				t.Skip(err)
			}
			projects, err := Convert(Options{Paths: files})
			if err != nil {
				t.Fatal(err)
			}
			var all tally
			for _, p := range projects {
				all.count(t, p)
				judge(t, p, treeOfProject(t, p))
			}
		})
	}
}
