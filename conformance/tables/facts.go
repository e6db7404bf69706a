package main

import (
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
)

// The releases that the tables are for.
const (
	oldest = 29
	newest = 36
)

// factsIn returns the lines of a file of facts, split at blanks, and after them
// those of more, which are written by hand. Lines that begin with # are comments.
func factsIn(data, name, more string) ([][]string, error) {
	text, err := os.ReadFile(filepath.Join(data, name))
	if err != nil {
		return nil, fmt.Errorf("read facts: %w", err)
	}
	var rows [][]string
	for line := range strings.Lines(string(text) + "\n" + more) {
		if words := strings.Fields(line); len(words) > 0 && !strings.HasPrefix(words[0], "#") {
			rows = append(rows, words)
		}
	}
	return rows, nil
}

// minorOf reads "1.29", "v0.29.0" and "v0.36.3"; "-" is 0.
func minorOf(release string) (int, error) {
	if release == "-" {
		return 0, nil
	}
	parts := strings.Split(release, ".")
	if len(parts) < 2 {
		return 0, fmt.Errorf("%q is no release", release)
	}
	return strconv.Atoi(parts[1])
}
