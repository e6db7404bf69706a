package watch

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"runtime"
	"syscall"
	"testing"
	"time"
)

func put(t *testing.T, name string) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(name, []byte(name), 0o644); err != nil {
		t.Fatal(err)
	}
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// follow watches roots; the pause after a change is short.
func follow(t *testing.T, roots ...string) *Watcher {
	t.Helper()
	w, err := New()
	must(t, err)
	t.Cleanup(w.Close)
	w.Quiet, w.Longest = time.Millisecond, 10*time.Millisecond
	if isMore, err := w.Follow(roots, nil); err != nil || !isMore {
		t.Fatalf("follow: %v, %v", isMore, err)
	}
	return w
}

// await waits for a change; one that is not seen fails the test in a minute.
func await(t *testing.T, w *Watcher) {
	t.Helper()
	ctx, cancel := context.WithTimeout(context.Background(), time.Minute)
	defer cancel()
	must(t, w.Wait(ctx))
}

func TestChanges(t *testing.T) {
	for name, change := range map[string]func(t *testing.T, dir string){
		"a file is made":    func(t *testing.T, dir string) { put(t, filepath.Join(dir, "a", "new.cue")) },
		"a file is written": func(t *testing.T, dir string) { put(t, filepath.Join(dir, "a", "web.cue")) },
		"a file is removed": func(t *testing.T, dir string) { must(t, os.Remove(filepath.Join(dir, "a", "web.cue"))) },
		"a file is replaced": func(t *testing.T, dir string) {
			put(t, filepath.Join(dir, "a", ".web.cue.swp"))
			must(t, os.Rename(filepath.Join(dir, "a", ".web.cue.swp"), filepath.Join(dir, "a", "web.cue")))
		},
		"a directory is removed": func(t *testing.T, dir string) { must(t, os.RemoveAll(filepath.Join(dir, "a"))) },
		"the root is removed":    func(t *testing.T, dir string) { must(t, os.RemoveAll(dir)) },
	} {
		t.Run(name, func(t *testing.T) {
			dir := filepath.Join(t.TempDir(), "project")
			put(t, filepath.Join(dir, "a", "web.cue"))
			w := follow(t, dir)
			change(t, dir)
			await(t, w)
		})
	}
}

func TestNewDirectory(t *testing.T) {
	dir := t.TempDir()
	w := follow(t, dir)
	must(t, os.MkdirAll(filepath.Join(dir, "a", "b"), 0o755))
	await(t, w)
	isMore, err := w.Follow([]string{dir}, nil)
	if err != nil || !isMore {
		t.Fatalf("got %v, %v", isMore, err)
	}
	put(t, filepath.Join(dir, "a", "b", "web.cue"))
	await(t, w)
	isMore, err = w.Follow([]string{dir}, nil)
	if err != nil || isMore {
		t.Fatalf("got %v, %v", isMore, err)
	}
}

func TestRootThatComesBack(t *testing.T) {
	base := t.TempDir()
	dir := filepath.Join(base, "shop", "deep")
	put(t, filepath.Join(dir, "kgen.cue"))
	w := follow(t, dir)
	must(t, os.RemoveAll(filepath.Join(base, "shop")))
	await(t, w)
	_, err := w.Follow([]string{dir}, nil)
	must(t, err)
	put(t, filepath.Join(dir, "kgen.cue"))
	await(t, w)
	_, err = w.Follow([]string{dir}, nil)
	must(t, err)
	put(t, filepath.Join(dir, "kgen.cue"))
	await(t, w)
}

func TestDirectoryThatIsMadeAnew(t *testing.T) {
	dir := t.TempDir()
	put(t, filepath.Join(dir, "a", "b", "web.cue"))
	w := follow(t, dir)
	for range 3 {
		must(t, os.Rename(filepath.Join(dir, "a"), filepath.Join(t.TempDir(), "gone")))
		put(t, filepath.Join(dir, "a", "b", "web.cue"))
		await(t, w)
		_, err := w.Follow([]string{dir}, nil)
		must(t, err)
		put(t, filepath.Join(dir, "a", "b", "web.cue"))
		await(t, w)
	}
}

func TestLinks(t *testing.T) {
	dir, elsewhere := t.TempDir(), t.TempDir()
	put(t, filepath.Join(elsewhere, "web.cue"))
	put(t, filepath.Join(elsewhere, "below", "cart.cue"))
	for to, from := range map[string]string{
		elsewhere + "/web.cue": dir + "/web.cue", elsewhere + "/below": dir + "/linked", dir: dir + "/loop",
	} {
		if err := os.Symlink(to, from); err != nil {
			t.Skip(err)
		}
	}
	w := follow(t, dir)
	put(t, filepath.Join(elsewhere, "web.cue"))
	await(t, w)
	put(t, filepath.Join(elsewhere, "below", "cart.cue"))
	await(t, w)
}

func TestWhatCounts(t *testing.T) {
	base := t.TempDir()
	dir := filepath.Join(base, "shop")
	for _, name := range []string{
		"kgen.cue", "services/web.cue", ".git/index", "node_modules/x/package.json", "old/.kgen-files", "old/web/x.yaml", "deploy/web/x.yaml",
	} {
		put(t, filepath.Join(dir, name))
	}
	s, err := survey([]string{dir, filepath.Join(base, "later")}, []string{filepath.Join(dir, "deploy")}, func(string) error { return nil })
	must(t, err)
	for name, want := range map[string]bool{
		"shop/kgen.cue": true, "shop/services/web.cue": true, "shop/services/new": true, "shop": true, "later": true,
		"other": false, "shop/deploy": false, "shop/deploy/web/x.yaml": false, "shop/.git/index": false,
		"shop/node_modules/x/package.json": false, "shop/old/.kgen-files": true, "shop/old/web/x.yaml": false, "shop/old/x": false,
	} {
		if got := s.has(filepath.Join(base, filepath.FromSlash(name))); got != want {
			t.Errorf("%s: %v", name, got)
		}
	}
	for name, want := range map[string]bool{
		".web.cue.swp": true, "web.cue~": true, "4913": true, ".#web.cue": true, ".git": true,
		"web.cue": false, ".kgen.yaml": false, ".htaccess": false, "deploy": false,
	} {
		if got := isScratch(name); got != want {
			t.Errorf("%s: %v", name, got)
		}
	}
}

func TestLimits(t *testing.T) {
	dir := t.TempDir()
	for _, limit := range []error{syscall.ENOSPC, syscall.EMFILE} {
		_, err := survey([]string{dir}, nil, func(string) error { return limit })
		if err == nil || !errors.Is(err, limit) || limitError(err).Error() == err.Error() {
			t.Errorf("got %v, then %v", err, limitError(err))
		}
	}
	if runtime.GOOS != "windows" {
		if _, err := survey([]string{dir}, nil, func(string) error { return syscall.EACCES }); err != nil {
			t.Errorf("a directory that nobody may read: %v", err)
		}
	}
}

func TestWaitEnds(t *testing.T) {
	w := follow(t, t.TempDir())
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if err := w.Wait(ctx); !errors.Is(err, context.Canceled) {
		t.Errorf("got %v", err)
	}
}
