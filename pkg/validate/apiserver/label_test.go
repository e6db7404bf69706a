package apiserver

import (
	"strings"
	"testing"

	"k8s.io/apimachinery/pkg/apis/meta/v1/validation"
	"k8s.io/apimachinery/pkg/util/validation/field"
)

var labelCases = []struct {
	key, value string
	want       bool
}{
	{"a", "b", true}, {"A_b.c-D", "0", true}, {"a", "", true}, {"", "a", false}, {"/a", "a", false}, {"a/", "a", false}, {"a/b/c", "", false},
	{"app.kubernetes.io/name", "web-1.2_3", true}, {"A.b/c", "", false}, {"a..b/c", "", false}, {"a-.b/c", "", false}, {"a.-b/c", "", false},
	{"a--b.c/d", "x--y..z__", false}, {"a--b.c/d", "x--y..z", true}, {"-a", "", false}, {"a", "é", false}, {"a.b./c", "", false},
	{strings.Repeat("a", 63), strings.Repeat("b", 63), true}, {strings.Repeat("a", 64), "", false}, {"a", strings.Repeat("b", 64), false},
	{strings.Repeat("a.", 126) + "a/b", "", true}, {strings.Repeat("a.", 127) + "a/b", "", false}, {"a", "b\n", false},
}

func TestPlainLabels(t *testing.T) {
	for _, c := range labelCases {
		if got := arePlain(map[string]string{c.key: c.value}); got != c.want {
			t.Errorf("%q=%q: %v, want %v", c.key, c.value, got, c.want)
		}
	}
}

// FuzzPlainLabels: what is plain, the server's own validation takes, and nothing
// that it takes is held back from the short way.
func FuzzPlainLabels(f *testing.F) {
	for _, c := range labelCases {
		f.Add(c.key, c.value)
	}
	f.Fuzz(func(t *testing.T, key, value string) {
		labels := map[string]string{key: value}
		errs := validation.ValidateLabels(labels, field.NewPath("labels"))
		if plain := arePlain(labels); plain != (len(errs) == 0) {
			t.Errorf("%q=%q: plain %v, but %v", key, value, plain, errs)
		}
	})
}
