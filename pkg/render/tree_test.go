package render

import (
	"context"
	"errors"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/kgen-dev/kgen/pkg/rendered"
)

// shop is a whole project without environments: objects by "SERVICE/KIND/NAME",
// and what stands in them.
func shop(t *testing.T, objects map[string]string) *Project {
	root := filepath.Join(t.TempDir(), "shop")
	p := &Project{Dir: "shop", Root: root, Whole: true, Environments: []Environment{{Services: map[string]bool{}}}}
	for _, key := range slices.Sorted(maps.Keys(objects)) {
		part := strings.Split(key, "/")
		e := &p.Environments[0]
		e.Objects = append(e.Objects, Object{Service: part[0], Kind: part[1], Name: part[2], YAML: []byte(objects[key] + "\n")})
		e.Services[part[0]] = true
	}
	return p
}

// in makes the project's one environment ENV of all.
func in(p *Project, env string, all ...string) *Project {
	p.EnvironmentNames = all
	p.Environments[0].Name = env
	return p
}

func mustWrite(t *testing.T, dir string, p *Project) Changes {
	t.Helper()
	changes, err := Write(context.Background(), []Tree{{dir, LayoutObject, p}}, false)
	if err != nil {
		t.Fatal(err)
	}
	return changes
}

// content is a tree's files without its list, by path.
func content(t *testing.T, dir string) map[string]string {
	t.Helper()
	files := map[string]string{}
	err := filepath.WalkDir(dir, func(name string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() {
			return err
		}
		rel, _ := filepath.Rel(dir, name)
		if e.Type()&fs.ModeSymlink != 0 {
			files[filepath.ToSlash(rel)] = "link"
			return nil
		}
		data, err := os.ReadFile(name)
		files[filepath.ToSlash(rel)] = strings.TrimSpace(string(data))
		return err
	})
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		t.Fatal(err)
	}
	delete(files, rendered.List)
	return files
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

func equal(t *testing.T, got, want any) {
	t.Helper()
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestWriteNamesFiles(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "a", "b")
	p := shop(t, map[string]string{
		"/Namespace/shop": "ns", "web/Deployment/web": "1", "web/ConfigMap/app": "2", "web/Role/system:Read": "3",
	})
	p.Environments[0].Objects = append(p.Environments[0].Objects,
		Object{Service: "web", Kind: "Service", Name: "web", YAML: []byte("core\n")},
		Object{Service: "web", Kind: "Service", Name: "web", Group: "serving.knative.dev", YAML: []byte("knative\n")},
		Object{Service: "web", Kind: "RoleBinding", Name: "r", Group: "rbac", Namespace: "a", YAML: []byte("a\n")},
		Object{Service: "web", Kind: "RoleBinding", Name: "r", Group: "rbac", Namespace: "b", YAML: []byte("b\n")},
	)
	mustWrite(t, dir, p)
	equal(t, content(t, dir), map[string]string{
		"_project/namespace-shop.yaml":         "ns",
		"web/deployment.yaml":                  "1",
		"web/configmap-app.yaml":               "2",
		"web/role-system_3a_52ead.yaml":        "3",
		"web/service.yaml":                     "core",
		"web/serving.knative.dev_service.yaml": "knative",
		"web/rbac_rolebinding-r_a.yaml":        "a",
		"web/rbac_rolebinding-r_b.yaml":        "b",
	})
	got, err := os.ReadFile(filepath.Join(dir, rendered.List))
	if err != nil {
		t.Fatal(err)
	}
	lines := strings.Split(string(got), "\n")
	equal(t, lines[0], "# kgen project: shop")
	file, digest, _ := strings.Cut(lines[2], "\t")
	equal(t, file, "web/configmap-app.yaml")
	equal(t, digest, digestOf([]byte("2\n")))
}

func TestWriteLayoutService(t *testing.T) {
	dir := t.TempDir()
	p := shop(t, map[string]string{"/Namespace/shop": "ns", "web/Deployment/web": "1", "web/Service/web": "2"})
	if _, err := Write(context.Background(), []Tree{{dir, LayoutService, p}}, false); err != nil {
		t.Fatal(err)
	}
	equal(t, content(t, dir), map[string]string{"_project.yaml": "ns", "web.yaml": "1\n---\n2"})
	mustWrite(t, dir, p)
	equal(t, content(t, dir), map[string]string{
		"_project/namespace-shop.yaml": "ns", "web/deployment.yaml": "1", "web/service.yaml": "2",
	})
}

func TestWriteLayoutKustomize(t *testing.T) {
	dir := t.TempDir()
	write := func(p *Project) {
		t.Helper()
		if _, err := Write(context.Background(), []Tree{{dir, LayoutKustomize, p}}, false); err != nil {
			t.Fatal(err)
		}
	}
	kustomization := func(files ...string) string {
		return "apiVersion: kustomize.config.k8s.io/v1beta1\nkind: Kustomization\nresources:\n- " + strings.Join(files, "\n- ")
	}
	write(shop(t, map[string]string{"a/Deployment/a": "1", "b/Deployment/b": "1"}))
	equal(t, content(t, dir)["kustomization.yaml"], kustomization("a/deployment.yaml", "b/deployment.yaml"))
	part := shop(t, map[string]string{"b/Job/b": "2"})
	part.Whole = false
	write(part)
	equal(t, content(t, dir), map[string]string{
		"a/deployment.yaml": "1", "b/job.yaml": "2", "kustomization.yaml": kustomization("a/deployment.yaml", "b/job.yaml"),
	})
	mustWrite(t, dir, shop(t, map[string]string{"a/Deployment/a": "1"}))
	equal(t, content(t, dir), map[string]string{"a/deployment.yaml": "1"})
}

func TestIdenticalRunWritesNothing(t *testing.T) {
	dir := t.TempDir()
	p := shop(t, map[string]string{"web/Deployment/web": "1", "db/Deployment/db": "1"})
	mustWrite(t, dir, p)
	long := time.Now().Add(-time.Hour).Truncate(time.Second)
	names := []string{rendered.List, "web/deployment.yaml", "db/deployment.yaml", "web", "db", "."}
	for _, name := range names {
		if err := os.Chtimes(filepath.Join(dir, name), long, long); err != nil {
			t.Fatal(err)
		}
	}
	equal(t, mustWrite(t, dir, p), Changes{})
	for _, name := range names {
		info, err := os.Stat(filepath.Join(dir, name))
		if err != nil || !info.ModTime().Equal(long) {
			t.Errorf("%s was touched: %v %v", name, info.ModTime(), err)
		}
	}
}

func TestCheckoutWithCRLFIsNotStale(t *testing.T) {
	dir := t.TempDir()
	p := shop(t, map[string]string{"web/Deployment/web": "a: 1\nb: 2"})
	mustWrite(t, dir, p)
	for _, name := range []string{rendered.List, "web/deployment.yaml"} {
		data, err := os.ReadFile(filepath.Join(dir, name))
		if err != nil {
			t.Fatal(err)
		}
		put(t, filepath.Join(dir, name), strings.ReplaceAll(string(data), "\n", "\r\n"))
	}
	got, err := Check([]Tree{{dir, LayoutObject, p}})
	if err != nil || len(got) > 0 {
		t.Errorf("got %s, %v", got, err)
	}
	equal(t, mustWrite(t, dir, p), Changes{})
	changed := mustWrite(t, dir, shop(t, map[string]string{"web/Deployment/web": "a: 2"}))
	equal(t, changed, Changes{Written: []string{filepath.ToSlash(dir) + "/web/deployment.yaml"}})
}

func TestCheckShowsWhatDiffers(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "out")
	p := shop(t, map[string]string{"a/Deployment/a": "x", "b/Deployment/b": "1"})
	check := func(p *Project, want ...string) {
		t.Helper()
		got, err := Check([]Tree{{dir, LayoutObject, p}})
		if err != nil {
			t.Fatal(err)
		}
		var lines []string
		for line := range strings.Lines(string(got)) {
			line = strings.ReplaceAll(line, strings.TrimPrefix(filepath.ToSlash(dir), "/"), "DIR")
			if !strings.HasPrefix(line, "diff ") && !strings.HasPrefix(line, "@@") {
				lines = append(lines, strings.TrimSuffix(line, "\n"))
			}
		}
		equal(t, lines, want)
	}
	check(p,
		"--- /dev/null", "+++ b/DIR/a/deployment.yaml", "+x",
		"--- /dev/null", "+++ b/DIR/b/deployment.yaml", "+1")
	if _, err := os.Stat(dir); !errors.Is(err, fs.ErrNotExist) {
		t.Error("a check made the directory")
	}
	mustWrite(t, dir, p)
	check(p)
	check(shop(t, map[string]string{"a/Deployment/a": "y"}),
		"--- a/DIR/a/deployment.yaml", "+++ b/DIR/a/deployment.yaml", "-x", "+y",
		"--- a/DIR/b/deployment.yaml", "+++ /dev/null", "-1")
}

func TestRunRemovesOnlyWhatItCovers(t *testing.T) {
	before := map[string]string{"a/Deployment/a": "1", "a/ConfigMap/a": "1", "b/Deployment/b": "1", "/Namespace/n": "1"}
	all := []string{"dev", "prod"}
	for _, test := range []struct {
		name  string
		run   func(t *testing.T) *Project
		whole bool
		gone  []string
	}{
		{"one service", func(t *testing.T) *Project {
			return in(shop(t, map[string]string{"a/Deployment/a": "1"}), "prod", all...)
		}, false, []string{"prod/a/configmap.yaml"}},
		{"one environment, a service left", func(t *testing.T) *Project {
			return in(shop(t, map[string]string{"a/Deployment/a": "1"}), "prod", all...)
		}, true, []string{"prod/_project/namespace-n.yaml", "prod/a/configmap.yaml", "prod/b/deployment.yaml"}},
		{"an environment left", func(t *testing.T) *Project {
			return in(shop(t, before), "prod", "prod")
		}, true, []string{
			"dev/_project/namespace-n.yaml", "dev/a/configmap.yaml", "dev/a/deployment.yaml", "dev/b/deployment.yaml",
		}},
	} {
		t.Run(test.name, func(t *testing.T) {
			dir := t.TempDir()
			for _, env := range all {
				mustWrite(t, dir, in(shop(t, before), env, all...))
			}
			want := content(t, dir)
			for _, name := range test.gone {
				delete(want, name)
			}
			run := test.run(t)
			run.Whole = test.whole
			var gone []string
			for _, name := range test.gone {
				gone = append(gone, filepath.ToSlash(dir)+"/"+name)
			}
			equal(t, mustWrite(t, dir, run), Changes{Removed: gone})
			equal(t, content(t, dir), want)
			if _, err := os.Stat(filepath.Join(dir, "prod", "b")); slices.Contains(test.gone, "prod/b/deployment.yaml") && err == nil {
				t.Error("an empty directory stays")
			}
		})
	}
}

func TestForeignContentIsReported(t *testing.T) {
	dir := t.TempDir()
	mustWrite(t, dir, shop(t, map[string]string{"a/Deployment/a": "1", "b/Deployment/b": "1"}))
	put(t, filepath.Join(dir, "a/deployment.yaml"), "edited\n")
	put(t, filepath.Join(dir, "b/deployment.yaml"), "edited\n")
	put(t, filepath.Join(dir, "c/deployment.yaml"), "somebody's\n")
	put(t, filepath.Join(dir, "c/notes.txt"), "mine\n")
	before := content(t, dir)
	next := shop(t, map[string]string{"a/Deployment/a": "2", "c/Deployment/c": "2"})
	_, err := Write(context.Background(), []Tree{{dir, LayoutObject, next}}, false)
	var foreign *ForeignError
	if !errors.As(err, &foreign) {
		t.Fatalf("got %v", err)
	}
	slices.Sort(foreign.Files)
	want := []string{dir + "/a/deployment.yaml", dir + "/b/deployment.yaml", dir + "/c/deployment.yaml"}
	equal(t, foreign.Files, want)
	equal(t, content(t, dir), before)

	changes, err := Write(context.Background(), []Tree{{dir, LayoutObject, next}}, true)
	if err != nil {
		t.Fatal(err)
	}
	slices.Sort(changes.Overwritten)
	equal(t, changes, Changes{
		Written: []string{dir + "/a/deployment.yaml", dir + "/c/deployment.yaml"}, Removed: []string{dir + "/b/deployment.yaml"}, Overwritten: want,
	})
	equal(t, content(t, dir), map[string]string{"a/deployment.yaml": "2", "c/deployment.yaml": "2", "c/notes.txt": "mine"})
}

func TestListOfAnotherProject(t *testing.T) {
	dir := t.TempDir()
	mustWrite(t, dir, shop(t, map[string]string{"a/Deployment/a": "1"}))
	other := shop(t, map[string]string{"b/Deployment/b": "1"})
	other.Root = filepath.Join(t.TempDir(), "payments")
	_, err := Write(context.Background(), []Tree{{dir, LayoutObject, other}}, true)
	if err == nil || !strings.Contains(err.Error(), "of the project shop, not of payments") {
		t.Errorf("got %v", err)
	}
	if _, err := Check([]Tree{{dir, LayoutObject, other}}); err == nil {
		t.Error("a check takes it")
	}
	put(t, filepath.Join(dir, rendered.List), "<<<<<<< HEAD\n")
	if _, err := Write(context.Background(), []Tree{{dir, LayoutObject, other}}, true); err == nil {
		t.Error("a list that is none is taken")
	}
}

func TestTwoProjectsInOneDirectory(t *testing.T) {
	p := shop(t, map[string]string{"a/Deployment/a": "1"})
	_, err := Write(context.Background(), []Tree{{"out", LayoutObject, p}, {"./out", LayoutObject, p}}, false)
	if err == nil || !strings.Contains(err.Error(), "two projects in one directory") {
		t.Errorf("got %v", err)
	}
}

func TestPathsThatLeadOut(t *testing.T) {
	base := t.TempDir()
	dir := filepath.Join(base, "out")
	elsewhere := filepath.Join(base, "elsewhere")
	put(t, filepath.Join(base, "victim.yaml"), "1\n")
	put(t, filepath.Join(elsewhere, "x.yaml"), "1\n")
	mustWrite(t, dir, shop(t, map[string]string{"a/Deployment/a": "1"}))
	for _, link := range []string{"link", "web"} {
		if err := os.Symlink(elsewhere, filepath.Join(dir, link)); err != nil {
			t.Skip(err)
		}
	}
	if err := os.Symlink(filepath.Join(base, "victim.yaml"), filepath.Join(dir, "a", "link.yaml")); err != nil {
		t.Fatal(err)
	}
	list, err := os.ReadFile(filepath.Join(dir, rendered.List))
	if err != nil {
		t.Fatal(err)
	}
	digest := "\t" + digestOf([]byte("1\n")) + "\n"
	hostile := []string{"../victim.yaml", "a/../../victim.yaml", "a/link.yaml", "link/x.yaml", filepath.ToSlash(base) + "/victim.yaml"}
	put(t, filepath.Join(dir, rendered.List), string(list)+strings.Join(hostile, digest)+digest)

	changes := mustWrite(t, dir, shop(t, map[string]string{"a/Deployment/a": "2"}))
	equal(t, len(changes.Ignored), len(hostile))
	equal(t, len(changes.Removed), 0)
	for _, name := range []string{filepath.Join(base, "victim.yaml"), filepath.Join(elsewhere, "x.yaml"), filepath.Join(dir, "a/link.yaml")} {
		if _, err := os.Lstat(name); err != nil {
			t.Error(err)
		}
	}
	_, err = Write(context.Background(), []Tree{{dir, LayoutObject, shop(t, map[string]string{"web/Deployment/web": "1"})}}, true)
	if err == nil || !strings.Contains(err.Error(), "out/web/deployment.yaml: a link or a file") {
		t.Errorf("got %v", err)
	}
	equal(t, content(t, elsewhere), map[string]string{"x.yaml": "1"})
}

func TestListIsALink(t *testing.T) {
	dir := t.TempDir()
	target := filepath.Join(t.TempDir(), "list")
	put(t, target, "mine\n")
	if err := os.Symlink(target, filepath.Join(dir, rendered.List)); err != nil {
		t.Skip(err)
	}
	if _, err := Write(context.Background(), []Tree{{dir, LayoutObject, shop(t, nil)}}, true); err == nil {
		t.Error("no error")
	}
}
