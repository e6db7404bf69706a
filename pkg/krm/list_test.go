package krm

import (
	"bytes"
	"strings"
	"testing"

	"github.com/kgen-dev/kgen/pkg/report"
	"github.com/kgen-dev/kgen/pkg/tree"
)

const head = "apiVersion: config.kubernetes.io/v1\nkind: ResourceList\n"

func readList(t testing.TB, text string) *List {
	t.Helper()
	sink := &report.Sink{}
	l := Read(&tree.Source{Name: "in"}, []byte(text), sink)
	if l == nil {
		t.Fatalf("%s:\n%v", text, sink.Findings)
	}
	return l
}

// TestUnchanged demands that a list passes byte for byte where nothing is said of it.
func TestUnchanged(t *testing.T) {
	for _, text := range []string{
		head + "items: []\n",
		head + "items:\n- apiVersion: v1   # here\n  kind: ConfigMap\n\n  # there\n",
		"# above\n---\n" + head + "items:\n  - {apiVersion: v1, kind: ConfigMap}\nfunctionConfig: {apiVersion: a/v1, kind: B}\n",
		strings.ReplaceAll(head+"items:\n- apiVersion: v1\n  kind: ConfigMap\n", "\n", "\r\n"),
	} {
		if got := readList(t, text).Write(nil, nil); string(got) != text {
			t.Errorf("got\n%s\nwant\n%s", got, text)
		}
	}
}

// TestItem demands that an item is a document of its own, as deep as it may stand.
func TestItem(t *testing.T) {
	l := readList(t, head+"items:\n    -   apiVersion: v1 # one\n        kind: ConfigMap\n        data:\n          a: |\n            b\n    # behind\n    - {apiVersion: v1, kind: Secret}\n")
	want := "apiVersion: v1 # one\nkind: ConfigMap\ndata:\n  a: |\n    b\n# behind\n"
	if got := string(l.Item(0)); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
	if got := string(l.Item(1)); got != "{apiVersion: v1, kind: Secret}\n" {
		t.Errorf("got %q", got)
	}
}

// TestAliasOfWhatIsReplaced demands a list that can be read, whatever is exchanged.
func TestAliasOfWhatIsReplaced(t *testing.T) {
	l := readList(t, head+"items:\n- apiVersion: v1\n  kind: ConfigMap\n  metadata: {name: a}\n  data: &d {x: word}\n- apiVersion: v1\n  kind: ConfigMap\n  metadata: {name: b}\n  data: *d\n")
	got := l.Write([]Made{{YAML: []byte("apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: a\n"), File: "a.yaml"}}, nil)
	again := readList(t, string(got))
	if v := again.Items[1].At(tree.P("data", "x")); v == nil || v.Text != "word" {
		t.Errorf("the alias is lost:\n%s", got)
	}
}

func FuzzList(f *testing.F) {
	f.Add([]byte(head + "items:\n- apiVersion: v1\n  kind: ConfigMap\n  metadata: {name: a}\n"))
	f.Add([]byte(head + "items: [{apiVersion: v1, kind: A}]\nresults: [x]\n"))
	f.Add([]byte("{apiVersion: config.kubernetes.io/v1, kind: ResourceList, items: []}"))
	f.Add([]byte(head + "functionConfig:\n  apiVersion: a\n  kind: b\nitems:\n\n  -  apiVersion: v1\n     kind: ConfigMap\n..."))
	f.Add([]byte("\ufeff" + head + "items:\r\n- apiVersion: v1\r\n  kind: A\r\n"))
	f.Fuzz(func(t *testing.T, data []byte) {
		l := Read(&tree.Source{Name: "in"}, data, &report.Sink{})
		if l == nil {
			return
		}
		for i := range l.Items {
			if parse(l.Item(i)) == nil && !bytes.ContainsAny(data, "*&!%\t") {
				t.Errorf("item %d cannot be read:\n%s", i, l.Item(i))
			}
		}
		out := l.Write([]Made{{YAML: []byte("apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: a\n"), File: "a.yaml"}}, []Result{{Message: "m", Severity: "info"}})
		sink := &report.Sink{}
		again := Read(&tree.Source{Name: "out"}, out, sink)
		if again == nil {
			t.Fatalf("%v\nof\n%s\nmade of\n%q", sink.Findings, out, data)
		}
		if n := len(again.Items); n != len(l.Items) && n != len(l.Items)+1 {
			t.Errorf("%d items of %d", n, len(l.Items))
		}
	})
}
