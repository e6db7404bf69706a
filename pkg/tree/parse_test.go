package tree

import (
	"slices"
	"testing"
)

func TestParsePath(t *testing.T) {
	for text, want := range map[string]Path{
		"replicas":                               P("replicas"),
		"ports.http.port":                        P("ports", "http", "port"),
		"args[0]":                                P("args", 0),
		"args[0].x":                              P("args", 0, "x"),
		`labels["app.kubernetes.io/name"]`:       P("labels", "app.kubernetes.io/name"),
		`labels."app.kubernetes.io/name"`:        P("labels", "app.kubernetes.io/name"),
		`labels.'app.kubernetes.io/name'`:        P("labels", "app.kubernetes.io/name"),
		`ingress.hosts['shop.example.com']['/']`: P("ingress", "hosts", "shop.example.com", "/"),
		"files./etc/x":                           P("files", "/etc/x"),
	} {
		got, err := ParsePath(text)
		if err != nil || !slices.Equal(got, want) {
			t.Errorf("%s: %v, %v", text, got, err)
		}
	}
	for text, want := range map[string]string{
		"":           ": a name is missing between dots or at an end",
		"a..b":       "a..b: a name is missing between dots or at an end",
		"a.":         "a.: a name is missing between dots or at an end",
		"args[x]":    "args[x]: [x] is no index; a name in brackets needs quotes",
		"args[0":     "args[0: a closing bracket is missing",
		`labels["x]`: `labels["x]: a closing quote is missing`,
		`labels["x"`: `labels["x": a closing bracket is missing`,
		`args[0]b`:   `args[0]b: a dot belongs behind brackets and quotes`,
		"args[-1]":   "args[-1]: [-1] is no index; a name in brackets needs quotes",
	} {
		if got, err := ParsePath(text); err == nil || err.Error() != want {
			t.Errorf("%q: %v, %v", text, got, err)
		}
	}
}

func FuzzParsePath(f *testing.F) {
	for _, s := range []string{"a.b[0]", `labels["x\"y"].z`, "a['b']", "[0][1]", "a.\x00"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		path, err := ParsePath(s)
		if err != nil {
			return
		}
		again, err := ParsePath(path.String())
		if err != nil || !slices.Equal(again, path) {
			t.Fatalf("%q: %v became %q and then %v, %v", s, path, path.String(), again, err)
		}
	})
}
