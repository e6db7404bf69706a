package main

import (
	"bytes"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/kgen-dev/kgen/pkg/load"
)

// The tops of the repository as tests of this package see them.
const (
	examplesDir = "../../examples"
	goldenDir   = "../../golden"
)

// TestGolden renders every example into a directory and compares it with
// golden/NAME; Secrets, which go into no directory, are golden/NAME/secrets.yaml
// or secrets.ENV.yaml, from standard output.
func TestGolden(t *testing.T) {
	golden, err := filepath.Abs(goldenDir)
	if err != nil {
		t.Fatal(err)
	}
	examples := dirsIn(t, examplesDir)
	for _, name := range dirsIn(t, goldenDir) {
		if !slices.Contains(examples, name) && !accepted(t, filepath.Join(golden, name), nil) {
			t.Errorf("golden/%s has no example", name)
		}
	}
	repository := exampleRepository(t)
	for _, name := range examples {
		t.Run(name, func(t *testing.T) {
			t.Chdir(repository)
			got := renderExample(t, "examples/"+name+"/...")
			want := files(t, filepath.Join(golden, name))
			if diff := cmp.Diff(want, got); diff != "" && !accepted(t, filepath.Join(golden, name), got) {
				t.Errorf("golden/%s (-want +got):\n%s", name, diff)
			}
		})
	}
}

// exampleRepository is a repository with a copy of the examples, so that what is
// rendered depends neither on this clone nor on its place.
func exampleRepository(t *testing.T) string {
	dir := t.TempDir()
	if err := os.Mkdir(filepath.Join(dir, ".git"), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.CopyFS(filepath.Join(dir, "examples"), os.DirFS(examplesDir)); err != nil {
		t.Fatal(err)
	}
	return dir
}

// renderExample is the tree that path renders to, and its Secrets.
func renderExample(t *testing.T, path string) map[string]string {
	t.Helper()
	dir := filepath.Join(t.TempDir(), "tree")
	runClean(t, "render", "-o", dir, path)
	tree := files(t, dir)
	loaded, err := load.Load(load.Options{Paths: []string{path}})
	if err != nil {
		t.Fatal(err)
	}
	environments := map[string]bool{}
	for _, p := range loaded.Projects {
		for _, e := range p.Environments {
			environments[e.Name] = true
		}
	}
	for name := range environments {
		args, file := []string{"render", "--only", "Secret", "--secret-values", path}, "secrets.yaml"
		if name != "" {
			args, file = append(args, "--env", name), "secrets."+name+".yaml"
		}
		if secrets := runClean(t, args...); secrets != "" {
			tree[file] = secrets
		}
	}
	return tree
}

// accepted writes got to dir where new output is to be accepted.
func accepted(t *testing.T, dir string, got map[string]string) bool {
	t.Helper()
	if !update {
		return false
	}
	if err := os.RemoveAll(dir); err != nil {
		t.Fatal(err)
	}
	for name, data := range got {
		put(t, filepath.Join(dir, filepath.FromSlash(name)), data)
	}
	return true
}

// TestWorkersDoNotMatter renders everything with one goroutine and with many.
func TestWorkersDoNotMatter(t *testing.T) {
	t.Chdir(exampleRepository(t))
	for _, name := range dirsIn(t, "examples") {
		path := "examples/" + name + "/..."
		t.Run(name, func(t *testing.T) {
			var trees []map[string]string
			for _, workers := range []string{"1", "2", "16", "16"} {
				dir := filepath.Join(t.TempDir(), "tree")
				runClean(t, "render", "-j", workers, "-o", dir, path)
				trees = append(trees, files(t, dir))
			}
			for _, tree := range trees[1:] {
				if diff := cmp.Diff(trees[0], tree); diff != "" {
					t.Errorf("other goroutines, other bytes:\n%s", diff)
				}
			}
		})
	}
}

// outcome is what a run came to.
type outcome struct {
	status         int
	stdout, stderr string
}

// runWith runs kgen in this process, where no variable is set but those of env.
func runWith(env func(string) (string, bool), stdin string, args ...string) outcome {
	var stdout, stderr bytes.Buffer
	status := run(args, &process{stdin: strings.NewReader(stdin), stdout: &stdout, stderr: &stderr, lookupEnv: env})
	return outcome{status, stdout.String(), stderr.String()}
}

// exampleSecrets are the variables that hold something else than a text of no
// meaning.
var exampleSecrets = map[string]string{
	"REGISTRY_DOCKERCONFIGJSON": `{"auths":{"registry.example.com":{"username":"mailer","password":"not-a-password"}}}`,
}

// exampleEnv sets every variable that an example asks for.
func exampleEnv(name string) (string, bool) {
	if value, ok := exampleSecrets[name]; ok {
		return value, true
	}
	return "value of " + name, true
}

// runClean runs kgen, which has to succeed, and returns its standard output.
func runClean(t *testing.T, args ...string) string {
	t.Helper()
	got := runWith(exampleEnv, "", args...)
	if got.status != exitClean {
		t.Fatalf("kgen %s: status %d\n%s", strings.Join(args, " "), got.status, got.stderr)
	}
	return got.stdout
}

// entriesOf are the directories in dir, sorted.
func dirsIn(t *testing.T, dir string) []string {
	t.Helper()
	entries, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	var list []string
	for _, e := range entries {
		if e.IsDir() {
			list = append(list, e.Name())
		}
	}
	return list
}

// files are all files below dir by slash path; none where there is no dir.
func files(t *testing.T, dir string) map[string]string {
	t.Helper()
	found := map[string]string{}
	err := filepath.WalkDir(dir, func(name string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() {
			return err
		}
		rel, err := filepath.Rel(dir, name)
		if err != nil {
			return err
		}
		data, err := os.ReadFile(name)
		found[filepath.ToSlash(rel)] = strings.ReplaceAll(string(data), "\r\n", "\n")
		return err
	})
	if err != nil && !os.IsNotExist(err) {
		t.Fatal(err)
	}
	return found
}

func put(t *testing.T, name, data string) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(name, []byte(data), 0o644); err != nil {
		t.Fatal(err)
	}
}
