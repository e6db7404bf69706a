package load

import (
	"bufio"
	"cmp"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/kgen-dev/kgen/pkg/report"
)

// renderedHeader starts the first line of a list; the project follows it, as the
// path of its directory in the repository.
const renderedHeader = "# kgen project: "

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
		if dir, err := report.RepositoryDir(root); err == nil {
			projects[cmp.Or(dir, ".")] = true
		}
	}
	if len(projects) == 0 {
		return
	}
	isOurs := map[string]bool{} // by tree
	s.inputs.Manifests = slices.DeleteFunc(s.inputs.Manifests, func(file string) bool {
		tree, err := rootWith(filepath.Dir(file), renderedList)
		if !s.inputs.Named[file] || err != nil || tree == "" {
			return false
		}
		if _, isKnown := isOurs[tree]; !isKnown {
			isOurs[tree] = projects[renderedFrom(tree)]
			if isOurs[tree] {
				s.skip(tree, "rendered by kgen")
			}
		}
		return isOurs[tree]
	})
}

// renderedFrom is the project that a tree was rendered from; empty where its list
// does not say.
func renderedFrom(tree string) string {
	f, err := os.Open(filepath.Join(tree, renderedList))
	if err != nil {
		return ""
	}
	defer f.Close()
	line, _ := bufio.NewReader(f).ReadString('\n')
	project, _ := strings.CutPrefix(strings.TrimRight(line, "\r\n"), renderedHeader)
	return project
}
