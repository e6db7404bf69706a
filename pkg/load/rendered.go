package load

import (
	"cmp"
	"path/filepath"
	"slices"

	"github.com/kgen-dev/kgen/pkg/rendered"
	"github.com/kgen-dev/kgen/pkg/repository"
)

// leaveRendered leaves out files of rendered trees that were named beside sources of
// the project that they were rendered from, as a hook names the files of a commit.
// What is wrong with them is told at the source, and of the tree they are a part.
func (s *sorter) leaveRendered() {
	projects := map[string]bool{} // as lists name them
	for _, file := range s.inputs.Services {
		root, err := projectRoot(filepath.Dir(file))
		if !s.inputs.Named[file] || err != nil || root == "" {
			continue
		}
		if dir, _, err := repository.Below(root); err == nil {
			projects[cmp.Or(dir, ".")] = true
		}
	}
	if len(projects) == 0 {
		return
	}
	isOurs := map[string]bool{} // by tree
	s.inputs.Manifests = slices.DeleteFunc(s.inputs.Manifests, func(file string) bool {
		tree, err := rootWith(filepath.Dir(file), rendered.List)
		if !s.inputs.Named[file] || err != nil || tree == "" {
			return false
		}
		if _, isKnown := isOurs[tree]; !isKnown {
			isOurs[tree] = projects[rendered.Project(tree)]
			if isOurs[tree] {
				s.skip(tree, "rendered by kgen")
			}
		}
		return isOurs[tree]
	})
}
