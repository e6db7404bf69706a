package repository

import (
	"os"
	"path/filepath"
	"testing"
)

func TestBelow(t *testing.T) {
	outer := t.TempDir()
	inner, worktree := filepath.Join(outer, "a", "b"), filepath.Join(outer, "w")
	for _, dir := range []string{filepath.Join(inner, ".git"), filepath.Join(inner, "c"), worktree} {
		if err := os.MkdirAll(dir, 0o755); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.WriteFile(filepath.Join(worktree, ".git"), []byte("gitdir: elsewhere\n"), 0o644); err != nil {
		t.Fatal(err)
	}
	for _, of := range []struct {
		dir, root, where string
	}{
		{inner, inner, "."},
		{filepath.Join(inner, "c"), inner, "c"},
		{filepath.Join(inner, "c", "not", "there"), inner, "c/not/there"},
		{worktree, worktree, "."},
		{outer, "", ""},
		{filepath.Join(outer, "a"), "", ""},
	} {
		if root := Root(of.dir); root != of.root {
			t.Errorf("%s: root %q, want %q", of.dir, root, of.root)
		}
		where, isInside, err := Below(of.dir)
		if err != nil || where != of.where || isInside != (of.root != "") {
			t.Errorf("%s: %q, %t, %v; want %q", of.dir, where, isInside, err, of.where)
		}
	}
}
