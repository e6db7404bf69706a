package scaffold

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"go.yaml.in/yaml/v3"

	"github.com/kgen-dev/kgen/pkg/names"
	"github.com/kgen-dev/kgen/pkg/read"
	"github.com/kgen-dev/kgen/pkg/report"
	"github.com/kgen-dev/kgen/pkg/tree"
)

func TestLabelOf(t *testing.T) {
	for text, want := range map[string]string{
		"web": "web", "My_App.web": "my-app-web", "2048": "app-2048", "-x-": "x", "": "", "...": "", "日本": "", "a日b": "a-b", "x: y #z": "x-y-z",
		strings.Repeat("a", 39) + "_b": strings.Repeat("a", 39), strings.Repeat("1", 90): "app-" + strings.Repeat("1", 36),
	} {
		if got := labelOf(text); got != want {
			t.Errorf("labelOf(%q) = %q, want %q", text, got, want)
		}
	}
}

func TestQuoting(t *testing.T) {
	for text, want := range map[string][2]string{
		"shop": {`shop`, `"shop"`}, "apps/shop": {"apps/shop", "apps/shop"}, "a b": {"'a b'", `"a b"`}, "it's": {`'it'\''s'`, `"it's"`},
		"no": {"no", `"no"`}, "-x": {"'-x'", `"-x"`}, "$HOME": {"'$HOME'", `"$HOME"`}, noFlag("-x"): {"./-x", "./-x"}, "日本": {"'日本'", `"日本"`},
	} {
		if got := [2]string{shellWord(text), yamlString(text)}; got != want {
			t.Errorf("%q is %q, want %q", text, got, want)
		}
	}
}

// TestAllOrNothing lets the last of the files fail, in ways that show before and
// while they are written.
func TestAllOrNothing(t *testing.T) {
	obstacles := map[string]func(dir string) error{
		"a file for a directory": func(dir string) error { return os.WriteFile(filepath.Join(dir, "cue.mod"), nil, 0o644) },
		"a link to nowhere":      func(dir string) error { return os.Symlink("nowhere", filepath.Join(dir, "cue.mod")) },
		"a link that leads out":  func(dir string) error { return os.Symlink(os.TempDir(), filepath.Join(dir, "cue.mod")) },
	}
	for name, obstruct := range obstacles {
		t.Run(name, func(t *testing.T) {
			dir := t.TempDir()
			if err := obstruct(dir); err != nil {
				t.Skip(err)
			}
			if _, err := Init(Options{Dir: dir}); err == nil || strings.Contains(err.Error(), ".kgen-") {
				t.Errorf("error %v", err)
			}
			if entries, err := os.ReadDir(dir); err != nil || len(entries) != 1 {
				t.Errorf("left %v %v", entries, err)
			}
		})
	}
}

// TestMoveNew demands that a file that is made at the same time stays.
func TestMoveNew(t *testing.T) {
	dir := t.TempDir()
	for _, name := range []string{"from", "taken"} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(name), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	at, err := locate(dir)
	if err != nil {
		t.Fatal(err)
	}
	defer at.close()
	w := writer{place: at}
	if err := w.moveNew("from", "taken"); !errors.Is(err, fs.ErrExist) {
		t.Errorf("error %v", err)
	}
	if data, err := os.ReadFile(filepath.Join(dir, "taken")); string(data) != "taken" {
		t.Errorf("taken is %q, %v", data, err)
	}
	if err := w.moveNew("from", "to"); err != nil || at.exists("from") || !at.exists("to") {
		t.Errorf("error %v", err)
	}
}

// TestUndo takes back what stands in its place already.
func TestUndo(t *testing.T) {
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, "there"), []byte("mine"), 0o644); err != nil {
		t.Fatal(err)
	}
	at, err := locate(dir)
	if err != nil {
		t.Fatal(err)
	}
	defer at.close()
	err = at.write([]file{{path: "a/b/c", data: []byte("c")}, {path: "there", data: []byte("yours")}})
	if err == nil || !strings.HasSuffix(err.Error(), "there: somebody else has just made it") {
		t.Errorf("error %v", err)
	}
	data, err := os.ReadFile(filepath.Join(dir, "there"))
	if string(data) != "mine" || err != nil {
		t.Errorf("there is %q, %v", data, err)
	}
	if _, err := os.Stat(filepath.Join(dir, "a")); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("left a: %v", err)
	}
}

// FuzzService writes services of any image and name: what is refused is refused with
// a line, the rest reads back as it was meant.
func FuzzService(f *testing.F) {
	f.Add("ghcr.io/acme/web:1.4.2", "", 8080)
	f.Add("nginx", "import", 80)
	f.Add("postgres:17-alpine", "true", 0)
	f.Add("a/b@sha256:"+strings.Repeat("0", 64), "2048", 65535)
	f.Fuzz(func(t *testing.T, from, name string, port int) {
		w, err := chooseWorkload(&Options{From: from, Name: name, Port: port, HasPort: true})
		if err != nil {
			return
		}
		text, err := serviceFile(w)
		if err != nil {
			t.Fatal(err)
		}
		sink := &report.Sink{}
		root := (&read.CUE{}).Read(&tree.Source{Name: "x.cue"}, []byte(text), sink)
		if root == nil {
			t.Fatalf("%v\n%s", sink.Findings, text)
		}
		service := root.At(tree.P("services", w.name))
		if service == nil || service.Get("image").Text != w.ref || !names.DNSLabel.Fits(w.name) {
			t.Errorf("not what was meant:\n%s", text)
		}
	})
}

// FuzzCI writes CI files for projects in directories of any name.
func FuzzCI(f *testing.F) {
	for _, dir := range []string{"shop", "a b/no", "it's: #x", "-x", "\"", "日本", "a\\b", "{}", "@/", "=/+"} {
		f.Add(dir)
	}
	f.Fuzz(func(t *testing.T, dir string) {
		if dir == "" || dir == "." || strings.ContainsAny(dir, "\x00\r\n\x7f") || strings.ToValidUTF8(dir, "") != dir {
			t.Skip()
		}
		d := draft{place: &place{project: dir, top: "."}, options: &Options{Version: "v1.2.3"}}
		var workflow struct {
			Jobs map[string]struct{ Steps []struct{ Run string } }
		}
		if err := yaml.Unmarshal([]byte(d.gitHub()), &workflow); err != nil {
			t.Fatalf("%v\n%s", err, d.gitHub())
		}
		if got := workflow.Jobs["kgen"].Steps[2].Run; got != "kgen render --check "+shellWord(noFlag(dir)) {
			t.Errorf("%q", got)
		}
		var hooks struct {
			Repos []struct{ Hooks []struct{ Args []string } }
		}
		if err := yaml.Unmarshal([]byte(d.hooks()), &hooks); err != nil || hooks.Repos[0].Hooks[0].Args[1] != noFlag(dir) {
			t.Errorf("%v\n%s", err, d.hooks())
		}
		var job map[string]any
		if err := yaml.Unmarshal([]byte(d.gitLab()), &job); err != nil {
			t.Errorf("%v\n%s", err, d.gitLab())
		}
	})
}

// TestConcurrentInits lets several make one project: those that come late say so, and
// one more completes what they left.
func TestConcurrentInits(t *testing.T) {
	dir := t.TempDir()
	errs := make([]error, 8)
	var all sync.WaitGroup
	for i := range errs {
		all.Go(func() { _, errs[i] = Init(Options{Dir: dir}) })
	}
	all.Wait()
	for _, err := range errs {
		if err != nil && !strings.HasSuffix(err.Error(), "somebody else has just made it") {
			t.Error(err)
		}
	}
	if _, err := Init(Options{Dir: dir}); err != nil {
		t.Error(err)
	}
	if r, err := Init(Options{Dir: dir}); err != nil || len(r.Written) > 0 || r.Vendored != "" {
		t.Errorf("not whole: %+v, %v", r, err)
	}
}
