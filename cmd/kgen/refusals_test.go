package main

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/txtar"

	"github.com/kgen-dev/kgen/schema"
)

// findingLine is a finding as a person sees it; what is wrong with a file as a whole has
// no line.
var findingLine = regexp.MustCompile(`(?m)^[^\s:]+(:\d+:\d+)?: (?:error|warning) (schema/[a-z-]+): \S`)

// ofWholeFiles are the refusals that may have no place in a file.
var ofWholeFiles = map[string]bool{schema.BadFile: true, schema.VendoredSchema: true}

// TestEveryRefusalIsShown demands a script for each refusal that compares all of its
// message, with file, line and column. A pattern is not enough: it lets through what
// nobody has read, such as a second finding about the same mistake.
func TestEveryRefusalIsShown(t *testing.T) {
	scripts, err := filepath.Glob("testdata/script/*.txt*")
	if err != nil {
		t.Fatal(err)
	}
	isShown := map[string]bool{}
	for _, name := range scripts {
		data, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		script := txtar.Parse(data)
		for _, f := range script.Files {
			if !isCompared(string(script.Comment), f.Name) {
				continue
			}
			for _, found := range findingLine.FindAllStringSubmatch(string(f.Data), -1) {
				isShown[found[2]] = isShown[found[2]] || found[1] != "" || ofWholeFiles[found[2]]
			}
		}
	}
	for _, r := range schema.Refusals {
		if !isShown[r.ID] {
			t.Errorf("no script compares a message of %s (%s) with one of its files, line and column included", r.ID, r.Title)
		}
	}
}

// isCompared reports whether a script compares what kgen printed with the file.
func isCompared(script, file string) bool {
	for line := range strings.Lines(script) {
		words := strings.Fields(line)
		if len(words) == 3 && words[0] == "cmp" && (words[1] == "stderr" || words[1] == "stdout") &&
			strings.TrimPrefix(words[2], "$WORK/") == file {
			return true
		}
	}
	return false
}
