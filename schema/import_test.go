package schema

import (
	"encoding/json"
	"io/fs"
	"strings"
	"testing"

	"cuelang.org/go/cue"
	"cuelang.org/go/cue/build"
	"cuelang.org/go/cue/cuecontext"
	"cuelang.org/go/cue/parser"
	"cuelang.org/go/cue/token"
	"github.com/google/go-cmp/cmp"
)

const importing = `package services

import "kgen.dev/schema"

services: web: schema.#Service & {` + tenLines + `}
`

// evaluate builds a file that imports the package from its embedded files, or
// with isOpen from Open, as a loader does.
func evaluate(t *testing.T, text string, isOpen bool) cue.Value {
	t.Helper()
	var context *build.Context
	context = build.NewContext(build.Loader(func(pos token.Pos, path string) *build.Instance {
		if path != ImportPath {
			return nil
		}
		instance := context.NewInstance("", nil)
		instance.ImportPath = path
		addDefinitions(t, instance, isOpen)
		return instance
	}))
	instance := context.NewInstance("", nil)
	if err := addFile(instance, "web.cue", text); err != nil {
		t.Fatal(err)
	}
	if err := instance.Complete(); err != nil {
		t.Fatal(err)
	}
	return cuecontext.New().BuildInstance(instance)
}

func addFile(instance *build.Instance, name string, content any) error {
	file, err := parser.ParseFile(name, content)
	if err != nil {
		return err
	}
	return instance.AddSyntax(file)
}

func addDefinitions(t *testing.T, instance *build.Instance, isOpen bool) {
	if isOpen {
		if err := addFile(instance, "open.cue", Open); err != nil {
			t.Fatal(err)
		}
	} else {
		err := fs.WalkDir(FS, ".", func(name string, d fs.DirEntry, err error) error {
			if err != nil || d.IsDir() {
				return err
			}
			content, err := FS.ReadFile(name)
			if err != nil {
				return err
			}
			return addFile(instance, name, content)
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := instance.Complete(); err != nil {
		t.Fatal(err)
	}
}

func TestImport(t *testing.T) {
	var written [2]any
	for i, isOpen := range []bool{false, true} {
		v := evaluate(t, importing, isOpen)
		if err := v.Validate(cue.Concrete(true)); err != nil {
			t.Fatalf("open %v: %v", isOpen, err)
		}
		text, err := v.LookupPath(cue.ParsePath("services.web")).MarshalJSON()
		if err != nil {
			t.Fatal(err)
		}
		if err := json.Unmarshal(text, &written[i]); err != nil {
			t.Fatal(err)
		}
	}
	if diff := cmp.Diff(written[0], written[1]); diff != "" {
		t.Errorf("(-definitions +open ones)\n%s", diff)
	}
}

func TestImportRefuses(t *testing.T) {
	for _, mistake := range []string{`replica: 3`, `ports: http: protcol: "TCP"`, `ports: http: containerPort: 0`} {
		text := strings.Replace(importing, "#Service & {", "#Service & {\n"+mistake, 1)
		if err := evaluate(t, text, false).Validate(cue.Concrete(true)); err == nil {
			t.Errorf("%s is accepted", mistake)
		}
	}
}

// TestOpen demands that Open has all definitions.
func TestOpen(t *testing.T) {
	open := cuecontext.New().CompileString(Open)
	i, err := definitions(t).Fields(cue.Definitions(true))
	if err != nil {
		t.Fatal(err)
	}
	for i.Next() {
		if !open.LookupPath(cue.MakePath(i.Selector())).Exists() {
			t.Errorf("Open has no %s", i.Selector())
		}
	}
}
