package manifests

import (
	"slices"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/txtar"

	"github.com/kgen-dev/kgen/pkg/convert"
	"github.com/kgen-dev/kgen/pkg/manifest"
	"github.com/kgen-dev/kgen/pkg/tree"
	"github.com/kgen-dev/kgen/schema"
)

// alone makes a service of a workload alone, and returns what that renders in its place.
func alone(t *testing.T, o *Object) (*converter, *schema.Service, *manifest.Object) {
	t.Helper()
	c := &converter{draft: convert.NewDraft(), objects: []*Object{o}}
	if o.Namespace != "" {
		c.draft.Project.Set("namespace", tree.Pos{}, stringNode(o.Namespace, tree.Pos{}))
	}
	s := &schema.Service{Name: o.Name}
	c.fillWorkload(&Group{Name: o.Name, Workload: o}, s)
	c.draft.Add(s)
	r, err := convert.NewStage(c.draft).Render()
	if err != nil {
		t.Fatal(err)
	}
	for i := range r.Findings {
		f := &r.Findings[i]
		t.Logf("%s: %s: %s", o.Node.Pos, f.ID, f.Message)
	}
	for _, kept := range r.Objects[o.Name] {
		if isSameObject(kept.Object, o.Object) {
			return c, s, kept.Object
		}
	}
	return c, s, nil
}

// TestWorkload tells what services the workloads of each archive become.
func TestWorkload(t *testing.T) {
	eachArchive(t, "workload", func(t *testing.T, _ *txtar.Archive) string {
		projects, err := Convert(Options{Paths: []string{"in.yaml"}})
		if err != nil || len(projects) != 1 {
			t.Fatal(projects, err)
		}
		return settled(t, projects[0])
	})
}

// sayNone are the ends of paths that kgen has no words for: examples have them by patches.
// Whether pods get a token can stay unsaid only beside the account, which is not there.
var sayNone = []string{"terminationMessagePolicy", ".hostname", "spec.paused", "spec.os", ".automountServiceAccountToken"}

// TestWorkloadsOfGolden makes services of the workloads that the examples render: each
// renders the same workload again.
func TestWorkloadsOfGolden(t *testing.T) {
	var files []string
	for _, tree := range goldenTrees(t) {
		files = append(files, tree...)
	}
	slices.Sort(files)
	in := &input{minor: schema.NewestKubernetes}
	if err := in.read(Options{Paths: files}); err != nil {
		t.Fatal(err)
	}
	all, same := 0, 0
	for _, o := range in.objects {
		if !isWorkload(o) {
			continue
		}
		c, _, have := alone(t, o)
		if have == nil {
			t.Errorf("%s: %s is not rendered", o.Node.Pos, o.Ref())
			continue
		}
		all++
		found := c.differences(o, have)
		if len(found) == 0 {
			same++
		}
		for _, d := range found {
			// The canary of a release has another selector than labels.
			isRelease := strings.Contains(o.Node.Pos.File(), "golden/release/") && strings.HasPrefix(d.Path, "metadata.labels")
			if !isRelease && !slices.ContainsFunc(sayNone, func(end string) bool { return strings.HasSuffix(d.Path, end) }) {
				t.Errorf("%s: %s: %s: %q is %q", o.Node.Pos, o.Ref(), d.Path, d.Old, d.New)
			}
		}
	}
	t.Logf("%d of %d workloads are identical", same, all)
	const goal = 90
	if all == 0 || same*100 < all*goal {
		t.Errorf("%d of %d workloads are identical, want %d %%", same, all, goal)
	}
}

// TestWorkloadsOfCorpus makes services of the workloads of the corpus, and counts the
// values that need no patch.
func TestWorkloadsOfCorpus(t *testing.T) {
	all, patched, different := 0, 0, 0
	for _, dir := range sets(t) {
		in := &input{minor: schema.NewestKubernetes}
		if err := in.read(Options{Paths: filesIn(t, dir)}); err != nil {
			t.Fatal(err)
		}
		for _, o := range in.objects {
			if !isWorkload(o) {
				continue
			}
			n := leavesOf(o)
			all += n
			c, s, have := alone(t, o)
			if have == nil {
				t.Logf("%s: %s is not rendered", o.Node.Pos, o.Ref())
				patched += n
				continue
			}
			patches := listNode(tree.Pos{}, c.patchesOf(pair{want: o, have: have, isMade: true}, nil)...)
			if len(patches.Fields) == 0 {
				continue
			}
			different++
			root := tree.Encode(s)
			root.Set("patches", tree.Pos{}, patches)
			p := patchedLeaves(&Group{Name: o.Name, service: &convert.Service{Root: root}}, pair{want: o, have: have, isMade: true})
			patched += p
			t.Logf("%s: %s: %d of %d: %s", o.Node.Pos, o.Ref(), p, n, patches.AppendJSON(nil))
		}
	}
	share := 100 - 100*float64(patched)/float64(max(all, 1))
	t.Logf("%d values, %.1f %% of them without patches; %d workloads are patched", all, share, different)
	const goal = 95
	if share < goal {
		t.Errorf("%.1f %% of the values need no patch, want %d", share, goal)
	}
}
