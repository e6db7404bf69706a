package main

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/rogpeppe/go-internal/txtar"

	"github.com/kgen-dev/kgen/schema"
)

// What the documentation shows is proven by readme.txt, a script that runs its
// commands over its files.
const docsScript = "testdata/script/readme.txt"

// scriptOf is the script that proves a page: a guide has one of its own.
func scriptOf(t *testing.T, page string) (name string, archive *txtar.Archive) {
	t.Helper()
	name = docsScript
	switch {
	case filepath.Base(page) == "release.md":
		name = "testdata/script/release-page.txtar"
	case isGuide(page):
		name = "testdata/script/guide-" + strings.TrimSuffix(filepath.Base(page), ".md") + ".txtar"
	}
	archive, err := txtar.ParseFile(name)
	if err != nil {
		t.Fatal(err)
	}
	return name, archive
}

func isGuide(page string) bool {
	return filepath.Base(filepath.Dir(page)) == "guides" || filepath.Base(page) == "quickstart.md"
}

// TestGuidesShowWhatKgenSays demands that every file and every output that a guide
// shows is in its script.
func TestGuidesShowWhatKgenSays(t *testing.T) {
	for name, page := range pages(t) {
		if !isGuide(name) {
			continue
		}
		script, archive := scriptOf(t, name)
		for _, language := range []string{"cue", "yaml", "text"} {
			for _, block := range blocks(page, language) {
				has := func(f txtar.File) bool { return strings.Contains(string(f.Data), block) }
				if !slices.ContainsFunc(archive.Files, has) {
					t.Errorf("%s shows what is not in %s:\n%s", name, script, block)
				}
			}
		}
	}
}

// pages are the pages of the documentation by path.
func pages(t *testing.T) map[string]string {
	t.Helper()
	names, err := filepath.Glob("../../docs/*.md")
	if err != nil {
		t.Fatal(err)
	}
	guides, err := filepath.Glob("../../docs/guides/*.md")
	if err != nil {
		t.Fatal(err)
	}
	names = append(names, guides...)
	texts := map[string]string{}
	for _, name := range append(names, "../../README.md") {
		data, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		texts[name] = string(data)
	}
	return texts
}

// blocks are the fenced blocks of one language in a page.
func blocks(page, language string) []string {
	var found []string
	_, rest, ok := strings.Cut(page, "```"+language+"\n")
	for ok {
		var block string
		block, rest, _ = strings.Cut(rest, "```")
		found = append(found, block)
		_, rest, ok = strings.Cut(rest, "```"+language+"\n")
	}
	return found
}

// ranLine is what stands around a command in a script.
var ranLine = regexp.MustCompile(`^(\[[^]]*\] )*(status \d |(! ?)?exec )|( &\w+&)$`)

func TestDocumentedCommandsRun(t *testing.T) {
	for name, page := range pages(t) {
		script, archive := scriptOf(t, name)
		lines := strings.Split(string(archive.Comment), "\n")
		for _, block := range blocks(page, "sh") {
			for command := range strings.Lines(block) {
				command, _, _ = strings.Cut(strings.TrimSpace(command), " | ")
				command, _, _ = strings.Cut(command, " > ")
				isOurs := strings.HasPrefix(command, "kgen ")
				ran := func(line string) bool { return ranLine.ReplaceAllString(line, "") == command }
				if isOurs && !slices.ContainsFunc(lines, ran) {
					t.Errorf("%s shows %q, which %s does not run", name, command, script)
				}
			}
		}
	}
}

// TestDocumentedFilesAreRendered demands that the script has the files that the
// documentation shows under their names.
func TestDocumentedFilesAreRendered(t *testing.T) {
	for name, page := range pages(t) {
		script, archive := scriptOf(t, name)
		for _, block := range blocks(page, "cue") {
			file, isNamed := strings.CutPrefix(strings.SplitN(block, "\n", 2)[0], "// ")
			if !isNamed || filepath.Ext(file) != ".cue" {
				continue
			}
			has := func(f txtar.File) bool { return strings.HasSuffix(f.Name, file) && string(f.Data) == block }
			if !slices.ContainsFunc(archive.Files, has) {
				t.Errorf("%s shows %s, which is not in %s", name, file, script)
			}
		}
	}
}

// TestReadmeShowsTheDeployment keeps the manifest in the README what kgen renders.
func TestReadmeShowsTheDeployment(t *testing.T) {
	source := blocks(pages(t)["../../README.md"], "cue")[0]
	dir := t.TempDir()
	file := filepath.Join(dir, "web.cue")
	if err := os.WriteFile(file, []byte(source), 0o644); err != nil {
		t.Fatal(err)
	}
	var stdout, stderr bytes.Buffer
	status := run([]string{"render", "--only", "Deployment", file}, &process{
		stdin: strings.NewReader(""), stdout: &stdout, stderr: &stderr, lookupEnv: os.LookupEnv,
	})
	if status != exitClean {
		t.Fatalf("status %d: %s", status, stderr.String())
	}
	replace(t, "../../README.md", "```yaml\n", "```", stdout.String())
}

func TestDocumentedDefaults(t *testing.T) {
	var table strings.Builder
	table.WriteString("| Field | Default | Why | To decline |\n| --- | --- | --- | --- |\n")
	for _, d := range schema.Defaults {
		fmt.Fprintf(&table, "| `%s` | %s | %s | %s |\n", d.Field, d.Value, d.Why, code(d.Decline))
	}
	replace(t, "../../docs/service.md", "<!-- defaults -->\n", "<!-- end -->", table.String())
}

func TestDocumentedRefusals(t *testing.T) {
	var table strings.Builder
	table.WriteString("| Id | What | To decline |\n| --- | --- | --- |\n")
	for _, r := range schema.Refusals {
		fmt.Fprintf(&table, "| `%s` | %s | %s |\n", r.ID, r.Title, r.Decline)
	}
	replace(t, "../../docs/service.md", "<!-- refusals -->\n", "<!-- end -->", table.String())
}

func code(s string) string {
	if s == "" {
		return ""
	}
	return "`" + s + "`"
}

// replace demands that want stands between two marks in a page; KGEN_UPDATE=1
// puts it there.
func replace(t *testing.T, name, from, to, want string) {
	t.Helper()
	data, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	before, rest, found := strings.Cut(string(data), from)
	got, after, closed := strings.Cut(rest, to)
	if !found || !closed {
		t.Fatalf("%s has no part from %q to %q", name, from, to)
	}
	if got == want {
		return
	}
	if os.Getenv("KGEN_UPDATE") == "" {
		t.Fatalf("%s (-want +got):\n%s", name, cmp.Diff(want, got))
	}
	if err := os.WriteFile(name, []byte(before+from+want+to+after), 0o644); err != nil {
		t.Fatal(err)
	}
}

// TestDocumentedFields demands that every field of the language is named in its
// reference.
func TestDocumentedFields(t *testing.T) {
	texts := pages(t)
	service := fieldsOf(reflect.TypeFor[schema.Service](), map[reflect.Type]bool{})
	project := fieldsOf(reflect.TypeFor[schema.Project](), map[reflect.Type]bool{
		reflect.TypeFor[schema.Service]():  true, // has a page of its own
		reflect.TypeFor[schema.LintRule](): true, reflect.TypeFor[schema.ExternalObject](): true,
		reflect.TypeFor[schema.LintIgnore](): true, // the linter's, which is not there yet
	})
	for name, fields := range map[string][]string{"../../docs/service.md": service, "../../docs/project.md": project} {
		inCode := strings.Join(regexp.MustCompile("`[^`\n]+`").FindAllString(texts[name], -1), " ")
		named := regexp.MustCompile(`[A-Za-z]+`).FindAllString(inCode, -1)
		for _, field := range fields {
			if !slices.Contains(named, field) {
				t.Errorf("%s does not name %s", name, field)
			}
		}
	}
}

// fieldsOf are the fields that people write, of a type of the schema and those
// below it; Kubernetes' own types are documented elsewhere.
func fieldsOf(of reflect.Type, seen map[reflect.Type]bool) []string {
	for of.Kind() == reflect.Pointer || of.Kind() == reflect.Slice {
		of = of.Elem()
	}
	if of.Kind() != reflect.Struct || of.PkgPath() != reflect.TypeFor[schema.Service]().PkgPath() || seen[of] {
		return nil
	}
	seen[of] = true
	var fields []string
	for i := range of.NumField() {
		f := of.Field(i)
		name, _, _ := strings.Cut(f.Tag.Get("json"), ",")
		if name == "-" {
			continue
		}
		if name != "" {
			fields = append(fields, name)
		}
		fields = append(fields, fieldsOf(f.Type, seen)...)
	}
	return fields
}
