package main

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/txtar"

	"github.com/kgen-dev/kgen/pkg/krm"
	"github.com/kgen-dev/kgen/pkg/manifest"
	"github.com/kgen-dev/kgen/pkg/read"
	"github.com/kgen-dev/kgen/pkg/report"
	"github.com/kgen-dev/kgen/pkg/tree"
)

const gitopsPage = "../../docs/gitops.md"

// gitopsProject is the project that docs/gitops.md shows, in a repository.
func gitopsProject(t *testing.T) string {
	t.Helper()
	archive, err := txtar.ParseFile(docsScript)
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	for _, f := range archive.Files {
		if name, ok := strings.CutPrefix(f.Name, "gitops/"); ok {
			put(t, filepath.Join(dir, filepath.FromSlash(name)), string(f.Data))
		}
	}
	put(t, filepath.Join(dir, ".git", "HEAD"), "")
	return dir
}

// TestDocumentedDeliveries keeps the objects in docs/gitops.md what kgen renders.
func TestDocumentedDeliveries(t *testing.T) {
	page, err := filepath.Abs(gitopsPage)
	if err != nil {
		t.Fatal(err)
	}
	t.Chdir(gitopsProject(t))
	for layout, file := range map[string]string{"argocd": "_argocd/application.yaml", "flux": "_flux/sync.yaml"} {
		runClean(t, "render", "--write", "--layout", layout)
		data, err := os.ReadFile(filepath.Join("deploy", "prod", filepath.FromSlash(file)))
		if err != nil {
			t.Fatal(err)
		}
		mark := map[string]string{"argocd": "<!-- application -->", "flux": "<!-- kustomization -->"}[layout]
		replace(t, page, mark+"\n```yaml\n", "```", string(data))
	}
}

// gitopsManifests are the blocks of docs/gitops.md in YAML.
func gitopsManifests(t *testing.T) (manifests []*tree.Node) {
	t.Helper()
	for _, block := range blocks(pages(t)[gitopsPage], "yaml") {
		sink := &report.Sink{}
		read.Documents(&tree.Source{Name: gitopsPage}, []byte(block), sink, func(n *tree.Node) { manifests = append(manifests, n) })
		if len(sink.Findings) > 0 {
			t.Errorf("%s\n%v", block, sink.Findings)
		}
	}
	return manifests
}

// TestDocumentedPlugin runs the command of the plugin as Argo CD does.
func TestDocumentedPlugin(t *testing.T) {
	var command []string
	for _, n := range gitopsManifests(t) {
		if kind := n.Get("kind"); kind == nil || kind.Text != "ConfigManagementPlugin" {
			continue
		}
		for _, key := range []string{"command", "args"} {
			for _, f := range n.At(tree.P("spec", "generate", key)).Fields {
				command = append(command, f.Value.Text)
			}
		}
	}
	if len(command) == 0 {
		t.Fatal("there is no plugin")
	}
	if _, err := exec.LookPath(command[0]); err != nil {
		t.Skip(err)
	}
	dir := gitopsProject(t)
	generate := func(env ...string) (string, error) {
		c := exec.Command(command[0], command[1:]...)
		c.Dir, c.Env = dir, append(os.Environ(), env...)
		out, err := c.Output()
		return string(out), err
	}
	out, err := generate("ARGOCD_ENV_KGEN_ENV=prod")
	if err != nil || !strings.HasPrefix(out, "apiVersion: v1\nkind: Namespace\n") {
		t.Errorf("%v:\n%s", err, out)
	}
	for _, env := range []string{"ARGOCD_ENV_KGEN_ENV=prd", "ARGOCD_ENV_KGEN_ENV=", "ARGOCD_ENV_KGEN_ENV=prod; echo x", "ARGOCD_ENV_KGEN_ENV=$(echo prod)", "ARGOCD_ENV_KGEN_ENV=--help"} {
		if out, err := generate(env); err == nil || out != "" {
			t.Errorf("%s: no error, and the output\n%s", env, out)
		}
	}
}

// TestDocumentedFunctions runs every functionConfig of docs/gitops.md, where
// kustomize would.
func TestDocumentedFunctions(t *testing.T) {
	configs := gitopsManifests(t)
	root := t.TempDir()
	if err := os.CopyFS(filepath.Join(root, "shop"), os.DirFS(gitopsProject(t))); err != nil {
		t.Fatal(err)
	}
	put(t, filepath.Join(root, ".git", "HEAD"), "")
	put(t, filepath.Join(root, "deploy", "kustomization.yaml"), "")
	t.Chdir(filepath.Join(root, "deploy"))
	ran := 0
	for _, n := range configs {
		if version := n.Get("apiVersion"); version == nil || version.Text != fnAPIVersion {
			continue
		}
		ran++
		list := &tree.Node{Kind: tree.Map}
		list.Set("apiVersion", tree.Pos{}, &tree.Node{Kind: tree.String, Text: krm.APIVersion})
		list.Set("kind", tree.Pos{}, &tree.Node{Kind: tree.String, Text: krm.Kind})
		list.Set("functionConfig", tree.Pos{}, n)
		if got := runWith(exampleEnv, string(manifest.Append(nil, list)), "fn"); got.status != exitClean {
			t.Errorf("%s: status %d\n%s", n.Get("kind").Text, got.status, got.stderr)
		}
	}
	if ran != 3 {
		t.Errorf("%d functions ran", ran)
	}
}
