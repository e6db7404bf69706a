package read

import (
	"os"
	"path/filepath"

	"cuelang.org/go/cue"
	"cuelang.org/go/cue/ast"
	"cuelang.org/go/cue/build"
	"cuelang.org/go/cue/cuecontext"
	"cuelang.org/go/cue/token"

	"github.com/kgen-dev/kgen/pkg/tree"
)

// filesPerSession is how many files are evaluated in one CUE context: it keeps
// some 29 KB of each for as long as it lives.
const filesPerSession = 50

// session is a CUE context and the packages that were loaded into it.
type session struct {
	context *cue.Context
	build   *build.Context
	module  string // the directory that holds cue.mod; empty without one
	display string // the same as messages name it
	left    int
	// packages are further modules; isOpen is set where kgen's own package may be the
	// open one.
	packages []Package
	isOpen   bool
	loading  map[string]bool
	// texts are the files of imported packages, for their lines.
	texts map[*token.File]*text
	// files are the syntax of those texts.
	files map[*text]*ast.File
}

// sessionFor returns the session that a file of source is evaluated in.
func (c *CUE) sessionFor(source *tree.Source) *session {
	module, display := c.moduleOf(source.Dir)
	if c.session == nil || c.session.left == 0 || c.session.module != module {
		// CUE would follow CUE_DEBUG in the environment.
		c.session = &session{
			context: cuecontext.New(cuecontext.CUE_DEBUG("")), build: build.NewContext(),
			module: module, display: display, left: filesPerSession, packages: c.Packages,
			loading: map[string]bool{}, texts: map[*token.File]*text{}, files: map[*text]*ast.File{},
		}
	}
	c.session.left--
	return c.session
}

// moduleOf finds the CUE module around dir: the nearest directory with a cue.mod,
// not above Root. Display is its name as written from dir.
func (c *CUE) moduleOf(dir string) (module, display string) {
	at, err := filepath.Abs(dir)
	if err != nil || c.Root == "" {
		return "", ""
	}
	root, err := filepath.Abs(c.Root)
	if err != nil {
		return "", ""
	}
	if below, err := filepath.Rel(root, at); err != nil || !filepath.IsLocal(below) {
		return "", ""
	}
	for display = dir; ; at, display = filepath.Dir(at), filepath.Join(display, "..") {
		if info, err := os.Stat(filepath.Join(at, "cue.mod")); err == nil && info.IsDir() {
			return at, filepath.ToSlash(display)
		}
		if at == root {
			return "", ""
		}
	}
}
