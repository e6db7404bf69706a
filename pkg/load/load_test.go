package load_test

import (
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/rogpeppe/go-internal/txtar"

	"github.com/kgen-dev/kgen/pkg/load"
	"github.com/kgen-dev/kgen/pkg/report"
)

// repository has two projects, one with environments, and loose files.
const repository = `
-- .git/HEAD --
-- shop/kgen.cue --
defaults: resources: false
environments: {dev: {}, prod: {remove: ["mail"]}}
-- shop/services/cart.yaml --
image: cart:1
-- shop/services/deep/mail.json --
{"image": "mail:1"}
-- shop/services/several.cue --
services: {
	web: image: "web:1"
	api: {image: "api:1", environments: prod: args: ["-v"]}
}
-- shop/services/.hidden/x.yaml --
image: x:1
-- shop/services/notes.txt --
no service
-- bank/kgen.cue --
-- bank/services/ledger.cue --
{image: "ledger:1", resources: false}
-- loose/a.cue --
{image: "a:1", resources: false}
-- loose/b.yaml --
image: b:1
resources: false
-- loose/compose.yaml --
services: {web: {image: x}}
-- loose/.github/workflows/ci.yml --
on: push
-- loose/job.yaml --
apiVersion: batch/v1
kind: Job
metadata: {name: job}
-- empty/readme.md --
nothing here
-- rendered/.kgen-files --
-- rendered/web/deployment.yaml --
{apiVersion: v1, kind: ConfigMap}
`

func TestLoad(t *testing.T) {
	tests := []struct {
		name  string
		paths string
		env   string
		stdin string
		want  string
	}{
		{"a project by its directory", "shop", "", "", `
			shop of shop/kgen.cue, whole
			dev: api cart mail web
			prod: api cart web`},
		{"a project by its kgen.cue", "shop/kgen.cue", "dev", "", `
			shop of shop/kgen.cue, whole
			dev: api cart mail web`},
		{"one service selects itself, and the others are loaded beside it", "shop/services/cart.yaml", "dev", "", `
			shop of shop/kgen.cue
			dev: (api) cart (mail) (web)`},
		{"a file of several services selects them all", "shop/services/several.cue", "dev", "", `
			shop of shop/kgen.cue
			dev: api (cart) (mail) web`},
		{"a directory inside a project selects what lies there", "shop/services/deep", "dev", "", `
			shop of shop/kgen.cue
			dev: (api) (cart) mail (web)`},
		{"a project named twice is one", "shop shop/services/cart.yaml ./shop/", "dev", "", `
			shop of shop/kgen.cue, whole
			dev: api cart mail web`},
		{"projects in the order they were named", "shop bank", "", "", `
			shop of shop/kgen.cue, whole
			dev: api cart mail web
			prod: api cart web
			bank of bank/kgen.cue, whole
			: ledger`},
		{"every project below", "./...", "", "", `
			bank of bank/kgen.cue, whole
			: ledger
			shop of shop/kgen.cue, whole
			dev: api cart mail web
			prod: api cart web`},
		{"a project below that has no environments is loaded for any", "...", "prod", "", `
			bank of bank/kgen.cue, whole
			: ledger
			shop of shop/kgen.cue, whole
			prod: api cart web`},
		{"a project below need not have the environment", "./...", "test", "", `
			bank of bank/kgen.cue, whole
			: ledger
			skipped shop: no environment test`},
		{"a project that was named needs the environment", "shop", "prd", "", `
			error: shop: no environment "prd"; it has dev, prod, did you mean "prod"?`},
		{"a project without environments has none to ask for", "bank", "prod", "", `
			error: bank: no environment "prod": the project has none`},
		{"loose files, without those of other tools", "loose", "", "", `
			loose
			: a b
			skipped loose/.github/workflows/ci.yml: GitHub configuration
			skipped loose/compose.yaml: compose file
			skipped loose/job.yaml: Kubernetes manifest`},
		{"a loose file by its name", "loose/b.yaml", "", "", `
			loose
			: b`},
		{"a manifest by its name is a mistake", "loose/job.yaml", "", "", `
			loose
			:
			loose/job.yaml:1:1 schema/not-a-service`},
		{"standard input", "-", "", "{name: one, image: 'one:1', resources: false}", `
			.
			: one`},
		{"standard input has no file name to call a service by", "-", "", "image: one:1", `
			.
			:
			<stdin>:1:1 schema/missing-field name`},
		{"what does not exist", "shop nowhere", "dev", "", `
			shop of shop/kgen.cue, whole
			dev: api cart mail web
			error: nowhere: no such file or directory`},
		{"a directory without services", "empty", "", "", `
			error: empty: no services: neither a kgen.cue nor a service file; kgen init makes a project`},
		{"no project below", "empty/...", "", "", `
			error: empty/...: no kgen.cue in it or below`},
		{"a hidden directory is read when it is named", "shop/services/.hidden", "dev", "", `
			shop of shop/kgen.cue
			dev: (api) (cart) (mail) (web) x`},
	}
	t.Chdir(lay(t, repository))
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			result, err := load.Load(load.Options{Paths: strings.Fields(tt.paths), Env: tt.env, Stdin: strings.NewReader(tt.stdin)})
			want := strings.ReplaceAll(strings.TrimPrefix(tt.want, "\n"), "\t", "") + "\n"
			if diff := cmp.Diff(want, summary(result, err)); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

// TestLoadFromWithin loads from a directory inside the project, which is found
// above it.
func TestLoadFromWithin(t *testing.T) {
	dir := lay(t, repository)
	t.Chdir(filepath.Join(dir, "shop", "services"))
	for _, tt := range []struct{ paths, stdin, want string }{
		{"", "", ".. of ../kgen.cue\ndev: api cart mail web\n"},
		{"cart.yaml", "", ".. of ../kgen.cue\ndev: (api) cart (mail) (web)\n"},
		{"..", "", ".. of ../kgen.cue, whole\ndev: api cart mail web\n"},
		{"-", "{name: one, image: 'one:1'}", ".. of ../kgen.cue\ndev: (api) (cart) (mail) one (web)\n"},
	} {
		result, err := load.Load(load.Options{Paths: strings.Fields(tt.paths), Env: "dev", Stdin: strings.NewReader(tt.stdin)})
		if diff := cmp.Diff(tt.want, summary(result, err)); diff != "" {
			t.Errorf("%q (-want +got):\n%s", tt.paths, diff)
		}
	}
}

// TestLoadLinks follows links, and refuses a loop of them.
func TestLoadLinks(t *testing.T) {
	dir := lay(t, repository)
	t.Chdir(dir)
	link(t, "../../loose/a.cue", "bank/services/linked.cue")
	link(t, "../../shop/services/deep", "bank/services/deep")
	want := "bank of bank/kgen.cue, whole\n: ledger linked mail\n" +
		"bank/services/deep/mail.json:1:1 schema/required-or-declined resources.requests\n"
	if diff := cmp.Diff(want, summary(load.Load(load.Options{Paths: []string{"bank"}}))); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	link(t, "..", "bank/services/loop")
	want = "error: bank/services/loop/services: a loop of links: it leads to services, which is above it\n"
	if diff := cmp.Diff(want, summary(load.Load(load.Options{Paths: []string{"bank"}}))); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

// TestLoadUnfoldingLinks ends also where links multiply.
func TestLoadUnfoldingLinks(t *testing.T) {
	t.Chdir(lay(t, "-- kgen.cue --\n-- services/d30/a.yaml --\nimage: a:1\n"))
	for i := range 30 {
		if err := os.Mkdir(fmt.Sprintf("services/d%d", i), 0o777); err != nil {
			t.Fatal(err)
		}
		link(t, fmt.Sprintf("../d%d", i+1), fmt.Sprintf("services/d%d/left", i))
		link(t, fmt.Sprintf("../d%d", i+1), fmt.Sprintf("services/d%d/right", i))
	}
	_, err := load.Load(load.Options{})
	if err == nil || !strings.Contains(err.Error(), "links lead to the same directories more than 10000 times") {
		t.Errorf("got %v", err)
	}
}

// TestLoadManyMistakes ends in time, and says that it did not list them all.
func TestLoadManyMistakes(t *testing.T) {
	var archive strings.Builder
	archive.WriteString("-- kgen.cue --\n-- services/a.yaml --\n")
	for i := range 100_000 {
		fmt.Fprintf(&archive, "k%d: 1\n", i)
	}
	t.Chdir(lay(t, archive.String()))
	result, err := load.Load(load.Options{})
	if n := len(result.Findings); err != nil || n != 1001 || !strings.HasSuffix(result.Findings[n-1].Message, "there are more mistakes, which are not listed") {
		t.Errorf("%d findings, %v", n, err)
	}
}

// TestLoadIsTheSameOnAnyNumberOfWorkers compares all that a run says.
func TestLoadIsTheSameOnAnyNumberOfWorkers(t *testing.T) {
	var archive strings.Builder
	archive.WriteString("-- kgen.cue --\nenvironments: {dev: {}, prod: {}}\n")
	for i := range 40 {
		fmt.Fprintf(&archive, "-- services/s%d.yaml --\nimage: s:1\nresources: false\nunknown%d: 1\n", i, i%3)
		fmt.Fprintf(&archive, "-- services/t%d.yaml --\nimage: t:1\nresources: false\n", i)
	}
	t.Chdir(lay(t, archive.String()))
	var first string
	for _, workers := range []int{1, 2, 7} {
		got := summary(load.Load(load.Options{Workers: workers}))
		if first == "" {
			first = got
		}
		if diff := cmp.Diff(first, got); diff != "" {
			t.Errorf("%d workers (-1 worker +%d):\n%s", workers, workers, diff)
		}
	}
	if !strings.Contains(first, "services/s39.yaml:3:1 schema/unknown-field unknown0") {
		t.Errorf("got %s", first)
	}
}

// lay writes the files of an archive into a new directory.
func lay(tb testing.TB, archive string) string {
	tb.Helper()
	dir := tb.TempDir()
	for _, f := range txtar.Parse([]byte(archive)).Files {
		name := filepath.Join(dir, filepath.FromSlash(f.Name))
		if err := os.MkdirAll(filepath.Dir(name), 0o777); err != nil {
			tb.Fatal(err)
		}
		if err := os.WriteFile(name, f.Data, 0o666); err != nil {
			tb.Fatal(err)
		}
	}
	return dir
}

func link(t *testing.T, to, name string) {
	t.Helper()
	if err := os.Symlink(filepath.FromSlash(to), filepath.FromSlash(name)); err != nil {
		t.Skip(err)
	}
}

// summary is what came of a run: each project, its environments with their
// services, those that were not asked for in parentheses, what was skipped, the
// errors, and the findings.
func summary(result *load.Result, err error) string {
	var b strings.Builder
	for _, p := range result.Projects {
		b.WriteString(p.Dir)
		if p.File != "" {
			b.WriteString(" of " + p.File)
		}
		if p.Whole && p.File != "" {
			b.WriteString(", whole")
		}
		b.WriteString("\n")
		for _, e := range p.Environments {
			b.WriteString(e.Name + ":")
			for _, s := range e.Services {
				if e.IsSelected(s.Name) {
					b.WriteString(" " + s.Name)
				} else {
					b.WriteString(" (" + s.Name + ")")
				}
			}
			b.WriteString("\n")
		}
	}
	for _, s := range result.Skipped {
		b.WriteString("skipped " + s.File + ": " + s.Reason + "\n")
	}
	if err != nil {
		b.WriteString("error: " + err.Error() + "\n")
	}
	for _, f := range result.Findings {
		printFinding(&b, f)
	}
	return b.String()
}

func printFinding(w io.Writer, f report.Finding) {
	line := f.Pos.String() + " " + f.ID
	if path := f.Path.String(); path != "" {
		line += " " + path
	}
	fmt.Fprintln(w, line)
}
