//go:build darwin || dragonfly || freebsd || linux || netbsd || openbsd

package render

import (
	"context"
	"errors"
	"os"
	"syscall"
)

// lock waits until no other kgen writes to the directory; unless it is shared, until
// none reads it either. A file system without locks is no reason to stop: the worst
// is that two runs at once leave files of both, each of them whole.
func lock(ctx context.Context, dir string, isShared bool) (unlock func(), err error) {
	f, err := os.Open(dir)
	if err != nil {
		return func() {}, nil
	}
	how := syscall.LOCK_EX
	if isShared {
		how = syscall.LOCK_SH
	}
	for {
		err := syscall.Flock(int(f.Fd()), how|syscall.LOCK_NB)
		switch {
		case err == nil:
			return func() { f.Close() }, nil
		case errors.Is(err, syscall.EINTR):
		case !errors.Is(err, syscall.EWOULDBLOCK):
			f.Close()
			return func() {}, nil
		default:
			if err := again(ctx); err != nil {
				f.Close()
				return nil, err
			}
		}
	}
}
