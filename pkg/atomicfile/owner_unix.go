//go:build unix

package atomicfile

import (
	"os"
	"syscall"
)

// takeOwner gives f the owner of another file, as far as this user may: in a container
// that is often root, and the files are somebody's.
func takeOwner(f *os.File, like os.FileInfo) {
	if stat, isKnown := like.Sys().(*syscall.Stat_t); isKnown {
		_ = f.Chown(int(stat.Uid), int(stat.Gid))
	}
}
