package read

import (
	"bytes"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/iotest"
)

func TestManifestFile(t *testing.T) {
	name := filepath.Join(t.TempDir(), "all.yaml")
	for _, size := range []int{0, 1, 64 << 10, 64<<10 + 1, MaxFileSize + 1} {
		content := bytes.Repeat([]byte{'x'}, size)
		if err := os.WriteFile(name, content, 0o600); err != nil {
			t.Fatal(err)
		}
		data, err := ManifestFile(name)
		if err != nil || !bytes.Equal(data, content) || cap(data) > max(size+1, 64<<10) {
			t.Errorf("%d bytes of %d in %d, %v", len(data), size, cap(data), err)
		}
		for _, r := range []io.Reader{bytes.NewReader(content), iotest.HalfReader(bytes.NewReader(content)), iotest.DataErrReader(bytes.NewReader(content))} {
			if data, err := AllManifests(r); err != nil || !bytes.Equal(data, content) {
				t.Errorf("%d bytes of %d, %v", len(data), size, err)
			}
		}
	}
	if _, err := ManifestFile(filepath.Dir(name)); err == nil {
		t.Error("a directory is read")
	}
	if _, err := AllManifests(iotest.ErrReader(io.ErrClosedPipe)); err != io.ErrClosedPipe {
		t.Errorf("a broken pipe gives %v", err)
	}
}

func TestTooManyManifests(t *testing.T) {
	name := filepath.Join(t.TempDir(), "all.yaml")
	f, err := os.Create(name)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	if err := f.Truncate(MaxManifestsSize + 1); err != nil {
		t.Skip(err)
	}
	for _, read := range []func() ([]byte, error){
		func() ([]byte, error) { return ManifestFile(name) },
		func() ([]byte, error) { return AllManifests(f) },
	} {
		if data, err := read(); err == nil || !strings.Contains(err.Error(), "larger than 1 GiB") {
			t.Errorf("%d bytes, %v", len(data), err)
		}
	}
}
