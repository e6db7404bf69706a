package read

import (
	"os"
	"testing"
)

// manifestSeeds are documents with one of everything that YAML has, and some from
// the repository.
var manifestSeeds = []string{
	"a: b\nc:\n- d: \"e\\n\\u00e9\"\n  f: 'g''h'\n-\n- - i\n  - {}\n- []\nj: |\n  k\n\n   l\n\nm: >-\n  n\n  o\n\n  p\n   q\nr: # s\n  t: ~ # u\n",
	"a: [b, 1, {c: d, 'e': \"f\"}, [],\n  g] # h\ni: {j: k}\n", "a: yes\nb: 0444\n1.10: c\non: d\n? e\n: f\n", "- a\n- b:\n  c:\n   - d\n  e:\n  - f\n",
	"a: &a {b: 1}\nc: {<<: *a, b: 2}\nd: !!binary aGVsbG8=\ne: !!str 1\nf: !g h\n", "a: b\n...\nc: d\n", "\"a\" : b\n'c': d\ne : f\n", "a: |+\n\n  b\n\nc: |-\n d\n", "a:\n  b\n", "a:\n  \"b\"\n",
	"a: b\n c\n", "a: 'b\n  c'\n", "é: ü\nö: |\n  ß\n", "a: b\r\nc: |\r\n  d\r\n", "# a\n\n#b\nc: d #e\nf: g#h\n", "a: -1\nb: .5\nc: 1e3\nd: 1_0\ne: 0x1F\nf: .inf\ng: -\nh: 2020-01-01\n", "a: |2\n   b\n", "a:\n\tb: c\n", "a: b\tc\n",
	"{\"a\": [1, 2.0, 1e3, null, true, \"\\ud83d\\ude00\"]}\n{}\n", "a: b: c\n", "a: *b\n", "- - - a\n    - b\n  - c\n", "a: ! yes\n", "a: ! \"yes\"\n", "[a, b]: c\n", "a: {b: c, b: d}\n",
	"!\n", "\xff\xfe,X$", "0\r\r\n0", "a: \"\\u0041\\t\\/\\x41\\e\\ud83d\"\n", "a: |\n   \n  b\n", "...\na: b\n", "%YAML 1.2\n---\na: b\n", "a: b\n---\n# c\n--- d\ne: f\n---\ng: h\n", "a: \"b\\\n  c\"\n", "a: >\n\n  b\n  c\n\n\n   d\n  e\n\n", "a: !!float 1\nb: !!int '2'\nc: !!null ''\n",
}

func addManifests(f *testing.F) {
	for _, s := range append(seeds, manifestSeeds...) {
		f.Add([]byte(s))
	}
	for i, name := range manifests(f) {
		if i%20 != 0 {
			continue
		}
		data, err := os.ReadFile(name)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(data[:min(len(data), 1000)])
	}
}

// FuzzDocuments demands that a stream is read as kubectl reads it.
func FuzzDocuments(f *testing.F) {
	addManifests(f)
	f.Fuzz(func(t *testing.T, data []byte) {
		if d := difference(data); d != "" {
			t.Errorf("%q: %s", data, d)
		}
	})
}

// FuzzPlain demands that the fast reader makes what the slow one makes.
func FuzzPlain(f *testing.F) {
	addManifests(f)
	f.Fuzz(func(t *testing.T, data []byte) {
		for _, foreign := range []bool{true, false} {
			if d, _ := plainDifference(data, foreign); d != "" {
				t.Errorf("%q, foreign %v: %s", data, foreign, d)
			}
		}
	})
}
