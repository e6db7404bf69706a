// Package rendered knows the mark of a tree that kgen rendered: a list of its files.
package rendered

import (
	"bufio"
	"os"
	"path/filepath"
	"strings"
)

// List is the file that says which files of a tree are kgen's. Nothing in such a tree
// is a source.
const List = ".kgen-files"

// Header starts the first line of a List; the project follows it, as the path of its
// directory in the repository.
const Header = "# kgen project: "

// Project is the one that the tree in dir was rendered from; empty where its List does
// not say.
func Project(dir string) string {
	f, err := os.Open(filepath.Join(dir, List))
	if err != nil {
		return ""
	}
	defer f.Close()
	line, _ := bufio.NewReader(f).ReadString('\n')
	project, _ := strings.CutPrefix(strings.TrimRight(line, "\r\n"), Header)
	return project
}
