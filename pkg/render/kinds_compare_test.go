package render_test

import (
	"bytes"
	"fmt"
	"maps"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/txtar"
	"sigs.k8s.io/yaml"

	"github.com/kgen-dev/kgen/pkg/load"
	"github.com/kgen-dev/kgen/pkg/render"
)

// added is what kgen adds, where the original says nothing of it.
var added = map[string]string{
	"*.metadata.labels":                         "the labels that every tool knows",
	"*.template.spec.enableServiceLinks":        "variables for every Service of the namespace break programs",
	"*.template.spec.automount*":                "a token only where it is used",
	"*.template.spec.topologySpreadConstraints": "pods on several hosts and zones",
	"*.spec.revisionHistoryLimit":               "old revisions are litter",
	"*.spec.ttlSecondsAfterFinished":            "a finished Job is litter after a day",
	"PodDisruptionBudget *":                     "a drain takes one pod at a time",
	"* *.spec.strategy.rollingUpdate":           "no capacity is lost in a rollout",
}

// TestKindsAreEquivalent holds services against manifests of well-known shapes, written
// by hand for every kind, so that they are compared where the corpus is not.
func TestKindsAreEquivalent(t *testing.T) {
	files, err := filepath.Glob("testdata/kinds/*.txtar")
	if err != nil || len(files) == 0 {
		t.Fatal(files, err)
	}
	for _, file := range files {
		archive, err := txtar.ParseFile(file)
		if err != nil {
			t.Fatal(err)
		}
		original, service, otherwise := archive.Files[0], archive.Files[1], archive.Files[2]
		name := strings.TrimSuffix(service.Name, ".cue")
		t.Run(name, func(t *testing.T) {
			reasons := map[string]string{}
			for line := range strings.Lines(string(otherwise.Data)) {
				pattern, reason, _ := strings.Cut(strings.TrimSpace(line), ": ")
				reasons[pattern] = reason
			}
			compareObjects(t, original.Data, rendering(t, name, string(service.Data)), reasons)
		})
	}
}

// compareObjects demands that two streams of manifests hold the same objects with the
// same fields, but for what is added, and for what is otherwise on purpose: a path as
// leaves has it, in the form of path.Match, with all that is below it. What is listed has
// to be a difference.
func compareObjects(t *testing.T, original, rendered []byte, otherwise map[string]string) {
	t.Helper()
	want, got := leaves(t, original), leaves(t, rendered)
	met := map[string]bool{}
	for _, at := range slices.Sorted(maps.Keys(union(want, got))) {
		was, isThere := want[at]
		if is, stays := got[at]; was == is && isThere == stays {
			continue
		}
		if patternOf(at, otherwise, met) || !isThere && patternOf(at, added, nil) {
			continue
		}
		t.Errorf("%s: original %q, rendered %q", at, was, got[at])
	}
	for pattern, reason := range otherwise {
		if !met[pattern] || reason == "" {
			t.Errorf("no longer a difference, or without a reason: %s", pattern)
		}
	}
}

func union(a, b map[string]string) map[string]string {
	all := maps.Clone(a)
	maps.Copy(all, b)
	return all
}

// patternOf reports whether one of the patterns is about at, and notes which are.
func patternOf(at string, patterns map[string]string, met map[string]bool) (isOne bool) {
	at = strings.ReplaceAll(at, "/", "_") // which * does not match
	for pattern := range patterns {
		is, _ := path.Match(pattern, at)
		below, _ := path.Match(pattern+".*", at)
		if is || below {
			isOne = true
			if met != nil {
				met[pattern] = true
			}
		}
	}
	return isOne
}

// rendering is what a project of one service renders to.
func rendering(t *testing.T, name, service string) []byte {
	t.Helper()
	dir := t.TempDir()
	for file, text := range map[string]string{"kgen.cue": "", "services/" + name + ".cue": service} {
		if err := os.MkdirAll(filepath.Dir(filepath.Join(dir, file)), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(dir, file), []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	loaded, err := load.Load(load.Options{Paths: []string{dir}})
	if err != nil {
		t.Fatal(err)
	}
	project, findings := render.Render(loaded.Projects[0], render.Options{})
	for _, f := range slices.Concat(loaded.Findings, findings) {
		t.Errorf("%s: %s", f.Pos, f.Message)
	}
	var stream [][]byte
	for _, o := range project.Environments[0].Objects {
		stream = append(stream, o.YAML)
	}
	return bytes.Join(stream, []byte("\n---\n"))
}

// leaves are all values in a stream of manifests, by the kind and name of the object and
// the path in it. What is empty is a value too.
func leaves(t *testing.T, stream []byte) map[string]string {
	t.Helper()
	found := map[string]string{}
	for _, document := range bytes.Split(stream, []byte("\n---")) {
		var object map[string]any
		if err := yaml.Unmarshal(document, &object); err != nil {
			t.Fatal(err)
		}
		if len(object) == 0 {
			continue
		}
		meta, _ := object["metadata"].(map[string]any)
		addLeaves(found, fmt.Sprint(object["kind"], " ", meta["name"]), object)
	}
	return found
}

// addLeaves has elements of lists by what names them, whatever their order.
func addLeaves(into map[string]string, at string, value any) {
	switch v := value.(type) {
	case map[string]any:
		for key, below := range v {
			addLeaves(into, at+"."+key, below)
		}
		if len(v) == 0 {
			into[at] = "{}"
		}
	case []any:
		for i, element := range v {
			name := nameIn(i, element)
			if strings.HasSuffix(at, ".initContainers") { // they start in their order
				name = fmt.Sprint(i, " ", name)
			}
			addLeaves(into, at+"."+name, element)
		}
		if len(v) == 0 {
			into[at] = "[]"
		}
	default:
		into[at] = fmt.Sprint(v)
	}
}

// nameIn is the name of an element of a list, of one that has none its index.
func nameIn(i int, element any) string {
	m, _ := element.(map[string]any)
	for _, key := range []string{"mountPath", "name", "metadata"} {
		if meta, isMeta := m[key].(map[string]any); isMeta {
			return fmt.Sprint(meta["name"])
		}
		if m[key] != nil {
			return fmt.Sprint(m[key])
		}
	}
	return fmt.Sprint(i)
}
