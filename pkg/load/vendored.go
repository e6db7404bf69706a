package load

import (
	"bytes"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"github.com/kgen-dev/kgen/pkg/read"
	"github.com/kgen-dev/kgen/pkg/report"
	"github.com/kgen-dev/kgen/pkg/tree"
	"github.com/kgen-dev/kgen/schema"
)

// checkVendored warns where the project's copy of the schema, which CUE's own tools
// read, is not kgen's own: then they and kgen judge by different rules.
func (l *loader) checkVendored(p *Project) {
	dir := filepath.Join(p.Root, "cue.mod", "pkg", filepath.FromSlash(schema.ImportPath))
	if info, err := os.Stat(dir); err != nil || !info.IsDir() {
		return
	}
	name, what := vendoredDifference(dir)
	if name == "" {
		return
	}
	argument := ""
	if p.Dir != "." {
		argument = " " + p.Dir
	}
	source := &tree.Source{Name: display(filepath.Join(dir, name)), Dir: dir}
	l.findings = append(l.findings, report.Finding{
		Pos: tree.Pos{Source: source}, Severity: report.Warning, ID: schema.VendoredSchema,
		Message: "the copy of the schema for CUE's own tools " + what,
		Why:     "cue vet and editors judge by the copy, kgen by the schema that is in it",
		Fix:     "kgen init --vendor" + argument,
	})
}

// vendoredDifference is the first file in dir by which a copy differs from the
// schema, and how; no file where it is the same. What git does to line ends is no
// difference.
func vendoredDifference(dir string) (name, what string) {
	entries, err := fs.ReadDir(schema.FS, ".")
	if err != nil {
		return "", ""
	}
	isOurs := map[string]bool{}
	for _, e := range entries {
		isOurs[e.Name()] = true
		own, _ := schema.FS.ReadFile(e.Name()) // it is in the binary
		copied, err := read.File(filepath.Join(dir, e.Name()))
		switch {
		case err != nil:
			return e.Name(), "lacks this file"
		case !bytes.Equal(copied, own) && !bytes.Equal(bytes.ReplaceAll(copied, []byte("\r\n"), []byte("\n")), own):
			return e.Name(), "is of another version of kgen"
		}
	}
	others, err := os.ReadDir(dir)
	if err != nil {
		return "", ""
	}
	for _, e := range others {
		if strings.HasSuffix(e.Name(), ".cue") && !isOurs[e.Name()] {
			return e.Name(), "has a file that is not part of it"
		}
	}
	return "", ""
}
