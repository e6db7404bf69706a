package fix

import (
	"strings"
	"testing"

	"cuelang.org/go/cue/parser"

	"github.com/google/go-cmp/cmp"

	"github.com/kgen-dev/kgen/pkg/tree"
)

// placeOf is the place of the sign ^ in a text, which is taken out.
func placeOf(text string) (rest string, line, col int32) {
	before, after, _ := strings.Cut(text, "^")
	lines := strings.Split(before, "\n")
	return before + after, int32(len(lines)), int32(len([]rune(lines[len(lines)-1]))) + 1
}

func TestMendCUE(t *testing.T) {
	renamed := Rename(account, "x", "serviceAccountName")
	for _, tt := range []struct {
		name         string
		edits        []Edit
		before, want string // ^ is before the value; want is before where it is empty
	}{
		{"set", []Edit{Set(tree.P("apiVersion"), "a/v1beta1", "a/v1")}, "// c\no: {apiVersion: ^\"a/v1beta1\", kind: \"K\"} // d\n", "// c\no: {apiVersion: \"a/v1\", kind: \"K\"} // d\n"},
		{"rename", []Edit{renamed}, "é: \"日\", spec: serviceAccount: ^\"x\"", "é: \"日\", spec: serviceAccountName: \"x\""},
		{"rename in quotes", []Edit{renamed}, "spec: \"serviceAccount\":   ^\"x\" // c\n", "spec: \"serviceAccountName\":   \"x\" // c\n"},
		{"delete", []Edit{Delete(account, "x")}, "spec: {\r\n\ta: 1\r\n\tserviceAccount: ^\"x\" // c\r\n}\r\n", "spec: {\r\n\ta: 1\r\n}\r\n"},
		{"delete before a comma", []Edit{Delete(account, "x")}, "spec: {\n\tserviceAccount: ^\"x\",\n\ta: 1,\n}\n", "spec: {\n\ta: 1,\n}\n"},
		{"no only field deleted", []Edit{Delete(account, "x")}, "spec: {\n\tserviceAccount: ^\"x\"\n}\n", ""},
		{"not deleted beside another", []Edit{Delete(account, "x")}, "spec: {\n\tserviceAccount: ^\"x\", a: 1\n}\n", ""},
		{"not deleted behind a path", []Edit{Delete(account, "x")}, "a: 1\nspec: serviceAccount: ^\"x\"\n", ""},
		{"no expression", []Edit{renamed}, "spec: serviceAccount: ^\"x\" | \"y\"\n", ""},
		{"no part of one", []Edit{renamed}, "spec: serviceAccount: *^\"x\" | \"y\"\n", ""},
		{"no reference", []Edit{renamed}, "#x: ^\"x\"\nspec: serviceAccount: #x\n", ""},
		{"another value", []Edit{renamed}, "spec: serviceAccount: ^\"y\"\n", ""},
		{"edits that disagree", []Edit{renamed, Delete(account, "x")}, "spec: {\n\ta: 1\n\tserviceAccount: ^\"x\"\n}\n", ""},
		{"edits that agree", []Edit{renamed, renamed}, "spec: serviceAccount: ^\"x\"\n", "spec: serviceAccountName: \"x\"\n"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			before, line, col := placeOf(tt.before)
			var placed []Placed
			for _, e := range tt.edits {
				placed = append(placed, Placed{line, col, e})
			}
			got, done := MendCUE([]byte(before), placed)
			want := tt.want
			if want == "" {
				want = before
			}
			if diff := cmp.Diff(want, string(got)); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
			for i := range done {
				if done[i] != (tt.want != "") {
					t.Errorf("done: %v", done)
				}
			}
		})
	}
}

// FuzzMendCUE: what was CUE is CUE, whatever is done.
func FuzzMendCUE(f *testing.F) {
	f.Add("o: {apiVersion: ^\"a/v1beta1\", kind: \"K\"}\n", "apiVersion", "a/v1beta1")
	f.Add("spec: {\n\ta: 1\n\tserviceAccount: ^\"x\" // c\n}\n", "serviceAccount", "x")
	f.Fuzz(func(t *testing.T, text, key, was string) {
		data, line, col := placeOf(text)
		if _, err := parser.ParseFile("", []byte(data)); err != nil {
			t.Skip()
		}
		for _, e := range []Edit{Set(tree.P(key), was, "new"), Rename(tree.P(key), was, "new"), Delete(tree.P(key), was)} {
			got, done := MendCUE([]byte(data), []Placed{{line, col, e}})
			if _, err := parser.ParseFile("", got); err != nil {
				t.Fatalf("%v:\n%s", err, got)
			}
			if !done[0] && string(got) != data {
				t.Fatalf("nothing is done, and something changed:\n%s", got)
			}
		}
	})
}
