package render

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"path/filepath"
	"runtime"
	"strings"

	"golang.org/x/sys/windows"
)

// lock waits until no other kgen writes to the directory or reads it. Windows locks
// no directory, and a file in it would stay behind: so the lock is a mutex of the
// system, which ends with the process that holds it. It belongs to a thread.
func lock(ctx context.Context, dir string, _ bool) (unlock func(), err error) {
	name, err := mutexName(dir)
	if err != nil {
		return func() {}, nil
	}
	mutex, err := windows.CreateMutex(nil, false, name)
	if mutex == 0 {
		return func() {}, nil // another user's
	}
	runtime.LockOSThread()
	for {
		event, err := windows.WaitForSingleObject(mutex, uint32(lockEvery.Milliseconds()))
		if err == nil && (event == windows.WAIT_OBJECT_0 || event == windows.WAIT_ABANDONED) {
			return func() {
				_ = windows.ReleaseMutex(mutex)
				_ = windows.CloseHandle(mutex)
				runtime.UnlockOSThread()
			}, nil
		}
		if err == nil {
			err = ctx.Err()
		}
		if err != nil {
			_ = windows.CloseHandle(mutex)
			runtime.UnlockOSThread()
			return func() {}, ctx.Err()
		}
	}
}

// mutexName is the same for all ways to write a directory.
func mutexName(dir string) (*uint16, error) {
	abs, err := filepath.Abs(dir)
	if err != nil {
		return nil, err
	}
	if real, err := filepath.EvalSymlinks(abs); err == nil {
		abs = real
	}
	sum := sha256.Sum256([]byte(strings.ToLower(abs)))
	return windows.UTF16PtrFromString(`Global\kgen-` + hex.EncodeToString(sum[:]))
}
