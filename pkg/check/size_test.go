package check

import (
	"encoding/base64"
	"strings"
	"testing"
)

// TestSizes has what is too long to read in testdata.
func TestSizes(t *testing.T) {
	million := strings.Repeat("x", 1<<20)
	for _, test := range []struct{ name, yaml, want string }{
		{"ConfigMap at the limit", `configMaps: {app: {data: {a: "` + million + `"}}}`, ""},
		{"ConfigMap over it", `configMaps: {app: {data: {a: "` + million + `"}, binaryData: {b: YQ==}}}`,
			"x.yaml:1:14: error schema/too-large: configMaps.app: the values have 1048577 bytes, a ConfigMap has at most 1048576\n" +
				"\tfix: put large data into the image or a volume\n"},
		{"binary at the limit", `configMaps: {app: {binaryData: {b: "` + base64.StdEncoding.EncodeToString([]byte(million)) + `"}}}`, ""},
		{"files of one directory", `files: {/a/x: {content: "` + million + `"}, /a/y: {content: y}}`,
			"x.yaml:1:9: error schema/too-large: files[\"/a/x\"]: the files of /a have more than the 1048576 bytes that a ConfigMap has at most\n" +
				"\tfix: put large files into the image or a volume\n"},
		{"files of two directories", `files: {/a/x: {content: "` + million + `"}, /b/y: {content: y}}`, ""},
		{"annotations at the limit", `annotations: {a: "` + million[:256<<10-1] + `"}`, ""},
		{"annotations over it", `annotations: {a: "` + million[:256<<10] + `"}`,
			"x.yaml:1:1: error schema/too-large: annotations: the annotations have 262145 bytes with their keys, an object's have at most 262144\n"},
		{"annotations of the Service besides", "annotations: {a: \"" + million[:256<<10-1] + "\"}\nservice: {annotations: {b: c}}",
			"x.yaml:2:11: error schema/too-large: service.annotations: the annotations have 262146 bytes with their keys, an object's have at most 262144\n"},
		{"annotations of pods apart", "annotations: {a: \"" + million[:256<<10-1] + "\"}\npodAnnotations: {b: c}", ""},
		{"a name with its hash", "configMaps: {" + million[:243] + ": {data: {a: b}, hashed: true}, " + million[:242] + ": {data: {a: b}, hashed: true}}",
			`x.yaml:1:14: error schema/name: configMaps.` + million[:243] + `: "` + million[:243] + "\" has 243 characters, with the 11 of hashed that is over 253\n"},
	} {
		t.Run(test.name, func(t *testing.T) {
			if got := findingsOf(t, []byte(test.yaml)); got != test.want {
				t.Errorf("got %.500s\nwant %.500s", got, test.want)
			}
		})
	}
}
