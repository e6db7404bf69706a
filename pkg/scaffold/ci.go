package scaffold

import (
	"io/fs"
	"path"
	"slices"
	"strconv"
	"strings"
)

const (
	installPath = "github.com/kgen-dev/kgen/cmd/kgen"
	goVersion   = "1.26"

	gitHubFile   = ".github/workflows/kgen.yml"
	gitLabFile   = ".gitlab-ci.yml"
	includedFile = ".gitlab/kgen.yml" // where there is a .gitlab-ci.yml
)

// addCI adds what runs kgen for each change.
func (d *draft) addCI() {
	switch d.ci() {
	case GitHub:
		name := path.Join(d.top, gitHubFile)
		d.adviseCommands(name)
		d.add(name, d.gitHub())
	case GitLab:
		d.addGitLab()
	}
}

// adviseCommands says what a file for CI lacks that is there already, perhaps for
// another project.
func (d *draft) adviseCommands(name string) {
	if data, _ := d.read(name); d.exists(name) && !d.isAbout(data) {
		d.advise("%s is there already; it needs: %s, and: %s", d.display(name), d.command("render --check", ""), d.command("lint", ""))
	}
}

// isAbout reports whether a file runs kgen for the project, or for all there are.
func (d *draft) isAbout(data []byte) bool {
	var words []string
	for line := range strings.Lines(string(data)) {
		if line = strings.TrimSpace(line); !strings.HasPrefix(line, "#") {
			words = append(words, strings.FieldsFunc(line, func(r rune) bool { return strings.ContainsRune(" \t,[]'\"", r) })...)
		}
	}
	if !slices.ContainsFunc(words, func(word string) bool { return strings.HasPrefix(word, "kgen") }) {
		return false
	}
	if d.project == d.top && !slices.ContainsFunc(words, d.isProjectDir) {
		return true // what names no project runs in the root
	}
	return slices.Contains(words, noFlag(d.project)) || slices.Contains(words, "./...")
}

// isProjectDir reports whether a word of a file in the root names a project.
func (d *draft) isProjectDir(word string) bool {
	name := path.Clean(word)
	return fs.ValidPath(name) && d.exists(path.Join(name, projectFile))
}

// action is the step that installs kgen.
func (d *draft) action() string {
	if d.options.Version != "" {
		return "    - uses: kgen-dev/kgen@" + d.options.Version + "\n"
	}
	return "    # The kgen that wrote this is no release: put one in the place of main.\n    - uses: kgen-dev/kgen@main\n"
}

// install is the command that CI installs kgen with.
func (d *draft) install() string {
	if d.options.Version != "" {
		return "CGO_ENABLED=0 go install " + installPath + "@" + d.options.Version
	}
	return "CGO_ENABLED=0 go install " + installPath + "@latest"
}

// command is a command of kgen about the project, as a line of YAML has it.
func (d *draft) command(words string, more string) string {
	line := "kgen " + words
	if d.project != d.top {
		line += " " + shellWord(noFlag(d.project))
	}
	line += more
	isOdd := func(r rune) bool { return !strconv.IsPrint(r) || r == '"' || r == '\\' }
	if strings.Contains(line, ": ") || strings.Contains(line, " #") || strings.ContainsFunc(line, isOdd) {
		return strconv.Quote(line)
	}
	return line
}

// gitHub is a workflow of GitHub Actions.
func (d *draft) gitHub() string {
	return `# Checks the manifests of each pull request.
name: kgen
on:
  pull_request:
  push:
    branches: [main, master]
permissions:
  contents: read
jobs:
  kgen:
    runs-on: ubuntu-latest
    steps:
    - uses: actions/checkout@v4
      with:
        persist-credentials: false
    # Installs kgen, and runs nothing yet.
` + d.action() + `      with:
        command: ""
    # Fails, and shows a diff, where the rendered manifests are not what the sources make.
    - run: ` + d.command("render --check", "") + `
    # Shows findings at their lines, and fails where one is an error.
    - run: ` + d.command("lint --format github", "") + `
      if: success() || failure()
`
}

// addGitLab adds a job of GitLab CI: as a file to be included where there is one.
func (d *draft) addGitLab() {
	name, included := path.Join(d.top, gitLabFile), path.Join(d.top, includedFile)
	data, _ := d.read(name) // what cannot be read is there all the same
	if !d.exists(name) || strings.HasPrefix(string(data), strings.TrimSpace(gitLabHead)) {
		d.adviseCommands(name)
		d.add(name, d.gitLab())
		return
	}
	d.result.Kept = append(d.result.Kept, d.display(name))
	if !strings.Contains(string(data), includedFile) {
		d.advise("%s is there already; it needs: include: [{local: %s}]", d.display(name), includedFile)
	}
	d.adviseCommands(included)
	d.add(included, d.gitLab())
}

const gitLabHead = "# Checks the manifests of each push.\n"

func (d *draft) gitLab() string {
	return gitLabHead + `kgen:
  image: golang:` + goVersion + `
  script:
  - ` + d.install() + `
  # Shows findings in the merge request; the last line fails where one is an error.
  - ` + d.command("lint --format gitlab", " > gl-code-quality-report.json || true") + `
  # Fails, and shows a diff, where the rendered manifests are not what the sources make.
  - ` + d.command("render --check", "") + `
  - ` + d.command("lint", "") + `
  artifacts:
    when: always
    reports:
      codequality: gl-code-quality-report.json
`
}

// ci is the one that was asked for, else the one that the repository is for.
func (d *draft) ci() string {
	if d.options.CI != "" {
		return d.options.CI
	}
	switch {
	case d.exists(path.Join(d.top, gitLabFile)):
		return GitLab
	case d.exists(path.Join(d.top, ".github")):
		return GitHub
	}
	for _, other := range []string{"Jenkinsfile", "azure-pipelines.yml", "bitbucket-pipelines.yml", ".circleci"} {
		if d.exists(path.Join(d.top, other)) {
			d.advise("%s is for a CI that init writes nothing for; let it run: %s", d.display(path.Join(d.top, other)), d.command("render --check", ""))
			return NoCI
		}
	}
	config, _ := d.read(path.Join(d.top, ".git/config")) // it is a hint where it can be read
	for line := range strings.Lines(string(config)) {
		key, url, _ := strings.Cut(strings.TrimSpace(line), "=")
		if strings.TrimSpace(key) == "url" && strings.Contains(url, "gitlab") {
			return GitLab
		}
	}
	return GitHub
}
