package read

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/txtar"

	"github.com/kgen-dev/kgen/pkg/report"
	"github.com/kgen-dev/kgen/pkg/tree"
)

const module = `
-- repo/cue.mod/module.cue --
module: "acme.example/shop@v0"
language: version: "v0.17.0"
-- repo/cue.mod/pkg/other.example/lib/lib.cue --
package lib
import "other.example/lib/deep"
Port: deep.Port
-- repo/cue.mod/pkg/other.example/lib/deep/deep.cue --
package deep
Port: 9090
-- repo/common/base.cue --
package common
import "strings"
#Base: {
	resources: requests: cpu: string
	component: strings.ToLower("WEB")
}
-- repo/common/more.cue --
package common
#Size: "10Gi"
-- repo/common/common_test.cue --
package common
#Size: "never read"
-- repo/common/other.cue --
package unrelated
#Size: "never used"
-- repo/common/sub/sub.cue --
package common
#Sub: #Size
-- repo/broken/broken.cue --
package broken
a: {b: 1
-- repo/loop/loop.cue --
package loop
import "acme.example/shop/loop/back"
a: back.a
-- repo/loop/back/back.cue --
package back
import "acme.example/shop/loop"
a: loop.a
-- repo/embeds/embeds.cue --
@extern(embed)
package embeds
a: _ @embed(file="../../outside/secret.cue")
-- repo/empty/readme.txt --
nothing
-- repo/services/sibling.cue --
package services
_port: 1234
-- outside/secret.cue --
package secret
#Value: "hunter2"
`

// writeModule writes the files above and returns the directory of the services.
func writeModule(t *testing.T) (root, services string) {
	t.Helper()
	dir := t.TempDir()
	for _, f := range txtar.Parse([]byte(module)).Files {
		name := filepath.Join(dir, filepath.FromSlash(f.Name))
		if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(name, f.Data, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	root = filepath.Join(dir, "repo")
	return root, filepath.Join(root, "services")
}

func TestImports(t *testing.T) {
	root, services := writeModule(t)
	for link, target := range map[string]string{"linked": filepath.Join(root, "..", "outside"), "inner": "common"} {
		if err := os.Symlink(target, filepath.Join(root, link)); err != nil {
			t.Fatal(err)
		}
	}
	reader := &CUE{Root: root}
	for _, c := range []struct{ name, text, want string }{
		{"own package", "import \"acme.example/shop/common\"\na: common.#Base & {resources: requests: cpu: \"1\"}\ns: common.#Size\n",
			`{a: {resources: {requests: {cpu: "1"}}, component: "web"}, s: "10Gi"}`},
		{"with version and name", "import c \"acme.example/shop/common/sub@v0:common\"\ns: c.#Sub\n", `{s: "10Gi"}`},
		{"vendored package", "import \"other.example/lib\"\np: lib.Port\n", "{p: 9090}"},
		{"link inside the module", "import \"acme.example/shop/inner:common\"\ns: common.#Size\n", `{s: "10Gi"}`},
		{"standard library beside it", "import (\"strings\", \"acme.example/shop/common\")\ns: strings.ToLower(common.#Size)\n", `{s: "10gi"}`},
		{"package of the same directory", "package services\nport: _port\n", `web.cue:2:7: schema/evaluation: port: reference "_port" not found`},
		{"incomplete", "import \"acme.example/shop/common\"\na: common.#Base\n",
			"web.cue:2:4: schema/evaluation: a.resources.requests.cpu: is not concrete: string"},
		{"broken", "import \"acme.example/shop/broken\"\na: broken.a\n",
			`web.cue:1:8: schema/evaluation: package "acme.example/shop/broken": broken/broken.cue:2:4: this { is never closed`},
		{"loop", "import \"acme.example/shop/loop\"\na: loop.a\n",
			`web.cue:1:8: schema/evaluation: package "acme.example/shop/loop" imports itself (loop/back/back.cue:2:8)`},
		{"embedding package", "import \"acme.example/shop/embeds\"\na: embeds.a\n",
			`web.cue:1:8: schema/evaluation: package "acme.example/shop/embeds": @extern is not allowed: a file is evaluated by itself`},
		{"link out of the module", "import \"acme.example/shop/linked:secret\"\na: secret.#Value\n",
			`web.cue:1:8: schema/evaluation: package "acme.example/shop/linked:secret": read linked: path escapes from parent`},
		{"above the module", "import \"acme.example/shop/../../outside:secret\"\na: secret.#Value\n", "invalid argument"},
		{"no such directory", "import \"acme.example/shop/nope\"\na: nope.X\n", `web.cue:1:8: schema/evaluation: package "acme.example/shop/nope": read nope: no such file or directory`},
		{"no such package", "import \"acme.example/shop/empty\"\na: empty.X\n", `web.cue:1:8: schema/evaluation: package "acme.example/shop/empty": empty has no file of a package "empty"`},
		{"no such module", "import \"nobody.example/x\"\na: x.X\n",
			`web.cue:1:8: schema/evaluation: package "nobody.example/x" is not found: neither in the module acme.example/shop nor in cue.mod/pkg`},
	} {
		t.Run(c.name, func(t *testing.T) {
			var sink report.Sink
			n := reader.Read(&tree.Source{Name: "web.cue", Dir: services}, []byte(c.text), &sink)
			got := dump(n)
			if n == nil {
				got = strings.ReplaceAll(strings.Join(lines(sink.Findings), "\n"), filepath.ToSlash(root)+"/", "")
			}
			if !strings.Contains(got, c.want) || strings.Contains(got, "hunter2") {
				t.Errorf("%q is read to\n\t%s, want\n\t%s", c.text, got, c.want)
			}
		})
	}
}

func TestModuleBeyondRoot(t *testing.T) {
	root, services := writeModule(t)
	text := []byte("import \"acme.example/shop/common\"\ns: common.#Size\n")
	for _, c := range []struct {
		root string
		want bool
	}{{root, true}, {filepath.Dir(root), true}, {services, false}, {"", false}, {filepath.Join(root, "common"), false}} {
		var sink report.Sink
		n := (&CUE{Root: c.root}).Read(&tree.Source{Name: "web.cue", Dir: services}, text, &sink)
		if got := n != nil; got != c.want {
			t.Errorf("Root %q: read %v, want %v: %v", c.root, got, c.want, lines(sink.Findings))
		}
	}
}

// TestSessions reads more files than one session takes, and looks at what the
// caller's watchdog is told.
func TestSessions(t *testing.T) {
	root, services := writeModule(t)
	var begun, done int
	reader := &CUE{Root: root, OnEvaluate: func(file string) func() {
		if file != "web.cue" {
			t.Errorf("OnEvaluate(%q)", file)
		}
		begun++
		return func() { done++ }
	}}
	const files = filesPerSession + 5
	for range files {
		var sink report.Sink
		text := "import \"acme.example/shop/common\"\ns: common.#Size\n"
		if n := reader.Read(&tree.Source{Name: "web.cue", Dir: services}, []byte(text), &sink); n == nil {
			t.Fatal(lines(sink.Findings))
		}
	}
	if begun != files || done != files {
		t.Errorf("%d evaluations begun, %d done, want %d", begun, done, files)
	}
	if reader.session.left != filesPerSession-5 {
		t.Errorf("%d files left in the session, want %d", reader.session.left, filesPerSession-5)
	}
	reader.Read(&tree.Source{Name: "web.cue", Dir: services}, []byte("a: 1\n"), &report.Sink{})
	if begun != files {
		t.Error("a file of literals is evaluated")
	}
}
