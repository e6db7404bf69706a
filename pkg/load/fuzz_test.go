package load_test

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/kgen-dev/kgen/pkg/load"
	"github.com/kgen-dev/kgen/pkg/render"
	"github.com/kgen-dev/kgen/pkg/report"
)

// maxFuzzTime bounds one run, with room for a slow machine.
const maxFuzzTime = 20 * time.Second

// fuzzSeeds are kgen.cue, a service in CUE and one in YAML.
var fuzzSeeds = [][3]string{
	{"", "", ""},
	{"namespace: \"shop\"\n", "image: \"a:1\"\nresources: false\n", "image: b:1\nresources: false\n"},
	{
		"defaults: {resources: false, probes: readiness: false}\nenvironments: {dev: {}, prod: {services: a: replicas: 3}}\n",
		"image: \"a:1\"\nports: http: 8080\nenvironments: prod: {ports: http: null, autoscaling: {maxReplicas: 4, cpu: 70}}\n",
		"image: b:1@sha256:" + strings.Repeat("b", 64) + "\nports: {http: 8080}\nnetworkPolicy: {from: [a]}\n",
	},
	{
		"namespace: {name: \"x\", create: true, networkPolicy: \"deny\"}\nobjects: o: {apiVersion: \"v1\", kind: \"ConfigMap\", metadata: name: \"o\"}\n",
		"let p = 80\nimage: \"a:1\"\nresources: false\nports: http: p\nprobes: readiness: httpGet: path: \"/\"\ningress: hosts: \"a.example.com\": \"/\": \"http\"\n",
		"image: b:1\nresources: false\nvolumes: {d: {mountPath: /d, size: 1Gi}}\nfiles: {/etc/x: {content: y}}\nsecrets: {s: {K: {env: K}}}\n" +
			"patches:\n- kind: Deployment\n  merge: {spec: {paused: true}}\n- kind: Service\n  jsonPatch: [{op: remove, path: /spec}]\n",
	},
	{"objects: x: 1\nserviceFiles: [\"[\"]\n", "services: {x: 1, y: {name: \"x\"}}\n", "a: &a [*a]\n"},
	{"environments: 1\nlabels: []\n", "a: b\n", "apiVersion: v1\nkind: Pod\n"},
	{"kubernetesVersion: \"1.1\"\nproject: x\n", "\xff\xfe", "image: [\n\t"},
	{"environments: [string]: {}\ndefaults: {replicas: int}\n", "replicas: 1e999999999\n", "replicas: 0644\nenv: {A: yes}\n---\nx: 1\n"},
}

// FuzzLoad loads and renders a project of any three files: it never panics,
// ends in time, says where in the file each mistake is, and the same each time.
func FuzzLoad(f *testing.F) {
	for _, s := range fuzzSeeds {
		f.Add([]byte(s[0]), []byte(s[1]), []byte(s[2]))
	}
	f.Fuzz(func(t *testing.T, project, inCUE, inYAML []byte) {
		if isEndless(project) || isEndless(inCUE) {
			t.Skip("evaluation may take for ever; the process is ended from outside")
		}
		files := map[string][]byte{"kgen.cue": project, "services/a.cue": inCUE, "services/b.yaml": inYAML}
		dir := t.TempDir()
		for name, data := range files {
			file := filepath.Join(dir, filepath.FromSlash(name))
			if err := os.MkdirAll(filepath.Dir(file), 0o777); err != nil {
				t.Fatal(err)
			}
			if err := os.WriteFile(file, data, 0o666); err != nil {
				t.Fatal(err)
			}
		}
		start := time.Now()
		findings := loadAndRender(t, dir, 1)
		if took := time.Since(start); took > maxFuzzTime {
			t.Errorf("it took %v", took)
		}
		for _, finding := range findings {
			checkFinding(t, finding, dir, files)
		}
		if again := loadAndRender(t, dir, 2); printed(again) != printed(findings) {
			t.Errorf("said first:\n%s\nand then:\n%s", printed(findings), printed(again))
		}
	})
}

// isEndless reports whether CUE may evaluate for ever or read other packages.
func isEndless(data []byte) bool {
	return len(data) > 2000 || bytes.Contains(data, []byte("for")) || bytes.Contains(data, []byte("import"))
}

// loadAndRender takes a project as far as it goes.
func loadAndRender(t *testing.T, dir string, workers int) []report.Finding {
	result, err := load.Load(load.Options{Paths: []string{dir}, Workers: workers})
	if err != nil && len(result.Findings) == 0 && !strings.Contains(err.Error(), "no services") {
		t.Errorf("an error that is none of the input's: %v", err)
	}
	findings := result.Findings
	for _, p := range result.Projects {
		_, more := render.Render(p, render.Options{Workers: workers})
		findings = append(findings, more...)
	}
	return report.Merge(findings)
}

// checkFinding demands one line, and a place in one of the files.
func checkFinding(t *testing.T, f report.Finding, dir string, files map[string][]byte) {
	name, isInside := strings.CutPrefix(f.Pos.File(), filepath.ToSlash(dir)+"/")
	data, exists := files[name]
	if !isInside || !exists {
		t.Fatalf("a finding in no file: %+v", f)
	}
	lines := int32(bytes.Count(data, []byte{'\n'})) + 1
	isWhole := f.Pos.Line == 0 && f.ID == "schema/file"
	if !isWhole && (f.Pos.Line < 1 || f.Pos.Line > lines || f.Pos.Col < 1) {
		t.Errorf("%s: %s is at no place in the file", f.Pos, f.Message)
	}
	if f.Message == "" || strings.Contains(f.Message, "\n") {
		t.Errorf("%s: the message is not one line: %q", f.Pos, f.Message)
	}
}

func printed(findings []report.Finding) string {
	var b strings.Builder
	_ = report.Text{}.Print(&b, findings)
	return b.String()
}
