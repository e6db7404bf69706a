package scaffold

import (
	"bytes"
	"fmt"
	"io/fs"
	"path"

	"github.com/kgen-dev/kgen/schema"
)

// vendorDir is where CUE's tools find the schema with no registry.
const vendorDir = "cue.mod/pkg/" + schema.ImportPath

// moduleFile makes the project a module of CUE, whose packages imports name.
const moduleFile = "cue.mod/module.cue"

// languageVersion is the oldest that has all that the schema uses.
const languageVersion = "v0.14.0"

// addSchema adds the copy of the schema. One that is there stays as it is.
func (d *draft) addSchema() {
	d.addModule()
	dir := d.inProject(vendorDir)
	if !d.exists(dir) {
		d.files = append(d.files, d.schemaFiles()...)
		return
	}
	for _, f := range d.schemaFiles() {
		if data, err := d.read(f.path); err != nil || !bytes.Equal(withoutCR(data), f.data) {
			d.advise("%s is not the schema of this kgen; kgen init --vendor%s makes it so", d.display(dir), d.argument())
			break
		}
	}
	d.result.Kept = append(d.result.Kept, d.display(dir))
}

// withoutCR is data with the line ends that git may have changed.
func withoutCR(data []byte) []byte {
	return bytes.ReplaceAll(data, []byte("\r\n"), []byte("\n"))
}

func (d *draft) addModule() {
	d.add(d.inProject(moduleFile), fmt.Sprintf("module: %q\nlanguage: version: %q\n", "kgen.local/"+d.projectName(), languageVersion))
}

// schemaFiles are the files of the copy.
func (d *draft) schemaFiles() []file {
	entries, _ := fs.ReadDir(schema.FS, ".") // it is in the binary
	files := make([]file, len(entries))
	for i, e := range entries {
		data, _ := schema.FS.ReadFile(e.Name())
		files[i] = file{path: d.inProject(path.Join(vendorDir, e.Name())), data: data, isSchema: true}
	}
	return files
}

// Vendor brings the copy of the schema in the project in dir up to date.
func Vendor(dir string) (*Result, error) {
	at, err := locate(dir)
	if err != nil {
		return nil, err
	}
	defer at.close()
	if !at.exists(path.Join(at.project, projectFile)) {
		return nil, fmt.Errorf("%s: no project: it has no %s, which kgen init makes", shown(dir), projectFile)
	}
	d := draft{place: at, options: &Options{}, result: &Result{}}
	if !d.exists(d.inProject(moduleFile)) {
		d.addModule()
	}
	isOurs := map[string]bool{}
	for _, f := range d.schemaFiles() {
		isOurs[f.path] = true
		data, err := d.read(f.path)
		if err == nil && bytes.Equal(data, f.data) {
			continue
		}
		f.isReplaced = true
		d.files = append(d.files, f)
	}
	result, err := d.finish()
	if err != nil {
		return nil, err
	}
	return result, d.removeOthers(isOurs)
}

// removeOthers removes the files that older schemas had, which would be part of the
// package.
func (d *draft) removeOthers(isOurs map[string]bool) error {
	dir := d.inProject(vendorDir)
	entries, err := fs.ReadDir(d.root.FS(), dir)
	if err != nil {
		return fmt.Errorf("read %s: %w", d.display(dir), cause(err))
	}
	for _, e := range entries {
		name := path.Join(dir, e.Name())
		if isOurs[name] || path.Ext(name) != ".cue" || e.IsDir() {
			continue
		}
		if err := d.root.Remove(name); err != nil {
			return fmt.Errorf("remove %s: %w", d.display(name), cause(err))
		}
		d.result.Vendored = d.display(dir)
	}
	return nil
}
