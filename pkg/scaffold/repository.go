package scaffold

import (
	"path"
	"strconv"
	"strings"
)

const (
	repositoryURL = "https://github.com/kgen-dev/kgen"
	hooksFile     = ".pre-commit-config.yaml"
)

// addRepository adds what git, pre-commit and CI read. The last two look at the root
// of the repository alone.
func (d *draft) addRepository() {
	d.add(d.inProject(".gitignore"), gitIgnore)
	d.addAttributes()
	d.addHooks()
	d.addCI()
}

func (d *draft) addHooks() {
	name := path.Join(d.top, hooksFile)
	data, _ := d.read(name) // what cannot be read is there all the same
	switch hasHooks := strings.Contains(string(data), "kgen-render"); {
	case !d.exists(name):
	case !hasHooks:
		d.advise("%s is there already; it needs the hooks kgen-render and kgen-lint of %s", d.display(name), repositoryURL)
	case !d.isAbout(data):
		d.advise("%s is there already; the args of kgen-render need: %s, or ./... for all projects", d.display(name), yamlString(noFlag(d.project)))
	}
	d.add(name, d.hooks())
}

const gitIgnore = `# What a run of kgen leaves that was killed. The list .kgen-files is to be committed.
.kgen-??????????*

# Where the values of Secrets come from.
.env
.env.*
`

// addAttributes keeps the line ends of what kgen writes, and lets reviews fold it.
func (d *draft) addAttributes() {
	if d.outputDir == "" || strings.HasPrefix(path.Clean(d.outputDir), "..") {
		return
	}
	rendered := path.Join(d.outputDir, "**")
	if strings.ContainsAny(rendered, " \t\"\\#!") {
		rendered = strconv.Quote(rendered)
	}
	name := d.inProject(".gitattributes")
	if data, _ := d.read(name); d.exists(name) && !strings.Contains(string(data), rendered) {
		d.advise("%s is there already; it needs: %s text eol=lf", d.display(name), rendered)
	}
	d.add(name, rendered+" text eol=lf linguist-generated\n"+vendorDir+"/** text eol=lf linguist-vendored\n")
}

// hooks is the configuration of pre-commit.
func (d *draft) hooks() string {
	check := "[--check]"
	if d.project != d.top {
		check = "[--check, " + yamlString(noFlag(d.project)) + "]"
	}
	return `# Hooks of https://pre-commit.com, which run at each commit after: pre-commit install
repos:
- repo: ` + repositoryURL + `
` + d.revision() + `  hooks:
  # Stops the commit where the rendered manifests are not what the sources make; with
  # --write in the place of --check the hook renders them.
  - id: kgen-render
    args: ` + check + `
  # Says what the API server would refuse, and what a cluster suffers from.
  - id: kgen-lint
`
}

func (d *draft) revision() string {
	if d.options.Version != "" {
		return "  rev: " + d.options.Version + "\n"
	}
	return "  # The kgen that wrote this is no release; to choose the newest: pre-commit autoupdate\n  rev: main\n"
}
