package render_test

import (
	"bytes"
	"errors"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/kgen-dev/kgen/pkg/load"
	"github.com/kgen-dev/kgen/pkg/render"
)

const (
	boutique = "../../examples/boutique"
	// originals are Online Boutique's own manifests. They are not part of the
	// project; where they are not beside it there is nothing to compare with.
	originals = "../../../shared/corpus/online-boutique"
)

// A difference is one that examples/boutique makes on purpose. An empty workload
// is any; an empty want or got says that the fact is not there.
type difference struct {
	workload, fact string
	want, got      string
	reason         string
}

var onPurpose = []difference{
	{"", "replicas", "1", "2", "what answers requests survives the drain of a node"},
	{"loadgenerator", "init container frontend-check resources requests cpu", "", "10m", "every container asks for something"},
	{"loadgenerator", "init container frontend-check resources requests memory", "", "16Mi", "every container asks for something"},
	{"loadgenerator", "init container frontend-check resources limits memory", "", "16Mi", "the default: the request"},
	{"loadgenerator", "init container frontend-check volumeMounts /tmp mountPath", "", "/tmp", "the place to write to beside a read-only root file system"},
	{"loadgenerator", "init container frontend-check volumeMounts /tmp name", "", "frontend-check-tmp", "as above"},
	{"redis-cart", "strategy", "RollingUpdate", "Recreate", "two instances, even for the length of a rollout, would hold different carts"},
	{"redis-cart", "service account", "default", "redis-cart", "an account of its own, as all others have"},
	{"", "mount", "", "/tmp", "the place to write to beside a read-only root file system"},
}

// TestBoutiqueIsTheOriginal compares what examples/boutique renders to with the
// manifests that it was written from.
func TestBoutiqueIsTheOriginal(t *testing.T) {
	want := originalWorkloads(t)
	got := renderedWorkloads(t)
	if diff := cmp.Diff(slices.Sorted(maps.Keys(want)), slices.Sorted(maps.Keys(got))); diff != "" {
		t.Fatalf("workloads (-original +rendered):\n%s", diff)
	}
	seen := make([]bool, len(onPurpose))
	for _, name := range slices.Sorted(maps.Keys(want)) {
		for _, d := range want[name].differences(name, got[name]) {
			i := slices.IndexFunc(onPurpose, d.isAsIn)
			if i < 0 {
				t.Errorf("%s: %s: original %q, rendered %q", d.workload, d.fact, d.want, d.got)
				continue
			}
			seen[i] = true
		}
	}
	for i, d := range onPurpose {
		if !seen[i] {
			t.Errorf("no longer a difference: %+v", d)
		}
	}
}

func (d difference) isAsIn(listed difference) bool {
	return (listed.workload == "" || listed.workload == d.workload) &&
		listed.fact == d.fact && listed.want == d.want && listed.got == d.got
}

// facts are what a workload and its Services say: several values of one fact,
// such as a port, stand side by side.
type facts map[string]map[string]bool

func (f facts) add(fact, value string) {
	if f[fact] == nil {
		f[fact] = map[string]bool{}
	}
	f[fact][value] = true
}

// differences pairs what only one side has, fact by fact.
func (f facts) differences(workload string, other facts) []difference {
	all := maps.Clone(f)
	maps.Copy(all, other)
	var list []difference
	for _, fact := range slices.Sorted(maps.Keys(all)) {
		gone, added := only(f[fact], other[fact]), only(other[fact], f[fact])
		for i := range max(len(gone), len(added)) {
			d := difference{workload: workload, fact: fact}
			if i < len(gone) {
				d.want = gone[i]
			}
			if i < len(added) {
				d.got = added[i]
			}
			list = append(list, d)
		}
	}
	return list
}

func only(in, notIn map[string]bool) []string {
	var values []string
	for v := range in {
		if !notIn[v] {
			values = append(values, v)
		}
	}
	slices.Sort(values)
	return values
}

func originalWorkloads(t *testing.T) map[string]facts {
	t.Helper()
	files, err := filepath.Glob(filepath.Join(originals, "*.yaml"))
	if err != nil {
		t.Fatal(err)
	}
	policies, err := filepath.Glob(filepath.Join(originals, "network-policies", "network-policy-*.yaml"))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := os.Stat(originals); errors.Is(err, fs.ErrNotExist) {
		t.Skip("the original manifests are not here")
	}
	var stream [][]byte
	for _, name := range slices.Concat(files, policies) {
		if filepath.Base(name) == "kustomization.yaml" {
			continue
		}
		data, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		stream = append(stream, bytes.Split(data, []byte("\n---"))...)
	}
	return workloads(t, stream)
}

func renderedWorkloads(t *testing.T) map[string]facts {
	t.Helper()
	loaded, err := load.Load(load.Options{Paths: []string{boutique}})
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
	return workloads(t, stream)
}
