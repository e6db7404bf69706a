package conformance

import (
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/kgen-dev/kgen/conformance/mutant"
)

// Where the manifests are that nobody wrote for this test.
const (
	goldenDir = "../golden"
	seedDir   = "testdata"
	corpusDir = "../../shared/corpus"
)

// documentsIn are the YAML documents below a directory; none when it is absent.
func documentsIn(t testing.TB, dir string) (documents []mutant.Manifest) {
	t.Helper()
	if _, err := os.Stat(dir); err != nil {
		return nil
	}
	err := filepath.WalkDir(dir, func(path string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() || !strings.HasSuffix(path, ".yaml") && !strings.HasSuffix(path, ".yml") {
			return err
		}
		data, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		for text := range strings.SplitSeq("\n"+strings.ReplaceAll(string(data), "\r\n", "\n"), "\n---") {
			if strings.TrimSpace(text) != "" {
				documents = append(documents, mutant.Manifest{Name: path, Text: []byte(strings.TrimLeft(text, " \n") + "\n")})
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return documents
}

// served are those of a kind that the server has.
func served(server *Server, documents []mutant.Manifest) (kept []mutant.Manifest) {
	for _, d := range documents {
		if answer := server.Create(d.Text); answer.Stage != Parsing {
			kept = append(kept, d)
		}
	}
	return kept
}

func newServer(t testing.TB) *Server {
	t.Helper()
	server, err := NewServer()
	if err != nil {
		t.Fatal(err)
	}
	return server
}
