package lint

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/kgen-dev/kgen/pkg/tree"
)

func TestCommentsAndTexts(t *testing.T) {
	const text = `# kgen:ignore a1 whole file
kind: A # kgen:ignore a2 line
data:
  # kgen:ignore a3 block
  key: |
    # kgen:ignore t1 in a text
    and more of it
  "other # kgen:ignore t2": 1
  folded: "one
    # kgen:ignore t3
    two"
  last: '#kgen:ignore' # kgen:ignore a4,a5 line
---
kind: B
broken: [
# kgen:ignore a6 nothing can be read here
`
	var found []string
	for _, i := range InComments(&tree.Source{Name: "a.yaml"}, []byte(text)) {
		found = append(found, fmt.Sprintf("%s %d-%d %d:%d", strings.Join(i.Rules, ","), i.first, i.last, i.Pos.Line, i.Pos.Col))
	}
	want := []string{"a1 1-17 1:1", "a2 2-2 2:9", "a3 5-7 4:3", "a4,a5 12-12 12:24", "a6 16-16 16:1"}
	if diff := cmp.Diff(want, found); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestIgnoreAnnotations(t *testing.T) {
	known := map[string]bool{"host-pid": true, "host-ipc": true}
	for _, c := range []struct {
		text string
		want []string
	}{
		{"host-pid: it looks around, host-ipc: it talks", []string{"host-pid: it looks around", "host-ipc: it talks"}},
		{"host-pid: fine, whatever", []string{"host-pid: fine, whatever"}},
		{"host-pid: fine, whatever, host-ipc", []string{"host-pid: fine, whatever", "host-ipc: "}},
		{"host-pid: it looks, and listens,host-ipc:x", []string{"host-pid: it looks, and listens", "host-ipc: x"}},
		{"host-pidd, host-ipcc", []string{"host-pidd: ", "host-ipcc: "}},
		{" , ", nil},
	} {
		text := fmt.Sprintf("{apiVersion: v1, kind: Pod, metadata: {name: a, annotations: {%s: %q}}}", AnnotationKey, c.text)
		all := NewIndex(Open, 30, nil, readable(&tree.Source{Name: "a.yaml"}, text))
		var found []string
		for _, i := range inAnnotation(all.objects[0], all.workloads[all.objects[0]], known) {
			found = append(found, i.Rules[0]+": "+i.Reason)
		}
		if diff := cmp.Diff(c.want, found); diff != "" {
			t.Errorf("%q (-want +got):\n%s", c.text, diff)
		}
	}
}

// TestIgnoreIndex finds in the index what the ignores themselves say that they cover.
func TestIgnoreIndex(t *testing.T) {
	source := &tree.Source{Name: "a.yaml"}
	objects := readable(source, "{apiVersion: v1, kind: Pod, metadata: {name: a}}\n---\n{apiVersion: v1, kind: Pod, metadata: {name: b}}\n")
	objects[1].Service = "web"
	ignores := []*Ignore{
		{Rules: []string{"host-pid"}, object: objects[0]},
		OfService("web", "host-ipc", "", tree.Pos{}, false),
		{Rules: []string{"host-pid", "host-ipc", "host-pid"}, kind: "P*"},
		{Rules: []string{"host-pid"}, name: "b"},
	}
	for first := int32(1); first < 9; first += 2 {
		for last := first; last < 10; last += 3 {
			ignores = append(ignores, &Ignore{Rules: []string{"host-pid", "host-ipc"}, Pos: tree.Pos{Source: source, Line: first}, first: first, last: last})
		}
	}
	index := indexIgnores(ignores)
	for _, rule := range []*Rule{&hostPID, &hostIPC} {
		for _, o := range objects {
			for number := int32(1); number < 12; number++ {
				f := &Finding{Rule: rule, Object: o, pos: tree.Pos{Source: source, Line: number}}
				count := map[*Ignore]int{}
				index.covering(f, func(i *Ignore) { count[i]++ })
				for n, i := range ignores {
					if want := i.covers(f, f.pos); count[i] > 1 || want != (count[i] == 1) {
						t.Errorf("%s of %s in line %d: ignore %d found %d times, covers %v", rule.ID, o.Name, number, n, count[i], want)
					}
				}
			}
		}
	}
}
