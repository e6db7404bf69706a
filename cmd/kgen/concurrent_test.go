package main

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

// projectVersion writes the nth version of a project called name in a repository of its
// own, and returns its directory. Every object of a version differs from the others'.
func projectVersion(t *testing.T, name string, n int) string {
	t.Helper()
	repository := t.TempDir()
	files := map[string]string{
		".git/HEAD":        "",
		name + "/kgen.cue": fmt.Sprintf("annotations: version: \"%d\"\n", n),
	}
	for i := range 12 {
		if i == n { // so that files come and go
			continue
		}
		files[fmt.Sprintf("%s/services/s%d.cue", name, i)] = fmt.Sprintf(
			"image: \"ghcr.io/acme/s:%d\"\nports: http: 8080\nresources: requests: {cpu: \"1\", memory: \"1Gi\"}\nprobes: readiness: httpGet: path: \"/\"\n", n)
	}
	for file, text := range files {
		file = filepath.Join(repository, filepath.FromSlash(file))
		if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(file, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	return filepath.Join(repository, name)
}

// kgenIn runs kgen as a process of its own in a directory.
func kgenIn(dir string, args ...string) (status int, stderr string) {
	c := exec.Command("kgen", args...)
	c.Dir = dir
	var text strings.Builder
	c.Stderr = &text
	err := c.Run()
	var exit *exec.ExitError
	switch {
	case err == nil:
		return 0, text.String()
	case errors.As(err, &exit):
		return exit.ExitCode(), text.String()
	}
	return -1, err.Error()
}

// treeOf is every file and directory of a tree.
func treeOf(t *testing.T, dir string) map[string]string {
	t.Helper()
	files := map[string]string{}
	err := filepath.WalkDir(dir, func(name string, e fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		rel, _ := filepath.Rel(dir, name)
		if e.IsDir() {
			files[rel] = "directory"
			return nil
		}
		data, err := os.ReadFile(name)
		files[rel] = string(data)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return files
}

// demandTree demands that out is what kgen renders of the project in dir.
func demandTree(t *testing.T, out, dir string) {
	t.Helper()
	fresh := filepath.Join(t.TempDir(), "fresh")
	if status, stderr := kgenIn(dir, "render", "-o", fresh); status != 0 {
		t.Fatalf("status %d: %s", status, stderr)
	}
	if diff := cmp.Diff(treeOf(t, fresh), treeOf(t, out)); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

// TestConcurrentProcesses has many processes write several versions of a project
// into one directory while others read it: in the end it is one of them, whole.
func TestConcurrentProcesses(t *testing.T) {
	out := filepath.Join(t.TempDir(), "deep", "out")
	var versions []string
	for n := range 4 {
		versions = append(versions, projectVersion(t, "shop", n))
	}
	var wait sync.WaitGroup
	for i := range 16 {
		dir := versions[i%len(versions)]
		wait.Go(func() {
			if status, stderr := kgenIn(dir, "render", "-o", out); status != 0 {
				t.Errorf("render: status %d: %s", status, stderr)
			}
		})
		if i%4 == 0 {
			wait.Go(func() {
				if status, stderr := kgenIn(dir, "render", "-o", out, "--check"); status > 1 || strings.Contains(stderr, "error") {
					t.Errorf("check: status %d: %s", status, stderr)
				}
			})
		}
	}
	wait.Wait()
	isCurrent := 0
	for _, dir := range versions {
		if status, _ := kgenIn(dir, "render", "-o", out, "--check"); status == 0 {
			isCurrent++
			demandTree(t, out, dir)
		}
	}
	if isCurrent != 1 {
		t.Errorf("the tree is %d of the versions", isCurrent)
	}
}

// TestKilledProcesses kills runs at different times; the next completes the tree.
func TestKilledProcesses(t *testing.T) {
	out := filepath.Join(t.TempDir(), "out")
	versions := []string{projectVersion(t, "shop", 0), projectVersion(t, "shop", 1)}
	for n := range 24 {
		c := exec.Command("kgen", "render", "-o", out)
		c.Dir = versions[n%2]
		if err := c.Start(); err != nil {
			t.Fatal(err)
		}
		time.Sleep(time.Duration(n*4) * time.Millisecond)
		_ = c.Process.Kill()
		_ = c.Wait()
	}
	if status, stderr := kgenIn(versions[0], "render", "-o", out); status != 0 {
		t.Fatalf("status %d: %s", status, stderr)
	}
	demandTree(t, out, versions[0])
}

// TestConcurrentProjects has two projects want one directory: one gets it.
func TestConcurrentProjects(t *testing.T) {
	out := filepath.Join(t.TempDir(), "out")
	projects := []string{projectVersion(t, "shop", 0), projectVersion(t, "payments", 0)}
	statuses := make([]int, len(projects))
	messages := make([]string, len(projects))
	var wait sync.WaitGroup
	for i, dir := range projects {
		wait.Go(func() { statuses[i], messages[i] = kgenIn(dir, "render", "-o", out) })
	}
	wait.Wait()
	if statuses[0]+statuses[1] != exitFailed || statuses[0]*statuses[1] != 0 {
		t.Fatalf("statuses %v: %s", statuses, messages)
	}
	for i, dir := range projects {
		if statuses[i] == 0 {
			demandTree(t, out, dir)
		} else if !strings.Contains(messages[i], "of the project ") {
			t.Errorf("got %s", messages[i])
		}
	}
}
