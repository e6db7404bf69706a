package load

import (
	"os"
	"path/filepath"
	"slices"
	"testing"
)

func TestNamesOfAFile(t *testing.T) {
	for _, c := range []struct {
		file, data string
		want       []string
	}{
		{"web.cue", "image: \"x\"", []string{"web"}},
		{"web.cue", "env: {\n\tname: \"x\"\n}", []string{"web"}},
		{"web.cue", "name: \"shop\"", []string{"shop"}},
		{"web.cue", "services: {a: {}, \"b-c\": {}, _hidden: {}}\nservices: d: #S & {e: 1}", []string{"a", "b-c", "d"}},
		{"web.cue", "services: {", []string{"web"}},
		{"web.yaml", "\"name\": shop", []string{"shop"}},
		{"web.yaml", "services:\n  a: {name: b}\n  c: {}", []string{"b", "c"}},
		{"web.yaml", "apiVersion: v1\nkind: Pod", nil},
		{"web.json", "{\n  \"name\": \"shop\"\n}", []string{"shop"}},
		{"web.json", "{\"env\": {\"name\": \"x\"}}", []string{"web"}},
		{"web.json", "", []string{"web"}},
	} {
		if got := namesIn(t, c.file, c.data); !slices.Equal(got, c.want) {
			t.Errorf("%s %q: %q", c.file, c.data, got)
		}
	}
}

func namesIn(t *testing.T, name, data string) []string {
	t.Helper()
	file := filepath.Join(t.TempDir(), name)
	if err := os.WriteFile(file, []byte(data), 0o644); err != nil {
		t.Fatal(err)
	}
	n := &Names{}
	n.addFile(file)
	return n.Services
}

func FuzzNames(f *testing.F) {
	f.Add("services: {a: {name: \"b\"}}")
	f.Add("{\"name\": [], \"services\": 1}")
	f.Fuzz(func(t *testing.T, data string) {
		for _, name := range []string{"a.cue", "a.yaml", "a.json"} {
			namesIn(t, name, data)
		}
	})
}
