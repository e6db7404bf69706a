package atomicfile

import (
	"errors"
	"io/fs"
	"os"
	"runtime"
	"strings"
	"testing"
)

func open(t *testing.T) *os.Root {
	t.Helper()
	root, err := os.OpenRoot(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = root.Close() })
	return root
}

// demand demands that a directory has one file, with a content.
func demand(t *testing.T, root *os.Root, name, want string) {
	t.Helper()
	entries, err := fs.ReadDir(root.FS(), ".")
	if err != nil || len(entries) != 1 {
		t.Fatalf("%v, %v", entries, err)
	}
	if data, err := root.ReadFile(name); err != nil || string(data) != want {
		t.Errorf("%q, %v, want %q", data, err, want)
	}
}

func TestReplace(t *testing.T) {
	root := open(t)
	if err := Replace(root, "a", []byte("one"), nil, nil); err != nil {
		t.Fatal(err)
	}
	demand(t, root, "a", "one")
	if err := root.Chmod("a", 0o600); err != nil {
		t.Fatal(err)
	}
	like, err := root.Stat("a")
	if err != nil {
		t.Fatal(err)
	}
	if err := Replace(root, "a", []byte("two"), like, func() error { return nil }); err != nil {
		t.Fatal(err)
	}
	demand(t, root, "a", "two")
	if info, err := root.Stat("a"); err != nil || runtime.GOOS != "windows" && info.Mode().Perm() != 0o600 {
		t.Error(info.Mode(), err)
	}
}

func TestReplaceThatFails(t *testing.T) {
	root := open(t)
	if err := Create(root, "a", []byte("one")); err != nil {
		t.Fatal(err)
	}
	errBusy := errors.New("busy")
	if err := Replace(root, "a", []byte("two"), nil, func() error { return errBusy }); !errors.Is(err, errBusy) {
		t.Error(err)
	}
	demand(t, root, "a", "one")
	for _, name := range []string{"nowhere/a", "../a"} {
		if err := Replace(root, name, nil, nil, nil); err == nil || strings.Contains(err.Error(), Temp("")) {
			t.Errorf("%s: %v", name, err)
		}
	}
	if err := Create(root, "a", nil); !errors.Is(err, fs.ErrExist) {
		t.Error(err)
	}
	demand(t, root, "a", "one")
}
