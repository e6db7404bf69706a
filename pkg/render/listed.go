package render

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"strings"

	"github.com/kgen-dev/kgen/pkg/rendered"
)

// Listed are the manifests of the tree that kgen rendered into dir, by their slash
// paths below it, without those that name others or deliver them. isTree is false where
// kgen rendered nothing there. Paths that lead out of the directory are left out.
func Listed(dir string) (files []string, isTree bool, err error) {
	name := filepath.Join(dir, rendered.List)
	data, err := os.ReadFile(name)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, false, nil
	}
	if err != nil {
		return nil, false, err
	}
	l, err := parseList(data)
	if err != nil {
		return nil, false, fmt.Errorf("%s: %w", slashed(name), err)
	}
	for _, file := range l.paths() {
		isManifest := path.Base(file) != kustomization && !isDelivery(file) && strings.HasSuffix(file, ".yaml")
		if isManifest && filepath.IsLocal(filepath.FromSlash(file)) {
			files = append(files, file)
		}
	}
	return files, true, nil
}
