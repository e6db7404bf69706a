package main

import (
	"os"
	"path/filepath"
	"strconv"
	"testing"
)

// A run that was given up may still be writing where its files are removed.
func TestTemporaryFilesOfAnInterruptedRun(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "kgen-diff-1")
	if err := os.Mkdir(dir, 0o700); err != nil {
		t.Fatal(err)
	}
	root, err := os.OpenRoot(dir)
	if err != nil {
		t.Fatal(err)
	}
	defer root.Close()
	started, stopped := make(chan bool), make(chan bool)
	go func() {
		defer close(stopped)
		for i := range 2000 {
			if i == 100 {
				close(started)
			}
			if root.MkdirAll(filepath.Join("a", strconv.Itoa(i)), 0o700) != nil && i > 100 {
				return
			}
		}
	}()
	<-started
	r := &diffRun{}
	r.temp.Store(&dir)
	r.removeTemp()
	<-stopped
	if left, err := os.ReadDir(dir); err == nil {
		t.Errorf("%d entries are left", len(left))
	}
}
