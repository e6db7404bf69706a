package read

import "testing"

func TestYAMLValues(t *testing.T) {
	testValues(t, "web.yaml", []valueCase{
		{"scalars", "a: 1\nb: 1.10\nc: x\nd: 'x'\ne: \"x\"\nf: true\ng: False\nh: ~\ni:\nj: null\n",
			"{a: 1, b: float 1.10, c: `x`, d: \"x\", e: \"x\", f: true, g: false, h: null, i: null, j: null}"},
		{"numbers as typed", "a: 0644\nb: 0o17\nc: 0x1F\nd: 1_000\ne: -5\nf: +5\ng: 1e3\nh: .5\ni: 08\nj: 12345678901234567890123\nk: 0b11\n",
			"{a: 0644, b: 0o17, c: 0x1F, d: 1_000, e: -5, f: +5, g: float 1e3, h: float .5, i: 08, j: 12345678901234567890123, k: 0b11}"},
		{"words of YAML 1.1", "a: yes\nb: NO\nc: on\nd: y\ne: 'yes'\nf: 1:30\ng: 2020-01-01\nh: 2001-12-14t21:59:43Z\n",
			"{a: `yes`, b: `NO`, c: `on`, d: `y`, e: \"yes\", f: `1:30`, g: `2020-01-01`, h: `2001-12-14t21:59:43Z`}"},
		{"tags", "a: !!str 8080\nb: !!int \"5\"\nc: !!float 1\nd: !!binary aGVsbG8=\ne: !!map {a: 1}\nf: !!seq [1]\ng: !!bool \"true\"\nh: !!null ''\n",
			"{a: \"8080\", b: 5, c: 1, d: \"hello\", e: {a: 1}, f: [1], g: true, h: null}"},
		{"block scalars", "a: |\n  x\n  y\nb: >-\n  x\n  y\n", `{a: "x\ny\n", b: "x y"}`},
		{"keys that are no strings", "8080: a\n1.10: b\ntrue: c\n0x1F: d\n2020-01-01: e\n\"<<\": f\n",
			"{8080: `a`, 1.10: `b`, true: `c`, 0x1F: `d`, 2020-01-01: `e`, <<: `f`}"},
		{"aliases", "a: &a {x: [1, 2]}\nb: *a\nc: &c web\nd: *c\n*c : key\n", "{a: {x: [1, 2]}, b: {x: [1, 2]}, c: `web`, d: `web`, web: `key`}"},
		{"a merge, own keys win", "a: &a {x: 1, y: 2}\nb:\n  y: 3\n  <<: *a\n  z: 4\n", "{a: {x: 1, y: 2}, b: {y: 3, x: 1, z: 4}}"},
		{"a merge of several, the first wins", "a: &a {x: 1}\nb: &b {x: 2, y: 2}\nc: {<<: [*a, *b, {y: 3, z: 3}]}\n",
			"{a: {x: 1}, b: {x: 2, y: 2}, c: {x: 1, y: 2, z: 3}}"},
		{"a merge of what merges", "a: &a {x: 1}\nb: &b {<<: *a, y: 2}\nc: {<<: *b}\n", "{a: {x: 1}, b: {x: 1, y: 2}, c: {x: 1, y: 2}}"},
		{"byte order mark", "\ufeffa: 1\n", "{a: 1}"},
		{"carriage returns", "a: 1\r\nb: |\r\n  x\r\n  y\r\n", `{a: 1, b: "x\ny\n"}`},
		{"document marks", "# web\n---\na: 1\n...\n", "{a: 1}"},
		{"empty documents around it", "---\n---\na: 1\n---\n# nothing\n", "{a: 1}"},
		{"JSON", `{"a": {"b": [1, null]}}`, "{a: {b: [1, null]}}"},
		{"no map", "- a\n- b\n", "[`a`, `b`]"},
	})
}

func TestYAMLPlaces(t *testing.T) {
	testPlaces(t, "web.yaml", "\ufeffimage: web\r\nenv:\r\n  é: [é, x]\r\n  T: |\r\n    x\r\nbase: &b\r\n  p: {q: 1}\r\nr: *b\r\ns:\r\n  <<: *b\r\n", map[string]string{
		"": "1:1", "image": "1:8", "env!": "2:1", "env": "3:3", "env é 1": "3:10", "env T": "4:6",
		"r": "8:4", "r p": "7:6", "r p q!": "7:7", "s p!": "7:3", "s p q": "7:10",
	})
	// YAML takes these for line ends, editors do not.
	testPlaces(t, "web.yaml", "a: \"x\u2028y\"\nb: 1\nc: \"x\ry\"\nd: {e: 1}\n", map[string]string{"b": "2:4", "d e": "4:8"})
}

func TestYAMLMistakes(t *testing.T) {
	testMistakes(t, "web.yaml", []mistakeCase{
		{"empty", "", []string{"web.yaml: schema/file: the file is empty"}},
		{"only comments", "# web\n", []string{"web.yaml: schema/file: the file is empty: it holds no field"}},
		{"only a mark", "---\n", []string{"web.yaml: schema/file: the file is empty: it holds no field"}},
		{"duplicate keys", "a: 1\nb:\n  c: 1\n  'c': 2\na: 3\n", []string{
			`4:3: schema/syntax: b: the key "c" is already in line 3`,
			`5:1: schema/syntax: the key "a" is already in line 1`}},
		{"duplicate numbers", "1: a\n\"1\": b\n", []string{`2:1: schema/syntax: the key "1" is already in line 1`}},
		{"duplicate merge", "a: &a {x: 1}\nb:\n  <<: *a\n  <<: *a\n", []string{"4:3: schema/syntax: b: the key << is already in line 3: merge several with <<: [*a, *b]"}},
		{"second document", "a: 1\n---\nb: 1\n", []string{"2:1: schema/syntax: a second document: one file holds one, several services go under services: NAME"}},
		{"tab", "a:\n  b: 1\n\tc: 1\n", []string{"3:1: schema/syntax: a tab indents this line: YAML takes only spaces"}},
		{"tab after spaces", "a:\n  b: {}\n  \tc: 1\n", []string{"3:3: schema/syntax: a tab indents this line: YAML takes only spaces"}},
		{"colon in a text", "x: 1\nports: http: 8080\n", []string{"2:12: schema/syntax: a colon where no key can stand: check the indentation, or quote the text that holds it"}},
		{"too far right", "env:\n  A: 1\n   B: 2\n", []string{"3:5: schema/syntax: a colon where no key can stand: check the indentation, or quote the text that holds it"}},
		{"too far right after a quote", "env:\n  A: \"1\"\n   B: 2\n  C: 3\n", []string{"3:4: schema/syntax: this is not a key of the map above: check the indentation and the quotes"}},
		{"too far left", "a:\n  b: 1\n c: 2\n", []string{"3:2: schema/syntax: this is not a key of the map above: check the indentation and the quotes"}},
		{"no colon", "a: 1\nb 2\nc: 3\n", []string{`2:1: schema/syntax: a line that is neither "key: value" nor a list element`}},
		{"a key in a list", "a:\n  - b\n  c: 1\n", []string{"3:3: schema/syntax: this is not an element of the list above: check the indentation"}},
		{"an element in a map", "a: 1\n- b\n", []string{"2:1: schema/syntax: this is not a key of the map above: check the indentation and the quotes"}},
		{"open quote in the first line", "a: \"x\nb: 1\n", []string{"1:4: schema/syntax: a quote opened here is not closed"}},
		{"open quote", "a: 1\nb: 'x\nc: 1\n", []string{"2:4: schema/syntax: a quote opened here is not closed"}},
		{"open list", "a: [1, 2\nb: 1\n", []string{"2:1: schema/syntax: a list that starts with [ is not closed, or a comma is missing in it"}},
		{"open map", "a: {x: 1\nb: 1\n", []string{"2:1: schema/syntax: a map that starts with { is not closed, or a comma is missing in it"}},
		{"escape", "a: 1\nb: \"\\d\"\n", []string{`2:5: schema/syntax: unknown escape after \ in double quotes: use single quotes, or write \\`}},
		{"character that needs quotes", "a: @x\n", []string{"1:4: schema/syntax: a text that starts with @ needs quotes"}},
		{"alias to nothing", "a: 1\nb: [*nope]\n", []string{"2:5: schema/syntax: this alias refers to no anchor above it: quote the value if it is a text that starts with *"}},
		{"alias in itself", "a: &a\n  b: [*a]\n", []string{"2:7: schema/syntax: this alias stands inside what it stands for"}},
		{"template", "image: {{ .Values.image }}\n", []string{"1:9: schema/syntax: image: a key is a word or a text, not a map; a text that starts with { or [ needs quotes"}},
		{"null as a key", "~: 1\nnull: 2\n", []string{"1:1: schema/syntax: ~ is no key: quote it", "2:1: schema/syntax: null is no key: quote it"}},
		{"tagged key", "!!binary aGVsbG8=: 1\n", []string{"1:1: schema/syntax: a key cannot have a tag"}},
		{"merge of no map", "<<: [{a: 1}, 2]\n", []string{"1:14: schema/syntax: << takes a map or a list of maps, not an integer"}},
		{"tags", "a: !Ref x\nb: !!int x\nc: !!set {x}\nd: !!binary 8J!\ne: !!binary /////w==\n", []string{
			"1:4: schema/syntax: a: this tag means nothing here: quote the value if it is a text that starts with !",
			"2:4: schema/syntax: b: the value does not fit its tag !!int",
			"3:4: schema/syntax: c: this tag means nothing here: quote the value if it is a text that starts with !",
			"4:4: schema/syntax: d: the value does not fit its tag !!binary: it is not base64",
			"5:4: schema/invalid-value: e: !!binary content that is no text has its place in binaryData, as a base64 string without the tag"}},
		{"no finite number", "a: .inf\nb: -.Inf\nc: [.NaN]\n", []string{
			"1:4: schema/invalid-value: a: .inf is not a number that Kubernetes can hold: quote it if it is a text",
			"2:4: schema/invalid-value: b: -.Inf is not a number that Kubernetes can hold: quote it if it is a text",
			"3:5: schema/invalid-value: c[0]: .NaN is not a number that Kubernetes can hold: quote it if it is a text"}},
		{"control character", "a: 1\nb: \"\x1b[0m\"\n", []string{`2:5: schema/syntax: the control character '\x1b' cannot stand in YAML: escape it in double quotes`}},
	})
}
