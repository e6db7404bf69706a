package read

import "testing"

func TestCUELiterals(t *testing.T) {
	testValues(t, "web.cue", []valueCase{
		{"scalars", "a: 1\nb: 1.10\nc: \"x\"\nd: true\ne: null\nf: []\ng: {}\nh: (1)\n", `{a: 1, b: float 1.10, c: "x", d: true, e: null, f: [], g: {}, h: 1}`},
		{"numbers as typed", "a: 0x1F\nb: 1_000\nc: 128Mi\nd: 1.5Gi\ne: -5\nf: +5\ng: 1e3\nh: -.5\ni: 0o17\n",
			"{a: 0x1F, b: 1_000, c: 128Mi, d: 1.5Gi, e: -5, f: +5, g: float 1e3, h: float -.5, i: 0o17}"},
		{"texts", "a: \"\\u00e9\\n\"\nb: #\"a\\b\"#\nc: \"\"\"\n\tx\n\t  y\n\t\"\"\"\nd: #\"\"\"\n\ta\\b\n\t\"\"\"#\ne: \"\"\n",
			`{a: "é\n", b: "a\\b", c: "x\n  y", d: "a\\b", e: ""}`},
		{"keys", "web: \"a-b\": \"é\": 1\ntrue: 2\nfor: 3\n\"_x\": 4\n\"#y\": 5\n", "{web: {a-b: {é: 1}}, true: 2, for: 3, _x: 4, #y: 5}"},
		{"fields written twice", "a: b: 1\na: c: 2\na: b: 0x1\nl: [1, {x: 1}]\nl: [1, {y: 2}]\ns: \"x\"\ns: #\"x\"#\n", `{a: {b: 1, c: 2}, l: [1, {x: 1, y: 2}], s: "x"}`},
		{"package", "// web\npackage services\n\na: 1 // one\n", "{a: 1}"},
		{"embedded", "{a: 1}\nb: {c: 2, {d: 3}}\n", "{a: 1, b: {c: 2, d: 3}}"},
		{"schema operands", "package services\nimport \"kgen.dev/schema\"\nservices: {a: schema.#Service & {x: 1}, b: {y: 2} & schema.#Service, c: schema.#Service}\n",
			"{services: {a: {x: 1}, b: {y: 2}, c: {}}}"},
		{"schema by another name, embedded", "import s \"kgen.dev/schema\"\ns.#Project & {x: 1}\ny: 2\n", "{x: 1, y: 2}"},
		{"schema embedded alone", "import \"kgen.dev/schema\"\nschema.#Service\nx: 1\n", "{x: 1}"},
		{"byte order mark and carriage returns", "\ufeffa: 1\r\nb: \"\"\"\r\n\tx\r\n\ty\r\n\t\"\"\"\r\n", `{a: 1, b: "x\ny"}`},
	})
}

func TestCUEValues(t *testing.T) {
	testValues(t, "web.cue", []valueCase{
		{"references", "let p = 8080\n_name: \"web\"\n#Base: {cpu: \"1\"}\na: p\nb: \"x/\\(_name)\"\nc: #Base\nd: c.cpu\n", `{a: 8080, b: "x/web", c: {cpu: "1"}, d: "1"}`},
		{"typed where not computed", "let x = 1.10\na: x\nb: 2 * 0x10\nc: {y: 1e3}.y\nd: 128Mi\ne: 1Ki & int\n", "{a: float 1.10, b: 32, c: float 1e3, d: 128Mi, e: 1024}"},
		{"comprehensions", "for k, v in {a: 1, b: 2} {\"f-\\(k)\": v}\nif true {c: 3}\nl: [for i in [1, 2] {n: i}]\n", "{f-a: 1, f-b: 2, c: 3, l: [{n: 1}, {n: 2}]}"},
		{"as written", "c: 1\nif true {b: 2}\na: c\n_X: {z: 1, y: 2}\nx: _X & {w: 3}\n", "{c: 1, b: 2, a: 1, x: {z: 1, y: 2, w: 3}}"},
		{"defaults", "a: *1 | int\nb: *{x: 1} | {y: 2}\nc: [*\"x\" | string]\n", `{a: 1, b: {x: 1}, c: ["x"]}`},
		{"what is no data", "a: 1\nb?: int\n_c: int\n#D: {x!: int}\n[=~\"^q\"]: int\n", "{a: 1}"},
		{"attributes", "a: 1 @go(A)\n", "{a: 1}"},
		{"standard library", "import \"strings\"\na: strings.ToUpper(\"x\")\n", `{a: "X"}`},
		{"schema in use", "import \"kgen.dev/schema\"\n_base: schema.#Service & {image: \"web:1\"}\nservices: web: _base & {component: \"x\"}\n",
			`{services: {web: {image: "web:1", component: "x"}}}`},
		{"schema evaluated", "import \"kgen.dev/schema\"\n#S: {schema.#Service, component: *\"x\" | string}\nservices: web: #S & {image: \"web:1\"}\n",
			`{services: {web: {component: "x", image: "web:1"}}}`},
		{"no map", "[1, for x in [2] {x}]\n", "[1, 2]"},
	})
}

func TestCUEPlaces(t *testing.T) {
	testPlaces(t, "web.cue", "\ufeffpackage x\r\na: \"é\": {\"é\": 1}\r\nb: [\"é\", [2],\r\n  \"\"\"\r\n  x\r\n  \"\"\"]\r\n{c: -1}\r\n", map[string]string{
		"": "2:1", "a é!": "2:4", "a é": "2:9", "a é é!": "2:10", "a é é": "2:15", "b 1 0": "3:11", "b 2": "4:3", "c": "7:5",
	})
	testPlaces(t, "web.cue", "_é: {x: \"é\", y: 1}\na: _é & {z: 3}\nb: _é.y\nfor k in [\"u\"] {(k): v: 1}\nl: [for i in [1] {i}]\n", map[string]string{
		"": "2:1", "a!": "2:1", "a": "2:4", "a x!": "1:6", "a x": "1:9", "a z": "2:13", "b": "3:4", "u!": "4:17", "u v": "4:25", "l 0": "5:18",
	})
}

func TestCUESyntax(t *testing.T) {
	testMistakes(t, "web.cue", []mistakeCase{
		{"values that set nothing", "a?: 3\nb: c?: {d: \"x\"}\n_e: {f?: 1}\n#G: h?: 2\ni?: int\nlet j = {k?: 1}\nl: j\n", []string{
			"1:1: schema/evaluation: a? only constrains a field that stands elsewhere: take the question mark off to set it",
			"2:4: schema/evaluation: c? only constrains a field that stands elsewhere: take the question mark off to set it"}},
		{"empty", "", []string{"web.cue: schema/file: the file is empty"}},
		{"no field", "// web\npackage services\n", []string{"web.cue: schema/file: the file is empty: it holds no field"}},
		{"open quote", "image: \"a\nports: http: 8080\n", []string{"1:8: schema/syntax: the quote opened here is not closed in its line"}},
		{"text in triple quotes on one line", "a: \"\"\"x\"\"\"\n", []string{`1:4: schema/syntax: a new line is expected after """`}},
		{"text in triple quotes that is not indented", "a: \"\"\"\n\t\tx\n\ty\n\t\t\"\"\"\n", []string{"1:4: schema/syntax: each line of this text must start with the spaces and tabs before its closing quotes"}},
		{"open brace", "ports: {http: 8080\nenv: A: \"b\"\n", []string{"1:8: schema/syntax: this { is never closed"}},
		{"open bracket", "args: [1, 2\nenv: 1\n", []string{"2:4: schema/syntax: the list before this is not closed, or a comma is missing in it"}},
		{"wrong bracket", "args: [1, 2}\nenv: 1\n", []string{"1:12: schema/syntax: the list before this is not closed, or a comma is missing in it"}},
		{"a brace too many", "ports: http: 8080}\nenv: 1\n", []string{"1:18: schema/syntax: a } that closes nothing"}},
		{"no colon", "ports http: 8080\n", []string{"1:7: schema/syntax: a colon is missing after the key, before http"}},
		{"no comma", "a: 1 b: 2\n", []string{"1:6: schema/syntax: a comma or a new line is missing before this; a text needs quotes"}},
		{"text without quotes", "image: ghcr.io/acme/web:1.4\n", []string{"1:24: schema/syntax: a comma or a new line is missing before this; a text needs quotes"}},
		{"key without quotes", "web-1: 3\n", []string{`1:6: schema/syntax: a key with - . or / needs quotes: "web-1"`}},
		{"octal", "mode: 0644\n", []string{"1:7: schema/syntax: a number cannot start with 0: write it in quotes, or an octal one as 0o17"}},
		{"YAML list", "ports:\n  - a: 1\n", []string{"2:6: schema/syntax: a list is written [a, b], not with dashes"}},
		{"YAML comment", "a: 1\n# web\nb: 2\n", []string{"2:3: schema/syntax: a comment starts with //"}},
		{"C comment", "a: 1\n/* web */\nb: 2\n", []string{"2:1: schema/syntax: a comment starts with //"}},
		{"import below fields", "a: 1\nimport \"strings\"\n", []string{"2:8: schema/syntax: package and import stand before all fields, package first"}},
		{"no value", "a: ~\n", []string{"1:4: schema/syntax: a value is expected here, before ~"}},
		{"several mistakes within words", "a: 0644\nb: \"\\d\"\nc: 1\n__d: 1\n", []string{
			"1:4: schema/syntax: a number cannot start with 0: write it in quotes, or an octal one as 0o17",
			"2:6: schema/syntax: unknown escape sequence",
			"4:1: schema/syntax: identifiers starting with '__' are reserved"}},
		{"one mistake, many messages", "a: \"x\\(\"\nb: \"y\"\n", []string{"1:8: schema/syntax: the quote opened here is not closed in its line"}},
		{"bytes", "a: ['x']\n", []string{"1:5: schema/invalid-value: a[0]: single quotes are for bytes: write a text in double quotes, binary content as base64 text"}},
		{"values that differ", "a: b: 1\na: {b: 2, c: 3}\na: c: \"3\"\nl: [1]\nl: [1, 2]\n", []string{
			"2:8: schema/syntax: a.b: the field has another value in line 1",
			"3:7: schema/syntax: a.c: the field has another value in line 2",
			"5:4: schema/syntax: l: the field has another value in line 4"}},
	})
}

func TestCUEFailures(t *testing.T) {
	testMistakes(t, "web.cue", []mistakeCase{
		{"not concrete", "a: {b: string, \"c-d\": [int]}\n", []string{
			"1:8: schema/evaluation: a.b: is not concrete: string",
			"1:24: schema/evaluation: a.c-d[0]: is not concrete: int"}},
		{"unknown references", "a: nope\nb: c: \"\\(never)\"\n", []string{
			`1:4: schema/evaluation: a: reference "nope" not found`,
			`2:10: schema/evaluation: b.c: reference "never" not found`}},
		{"conflict", "_a: 1\nb: _a & 2\nc: \"x\" & \"y\"\n", []string{
			"2:9: schema/evaluation: b: conflicting values 1 and 2",
			`3:10: schema/evaluation: c: conflicting values "y" and "x"`}},
		{"closed struct", "#D: {x: 1}\na: #D & {y: 2}\n", []string{"2:10: schema/evaluation: a.y: field not allowed"}},
		{"no default", "a: 1 | 2\n", []string{"1:1: schema/evaluation: a: is not concrete: 1 | 2"}},
		{"cycle", "a: b\nb: a\n", []string{"1:4: schema/evaluation: a: is not concrete: _", "2:1: schema/evaluation: b: is not concrete: _"}},
		{"structural cycle", "a: {b: a}\n", []string{"1:5: schema/evaluation: a.b: structural cycle"}},
		{"an error on purpose", "a: error(\"no\")\n", []string{"1:4: schema/evaluation: a: no"}},
		{"required field", "#D: {x!: int}\na: #D\n", []string{"2:4: schema/evaluation: a.x: field is required but not present"}},
		{"bytes", "a: 'x' + 'y'\n", []string{"1:4: schema/invalid-value: a: single quotes are for bytes: write a text in double quotes, binary content as base64 text"}},
		{"unused import", "import \"strings\"\na: 1\n", []string{`1:8: schema/evaluation: imported and not used: "strings": remove the import`}},
		{"no such package of the library", "import \"nope\"\na: nope.X\n", []string{`1:8: schema/evaluation: builtin package "nope" undefined`}},
		{"no module", "import \"acme.example/x\"\na: x.X\n", []string{`1:8: schema/evaluation: package "acme.example/x" is not found: there is no cue.mod in the project`}},
		{"tools", "import \"tool/exec\"\na: exec.Run & {cmd: \"ls\"}\n", []string{`1:8: schema/evaluation: the package "tool/exec" is not allowed: kgen runs nothing`}},
		{"embedding", "@extern(embed)\npackage x\na: _ @embed(file=go.mod)\n", []string{
			"1:1: schema/evaluation: @extern is not allowed: a file is evaluated by itself",
			"3:6: schema/evaluation: @embed is not allowed: a file is evaluated by itself"}},
		{"incomplete secrets are not printed", "services: web: secrets: {a: \"hunter2\" | \"x\"}\n", []string{
			"1:26: schema/evaluation: services.web.secrets.a: is not concrete"}},
		{"secrets are not printed", "secrets: db: x: \"hunter2\" & \"x\"\nb: {secrets: \"hunter2\"} & 1\n", []string{
			"1:29: schema/evaluation: secrets.db.x: does not evaluate; what stands under secrets is not printed",
			"2:27: schema/evaluation: b: does not evaluate; what stands under secrets is not printed"}},
	})
}

func TestManyFailures(t *testing.T) {
	n, findings := read("web.cue", "import \"list\"\nfor i in list.Range(0, 1000, 1) {\"f\\(i)\": int}\n")
	if n != nil || len(findings) == 0 || len(findings) > maxFailures {
		t.Errorf("%d findings, want 1 to %d", len(findings), maxFailures)
	}
}
