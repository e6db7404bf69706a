//go:build !(darwin || dragonfly || freebsd || linux || netbsd || openbsd)

package render

// lock does nothing where directories cannot be locked: two runs at once leave
// files of both, each of them whole.
func lock(string) (unlock func()) { return func() {} }
