// Package repository finds the repository that a directory lies in.
package repository

import (
	"fmt"
	"os"
	"path/filepath"
)

// IsRoot reports whether dir is the root of a repository. In a linked worktree and a
// submodule .git is a file.
func IsRoot(dir string) bool {
	_, err := os.Lstat(filepath.Join(dir, ".git"))
	return err == nil
}

// Root is the root of the repository around an absolute directory, which need not
// exist; empty where there is none.
func Root(dir string) string {
	for ; !IsRoot(dir); dir = filepath.Dir(dir) {
		if dir == filepath.Dir(dir) {
			return ""
		}
	}
	return dir
}

// Below is where dir lies in its repository, as a slash path, "." for the root;
// isInside is false where there is no repository.
func Below(dir string) (where string, isInside bool, err error) {
	abs, err := filepath.Abs(dir)
	if err != nil {
		return "", false, fmt.Errorf("find the repository of %s: %w", dir, err)
	}
	root := Root(abs)
	if root == "" {
		return "", false, nil
	}
	where, err = filepath.Rel(root, abs)
	if err != nil {
		return "", false, fmt.Errorf("find the repository of %s: %w", dir, err)
	}
	return filepath.ToSlash(where), true, nil
}
