package render

import (
	"cmp"
	"path"
)

// FilePaths are where the layout object puts the objects of the environment, below its
// directory.
func (e *Environment) FilePaths() []string {
	paths := make([]string, 0, len(e.Objects))
	for start, end := 0, 0; start < len(e.Objects); start = end {
		owner := e.Objects[start].Service
		for end < len(e.Objects) && e.Objects[end].Service == owner {
			end++
		}
		for _, name := range fileNames(owner, e.Objects[start:end]) {
			paths = append(paths, path.Join(cmp.Or(owner, projectDir), name))
		}
	}
	return paths
}
