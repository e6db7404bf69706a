// Package gitrev puts the files of a repository as they were at a revision into a
// directory, without touching the working tree, the index or a network.
//
// It uses the git program. A library would have to read everything that people keep
// their repositories in: packs of any version, alternates, reftables, linked worktrees,
// partial and shallow clones, SHA-256. The program does, whoever has a repository has
// it, and it costs nothing at start.
package gitrev

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
)

// Repository is a git repository around a directory.
type Repository struct {
	// Prefix is where the directory lies in it: a slash path, empty for the top.
	Prefix string
	// Top is the directory of its working tree.
	Top string

	dir string
	env []string
}

// errNoGit is the error where there is no program to ask.
var errNoGit = errors.New("git is not installed, or not in PATH")

// errPartial is the error where a clone lacks what has to be read.
var errPartial = errors.New("the clone is a partial one, without the files of the revision: check it out once, or clone without --filter")

// Open finds the repository around dir. environ is the environment of the process.
func Open(ctx context.Context, dir string, environ []string) (*Repository, error) {
	r := &Repository{dir: dir, env: environmentOf(environ)}
	out, err := r.git(ctx, nil, "rev-parse", "--show-toplevel", "--show-prefix")
	switch {
	case errors.Is(err, errNoGit):
		return nil, err
	case err != nil && strings.Contains(err.Error(), "not a git repository"):
		return nil, fmt.Errorf("%s: in no git repository", filepath.ToSlash(dir))
	case err != nil && strings.Contains(err.Error(), "dubious ownership"):
		return nil, fmt.Errorf("%w, which is somebody else's: git config --global --add safe.directory DIR says that you trust it", err)
	case err != nil:
		return nil, fmt.Errorf("%s: %w", filepath.ToSlash(dir), err)
	}
	top, prefix, _ := strings.Cut(string(out), "\n")
	r.Top, r.Prefix = top, strings.TrimSuffix(strings.TrimSuffix(prefix, "\n"), "/")
	return r, nil
}

// Resolve is the commit that a revision names: a branch, a tag, a commit, HEAD~2.
func (r *Repository) Resolve(ctx context.Context, revision string) (commit string, err error) {
	if revision == "" || revision[0] == '-' || revision[0] == '^' || strings.ContainsAny(revision, "\x00\n") {
		return "", fmt.Errorf("%q names no revision", revision)
	}
	out, err := r.git(ctx, nil, "rev-parse", "--verify", "--quiet", "--end-of-options", revision+"^{commit}")
	if err == nil {
		lines := strings.Fields(string(out)) // an old git repeats --end-of-options
		if len(lines) > 0 {
			return lines[len(lines)-1], nil
		}
	}
	if errors.Is(err, errNoGit) {
		return "", err
	}
	message := fmt.Sprintf("no revision %q", revision)
	if strings.Contains(revision, "..") {
		message = fmt.Sprintf("%q is a range: name one revision", revision)
	}
	if out, shallowErr := r.git(ctx, nil, "rev-parse", "--is-shallow-repository"); shallowErr == nil && strings.TrimSpace(string(out)) == "true" {
		message += "; the clone is shallow: fetch the revision first, or clone with its whole history (fetch-depth: 0 of actions/checkout)"
	}
	return "", errors.New(message)
}

// forced variables keep git from asking a person or a network for anything, and its
// messages the same everywhere. An older git fetches what a partial clone lacks all the
// same, by a command that the repository may name, unless no protocol is allowed; what
// the repository's configuration allows does not count then.
var forced = []string{"GIT_NO_LAZY_FETCH=1", "GIT_ALLOW_PROTOCOL=none", "GIT_TERMINAL_PROMPT=0", "GIT_OPTIONAL_LOCKS=0", "LC_ALL=C"}

// ofRepository are the variables by which git tells a hook its repository, and that
// would override the directory asked about.
var ofRepository = []string{
	"GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_PREFIX", "GIT_COMMON_DIR", "GIT_NAMESPACE", "GIT_IMPLICIT_WORK_TREE",
	"GIT_INTERNAL_SUPER_PREFIX", "GIT_LITERAL_PATHSPECS", "GIT_GLOB_PATHSPECS", "GIT_NOGLOB_PATHSPECS", "GIT_ICASE_PATHSPECS",
	"GIT_TRACE", "GIT_TRACE2", "GIT_EXTERNAL_DIFF", "LC_ALL", "LANGUAGE",
}

func environmentOf(environ []string) []string {
	kept := slices.DeleteFunc(slices.Clone(environ), func(variable string) bool {
		name, _, _ := strings.Cut(variable, "=")
		return slices.Contains(ofRepository, strings.ToUpper(name))
	})
	return append(kept, forced...)
}

// git runs the program and returns what it prints. Its complaint is the error.
func (r *Repository) git(ctx context.Context, stdin []byte, args ...string) ([]byte, error) {
	c := r.command(ctx, args...)
	var stdout, stderr bytes.Buffer
	c.Stdin, c.Stdout, c.Stderr = bytes.NewReader(stdin), &stdout, &stderr
	if err := c.Run(); err != nil {
		return nil, complaint(err, stderr.Bytes())
	}
	return stdout.Bytes(), nil
}

func (r *Repository) command(ctx context.Context, args ...string) *exec.Cmd {
	c := exec.CommandContext(ctx, "git", append([]string{"-c", "core.fsmonitor=false", "--no-pager"}, args...)...)
	c.Dir, c.Env = r.dir, r.env
	return c
}

// complaint is what git says, in one line.
func complaint(err error, stderr []byte) error {
	if errors.Is(err, exec.ErrNotFound) {
		return errNoGit
	}
	for line := range strings.Lines(string(stderr)) {
		line = strings.TrimSpace(line)
		for _, prefix := range []string{"fatal: ", "error: "} {
			text, found := strings.CutPrefix(line, prefix)
			switch {
			case found && (strings.Contains(text, "not allowed") || strings.Contains(text, "lazy fetch")):
				return errPartial
			case found:
				return fmt.Errorf("git: %s", text)
			}
		}
	}
	return fmt.Errorf("git: %w", err)
}
