package gitrev

import (
	"bytes"
	"context"
	"path/filepath"
	"strings"
)

// lfsHeader begins what git stores of a file that Git LFS keeps
// (https://github.com/git-lfs/git-lfs/blob/main/docs/spec.md).
const lfsHeader = "version https://git-lfs.github.com/spec/v1\n"

// lfsObject is the name of the file that a pointer stands for; empty for any other file.
func lfsObject(data []byte) string {
	if len(data) > 1024 || !bytes.HasPrefix(data, []byte(lfsHeader)) {
		return ""
	}
	_, rest, found := strings.Cut(string(data), "\noid sha256:")
	name, _, _ := strings.Cut(rest, "\n")
	if !found || len(name) != 64 || strings.Trim(name, "0123456789abcdef") != "" {
		return ""
	}
	return name
}

// storeOfLFS is where Git LFS keeps what it fetched.
func (r *Repository) storeOfLFS(ctx context.Context) string {
	out, err := r.git(ctx, nil, "rev-parse", "--git-common-dir")
	if err != nil {
		return ""
	}
	dir := strings.TrimSuffix(string(out), "\n")
	if !filepath.IsAbs(dir) {
		dir = filepath.Join(r.dir, dir)
	}
	return filepath.Join(dir, "lfs")
}
