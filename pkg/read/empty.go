package read

import "bytes"

// IsEmptyCUE reports whether a CUE file holds nothing but blank lines, comments
// and a package clause: a project may be as short as that, a service may not.
func IsEmptyCUE(data []byte) bool {
	for line := range bytes.Lines(bytes.TrimPrefix(data, []byte("\ufeff"))) {
		line = bytes.TrimSpace(line)
		if len(line) > 0 && !bytes.HasPrefix(line, []byte("//")) && !bytes.HasPrefix(line, []byte("package ")) {
			return false
		}
	}
	return true
}
