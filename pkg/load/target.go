package load

import (
	"bytes"
	"path"
	"path/filepath"

	"github.com/kgen-dev/kgen/pkg/read"
	"github.com/kgen-dev/kgen/pkg/report"
	"github.com/kgen-dev/kgen/pkg/tree"
	"github.com/kgen-dev/kgen/schema"
)

// lintFile is what repositories without CUE have in the place of kgen.cue: its block
// lint, kubernetesVersion and the paths of CRDs.
const lintFile = ".kgen.yaml"

// Config is the kgen.cue, or the .kgen.yaml, that manifests lie under.
type Config struct {
	File string // as messages name it
	Root string // its directory
	// Project is what it says. Of .kgen.yaml it has Lint and KubernetesVersion.
	Project *schema.Project
	// Tree is what it says too, with places; as kgen.cue would say it.
	Tree *tree.Node
	// Org is what it says of services and objects beside data; nil for nothing.
	Org *read.Org
	// CRDs are the paths of the files and directories that .kgen.yaml names.
	CRDs []string
	// Findings are the mistakes in .kgen.yaml, and in kgen.cue those that manifests
	// suffer from. All others are told where the project is loaded.
	Findings []report.Finding
}

// IsYAML reports whether it is a .kgen.yaml, which is no project.
func (c *Config) IsYAML() bool { return path.Base(c.File) == lintFile }

// Configs finds the configuration that files lie under, and reads each once.
type Configs struct {
	loader *loader
	byRoot map[string]*Config
	byDir  map[string]*Config
	all    []*Config
}

// NewConfigs knows no configuration yet.
func NewConfigs(options Options) *Configs {
	return &Configs{loader: newLoader(options), byRoot: map[string]*Config{}, byDir: map[string]*Config{}}
}

// All are those that were found so far, in that order.
func (c *Configs) All() []*Config { return c.all }

// Of returns the configuration of a file, nil where there is none or where it has
// mistakes.
func (c *Configs) Of(file string) *Config {
	dir := filepath.Dir(file)
	config, known := c.byDir[dir]
	if !known {
		config = c.find(dir)
		c.byDir[dir] = config
	}
	return config
}

func (c *Configs) find(dir string) *Config {
	root, _ := rootWith(dir, projectFile, lintFile)
	if root == "" {
		return nil
	}
	config, known := c.byRoot[root]
	if !known {
		config = c.read(root)
		c.byRoot[root] = config
		c.all = append(c.all, config)
	}
	if config.Tree == nil {
		return nil
	}
	return config
}

// read reads the configuration in a directory. Tree stays nil where there is too much
// wrong in it.
func (c *Configs) read(root string) *Config {
	p := projectAt(root)
	config := &Config{File: p.File, Root: root, Project: p.Config}
	file := filepath.Join(root, lintFile)
	hasLintFile := isFile(file)
	if isFile(filepath.Join(root, projectFile)) {
		before := len(c.loader.findings)
		if err := c.loader.readProjectFile(p); err == nil {
			config.Tree, config.Org = p.Tree, p.Org
		}
		for _, f := range c.loader.findings[before:] {
			if config.Tree == nil || isForManifests(f.Path) {
				config.Findings = append(config.Findings, f)
			}
		}
		if hasLintFile {
			config.Findings = append(config.Findings, report.Finding{
				Pos: tree.Pos{Source: SourceOf(file)}, Severity: report.Error, ID: schema.InvalidValue,
				Message: "beside kgen.cue it has no place: write lint in kgen.cue",
			})
		}
		return config
	}
	config.File = display(file)
	c.loader.readLintFile(file, config)
	return config
}

// isForManifests reports whether what a path of kgen.cue leads to is for the manifests
// beside the services too.
func isForManifests(at tree.Path) bool {
	return len(at) > 0 && (at[0] == any("lint") || at[0] == any("kubernetesVersion") || at[0] == any("featureGates"))
}

// readLintFile reads .kgen.yaml as if its block stood in a kgen.cue.
func (l *loader) readLintFile(file string, config *Config) {
	sink := &report.Sink{}
	w := l.workers[0]
	if data, err := read.File(file); err == nil && isBlankYAML(data) {
		config.Tree = &tree.Node{Kind: tree.Map, Pos: tree.Pos{Source: SourceOf(file)}}
		return
	}
	written, err := w.readFile(file, sink)
	config.Findings = sink.Findings
	if err != nil {
		config.Findings = append(config.Findings, report.Finding{
			Pos: tree.Pos{Source: SourceOf(file)}, Severity: report.Error, ID: schema.InvalidValue, Message: err.Error(),
		})
	}
	if err != nil || written == nil || report.HasErrors(config.Findings) {
		return
	}
	sink.Root = written
	if written.Kind != tree.Map {
		sink.Errorf(schema.InvalidValue, nil, "expected a map, found %s", written.Kind)
		config.Findings = sink.Findings
		return
	}
	root := &tree.Node{Kind: tree.Map, Pos: written.Pos}
	root.Set("lint", written.Pos, written.Without("kubernetesVersion", "crds"))
	if version := written.Field("kubernetesVersion"); version != nil {
		root.Set(version.Key, version.KeyPos, version.Value)
	}
	if crds := written.Get("crds"); crds != nil {
		var paths []string
		for _, m := range tree.Decode(crds, &paths) {
			sink.Errorf(schema.InvalidValue, tree.P("crds").With(m.Path...), "%s", m.Message)
		}
		for _, path := range paths {
			config.CRDs = append(config.CRDs, filepath.Join(config.Root, filepath.FromSlash(path)))
		}
	}
	judged := &report.Sink{Root: root}
	w.checkProject(root, judged)
	if report.HasErrors(judged.Findings) || !decode(root, config.Project, judged) {
		config.Rename(judged.Findings)
	} else {
		config.Tree = root
	}
	config.Findings = append(sink.Findings, judged.Findings...)
}

// isBlankYAML reports whether there are only comments in a file: all may be commented
// out for a while.
func isBlankYAML(data []byte) bool {
	for line := range bytes.Lines(data) {
		if text := bytes.TrimSpace(line); len(text) > 0 && text[0] != '#' && !bytes.Equal(text, []byte("---")) {
			return false
		}
	}
	return true
}

// Rename names fields in findings about the configuration as its file does: .kgen.yaml
// is the block lint itself.
func (c *Config) Rename(findings []report.Finding) {
	if !c.IsYAML() {
		return
	}
	for i := range findings {
		if f := &findings[i]; len(f.Path) > 0 && f.Path[0] == any("lint") {
			f.Path = f.Path[1:]
		}
	}
}

// projectAt is the project in a directory with kgen.cue, before that is read.
func projectAt(root string) *Project {
	return &Project{Dir: display(root), Root: root, File: display(filepath.Join(root, projectFile)), Config: &schema.Project{}}
}
