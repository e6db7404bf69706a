package manifests

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/rogpeppe/go-internal/txtar"

	"github.com/kgen-dev/kgen/schema"
)

const wanted = "want"

// TestRead reads the files of each archive, and tells what is left of them and what was
// said. KGEN_UPDATE=1 takes what is told.
func TestRead(t *testing.T) {
	eachArchive(t, "read", func(t *testing.T, _ *txtar.Archive) string {
		in := &input{minor: schema.NewestKubernetes}
		if err := in.read(Options{Paths: []string{"."}}); err != nil {
			t.Error(err)
		}
		in.leaveDuplicates()
		in.leaveMade()
		return told(in)
	})
}

// eachArchive calls do for each archive of a directory of testdata, where its files lie,
// and demands that it returns what the archive wants.
func eachArchive(t *testing.T, dir string, do func(t *testing.T, archive *txtar.Archive) string) {
	t.Helper()
	archives, err := filepath.Glob("testdata/" + dir + "/*.txtar")
	if err != nil || len(archives) == 0 {
		t.Fatal("no archives: ", err)
	}
	for _, file := range archives {
		t.Run(filepath.Base(file), func(t *testing.T) {
			archive, err := txtar.ParseFile(file)
			if err != nil {
				t.Fatal(err)
			}
			from, err := filepath.Abs(file)
			if err != nil {
				t.Fatal(err)
			}
			want := unpack(t, archive)
			golden(t, from, archive, want, do(t, archive))
		})
	}
}

// unpack writes the files of an archive into a directory of their own, and goes there.
func unpack(t *testing.T, archive *txtar.Archive) (want []byte) {
	t.Helper()
	t.Chdir(t.TempDir())
	for _, f := range archive.Files {
		if f.Name == wanted {
			want = f.Data
			continue
		}
		if err := os.MkdirAll(filepath.Dir(f.Name), 0o700); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(f.Name, f.Data, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return want
}

// golden compares what came out with the end of the archive.
func golden(t *testing.T, file string, archive *txtar.Archive, want []byte, got string) {
	t.Helper()
	if os.Getenv("KGEN_UPDATE") == "" {
		if diff := cmp.Diff(string(want), got); diff != "" {
			t.Error(diff)
		}
		return
	}
	updated := &txtar.Archive{Comment: archive.Comment}
	for _, f := range archive.Files {
		if f.Name != wanted {
			updated.Files = append(updated.Files, f)
		}
	}
	updated.Files = append(updated.Files, txtar.File{Name: wanted, Data: []byte(got)})
	if err := os.WriteFile(file, txtar.Format(updated), 0o600); err != nil {
		t.Fatal(err)
	}
}

func told(in *input) string {
	var b bytes.Buffer
	in.report.Sort()
	for _, i := range in.report.Items {
		fmt.Fprintln(&b, strings.TrimSpace(fmt.Sprintf("%s %s %s: %s", i.Pos, i.Outcome, i.Path, i.Message)))
	}
	for _, o := range in.objects {
		fmt.Fprintf(&b, "--- # %s\n%s", o.Node.Pos, o.AppendYAML(nil))
	}
	return b.String()
}
