package read

import "testing"

func TestJSONValues(t *testing.T) {
	testValues(t, "web.json", []valueCase{
		{"scalars", `{"a": 1, "b": 1.10, "c": "x\n", "d": true, "e": null, "f": -1e3, "g": [], "h": {}}`,
			`{a: 1, b: float 1.10, c: "x\n", d: true, e: null, f: float -1e3, g: [], h: {}}`},
		{"byte order mark", "\ufeff[1]\r\n", "[1]"},
		{"large numbers", "[123456789012345678901234567890]", "[123456789012345678901234567890]"},
	})
}

func TestJSONPlaces(t *testing.T) {
	testPlaces(t, "web.json", "{\r\n  \"é\": {\"é\": [1, \"é\", true]},\r\n  \"b\" : null}", map[string]string{
		"": "1:1", "é!": "2:3", "é é!": "2:9", "é é 1": "2:18", "é é 2": "2:23", "b!": "3:3", "b": "3:9",
	})
}

func TestJSONMistakes(t *testing.T) {
	testMistakes(t, "web.json", []mistakeCase{
		{"empty", " \n", []string{"web.json: schema/file: the file is empty"}},
		{"duplicate keys", "{\n  \"a\": {\"b\": 1, \"b\": 2},\n  \"a\": 3\n}", []string{
			`2:17: schema/syntax: a: the key "b" is already in line 2`,
			`3:3: schema/syntax: the key "a" is already in line 2`}},
		{"two values", `{"a": 1} {"b": 2}`, []string{"1:10: schema/syntax: the JSON value ends before this: one file holds one"}},
		{"comment", "{\n  // web\n  \"a\": 1}", []string{"2:3: schema/syntax: JSON has no comments: use YAML or CUE, or remove it"}},
		{"comment at the end", "{} # web", []string{"1:4: schema/syntax: JSON has no comments: use YAML or CUE, or remove it"}},
		{"last comma", `{"a": [1, ]}`, []string{"1:9: schema/syntax: a comma before ]: JSON takes none after the last element"}},
		{"key without quotes", `{a: 1}`, []string{"1:2: schema/syntax: a key in double quotes is expected here"}},
		{"single quotes", `{'a': 1}`, []string{"1:2: schema/syntax: a JSON text stands in double quotes"}},
		{"no colon", `{"a" 1}`, []string{"1:6: schema/syntax: a colon is expected here"}},
		{"no comma", `{"a": 1 "b": 2}`, []string{"1:9: schema/syntax: a comma or } is expected here"}},
		{"no comma in a list", `[1 2]`, []string{"1:4: schema/syntax: a comma or ] is expected here"}},
		{"no value", `{"a": }`, []string{"1:7: schema/syntax: a value is expected here; a text stands in double quotes"}},
		{"word", `{"a": yes}`, []string{"1:7: schema/syntax: a value is expected here; a text stands in double quotes"}},
		{"octal", `{"a": 0644}`, []string{"1:8: schema/syntax: a number cannot start with 0"}},
		{"text over lines", "{\"a\": \"x\ny\"}", []string{`1:7: schema/syntax: a text in JSON cannot go over lines, nor hold a tab: write \n or \t`}},
		{"escape", `{"a": "\d"}`, []string{`1:7: schema/syntax: unknown escape after \ in this text`}},
		{"ends early", "{\"a\": {\n  \"b\": 1\n}\n\n", []string{"3:2: schema/syntax: the file ends in the middle of a value: a bracket or a quote is not closed"}},
	})
}
