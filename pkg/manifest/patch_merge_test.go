package manifest

import (
	_ "embed"
	"encoding/json"
	"math/rand"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	appsv1 "k8s.io/api/apps/v1"
	corev1 "k8s.io/api/core/v1"
	"k8s.io/apimachinery/pkg/util/strategicpatch"
	sigsyaml "sigs.k8s.io/yaml"

	"github.com/kgen-dev/kgen/pkg/report"
	"github.com/kgen-dev/kgen/pkg/tree"
	"github.com/kgen-dev/kgen/schema"
)

// deployment is what the patches change.
//
//go:embed testdata/deployment.yaml
var deployment string

// choose returns one of the texts.
func choose(r *rand.Rand, texts ...string) string { return texts[r.Intn(len(texts))] }

// someOf keeps each entry with even odds and joins them to a flow map.
func someOf(r *rand.Rand, entries ...string) string {
	var kept []string
	for _, e := range entries {
		if e != "" && r.Intn(2) == 0 {
			kept = append(kept, e)
		}
	}
	return "{" + strings.Join(kept, ", ") + "}"
}

// elements is a list of elements that each have one of the keys, none twice.
func elements(r *rand.Rand, key string, keys []string, more func() string) string {
	var all []string
	for _, i := range r.Perm(len(keys))[:r.Intn(len(keys))+1] {
		rest := strings.TrimSuffix(strings.TrimPrefix(more(), "{"), "}")
		if rest != "" {
			rest = ", " + rest
		}
		all = append(all, "{"+key+": "+keys[i]+rest+"}")
	}
	return "[" + strings.Join(all, ", ") + "]"
}

// randomPatch is a patch of a Deployment, of everything that merge knows but
// deletion by directives where the objects have nothing to delete.
func randomPatch(r *rand.Rand) string {
	word := func() string { return choose(r, "a", "b", "c", "null") }
	env := func() string {
		return elements(r, "name", []string{"A", "B", "C"}, func() string {
			return choose(r, "{}", "{value: x}", "{value: null}", "{$patch: delete}", "{valueFrom: {secretKeyRef: {key: "+choose(r, "a", "b")+"}}}")
		})
	}
	ports := func() string {
		return elements(r, "containerPort", []string{"80", "8080", "9090"}, func() string { return choose(r, "{}", "{name: p}", "{protocol: UDP}", "{$patch: delete}") })
	}
	container := func() string {
		return someOf(r, "image: "+word(), "args: [a, b]", "args: null", "env: "+env(), "ports: "+ports(),
			"resources: {limits: {cpu: "+choose(r, "1", "200m", "null")+"}}", "securityContext: "+choose(r, "{}", "null", "{$patch: delete}", "{$patch: replace, privileged: true}", "{runAsUser: 3}"))
	}
	spec := someOf(r, "containers: "+elements(r, "name", []string{"web", "b", "c"}, container),
		"volumes: "+elements(r, "name", []string{"tmp", "x"}, func() string {
			return choose(r, "{}", "{emptyDir: null}", "{hostPath: {path: /x}}", "{$patch: delete}")
		}),
		"nodeSelector: "+choose(r, "null", "{a: b}", "{a: null}", "{$patch: replace, z: q}"), "serviceAccountName: "+word(),
		"tolerations: [{key: a}]", "hostNetwork: "+choose(r, "true", "false", "null"),
		"imagePullSecrets: "+elements(r, "name", []string{"p", "q"}, func() string { return "{}" }))
	strategy := choose(r, "{type: Recreate, rollingUpdate: null}", "{$retainKeys: [type], type: Recreate}", "{$patch: replace, type: Recreate}", "{rollingUpdate: {maxSurge: 25%}}", "null")
	return someOf(r, "metadata: "+someOf(r, "labels: {a: "+word()+", b: "+word()+"}", "annotations: "+choose(r, "null", "{x: q}"), "finalizers: [a/b, a/c]"),
		"spec: "+someOf(r, "replicas: "+choose(r, "0", "5", "null"), "strategy: "+strategy, "template: {spec: "+spec+"}", "paused: "+choose(r, "true", "false")))
}

// FuzzMergePatch: strategic merge has the same result as apimachinery's, but
// for the order of merged lists.
func FuzzMergePatch(f *testing.F) {
	for seed := range int64(300) {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, seed int64) {
		patch := randomPatch(rand.New(rand.NewSource(seed)))
		sink := &report.Sink{}
		old := fromYAML(t, deployment, &appsv1.Deployment{})
		p := patcher{patch: &schema.Patch{Merge: nodeOf(t, patch)}, sink: sink, changed: map[*tree.Node]bool{}}
		got := p.mergeTyped(old, p.patch.Merge, nil)
		for _, f := range sink.Findings {
			if strings.HasSuffix(f.Message, "changes nothing in a new element") {
				return
			}
			t.Fatalf("%s: %s\n%s", f.Path, f.Message, patch)
		}
		if diff := cmp.Diff(sortedLists(merged(t, patch)), sortedLists(got.(*appsv1.Deployment))); diff != "" {
			t.Errorf("%s\n-apimachinery +kgen\n%s", patch, diff)
		}
	})
}

// fromYAML reads text into o.
func fromYAML[T any](t *testing.T, text string, o T) T {
	if err := sigsyaml.Unmarshal([]byte(text), o); err != nil {
		t.Fatal(err)
	}
	return o
}

func nodeOf(t *testing.T, text string) *tree.Node {
	data, err := sigsyaml.YAMLToJSON([]byte(text))
	if err != nil {
		t.Fatal(err)
	}
	n, err := fromJSON(data, tree.Pos{})
	if err != nil {
		t.Fatal(err)
	}
	return n
}

// merged is the deployment as apimachinery patches it.
func merged(t *testing.T, patch string) *appsv1.Deployment {
	before, err := sigsyaml.YAMLToJSON([]byte(deployment))
	if err != nil {
		t.Fatal(err)
	}
	change, err := sigsyaml.YAMLToJSON([]byte(patch))
	if err != nil {
		t.Fatal(err)
	}
	after, err := strategicpatch.StrategicMergePatch(before, change, &appsv1.Deployment{})
	if err != nil {
		t.Fatalf("%v\n%s", err, patch)
	}
	d := &appsv1.Deployment{}
	if err := json.Unmarshal(after, d); err != nil {
		t.Fatal(err)
	}
	return d
}

// sortedLists is d as it is written, its merged lists in the order of their keys.
func sortedLists(d *appsv1.Deployment) string {
	d = d.DeepCopy()
	byText(d.Finalizers, func(s string) string { return s })
	pod := &d.Spec.Template.Spec
	byText(pod.Containers, func(c corev1.Container) string { return c.Name })
	byText(pod.Volumes, func(v corev1.Volume) string { return v.Name })
	byText(pod.ImagePullSecrets, func(s corev1.LocalObjectReference) string { return s.Name })
	for i := range pod.Containers {
		byText(pod.Containers[i].Env, func(e corev1.EnvVar) string { return e.Name })
		byText(pod.Containers[i].Ports, func(p corev1.ContainerPort) string { return string(rune(p.ContainerPort)) })
	}
	return string(Append(nil, d))
}

func byText[T any](list []T, text func(T) string) {
	slices.SortFunc(list, func(a, b T) int { return strings.Compare(text(a), text(b)) })
}
