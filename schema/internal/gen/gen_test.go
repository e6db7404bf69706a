package gen

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"
)

// TestFiles demands that the committed files are what the definitions make;
// with KGEN_UPDATE=1, as go generate sets it, it writes them.
func TestFiles(t *testing.T) {
	dir := filepath.Join("..", "..")
	files, err := Files(os.DirFS(dir))
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range files {
		name := filepath.Join(dir, f.Name)
		if os.Getenv("KGEN_UPDATE") == "1" {
			if err := os.WriteFile(name, f.Content, 0o666); err != nil {
				t.Fatal(err)
			}
			continue
		}
		committed, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(string(committed), string(f.Content)); diff != "" {
			t.Errorf("%s is stale, run go generate ./schema (-committed +generated):\n%s", f.Name, diff)
		}
	}
}

// TestFilesRefuses has CUE that the table cannot say; the generator must not
// leave it out in silence.
func TestFilesRefuses(t *testing.T) {
	for _, of := range []struct{ definition, want string }{
		{`a?: string & !="x"`, "constraint"},
		{`a?: int & !=3`, "bound"},
		{`a?: number & >0`, "constraint"},
		{`a?: =~"^a" & =~"^b"`, "constraint"},
		{`a?: string | =~"^b"`, "alternative"},
		{`a?: int & <=5`, "bound"},
		{`a?: "x" | "y"`, "constraint"},
		{`a?: *1 | int`, "constraint"},
		{`a?: [string]`, "list"},
		{`a?: {b: 1, c: 2}`, "struct"},
		{`a?: string @mesage("x")`, "attribute"},
		{`a?: #Nowhere`, "there is no #Nowhere"},
		{`let a = 1`, "declaration"},
		{`if a == 1 {b: error("x: y")}`, "condition"},
		{`if a > b {b: error("no id")}`, "message"},
		{`if a > b {b: 1}`, "rule"},
		{`for x in a {b: x}`, "rule"},
		{`a?: =~"("`, "regexp"},
	} {
		text := "package schema\n#Merged: {\n// a is a field.\n" + of.definition + "\n}\n#MergedProject: {}\n"
		_, err := Files(fstest.MapFS{"x.cue": {Data: []byte(text)}, "scalar.cue": {Data: []byte("#Quantity: string")}})
		if err == nil || !strings.Contains(err.Error(), of.want) {
			t.Errorf("%s: %v, want it to speak of a %s", of.definition, err, of.want)
		}
	}
	_, err := Files(fstest.MapFS{"x.cue": {Data: []byte("#Merged: a?: string\n#MergedProject: {}\n#Quantity: string")}})
	if err == nil || !strings.Contains(err.Error(), "no comment") {
		t.Errorf("a field without a comment: %v", err)
	}
}

// TestFormat demands the form of cue fmt.
func TestFormat(t *testing.T) {
	names, err := filepath.Glob(filepath.Join("..", "..", "*.cue"))
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range names {
		content, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		formatted, err := formatCUE(string(content))
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(string(content), string(formatted)); diff != "" {
			t.Errorf("%s (-is +cue fmt):\n%s", name, diff)
		}
	}
}
