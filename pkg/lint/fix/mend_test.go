package fix

import (
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/kgen-dev/kgen/pkg/tree"
)

// everywhere are the same edits of every object in data.
func everywhere(data string, edits ...Edit) (placed []Placed) {
	for _, n := range Objects([]byte(data)) {
		for _, e := range edits {
			placed = append(placed, Placed{n.Pos.Line, n.Pos.Col, e})
		}
	}
	return placed
}

var (
	account = tree.P("spec", "serviceAccount")
	label   = tree.P("metadata", "labels", "a")
)

func TestMend(t *testing.T) {
	for _, tt := range []struct {
		name         string
		edits        []Edit
		before, want string // want is before where it is empty
	}{
		{"quote", []Edit{Quote(label)}, "metadata:\n  labels:\n    a: on # why\n    b: 1\n", "metadata:\n  labels:\n    a: \"on\" # why\n    b: 1\n"},
		{"quote what YAML reads as another number", []Edit{Quote(label)}, "metadata: {labels: {a: 0x1F}}\n", "metadata: {labels: {a: \"0x1F\"}}\n"},
		{"quote with carriage returns", []Edit{Quote(label)}, "metadata:\r\n  labels:\r\n    a: 1.10\r\n", "metadata:\r\n  labels:\r\n    a: \"1.10\"\r\n"},
		{"quote at the end of the file", []Edit{Quote(label)}, "metadata:\n  labels:\n    a: 1e3", "metadata:\n  labels:\n    a: \"1e3\""},
		{"quote behind other characters", []Edit{Quote(tree.P("d", "é"))}, "d: {ü: ñ, é: 8 , ö: 日}\n", "d: {ü: ñ, é: \"8\" , ö: 日}\n"},
		{"quote in braces of several lines", []Edit{Quote(label)}, "metadata: {\n  labels: {a: 1,\n    b: x}}\n", "metadata: {\n  labels: {a: \"1\",\n    b: x}}\n"},
		{"quote in JSON", []Edit{Quote(label)}, "{\n  \"metadata\": {\"labels\": {\"a\": true}}\n}\n", "{\n  \"metadata\": {\"labels\": {\"a\": \"true\"}}\n}\n"},
		{"quote in a list", []Edit{Quote(tree.P("l", 1))}, "l:\n- x\n- -1\n", "l:\n- x\n- \"-1\"\n"},
		{"no quotes around an alias", []Edit{Quote(label)}, "x: &x 1\nmetadata:\n  labels:\n    a: *x\n", ""},
		{"no quotes around an anchor", []Edit{Quote(label)}, "metadata:\n  labels:\n    a: &x 1\nx: *x\n", ""},
		{"no quotes around a tag", []Edit{Quote(label)}, "metadata:\n  labels:\n    a: !!int 1\n", ""},
		{"no quotes around a map", []Edit{Quote(label)}, "metadata:\n  labels:\n    a: {b: 1}\n", ""},
		{"no quotes around what is merged elsewhere", []Edit{Quote(label)}, "metadata:\n  labels: &x\n    a: 1\nx:\n  <<: *x\n", ""},
		{
			"quotes around what is merged in places that want them", []Edit{Quote(label), Quote(tree.P("x", "a"))},
			"metadata:\n  labels: &x\n    a: 1\nx:\n  <<: *x\n", "metadata:\n  labels: &x\n    a: \"1\"\nx:\n  <<: *x\n",
		},
		{"set", []Edit{Set(tree.P("apiVersion"), "v1beta1", "v1")}, "\ufeffapiVersion: v1beta1 # old\n", "\ufeffapiVersion: v1 # old\n"},
		{"set in quotes", []Edit{Set(tree.P("apiVersion"), "v1beta1", "v1")}, "'apiVersion' : 'v1beta1'\n", "'apiVersion' : 'v1'\n"},
		{"set in another document", []Edit{Set(tree.P("b"), "x", "w")}, "a: x\n---\n\n# b\nb: x\n", "a: x\n---\n\n# b\nb: w\n"},
		{"set in a list", []Edit{Set(tree.P("b"), "x", "w")}, "apiVersion: v1\nkind: List\nitems:\n- b: x\n- b: z\n", "apiVersion: v1\nkind: List\nitems:\n- b: w\n- b: z\n"},
		{"not set, for it was another", []Edit{Set(tree.P("apiVersion"), "v2", "v1")}, "apiVersion: v1beta1\n", ""},
		{"not set in several lines", []Edit{Set(tree.P("a"), "x y", "z")}, "a: x\n  y\n", ""},
		{"not set in a block", []Edit{Set(tree.P("a"), "x", "z")}, "a: >-\n  x\n", ""},
		{"rename", []Edit{Rename(account, "x", "serviceAccountName")}, "spec:\n  serviceAccount:   x # c\n  b: 1\n", "spec:\n  serviceAccountName:   x # c\n  b: 1\n"},
		{"rename in quotes", []Edit{Rename(account, "x", "serviceAccountName")}, `{"spec": {"serviceAccount": "x"}}`, `{"spec": {"serviceAccountName": "x"}}`},
		{"not renamed to what is there", []Edit{Rename(account, "x", "b")}, "spec:\n  serviceAccount: x\n  b: 1\n", ""},
		{"no long key renamed", []Edit{Rename(account, "x", "b")}, "spec:\n  ? serviceAccount\n  : x\n", ""},
		{"delete", []Edit{Delete(account, "x")}, "spec:\n  b: 1\n  # c\n  serviceAccount: \"x\" # d\n\n  e: 2\n", "spec:\n  b: 1\n  # c\n\n  e: 2\n"},
		{"delete at the end", []Edit{Delete(account, "x")}, "spec:\r\n  b: 1\r\n  serviceAccount: x", "spec:\r\n  b: 1\r\n"},
		{"delete the first in braces", []Edit{Delete(account, "x")}, "spec: {serviceAccount: x, b: 1}\n", "spec: {b: 1}\n"},
		{"delete the last in braces", []Edit{Delete(account, "x")}, "spec: { b: 1, serviceAccount: x } # c\n", "spec: { b: 1 } # c\n"},
		{"not deleted behind a dash", []Edit{Delete(tree.P("l", 0, "b"), "x")}, "l:\n- b: x\n  c: 1\n", ""},
		{"not deleted in braces of several lines", []Edit{Delete(account, "x")}, "spec: {\n  b: 1,\n  serviceAccount: x\n}\n", ""},
		{"the only entry is not deleted", []Edit{Delete(account, "x")}, "spec:\n  serviceAccount: x\n", ""},
		{"not deleted in two lines", []Edit{Delete(account, "x")}, "spec:\n  b: 1\n  serviceAccount:\n    x\n", ""},
		{
			"several", []Edit{Delete(account, "x"), Quote(label), Set(tree.P("apiVersion"), "v1beta1", "v1")},
			"apiVersion: v1beta1\nmetadata: {labels: {a: n}}\nspec:\n  serviceAccount: x\n  b: 1\n---\n# d\nmetadata: {labels: {a: n}}\n",
			"apiVersion: v1\nmetadata: {labels: {a: \"n\"}}\nspec:\n  b: 1\n---\n# d\nmetadata: {labels: {a: \"n\"}}\n",
		},
		{"none of those that overlap", []Edit{Delete(account, "x"), Set(account, "x", "z")}, "spec:\n  b: 1\n  serviceAccount: x\n", ""},
		{"one of two", []Edit{Quote(label), Quote(tree.P("x", "a"))}, "metadata: {labels: {a: 1}}\nx: {a: &y 2}\n", "metadata: {labels: {a: \"1\"}}\nx: {a: &y 2}\n"},
		{"beside a document that does not parse", []Edit{Quote(label)}, "a: [\n---\nmetadata: {labels: {a: 1}}\n", "a: [\n---\nmetadata: {labels: {a: \"1\"}}\n"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			got, done := Mend([]byte(tt.before), everywhere(tt.before, tt.edits...))
			want := tt.want
			if want == "" {
				want = tt.before
			}
			if diff := cmp.Diff(want, string(got)); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
			if slices.Contains(done, true) != (tt.want != "") {
				t.Errorf("done: %v", done)
			}
			again, _ := Mend(got, everywhere(string(got), tt.edits...))
			if diff := cmp.Diff(string(got), string(again)); diff != "" {
				t.Errorf("a second time (-first +second):\n%s", diff)
			}
		})
	}
}

// FuzzMend: whatever the text and the edits, what is read afterwards is what was read
// before but for what is done, and nothing is done where none is.
func FuzzMend(f *testing.F) {
	f.Add("apiVersion: v1\nkind: Pod\nmetadata: {labels: {a: on}}\nspec:\n  serviceAccount: x # c\n  serviceAccountName: y\n", "y")
	f.Add("a: &x 1\nb: *x\nc: {<<: {d: 1}, e: 0x1F}\n---\r\n? f\r\n: [1, 2.50, ~]\r\n", "k")
	f.Add("{\"a\": true, \"b\": [1, {\"c\": 1e3}]}", "c")
	f.Add("\ufeff- é: 8\n- |\n  text\n- \"q\" : 'r'\n", "é")
	f.Fuzz(func(t *testing.T, data, text string) {
		if len(data) > 2000 || strings.ContainsAny(text, "\\'\": #,[]{}\n\r\t&*!|>%@`") || text == "" {
			t.Skip()
		}
		before := parse([]byte(data))
		var edits []Placed
		for _, n := range before {
			edits = appendEdits(edits, n.Pos, n, nil, text)
		}
		mended, done := Mend([]byte(data), edits)
		after := parse(mended)
		if len(after) != len(before) {
			t.Fatalf("%d documents became %d:\n%s", len(before), len(after), mended)
		}
		if !slices.Contains(done, true) && string(mended) != data {
			t.Fatalf("nothing is done, and something changed:\n%s", mended)
		}
		made := 0
		for _, isDone := range done {
			if isDone {
				made++
			}
		}
		old, now := map[string]string{}, map[string]string{}
		for i := range before {
			flatten(old, before[i], tree.P(i))
			flatten(now, after[i], tree.P(i))
		}
		differences := 0 // a renamed entry is one that went and one that came
		for at, value := range old {
			if now[at] != value {
				differences++
			}
		}
		for at := range now {
			if _, was := old[at]; !was {
				differences++
			}
		}
		if differences > 2*made {
			t.Fatalf("%d edits made %d differences:\n%s", made, differences, mended)
		}
	})
}

// flatten adds the scalars below n to a map, by their paths.
func flatten(values map[string]string, n *tree.Node, at tree.Path) {
	if n.IsScalar() {
		values[at.String()] = n.Kind.String() + " " + n.Text
	}
	for i := range n.Fields {
		flatten(values, n.Fields[i].Value, at.With(stepOf(n, i)))
	}
}

// appendEdits appends an edit of every value below n.
func appendEdits(edits []Placed, root tree.Pos, n *tree.Node, at tree.Path, text string) []Placed {
	for i := range n.Fields {
		f := &n.Fields[i]
		below := at.With(stepOf(n, i))
		for j, e := range []Edit{Quote(below), Set(below, f.Value.Text, text), Rename(below, f.Value.Text, text), Delete(below, f.Value.Text)} {
			if e.kind == quote || (len(edits)+j)%3 == 0 { // so that not all overlap
				edits = append(edits, Placed{root.Line, root.Col, e})
			}
		}
		edits = appendEdits(edits, root, f.Value, below, text)
	}
	return edits
}

// stepOf is the step of a path to the ith field of n.
func stepOf(n *tree.Node, i int) any {
	if n.Kind == tree.List {
		return i
	}
	return n.Fields[i].Key
}
