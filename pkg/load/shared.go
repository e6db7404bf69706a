package load

import (
	"path/filepath"
	"slices"

	"github.com/kgen-dev/kgen/pkg/read"
	"github.com/kgen-dev/kgen/pkg/repository"
)

const sharedPackage = "package of a CUE module"

// otherCUE says why a CUE file that lies in no project is no service: it is a package
// of a module, which projects import, and says neither an image nor services.
func otherCUE(file string) string {
	if filepath.Ext(file) != ".cue" || !isInModule(filepath.Dir(file)) {
		return ""
	}
	data, err := read.File(file)
	if err != nil {
		return ""
	}
	name, fields := read.Outline(data)
	if name == "" || slices.Contains(fields, "image") || slices.Contains(fields, "services") {
		return ""
	}
	return sharedPackage
}

// isInModule reports whether a directory lies in a CUE module, which is looked for not
// past the repository's root.
func isInModule(dir string) bool {
	at := placeOf(dir)
	for !isFile(filepath.Join(at, "cue.mod", "module.cue")) {
		if repository.IsRoot(at) || at == filepath.Dir(at) {
			return false
		}
		at = filepath.Dir(at)
	}
	return true
}
