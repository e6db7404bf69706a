package render

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"sync/atomic"
	"testing"

	"github.com/kgen-dev/kgen/pkg/rendered"
)

var errBroken = errors.New("the disk broke")

// brokenDisk fails at its nth step, and from then on where it is dead: that is a
// process killed there.
type brokenDisk struct {
	disk
	left *atomic.Int64
	dead bool
}

func (d brokenDisk) step() error {
	if n := d.left.Add(-1); n == 0 || d.dead && n < 0 {
		return errBroken
	}
	return nil
}

func (d brokenDisk) Create(name string, data []byte) error {
	if err := d.step(); err != nil {
		if d.dead {
			_ = d.disk.Create(name, data[:len(data)/2]) // killed while it wrote
		}
		return err
	}
	return d.disk.Create(name, data)
}

func (d brokenDisk) Mkdir(name string) error {
	if err := d.step(); err != nil {
		return err
	}
	return d.disk.Mkdir(name)
}

func (d brokenDisk) Rename(from, to string) error {
	if err := d.step(); err != nil {
		return err
	}
	return d.disk.Rename(from, to)
}

func (d brokenDisk) Remove(name string) error {
	if err := d.step(); err != nil {
		return err
	}
	return d.disk.Remove(name)
}

// brokenWrite writes next over what shop rendered before; step is where it breaks.
func brokenWrite(t *testing.T, dir string, next *Project, step int, dead bool) error {
	left := &atomic.Int64{}
	left.Store(int64(step))
	_, err := write(context.Background(), []Tree{{dir, LayoutObject, next}}, false, func(root *os.Root) disk {
		return brokenDisk{rootDisk{root}, left, dead}
	})
	return err
}

func TestFailedRunChangesNothing(t *testing.T) {
	old := map[string]string{"a/Deployment/a": "1", "b/Deployment/b": "1", "c/Deployment/c": "1"}
	next := map[string]string{"a/Deployment/a": "2", "b/Job/b": "2", "d/Deployment/d": "2"}
	step := 1
	for ; ; step++ {
		dir := t.TempDir()
		mustWrite(t, dir, shop(t, old))
		before := all(t, dir)
		err := brokenWrite(t, dir, shop(t, next), step, false)
		if err == nil {
			break
		}
		if !errors.Is(err, errBroken) {
			t.Fatal(err)
		}
		if t.Run("", func(t *testing.T) { equal(t, all(t, dir), before) }); t.Failed() {
			t.Fatalf("step %d", step)
		}
	}
	if step < 10 {
		t.Errorf("only %d steps", step)
	}
}

func TestFailedFirstRunLeavesNoDirectory(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "deep", "out")
	if err := brokenWrite(t, dir, shop(t, map[string]string{"a/Deployment/a": "1"}), 3, false); err == nil {
		t.Fatal("no error")
	}
	if _, err := os.Stat(filepath.Dir(dir)); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("got %v", err)
	}
}

func TestKilledRunIsCompleted(t *testing.T) {
	old := map[string]string{"a/Deployment/a": "1", "b/Deployment/b": "1", "c/Deployment/c": "1"}
	next := map[string]string{"a/Deployment/a": "2", "b/Job/b": "2", "d/Deployment/d": "2"}
	// The run after the kill renders the same, or something that changed since.
	for name, after := range map[string]map[string]string{
		"same": next, "newer": {"a/Deployment/a": "3", "c/Deployment/c": "3", "e/Deployment/e": "3"},
	} {
		t.Run(name, func(t *testing.T) {
			for step := 1; ; step++ {
				dir := t.TempDir()
				mustWrite(t, dir, shop(t, old))
				err := brokenWrite(t, dir, shop(t, next), step, true)
				wholeFiles(t, dir, old, next)
				mustWrite(t, dir, shop(t, after))
				fresh := t.TempDir()
				mustWrite(t, fresh, shop(t, after))
				equal(t, all(t, dir), all(t, fresh))
				if t.Failed() {
					t.Fatalf("step %d", step)
				}
				if err == nil {
					return
				}
			}
		})
	}
}

// wholeFiles demands that every file kgen renders is as before or as after, and
// is there if it was before and is after.
func wholeFiles(t *testing.T, dir string, old, next map[string]string) {
	t.Helper()
	for name, data := range content(t, dir) {
		if strings.HasPrefix(filepath.Base(name), ".kgen") {
			continue
		}
		if data != "1" && data != "2" {
			t.Errorf("%s holds %q", name, data)
		}
	}
	for key := range old {
		name := strings.Split(key, "/")[0] + "/deployment.yaml"
		if _, ok := next[key]; ok && content(t, dir)[name] == "" {
			t.Errorf("%s is gone", name)
		}
	}
}

// all is everything in a tree, its list and directories too.
func all(t *testing.T, dir string) map[string]string {
	t.Helper()
	files := content(t, dir)
	err := filepath.WalkDir(dir, func(name string, e fs.DirEntry, err error) error {
		if err == nil && e.IsDir() && name != dir {
			files[strings.TrimPrefix(name, dir)] = "directory"
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	list, err := os.ReadFile(filepath.Join(dir, rendered.List))
	if err != nil {
		t.Fatal(err)
	}
	files[rendered.List] = string(list)
	return files
}

func TestConcurrentRuns(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "out")
	var wait sync.WaitGroup
	for i := range 8 {
		p := shop(t, map[string]string{"a/Deployment/a": string(rune('0' + i)), "b/Deployment/b": string(rune('0' + i))})
		wait.Go(func() {
			if _, err := Write(context.Background(), []Tree{{dir, LayoutObject, p}}, false); err != nil {
				t.Error(err)
			}
		})
	}
	wait.Wait()
	got := content(t, dir)
	if len(got) != 2 || got["a/deployment.yaml"] != got["b/deployment.yaml"] {
		t.Errorf("got %v", got)
	}
}

func TestInterruptedRunChangesNothing(t *testing.T) {
	dir := t.TempDir()
	mustWrite(t, dir, shop(t, map[string]string{"a/Deployment/a": "1"}))
	before := all(t, dir)
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	_, err := Write(ctx, []Tree{{dir, LayoutObject, shop(t, map[string]string{"a/Deployment/a": "2"})}}, false)
	if !errors.Is(err, context.Canceled) {
		t.Errorf("got %v", err)
	}
	equal(t, all(t, dir), before)
}
