package render

import (
	"context"
	"os"
	"slices"
	"time"
)

// lockEvery is how often a directory that another kgen holds is tried again.
const lockEvery = 5 * time.Millisecond

// hold makes a directory and waits until no other kgen writes to it, or reads it.
// Release takes it back where it got no files.
func hold(ctx context.Context, dir string) (release func(), err error) {
	for {
		made, err := makeDir(dir)
		if err != nil {
			return nil, err
		}
		before, err := os.Stat(dir)
		unlock, lockErr := lock(ctx, dir, false)
		if lockErr != nil {
			return nil, lockErr
		}
		// Whoever held it may have taken back the directory that was waited for.
		if after, afterErr := os.Stat(dir); err == nil && afterErr == nil && os.SameFile(before, after) {
			return func() {
				for _, dir := range slices.Backward(made) {
					_ = os.Remove(dir) // it fails where there are files
				}
				unlock()
			}, nil
		}
		unlock()
	}
}

// Lock waits until no other kgen holds the directory, or ctx is done.
func Lock(ctx context.Context, dir string) (unlock func(), err error) { return lock(ctx, dir, false) }

// again waits before a lock is tried again.
func again(ctx context.Context) error {
	select {
	case <-ctx.Done():
		return ctx.Err()
	case <-time.After(lockEvery):
		return nil
	}
}
