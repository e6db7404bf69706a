//go:build darwin || dragonfly || freebsd || linux || netbsd || openbsd

package render

import (
	"os"
	"syscall"
)

// lock waits until no other kgen writes to the directory. A file system without
// locks is no reason to stop: the worst is that two runs at once leave files of
// both, each of them whole.
func lock(dir string) (unlock func()) {
	f, err := os.Open(dir)
	if err != nil {
		return func() {}
	}
	if err := syscall.Flock(int(f.Fd()), syscall.LOCK_EX); err != nil {
		f.Close()
		return func() {}
	}
	return func() { f.Close() }
}
