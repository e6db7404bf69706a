package main

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

const (
	shared    = "../../../shared"
	committed = "../../pkg/validate/versions"
)

// TestCommitted: the tables are what the facts make.
func TestCommitted(t *testing.T) {
	if _, err := os.Stat(filepath.Join(shared, "data")); err != nil {
		t.Skip("no facts beside the repository")
	}
	files, err := generate(shared)
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range files {
		have, err := os.ReadFile(filepath.Join(committed, f.name))
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(string(have), string(f.data)); diff != "" {
			t.Errorf("%s: run go generate ./pkg/validate/versions (-committed +made):\n%s", f.name, diff)
		}
	}
}

func TestWrongFacts(t *testing.T) {
	for _, tt := range []struct {
		name, file, text, want string
		make                   func(string, *bytes.Buffer) error
	}{
		{"a short line", "api-lifecycle.txt", "apps/v1 1.9 - -\n", "apps/v1 1.9 - -: 4 words, not 6", lifecycleTable},
		{"no release", "api-lifecycle.txt", "apps/v1 nine - - - X\n", `"nine" is no release`, lifecycleTable},
		{"a gate that is off again", "feature-gates.txt", "X 1.30:Bon 1.31:Boff\n", "gate X: off again in 1.31", gateTable},
		{"no file", "other.txt", "", "no such file", gateTable},
	} {
		dir := t.TempDir()
		if err := os.WriteFile(filepath.Join(dir, tt.file), []byte(tt.text), 0o600); err != nil {
			t.Fatal(err)
		}
		err := tt.make(dir, &bytes.Buffer{})
		if err == nil || !strings.Contains(err.Error(), tt.want) {
			t.Errorf("%s: %v, want %q", tt.name, err, tt.want)
		}
	}
}

func TestRun(t *testing.T) {
	var stderr bytes.Buffer
	if code := run([]string{"-shared", t.TempDir()}, &stderr); code != 1 || !strings.Contains(stderr.String(), "tables: make zz_fields.go") {
		t.Errorf("%d: %s", code, stderr.String())
	}
	stderr.Reset()
	if code := run([]string{"-shared", "testdata/nowhere"}, &stderr); code != 0 || !strings.Contains(stderr.String(), "stay as they are") {
		t.Errorf("%d: %s", code, stderr.String())
	}
	if code := run([]string{"-nonsense"}, &stderr); code != 2 {
		t.Errorf("wrong flag: %d", code)
	}
}
