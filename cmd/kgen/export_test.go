package main

import (
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/kgen-dev/kgen/pkg/cuetext"
	"github.com/kgen-dev/kgen/pkg/load"
	"github.com/kgen-dev/kgen/pkg/tree"
)

// TestExportRendersToTheSame replaces the services of every example, one environment
// at a time, by what kgen export prints of them, and kgen.cue by itself without
// layers. The manifests have to be the same to the byte.
func TestExportRendersToTheSame(t *testing.T) {
	t.Chdir(exampleRepository(t))
	var projects []string
	err := filepath.WalkDir("examples", func(name string, e fs.DirEntry, err error) error {
		if e != nil && e.Name() == "kgen.cue" {
			projects = append(projects, filepath.Dir(name))
		}
		return err
	})
	if err != nil || len(projects) == 0 {
		t.Fatal("no projects", err)
	}
	for _, dir := range projects {
		t.Run(filepath.ToSlash(dir), func(t *testing.T) {
			t.Chdir(dir)
			loaded, err := load.Load(load.Options{})
			if err != nil {
				t.Fatal(err)
			}
			p := loaded.Projects[0]
			environments := p.EnvironmentNames
			if len(environments) == 0 {
				environments = []string{""}
			}
			for _, env := range environments {
				exportAgain(t, p, env)
			}
		})
	}
}

// exportAgain exports and renders an environment of the project in the working
// directory, which is as before when it returns.
func exportAgain(t *testing.T, p *load.Project, env string) {
	t.Helper()
	var flags []string
	if env != "" {
		flags = []string{"--env", env}
	}
	kgen := func(args ...string) string { return runClean(t, append(args, flags...)...) }
	everything := func() string { return kgen("render") + kgen("render", "--only", "Secret", "--secret-values") }
	want := everything()
	before := files(t, ".")
	data, err := cuetext.File(withoutLayers(p.Tree, env))
	if err != nil {
		t.Fatal(err)
	}
	bare := string(data)
	if p.Org != nil { // which is no data
		bare = "import \"acme.example/platform\"\n" + bare + "#Service: platform.#Service\nrender: platform.#Render\npolicy: platform.#Policy\n"
	}
	for _, how := range [][]string{{"--format", "cue"}, {"--format", "yaml"}, {"--format", "json"}, {"--without-defaults"}} {
		exported := map[string]string{}
		for _, service := range p.ServiceNames {
			if p.RemovedAt(env, service).IsValid() {
				continue
			}
			name := "services/" + service + "." + strings.TrimPrefix(how[len(how)-1], "--without-defaults")
			if how[0] == "--without-defaults" {
				name += "cue"
			}
			exported[name] = kgen(append([]string{"export", service}, how...)...)
		}
		whole := kgen(append([]string{"export"}, how...)...)
		replaceServices(t, bare, exported)
		if diff := cmp.Diff(want, everything()); diff != "" {
			t.Errorf("%s %v (-want +got):\n%s", env, how, diff)
		}
		if how[0] == "--format" {
			replaceServices(t, bare, map[string]string{"services/all." + how[1]: whole})
			if diff := cmp.Diff(want, everything()); diff != "" {
				t.Errorf("%s %v together (-want +got):\n%s", env, how, diff)
			}
		}
		replaceServices(t, before["kgen.cue"], before)
	}
}

// replaceServices writes kgen.cue and service files, and no others.
func replaceServices(t *testing.T, config string, services map[string]string) {
	t.Helper()
	if err := os.RemoveAll("services"); err != nil {
		t.Fatal(err)
	}
	put(t, "kgen.cue", config)
	for name, data := range services {
		if strings.HasPrefix(name, "services/") {
			put(t, name, data)
		}
	}
}

// withoutLayers is a kgen.cue without layers, of one environment.
func withoutLayers(root *tree.Node, env string) *tree.Node {
	bare := root.Without("defaults", "environments", "serviceFiles")
	if own := root.At(tree.P("environments", env)); own != nil {
		all := &tree.Node{Kind: tree.Map}
		all.Set(env, tree.Pos{}, own.Without("defaults", "services", "remove"))
		bare.Set("environments", tree.Pos{}, all)
	}
	return bare
}
