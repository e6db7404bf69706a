package load

import (
	"cmp"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"github.com/kgen-dev/kgen/pkg/repository"
)

const projectFile = "kgen.cue"

// found is a project to load: a directory with kgen.cue, or, without one, the
// loose files of a directory.
type found struct {
	dir     string // as the user wrote it
	isLoose bool
	// all asks for every service of the project; else files and stdin do.
	all   bool
	files []string
	stdin bool
	// named has those of the files that the user named, as opposed to found.
	named map[string]bool
	// optionalEnv is set where the project was not named but found below
	// "DIR/...": it need not have the environment asked for.
	optionalEnv bool
}

// find resolves the paths to projects, each once, in the order given.
func (l *loader) find() []*found {
	if l.options.Inline != nil {
		return []*found{{dir: ".", isLoose: true, all: true}}
	}
	paths := l.options.Paths
	if len(paths) == 0 {
		paths = []string{"."}
	}
	f := finder{loader: l, byDir: map[string]*found{}}
	for _, p := range paths {
		if err := f.add(p); err != nil {
			l.errs = append(l.errs, err)
		}
	}
	return f.list
}

type finder struct {
	*loader
	list  []*found
	byDir map[string]*found // by place, "loose:" before that of loose ones
}

func (f *finder) project(dir string, isLoose bool) *found {
	key := placeOf(dir)
	if isLoose {
		key = "loose:" + key
	}
	p := f.byDir[key]
	if p == nil {
		p = &found{dir: filepath.Clean(dir), isLoose: isLoose, named: map[string]bool{}}
		f.byDir[key] = p
		f.list = append(f.list, p)
	}
	return p
}

func (f *finder) add(arg string) error {
	if arg == "-" {
		return f.addStdin()
	}
	if dir, isPattern := cutPattern(arg); isPattern {
		return f.addBelow(dir, arg)
	}
	info, err := os.Stat(arg)
	if err != nil {
		return pathError(arg, err)
	}
	if !info.IsDir() {
		p, err := f.addFile(arg)
		if err == nil {
			p.named[filepath.Clean(arg)] = true
		}
		return err
	}
	root, err := projectRoot(arg)
	switch {
	case err != nil:
		return err
	case root == "":
		return f.addLoose(arg)
	case root == filepath.Clean(arg):
		f.project(root, false).all = true
		return nil
	}
	return f.addPart(root, arg)
}

// cutPattern takes the dots off DIR/...
func cutPattern(arg string) (dir string, isPattern bool) {
	dir, isPattern = strings.CutSuffix(filepath.ToSlash(arg), "/...")
	return filepath.FromSlash(strings.TrimSuffix(dir, "...")), isPattern || arg == "..."
}

// addStdin joins standard input to the project around the working directory.
func (f *finder) addStdin() error {
	root, err := projectRoot(".")
	if err != nil {
		return err
	}
	p := f.project(orDot(root), root == "")
	p.stdin = true
	return nil
}

// addFile asks for one service file, with its project where it has one.
func (f *finder) addFile(file string) (*found, error) {
	root, err := projectRoot(filepath.Dir(file))
	if err != nil {
		return nil, err
	}
	if root != "" && filepath.Base(file) == projectFile && filepath.Clean(filepath.Dir(file)) == root {
		p := f.project(root, false)
		p.all = true
		return p, nil
	}
	dir, isLoose := root, false
	if root == "" {
		dir, isLoose = filepath.Dir(file), true
	}
	p := f.project(dir, isLoose)
	p.files = append(p.files, filepath.Clean(file))
	return p, nil
}

// addPart asks for the service files of the project at root that lie in dir.
func (f *finder) addPart(root, dir string) error {
	files, err := f.walk(dir, func(file string) bool { return isServiceFile(file) })
	if err != nil {
		return err
	}
	if len(files) == 0 {
		return fmt.Errorf("%s: no service files, and no %s", display(dir), projectFile)
	}
	for _, file := range files {
		if _, err := f.addFile(file); err != nil {
			return err
		}
	}
	return nil
}

// addLoose asks for the projects in dir and below it, and for the service files
// that belong to none.
func (f *finder) addLoose(dir string) error {
	projects, files, err := f.survey(dir)
	if err != nil {
		return err
	}
	for _, p := range projects {
		f.project(p, false).all = true
	}
	n := 0
	for _, file := range files {
		if reason := cmp.Or(otherTool(file), otherCUE(file)); reason != "" {
			f.skip(file, reason)
			continue
		}
		n++
		p := f.project(dir, true)
		p.files = append(p.files, file)
	}
	if n == 0 && len(projects) == 0 {
		return noServices(display(dir))
	}
	return nil
}

// noServices is what to say of a directory that is no project and has no services.
func noServices(dir string) error {
	return fmt.Errorf("%s: no services: neither a %s nor a service file; kgen init makes a project", dir, projectFile)
}

// addBelow asks for every project in dir and below it.
func (f *finder) addBelow(dir, arg string) error {
	dir = orDot(dir)
	projects, _, err := f.survey(dir)
	if err != nil {
		return err
	}
	if len(projects) == 0 {
		return fmt.Errorf("%s: no %s in it or below", arg, projectFile)
	}
	for _, p := range projects {
		project := f.project(p, false)
		project.all, project.optionalEnv = true, true
	}
	return nil
}

// survey lists the projects in dir and below it, and the service files outside
// of them.
func (f *finder) survey(dir string) (projects, files []string, err error) {
	all, err := f.walk(dir, isSource)
	if err != nil {
		return nil, nil, err
	}
	projects, files = divide(all)
	return projects, files, nil
}

// divide separates the projects among files, and the files outside of them.
func divide(all []string) (projects, files []string) {
	inProject := map[string]bool{}
	for _, file := range all {
		if filepath.Base(file) == projectFile {
			projects = append(projects, filepath.Dir(file))
			inProject[filepath.Dir(file)] = true
		}
	}
	for _, file := range all {
		d := filepath.Dir(file)
		for d != filepath.Dir(d) && d != "." && !inProject[d] {
			d = filepath.Dir(d)
		}
		if !inProject[d] {
			files = append(files, file)
		}
	}
	slices.Sort(projects)
	return projects, files
}

// projectRoot is the nearest directory at or above dir with a kgen.cue, as rootWith
// has it.
func projectRoot(dir string) (string, error) { return rootWith(dir, projectFile) }

// rootWith is the nearest directory at or above dir with one of some files, not past
// the repository's root; empty where there is none. It is written as dir is:
// relative to the working directory.
func rootWith(dir string, files ...string) (string, error) {
	dir = filepath.Clean(dir)
	abs, err := filepath.Abs(dir)
	if err != nil {
		return "", fmt.Errorf("find the project of %s: %w", dir, err)
	}
	for at, up := abs, dir; ; {
		if slices.ContainsFunc(files, func(file string) bool { return isFile(filepath.Join(at, file)) }) {
			return up, nil
		}
		if repository.IsRoot(at) || at == filepath.Dir(at) {
			return "", nil
		}
		at = filepath.Dir(at)
		up = parent(up)
	}
}

// parent is the directory above a cleaned path, also above "." and "..".
func parent(dir string) string {
	if dir == "." || dir == ".." || strings.HasSuffix(dir, string(filepath.Separator)+"..") {
		return filepath.Join(dir, "..")
	}
	return filepath.Dir(dir)
}

// isSource reports whether a file is kgen.cue, or may be a service file.
func isSource(file string) bool {
	return filepath.Base(file) == projectFile || isServiceFile(file)
}

func isServiceFile(file string) bool {
	switch filepath.Ext(file) {
	case ".cue", ".yaml", ".yml", ".json":
		return filepath.Base(file) != projectFile
	}
	return false
}

// otherTool names the tool that a file outside a project belongs to by its name.
func otherTool(file string) string {
	base := filepath.Base(file)
	isYAML := filepath.Ext(base) == ".yaml" || filepath.Ext(base) == ".yml"
	switch {
	case strings.Contains("/"+filepath.ToSlash(file), "/.github/"):
		return "GitHub configuration"
	case isYAML && (strings.HasPrefix(base, "compose") || strings.HasPrefix(base, "docker-compose")):
		return "compose file"
	case isYAML && strings.HasPrefix(base, "values"):
		return "Helm values"
	case base == "Chart.yaml":
		return "Helm chart"
	case isKustomization(base):
		return "kustomization"
	case base == ".gitlab-ci.yml" || base == "bitbucket-pipelines.yml" || strings.Contains("/"+filepath.ToSlash(file), "/.gitlab/"):
		return "CI configuration"
	case base == ".pre-commit-config.yaml" || base == ".pre-commit-hooks.yaml":
		return "pre-commit configuration"
	case base == "package.json" || base == "package-lock.json":
		return "npm package"
	}
	return ""
}

// display is a path as messages name it.
func display(p string) string { return path.Clean(filepath.ToSlash(p)) }

func orDot(dir string) string {
	if dir == "" {
		return "."
	}
	return dir
}

func isFile(name string) bool {
	info, err := os.Stat(name)
	return err == nil && info.Mode().IsRegular()
}

func exists(name string) bool {
	_, err := os.Lstat(name)
	return err == nil
}

// pathError is what to say of a path that cannot be opened.
func pathError(name string, err error) error {
	var pe *fs.PathError
	if errors.As(err, &pe) {
		err = pe.Err
	}
	return fmt.Errorf("%s: %w", display(name), err)
}
