// Package watch tells when something changes below directories. It watches the
// directories, not the files, so that an editor may replace a file by renaming
// another over it.
package watch

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"sync"
	"syscall"
	"time"

	"github.com/fsnotify/fsnotify"
)

// Watcher watches directories. Its methods are for one goroutine.
type Watcher struct {
	notify  *fsnotify.Watcher
	changed chan struct{}
	// Quiet is how long nothing has to change before Wait returns, and Longest how
	// long it waits for that.
	Quiet, Longest time.Duration

	mutex sync.Mutex
	scope scope
}

// New returns a watcher of nothing.
func New() (*Watcher, error) {
	notify, err := fsnotify.NewWatcher()
	if err != nil {
		return nil, fmt.Errorf("watch files: %w", limitError(err))
	}
	w := &Watcher{notify: notify, changed: make(chan struct{}, 1), Quiet: 50 * time.Millisecond, Longest: time.Second}
	go w.listen()
	return w, nil
}

// Close ends the watch.
func (w *Watcher) Close() { _ = w.notify.Close() }

// Follow watches what is below the roots now, and no longer what it watched
// before. What is below a directory of except is no change. Directories that are
// made later are watched from the next call on; until then that they were made is
// a change. It reports whether it watches anything that it did not before.
func (w *Watcher) Follow(roots, except []string) (isMore bool, err error) {
	next, err := survey(roots, except, w.notify.Add)
	if err != nil {
		return false, limitError(err)
	}
	w.mutex.Lock()
	before := w.scope
	w.scope = next
	w.mutex.Unlock()
	for dir := range before.dirs {
		if _, stays := next.dirs[dir]; !stays {
			_ = w.notify.Remove(dir) // it may be gone
		}
	}
	for dir := range next.dirs {
		if _, known := before.dirs[dir]; !known {
			isMore = true
		}
	}
	return isMore, nil
}

// listen takes notice of events, all the time: the queue of the system is short.
func (w *Watcher) listen() {
	for {
		select {
		case event, ok := <-w.notify.Events:
			if !ok {
				return
			}
			if w.isChange(event) {
				w.change()
			}
		case _, ok := <-w.notify.Errors:
			if !ok {
				return
			}
			w.change() // events were lost: anything may have changed
		}
	}
}

func (w *Watcher) isChange(event fsnotify.Event) bool {
	if event.Op == fsnotify.Chmod || isScratch(filepath.Base(event.Name)) {
		return false
	}
	w.mutex.Lock()
	defer w.mutex.Unlock()
	return w.scope.has(event.Name)
}

// change notes that something changed; once is enough.
func (w *Watcher) change() {
	select {
	case w.changed <- struct{}{}:
	default:
	}
}

// Wait returns when something changed and the changes paused, or with the
// context's error.
func (w *Watcher) Wait(ctx context.Context) error {
	select {
	case <-ctx.Done():
		return ctx.Err()
	case <-w.changed:
	}
	quiet, longest := time.NewTimer(w.Quiet), time.NewTimer(w.Longest)
	defer quiet.Stop()
	defer longest.Stop()
	for {
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-w.changed:
			quiet.Reset(w.Quiet)
		case <-quiet.C:
			return nil
		case <-longest.C:
			return nil
		}
	}
}

// limitError says what a limit of the system is called, for its own words ("no
// space left on device") mislead.
func limitError(err error) error {
	switch {
	case errors.Is(err, syscall.ENOSPC):
		return errors.New("the system lets nobody watch more directories; on Linux fs.inotify.max_user_watches is the limit")
	case errors.Is(err, syscall.EMFILE):
		return errors.New("too many files are open or watched; on Linux fs.inotify.max_user_instances is the limit, elsewhere ulimit -n")
	}
	return err
}
