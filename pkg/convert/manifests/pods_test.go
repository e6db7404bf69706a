package manifests

import (
	"encoding/json"
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/kgen-dev/kgen/pkg/manifest"
	"github.com/kgen-dev/kgen/pkg/validate/apiserver"
)

// TestPodsStay: what an imported project renders replaces no pods. To the API server their
// templates are those of the input, the order of all lists included.
func TestPodsStay(t *testing.T) {
	inputs := madeInputs(t)
	for _, name := range slices.Sorted(maps.Keys(inputs)) {
		t.Run(name, func(t *testing.T) {
			for _, pods := range replacedPods(t, inputs[name]) {
				t.Error(pods)
			}
		})
	}
}

// TestPodsOfCorpusStay is the same with the corpus.
func TestPodsOfCorpusStay(t *testing.T) {
	for _, dir := range sets(t) {
		for _, pods := range replacedPods(t, textOfSet(t, dir)) {
			t.Errorf("%s: %s", dir, pods)
		}
	}
}

// replacedPods imports a text, and says which templates of pods that run are others.
func replacedPods(t *testing.T, input string) (found []string) {
	t.Helper()
	projects := imported(t, Options{}, input)
	var rendered []document
	for _, p := range projects {
		rendered = append(rendered, renderedBy(t, p, "yaml")...)
	}
	for _, d := range taken(projects, documentsIn(input)) {
		want := d.podTemplate(t)
		if want == nil {
			continue
		}
		made := d.among(rendered)
		if made == nil {
			found = append(found, d.id()+" is not rendered")
			continue
		}
		if diff := cmp.Diff(want, made.podTemplate(t)); diff != "" && !hasNoImage(projects, d) {
			found = append(found, d.id()+": its pods are replaced (-input +rendered):\n"+diff)
		}
	}
	return found
}

// hasNoImage reports whether the report says that the API server refuses the pods as they
// are in the input.
func hasNoImage(projects []*Project, d document) bool {
	for _, p := range projects {
		for _, c := range p.Compared {
			if c.Object.Ref() == d.kind+"/"+d.name && slices.ContainsFunc(c.Differences, func(f Difference) bool { return f.Reason == noImage }) {
				return true
			}
		}
	}
	return false
}

// servedVersions are those by kind: in older ones pods are the same.
var servedVersions = map[string]string{"Deployment": "apps/v1", "StatefulSet": "apps/v1", "DaemonSet": "apps/v1", "Job": "batch/v1"}

// podTemplate is the template of the pods of a workload as the API server stores it,
// which an older version of the workload has too; nil for other kinds.
func (d document) podTemplate(t *testing.T) map[string]any {
	t.Helper()
	version := servedVersions[d.kind]
	if version == "" {
		return nil
	}
	data, err := json.Marshal(d.value)
	if err != nil {
		t.Fatal(err)
	}
	typed := manifest.KindOf(version, d.kind).New()
	if json.Unmarshal(data, typed) != nil {
		return nil // the API refuses it
	}
	if data, err = json.Marshal(apiserver.Defaulted(typed)); err != nil {
		t.Fatal(err)
	}
	var stored struct {
		Spec struct{ Template map[string]any }
	}
	if err := json.Unmarshal(data, &stored); err != nil {
		t.Fatal(err)
	}
	template := stored.Spec.Template
	pod, _ := template["spec"].(map[string]any)
	if containers, _ := pod["containers"].([]any); len(containers) == 0 {
		return nil // the API refuses it
	}
	if pod["serviceAccountName"] == nil && pod["serviceAccount"] != nil {
		pod["serviceAccountName"] = pod["serviceAccount"]
	}
	delete(pod, "serviceAccount") // the old name of the field
	leaveApplied(template)
	return template
}

// leaveApplied takes out of the metadata of a template what kubectl and controllers set,
// which stays where somebody else applies the rest.
func leaveApplied(template map[string]any) {
	metadata, _ := template["metadata"].(map[string]any)
	for _, field := range []string{"labels", "annotations"} {
		texts, _ := metadata[field].(map[string]any)
		maps.DeleteFunc(texts, func(key string, _ any) bool {
			return strings.HasPrefix(key, "kubectl.kubernetes.io/") || slices.Contains(jobLabels, key)
		})
		if len(texts) == 0 {
			delete(metadata, field)
		}
	}
	delete(metadata, "creationTimestamp")
}
