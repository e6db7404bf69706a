package load

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/rogpeppe/go-internal/txtar"

	"github.com/kgen-dev/kgen/pkg/report"
	"github.com/kgen-dev/kgen/pkg/tree"
	"github.com/kgen-dev/kgen/schema"
)

// manyForms has services in every form that a file can have.
const manyForms = `
-- kgen.cue --
package shop

_registry: "ghcr.io/acme"
labels: team: "shop"
defaults: {image: registry: _registry, resources: false, probes: readiness: false, volumes: tmp: {mountPath: "/tmp", emptyDir: {}}}
environments: prod: {
	defaults: replicas: 2
	services: cart: {args: null, volumes: tmp: mountPath: "/var/tmp"}
}
-- services/cart.yaml --
image: cart:1
args: &list
- a
- b
command: *list
-- services/mail.json --
{"image": "mail:1",
 "ports": {"http": 8080}}
-- services/several.cue --
services: {
	web: {image: "web:1", strategy: "Recreate"}
	other: {name: "api", image: "api:1", environments: prod: {
		env: LEVEL: "debug"
	}}
}
-- services/evaluated.cue --
package services

let port = 8080
for n in ["a"] {env: "\(n)": "\(port)"}
image: "evaluated:1"
ports: http: port
`

// TestReread reads the tree of every service again, as a finding of a later
// check does, and demands the values and places of the first time.
func TestReread(t *testing.T) {
	t.Chdir(t.TempDir())
	for _, f := range txtar.Parse([]byte(manyForms)).Files {
		if err := os.MkdirAll(filepath.Dir(f.Name), 0o777); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(f.Name, f.Data, 0o666); err != nil {
			t.Fatal(err)
		}
	}
	l := newLoader(Options{Paths: []string{".", "-"}, Workers: 2, Stdin: strings.NewReader("name: piped\nimage: piped:1\n")})
	found := l.find()
	if len(found) != 1 || len(l.errs) > 0 {
		t.Fatalf("found %v, %v", found, l.errs)
	}
	p := &Project{Dir: ".", Root: ".", File: projectFile, Config: &schema.Project{}}
	if err := l.readProjectFile(p); err != nil {
		t.Fatal(err)
	}
	definitions, err := l.readServices(p, found[0])
	if err != nil {
		t.Fatal(err)
	}
	pl := l.plan(p, "prod", definitions)
	first := map[string]string{}
	for _, d := range definitions.list {
		first[d.name] = places(pl.merge(d, &report.Sink{}))
	}
	pl.isLast = true
	env := l.build(p, pl)
	if len(env.Services) != 6 || len(l.findings) > 0 {
		t.Fatalf("%d services, %v", len(env.Services), l.findings)
	}
	for _, s := range env.Services {
		if diff := cmp.Diff(first[s.Name], places(s.Tree())); diff != "" {
			t.Errorf("%s (-first +again):\n%s", s.Name, diff)
		}
	}
}

// places writes a tree with the place of every key and value.
func places(n *tree.Node) string {
	var b strings.Builder
	var write func(n *tree.Node, at tree.Path)
	write = func(n *tree.Node, at tree.Path) {
		b.WriteString(at.String() + " = " + n.Text + " at " + n.Pos.String() + "\n")
		for i, f := range n.Fields {
			if n.Kind == tree.List {
				write(f.Value, at.With(i))
				continue
			}
			b.WriteString("\tkey at " + f.KeyPos.String() + "\n")
			write(f.Value, at.With(f.Key))
		}
	}
	write(n, nil)
	return b.String()
}
