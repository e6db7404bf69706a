package main

import (
	"bufio"
	"errors"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/txtar"
	"github.com/spf13/cobra"
)

// Examples of the help that end with another status than 0, for they find something
// in the project of testdata/help.
var examplesThatFind = map[string]int{
	"kgen diff --against git:origin/main":                         exitWrong,
	"kgen diff --against git:HEAD~1 --env prod --format markdown": exitWrong,
	"kgen diff --env prod --against -":                            exitWrong,
	"kgen lint --profile strict --format sarif > kgen.sarif":      exitWrong,
}

// helpCommands are the commands whose help is kgen's own.
func helpCommands() []*cobra.Command {
	var all []*cobra.Command
	for _, c := range commands(newRoot(&process{stdin: strings.NewReader(""), stdout: io.Discard, stderr: io.Discard, lookupEnv: os.LookupEnv})) {
		if c.Runnable() && c.HasParent() && c.Name() != "help" && c.Name() != "completion" && c.Parent().Name() != "completion" {
			all = append(all, c)
		}
	}
	return all
}

// TestHelpExamplesRun runs every example of every command's help in a project of its
// own. What other programs do before and after kgen is left out.
func TestHelpExamplesRun(t *testing.T) {
	if _, err := exec.LookPath("sh"); err != nil {
		t.Skip(err)
	}
	for _, c := range helpCommands() {
		if c.Example == "" {
			t.Errorf("%s --help has no examples", c.CommandPath())
		}
		for line := range strings.Lines(c.Example) {
			line = strings.TrimSpace(line)
			if !strings.HasPrefix(line, "kgen ") && !strings.Contains(line, "| kgen ") {
				continue
			}
			t.Run(line, func(t *testing.T) { runExample(t, line) })
		}
	}
}

func runExample(t *testing.T, line string) {
	var command string
	for part := range strings.SplitSeq(line, " | ") {
		if strings.HasPrefix(part, "kgen ") {
			command = part
		}
	}
	dir := t.TempDir()
	if !strings.HasPrefix(command, "kgen init") || strings.Contains(command, "--vendor") {
		exampleProject(t, dir, strings.Contains(command, "git:"))
	}
	c := exec.Command("sh", "-c", "exec "+command)
	c.Dir, c.Env = dir, append(os.Environ(), "WEB_DB_PASSWORD=correct-horse")
	if !strings.HasPrefix(line, command) { // another program's output comes in
		in, err := os.Open(filepath.Join(dir, "manifests", "config.yaml"))
		if err != nil {
			t.Fatal(err)
		}
		defer in.Close()
		c.Stdin = in
	}
	stderr, status := finish(t, c, strings.Contains(command, "--watch"))
	if want := examplesThatFind[command]; status != want {
		t.Errorf("status %d, want %d: %s", status, want, stderr)
	}
}

// finish runs a command to its end; one that watches is interrupted.
func finish(t *testing.T, c *exec.Cmd, watches bool) (stderr string, status int) {
	t.Helper()
	pipe, err := c.StderrPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := c.Start(); err != nil {
		t.Fatal(err)
	}
	var text strings.Builder
	lines := bufio.NewScanner(pipe)
	for lines.Scan() {
		text.WriteString(lines.Text() + "\n")
		if watches && strings.Contains(lines.Text(), "watching") {
			_ = c.Process.Signal(os.Interrupt)
		}
	}
	var exit *exec.ExitError
	if err := c.Wait(); errors.As(err, &exit) {
		return text.String(), exit.ExitCode()
	} else if err != nil {
		t.Fatal(err)
	}
	return text.String(), exitClean
}

// exampleProject makes the project of testdata/help, rendered; with two commits in a
// repository where git is asked for.
func exampleProject(t *testing.T, dir string, inGit bool) {
	t.Helper()
	archive, err := txtar.ParseFile(filepath.Join("testdata", "help", "project.txtar"))
	if err != nil {
		t.Fatal(err)
	}
	if err := txtar.Write(archive, dir); err != nil {
		t.Fatal(err)
	}
	do := func(name string, args ...string) {
		t.Helper()
		c := exec.Command(name, args...)
		c.Dir = dir
		c.Env = append(os.Environ(), "GIT_CONFIG_GLOBAL=/dev/null", "GIT_AUTHOR_NAME=a", "GIT_AUTHOR_EMAIL=a@acme.example",
			"GIT_COMMITTER_NAME=a", "GIT_COMMITTER_EMAIL=a@acme.example")
		if out, err := c.CombinedOutput(); err != nil {
			t.Fatalf("%s: %v: %s", name, err, out)
		}
	}
	if !inGit {
		if err := os.Mkdir(filepath.Join(dir, ".git"), 0o755); err != nil {
			t.Fatal(err)
		}
		do("kgen", "render", "--write")
		return
	}
	if _, err := exec.LookPath("git"); err != nil {
		t.Skip(err)
	}
	do("git", "init", "-q")
	do("git", "add", ".")
	do("git", "commit", "-q", "-m", "one")
	do("git", "update-ref", "refs/remotes/origin/main", "HEAD")
	do("kgen", "set", "image", "web=:1.4.3")
	do("git", "commit", "-q", "-a", "-m", "two")
	do("kgen", "render", "--write")
}

// TestEveryCommandHasAPage demands a manual page a command, and one that man can read
// where there is man.
func TestEveryCommandHasAPage(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "man", "man1")
	for range 2 { // the second time over the first
		if status, stderr := kgenIn(".", "man", dir); status != 0 {
			t.Fatalf("status %d: %s", status, stderr)
		}
	}
	pages := treeOf(t, dir)
	for _, c := range helpCommands() {
		name := pageName(c) + ".1"
		page := pages[name]
		delete(pages, name)
		for _, want := range []string{".TH ", ".SH NAME\n", ".SH OPTIONS\n", ".SH EXAMPLES\n", roff(c.Short)} {
			if !strings.Contains(page, want) {
				t.Errorf("%s has no %q", name, want)
			}
		}
		if _, err := exec.LookPath("man"); err == nil && page != "" {
			out, err := exec.Command("man", "--warnings", "-E", "UTF-8", "-l", "-Tutf8", filepath.Join(dir, name)).CombinedOutput()
			if err != nil || strings.Contains(string(out), "warning:") {
				t.Errorf("%s: %v: %s", name, err, out)
			}
		}
	}
	for name := range pages {
		if name != "." && !strings.HasPrefix(name, "kgen-completion") && name != "kgen.1" {
			t.Errorf("%s is no command's", name)
		}
	}
}
