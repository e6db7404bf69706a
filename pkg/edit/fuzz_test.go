package edit

import (
	"errors"
	"strings"
	"testing"

	"github.com/kgen-dev/kgen/pkg/tree"
)

// FuzzApply: a change is refused, or what is read afterwards is what was read before
// with this value changed, and a comment is lost with no value that is set.
func FuzzApply(f *testing.F) {
	seeds := []string{
		"a: \"x\" // c\nm: {b: 1, c: \"y\"}\nm: d: e: 2\n", "#D: {...}\nm: #D & {\n\tb: 1,\n\t// c\n}\n_t: \"1\"\na: \"x:\\(_t)\"\n",
		"{\"a\":\"x\",\"m\":{\"b\":[1,{\"c\":null}]}}", "{\n  \"a\": 1,\n  \"m\": {}\n}\n",
		"# c\na: 'x' # d\nm: &m\n  b: |\n    t\n\n  # e\n  c: {d: [1, \"2\"]}\nn: *m\n", "a:\n- x\n-  y\nm:\nk: \"p\n  q\" # c\r\n", "m: {b: 1, # c\n  c: 2}\n? a\n: b\n",
	}
	for _, seed := range seeds {
		for _, at := range []string{"a", "m/b", "m/new", "m/c/d", "k"} {
			for kind := range byte(5) {
				f.Add(seed, at, "va,l: #\n'\"", kind)
			}
		}
	}
	f.Fuzz(func(t *testing.T, data, at, value string, kind byte) {
		if strings.Count(at, "/") > 6 || len(data) > 4<<10 {
			t.Skip()
		}
		c := Change{At: pathOf(at), Value: text(value)}
		switch kind % 5 {
		case 1:
			c.Value = nil
		case 2:
			c.Value = number("7")
		case 3:
			c.Value = nested([]string{value}, text(value))
		case 4:
			c.Value = &tree.Node{Kind: tree.List, Fields: []tree.Field{{Value: text(value)}, {Value: number("0")}}}
		}
		for _, ext := range []string{"cue", "yaml", "json"} {
			file := fileOf(ext, data)
			before, _ := file.Read(file.Data)
			if before == nil {
				continue
			}
			got, err := file.Apply([]Change{c})
			var refusal *Refusal
			if err != nil {
				if !errors.As(err, &refusal) {
					t.Fatalf("%s: %v", ext, err)
				}
				continue
			}
			after, _ := file.Read(got)
			if after == nil {
				t.Fatalf("%s: what came of it cannot be read:\n%s", ext, got)
			}
			if at, isSame := difference(changed(before, c.At, c.Value), after, nil); !isSame {
				t.Fatalf("%s: something else changed: %s\n%s", ext, at, got)
			}
			if c.Value != nil && before.At(c.At) == nil && !isGrown(data, string(got)) {
				t.Fatalf("%s: more than an entry was put in:\n%s\nof\n%s", ext, got, data)
			}
		}
	})
}

// isGrown reports whether a text is another with something put in, apart from one that
// stood for nothing, as null does.
func isGrown(before, after string) bool {
	if strings.Contains(before, "null") || strings.Contains(before, "~") {
		return true
	}
	i := 0
	for j := 0; j < len(after) && i < len(before); j++ {
		if after[j] == before[i] {
			i++
		}
	}
	return i == len(before)
}
