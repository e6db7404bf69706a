package read

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
)

// endless is a reader that never ends, and counts what was taken.
type endless struct{ taken int }

func (e *endless) Read(p []byte) (int, error) {
	e.taken += len(p)
	return len(p), nil
}

func TestAll(t *testing.T) {
	var source endless
	data, err := All(&source)
	if err != nil || len(data) != MaxFileSize+1 || source.taken > 2*MaxFileSize {
		t.Errorf("All gave %d bytes of %d taken, %v; want one over the limit", len(data), source.taken, err)
	}
	data, err = All(strings.NewReader("a: 1"))
	if err != nil || string(data) != "a: 1" {
		t.Errorf("All gave %q, %v", data, err)
	}
}

func TestFile(t *testing.T) {
	dir := t.TempDir()
	for _, size := range []int{0, 1, 600, MaxFileSize - 1, MaxFileSize, MaxFileSize + 1, MaxFileSize + 2, 2 * MaxFileSize} {
		name := filepath.Join(dir, "file")
		content := bytes.Repeat([]byte{'x'}, size)
		if err := os.WriteFile(name, content, 0o644); err != nil {
			t.Fatal(err)
		}
		data, err := File(name)
		if err != nil || !bytes.Equal(data, content[:min(size, MaxFileSize+1)]) {
			t.Errorf("File gave %d bytes of %d, %v", len(data), size, err)
		}
	}
	data, err := sized(strings.NewReader("it grew"), 2)
	if err != nil || string(data) != "it grew" {
		t.Errorf("sized gave %q, %v", data, err)
	}
}

func TestNoRegularFile(t *testing.T) {
	dir := t.TempDir()
	pipe := filepath.Join(dir, "pipe")
	if err := syscall.Mkfifo(pipe, 0o644); err != nil {
		t.Skip(err)
	}
	for _, name := range []string{dir, pipe, filepath.Join(dir, "missing")} {
		if data, err := File(name); err == nil {
			t.Errorf("File(%s) gave %q", filepath.Base(name), data)
		}
	}
}
