//go:build linux || darwin

package main

import "syscall"

// limitData bounds the memory that the process may have for data. The watchdog
// ends an evaluation that grows; this ends one that grows faster than it looks.
func limitData(bytes uint64) {
	var limit syscall.Rlimit
	if syscall.Getrlimit(syscall.RLIMIT_DATA, &limit) != nil {
		return
	}
	if limit.Cur > bytes {
		limit.Cur = bytes
		_ = syscall.Setrlimit(syscall.RLIMIT_DATA, &limit) // without it, there is the watchdog
	}
}
