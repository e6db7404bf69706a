// Package scaffold makes the files that a new project starts with.
package scaffold

import (
	"fmt"
	"path"
	"slices"
	"strings"

	"github.com/kgen-dev/kgen/pkg/names"
	"github.com/kgen-dev/kgen/pkg/suggest"
)

// Options say what to make.
type Options struct {
	// Dir is the directory of the project, which need not exist.
	Dir string
	// From is the image of the service; empty: one that shows a page.
	From string
	// Port is what the image listens on. Without HasPort it is the port of a
	// well-known image, else 8080; 0 is a service that listens on nothing.
	Port    int
	HasPort bool
	// Name is the service's; empty: the image's.
	Name string
	// CI is one of CIs; empty: what the repository is for.
	CI string
	// Version is the release of kgen that CI and hooks are to run, v0.5.0; empty
	// where it is none that can be installed.
	Version string
}

// The places that run CI.
const (
	GitHub = "github"
	GitLab = "gitlab"
	NoCI   = "none"
)

// CIs are all of them.
var CIs = []string{GitHub, GitLab, NoCI}

// Result is what was done.
type Result struct {
	// Written and Kept are files as messages name them; Kept were there already.
	Written, Kept []string
	// Vendored is where files of the schema were written, which are not among
	// Written; empty for nowhere.
	Vendored string
	// Advice tells what is left to do, a line each.
	Advice []string
	// Next are the commands that come next.
	Next []string
}

// Init makes a project. It replaces no file, and where it fails it leaves nothing.
func Init(o Options) (*Result, error) {
	if o.CI != "" && !slices.Contains(CIs, o.CI) {
		return nil, fmt.Errorf("--ci %s: one of %s%s", o.CI, strings.Join(CIs, ", "), suggest.Hint(o.CI, CIs))
	}
	w, err := chooseWorkload(&o)
	if err != nil {
		return nil, err
	}
	at, err := locate(o.Dir)
	if err != nil {
		return nil, err
	}
	defer at.close()
	d := draft{place: at, options: &o, result: &Result{}}
	if err := d.findOutput(); err != nil {
		return nil, err
	}
	if err := d.addProject(w); err != nil {
		return nil, err
	}
	// A project that gets one more service has what it wants beside it.
	switch isExtended := d.isProject && d.isAsked(); {
	case !isExtended:
		d.addRepository()
		d.addSchema()
	case o.CI != "":
		d.addCI()
	}
	d.next()
	return d.finish()
}

// next says what to do with the project.
func (d *draft) next() {
	command := "kgen render --write"
	if d.outputDir == "" {
		command = "kgen render"
	}
	d.result.Next = []string{command + d.argument(), "kgen lint" + d.argument()}
	if d.hasRepository {
		d.result.Next[1] = "pre-commit install"
	}
}

// argument is the project as the end of a command; nothing where it is run there.
func (d *draft) argument() string {
	if dir := d.display(d.project); dir != "." {
		return " " + shellWord(noFlag(dir))
	}
	return ""
}

// draft is a project in the making.
type draft struct {
	*place
	options *Options
	result  *Result
	files   []file
	// isProject is set where there is a kgen.cue already, and outputDir is where it
	// renders to; empty where it does not say.
	isProject bool
	outputDir string
}

// file is one to write, at a slash path below the root.
type file struct {
	path string
	data []byte
	// isSchema is set for the copy of the schema, which is listed as one.
	isSchema bool
	// isReplaced is set where a file that is there gives way.
	isReplaced bool
}

// add adds a file, unless one is there.
func (d *draft) add(name, text string) {
	if d.exists(name) {
		d.result.Kept = append(d.result.Kept, d.display(name))
		return
	}
	d.files = append(d.files, file{path: name, data: []byte(text)})
}

// finish writes the files.
func (d *draft) finish() (*Result, error) {
	if err := d.write(d.files); err != nil {
		return nil, err
	}
	for _, f := range d.files {
		if f.isSchema {
			d.result.Vendored = d.display(path.Dir(f.path))
			continue
		}
		d.result.Written = append(d.result.Written, d.display(f.path))
	}
	return d.result, nil
}

// inProject is a file of the project, as a path below the root.
func (d *draft) inProject(name string) string { return path.Join(d.project, name) }

// labelOf makes a name of objects out of another; empty where nothing is left.
func labelOf(text string) string { return names.MakeLabel(text, "app-", longestName) }

// longestName leaves room for what is appended to the name of a service.
const longestName = 40
