package load

import (
	"os"
	"path/filepath"
)

// Roots are the directories and files that what paths name is read from: of a
// file or directory of a project that is the whole project.
func Roots(paths []string) []string {
	if len(paths) == 0 {
		paths = []string{"."}
	}
	var roots []string
	for _, p := range paths {
		if dir, isPattern := cutPattern(p); isPattern {
			p = orDot(dir)
		}
		dir := p
		if info, err := os.Stat(p); err != nil || !info.IsDir() {
			dir = filepath.Dir(p)
		}
		if root, err := projectRoot(dir); err == nil && root != "" {
			p = root
		}
		roots = append(roots, p)
	}
	return roots
}

// OtherRoots are the directories of the projects and packages that those loaded name.
func (r *Result) OtherRoots() []string {
	var roots []string
	for _, p := range r.Projects {
		for _, other := range p.Config.Projects {
			roots = append(roots, filepath.Join(p.Root, filepath.FromSlash(other.Value)))
		}
		for _, shared := range p.Config.Packages {
			roots = append(roots, filepath.Join(p.Root, filepath.FromSlash(shared)))
		}
	}
	return roots
}
