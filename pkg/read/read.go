// Package read turns the bytes of one file into a tree that knows where every
// value stands. It takes CUE, YAML and JSON; to a file that is broken, binary,
// huge or hostile it answers with findings, in bounded time and memory.
package read

import (
	"errors"
	"io"
)

const (
	// MaxFileSize is the most bytes that a document may have; above, it is not
	// read at all.
	MaxFileSize = 5 << 20
	// MaxDepth is how many maps and lists may lie in each other.
	MaxDepth = 1000
	// maxAliasNodes is how many nodes the aliases of a YAML document may add.
	maxAliasNodes = 1_000_000
	// maxNodes is how many nodes a foreign document may have.
	maxNodes = 10_000_000
)

// maxMistakes is how many mistakes of one file are reported; a file with more is
// not what its name says.
const maxMistakes = 20

// errNotRegular is said of a pipe, which would be waited for, and of a device,
// which has no end.
var errNotRegular = errors.New("not a regular file")

var errTooLarge = errors.New("larger than 1 GiB")

// All reads r, at most the one byte over MaxFileSize by which the readers
// recognize a file that is too large.
func All(r io.Reader) ([]byte, error) {
	return io.ReadAll(io.LimitReader(r, MaxFileSize+1))
}

// File reads a file as All does. Only a regular file is opened.
func File(name string) ([]byte, error) {
	f, size, err := openRegular(name)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	return sized(f, size)
}

// sized reads r in one piece where it has the size that was announced.
func sized(r io.Reader, size int64) ([]byte, error) {
	data := make([]byte, min(size, MaxFileSize)+1)
	n, err := io.ReadFull(r, data)
	switch {
	case err == io.EOF || err == io.ErrUnexpectedEOF:
		return data[:n], nil
	case err != nil || n > MaxFileSize:
		return data[:n], err
	}
	rest, err := io.ReadAll(io.LimitReader(r, int64(MaxFileSize+1-n)))
	return append(data, rest...), err
}
