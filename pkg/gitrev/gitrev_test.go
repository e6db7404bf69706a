package gitrev

import (
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"testing"
)

// repository makes a repository of files with one commit.
func repository(t *testing.T, files map[string]string) string {
	t.Helper()
	if _, err := exec.LookPath("git"); err != nil {
		t.Skip(err)
	}
	dir := t.TempDir()
	for name, text := range files {
		put(t, filepath.Join(dir, filepath.FromSlash(name)), text)
	}
	git(t, dir, "init", "-q")
	git(t, dir, "add", "-A", "-f")
	git(t, dir, "commit", "-q", "--allow-empty", "-m", "one")
	return dir
}

func put(t *testing.T, name, text string) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(name, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
}

func git(t *testing.T, dir string, args ...string) string {
	t.Helper()
	c := exec.Command("git", append([]string{"-c", "user.name=a", "-c", "user.email=a@example.com", "-c", "commit.gpgsign=false", "-c", "protocol.file.allow=always"}, args...)...)
	c.Dir = dir
	out, err := c.CombinedOutput()
	if err != nil {
		t.Fatalf("git %s: %v\n%s", strings.Join(args, " "), err, out)
	}
	return strings.TrimSpace(string(out))
}

// extracted are the files that are put into a directory, and what is missing.
func extracted(t *testing.T, from, revision string) (map[string]string, *Extracted) {
	t.Helper()
	r, err := Open(t.Context(), from, os.Environ())
	if err != nil {
		t.Fatal(err)
	}
	commit, err := r.Resolve(t.Context(), revision)
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	out, err := r.Extract(t.Context(), commit, dir)
	if err != nil {
		t.Fatal(err)
	}
	files := map[string]string{}
	err = filepath.WalkDir(dir, func(name string, e os.DirEntry, err error) error {
		if err == nil && !e.IsDir() {
			data, _ := os.ReadFile(name)
			rel, _ := filepath.Rel(dir, name)
			files[filepath.ToSlash(rel)] = string(data)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return files, out
}

func TestExtract(t *testing.T) {
	dir := repository(t, map[string]string{
		"app/kgen.cue": "a", "app/config/größe \"1\"\t.conf": "b", "app/big": strings.Repeat("x", MaxFile+1),
		"app/deploy/.kgen-files": "", "app/deploy/web/deployment.yaml": "rendered", "lib/x.cue": "c", "lib/x.go": "no source", "lib/x.yaml": "of no project",
		"cue.mod/module.cue": "m", "-n": "not read",
	})
	if runtime.GOOS != "windows" {
		for link, target := range map[string]string{"app/inside": "config", "app/outside": "../../etc", "app/absolute": "/etc/passwd"} {
			if err := os.Symlink(target, filepath.Join(dir, link)); err != nil {
				t.Fatal(err)
			}
		}
	}
	pointer := lfsHeader + "oid sha256:" + strings.Repeat("ab", 32) + "\nsize 3\n"
	put(t, filepath.Join(dir, "app/large.conf"), pointer)
	put(t, filepath.Join(dir, "app/lost.conf"), strings.ReplaceAll(pointer, "ab", "cd"))
	put(t, filepath.Join(dir, ".git/lfs/objects/ab/ab", strings.Repeat("ab", 32)), "lfs")
	git(t, dir, "add", "-A")
	git(t, dir, "commit", "-q", "-m", "two")
	put(t, filepath.Join(dir, "app/kgen.cue"), "changed")

	files, out := extracted(t, filepath.Join(dir, "app"), "HEAD")
	for name, want := range map[string]string{
		"app/kgen.cue": "a", "app/config/größe \"1\"\t.conf": "b", "lib/x.cue": "c", "cue.mod/module.cue": "m", "app/large.conf": "lfs",
	} {
		if files[name] != want {
			t.Errorf("%s is %q, want %q", name, files[name], want)
		}
	}
	for _, name := range []string{"app/big", "app/deploy/web/deployment.yaml", "lib/x.go", "lib/x.yaml", "app/outside", "app/absolute", "-n"} {
		if _, found := files[name]; found {
			t.Errorf("%s is there", name)
		}
	}
	if !slices.Equal(out.Missing, []string{"app/lost.conf"}) {
		t.Errorf("missing: %q", out.Missing)
	}
}

func TestSubmodulesAndPartialClones(t *testing.T) {
	inner := repository(t, map[string]string{"a.conf": "a"})
	dir := repository(t, map[string]string{"kgen.cue": "a", "gone.cue": "b"})
	git(t, dir, "submodule", "add", "-q", inner, "sub")
	git(t, dir, "rm", "-q", "gone.cue")
	git(t, dir, "commit", "-q", "-m", "two")
	if _, out := extracted(t, dir, "HEAD"); !slices.Equal(out.Submodules, []string{"sub"}) {
		t.Errorf("submodules: %q", out.Submodules)
	}
	git(t, dir, "config", "uploadpack.allowFilter", "true")
	partial := filepath.Join(t.TempDir(), "partial")
	git(t, dir, "clone", "-q", "--filter=blob:none", "file://"+filepath.ToSlash(dir), partial)
	r, err := Open(t.Context(), partial, os.Environ())
	if err != nil {
		t.Fatal(err)
	}
	commit, err := r.Resolve(t.Context(), "HEAD~1")
	if err != nil {
		t.Fatal(err)
	}
	out, err := r.Extract(t.Context(), commit, t.TempDir())
	if err == nil && !slices.Contains(out.Missing, "gone.cue") || err != nil && strings.Contains(err.Error(), "\n") {
		t.Errorf("%v, %v: a file was fetched", out, err)
	}
}

// A repository may name the command that fetches what a partial clone lacks: it is not
// run, and a source that is missing is an error.
func TestNothingIsFetched(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("the command is one of a shell")
	}
	for lost, isError := range map[string]bool{"app/services/web.cue": true, "app/config/x.conf": false} {
		dir := repository(t, map[string]string{"app/kgen.cue": "a", "app/services/web.cue": "web", "app/config/x.conf": "conf"})
		ran := filepath.Join(t.TempDir(), "ran")
		for _, setting := range [][2]string{
			{"core.repositoryformatversion", "1"}, {"extensions.partialClone", "origin"}, {"remote.origin.promisor", "true"},
			{"remote.origin.url", "ext::sh -c touch% " + ran}, {"protocol.allow", "always"}, {"protocol.ext.allow", "always"},
			{"core.fsmonitor", "touch " + ran}, {"filter.x.smudge", "touch " + ran},
		} {
			git(t, dir, "config", setting[0], setting[1])
		}
		put(t, filepath.Join(dir, ".git/info/attributes"), "* filter=x")
		object := git(t, dir, "rev-parse", "HEAD:"+lost)
		if err := os.Remove(filepath.Join(dir, ".git/objects", object[:2], object[2:])); err != nil {
			t.Fatal(err)
		}
		r, err := Open(t.Context(), filepath.Join(dir, "app"), os.Environ())
		if err != nil {
			t.Fatal(err)
		}
		commit, err := r.Resolve(t.Context(), "HEAD")
		if err != nil {
			t.Fatal(err)
		}
		out, err := r.Extract(t.Context(), commit, t.TempDir())
		if isError && (err == nil || !strings.Contains(err.Error(), "the clone is a partial one")) {
			t.Errorf("%s: %v, want that the clone is a partial one", lost, err)
		}
		if !isError && (err == nil && !slices.Equal(out.Missing, []string{lost}) || err != nil && !errors.Is(err, errPartial)) { // by the version of git
			t.Errorf("%s: %v, %v", lost, out, err)
		}
		if _, err := os.Stat(ran); err == nil {
			t.Errorf("%s: a command of the repository was run", lost)
		}
	}
}

func TestRevisionsThatAreNone(t *testing.T) {
	dir := repository(t, map[string]string{"a": "a"})
	r, err := Open(t.Context(), dir, os.Environ())
	if err != nil {
		t.Fatal(err)
	}
	for revision, want := range map[string]string{
		"": `"" names no revision`, "-x": `"-x" names no revision`, "--output=x": `"--output=x" names no revision`, "main\nx": `"main\nx" names no revision`,
		"nope": `no revision "nope"`, "HEAD:a": `no revision "HEAD:a"`, "a b": `no revision "a b"`, "HEAD^{tree}": `no revision "HEAD^{tree}"`,
		"^HEAD": `"^HEAD" names no revision`, "HEAD..HEAD": `"HEAD..HEAD" is a range: name one revision`,
	} {
		if _, err := r.Resolve(t.Context(), revision); err == nil || err.Error() != want {
			t.Errorf("%q: %v, want %s", revision, err, want)
		}
	}
	if _, err := Open(t.Context(), t.TempDir(), os.Environ()); err == nil || !strings.HasSuffix(err.Error(), ": in no git repository") {
		t.Error(err)
	}
}

func FuzzEntry(f *testing.F) {
	f.Add("100644 blob 0123 12\tname")
	f.Add("160000 commit 0123       -\tsub\tname\n")
	f.Fuzz(func(t *testing.T, entry string) {
		if e, ok := parseEntry(entry); ok && (e.path == "" || e.object == "") {
			t.Errorf("%q: %v", entry, e)
		}
		if name := lfsObject([]byte(entry)); name != "" && len(name) != 64 {
			t.Errorf("%q", name)
		}
	})
}
