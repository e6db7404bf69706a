package read

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"math/rand"
	"os"
	"path/filepath"
	"reflect"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"unicode/utf8"

	yamlv2 "go.yaml.in/yaml/v2"
	"k8s.io/apimachinery/pkg/runtime"
	utilyaml "k8s.io/apimachinery/pkg/util/yaml"
	"sigs.k8s.io/yaml"

	"github.com/kgen-dev/kgen/pkg/report"
	"github.com/kgen-dev/kgen/pkg/tree"
)

// kubectlReads are the values that kubectl makes of a stream, as its resource
// builder does.
func kubectlReads(stream []byte) (values []any, err error) {
	decoder := utilyaml.NewYAMLOrJSONDecoder(bytes.NewReader(stream), 4096)
	for {
		var raw runtime.RawExtension
		if err := decoder.Decode(&raw); err == io.EOF {
			return values, nil
		} else if err != nil {
			return values, err
		}
		if text := bytes.TrimSpace(raw.Raw); len(text) > 0 && string(text) != "null" {
			value, err := parseJSON(text)
			if err != nil {
				return values, err
			}
			values = append(values, value)
		}
	}
}

func parseJSON(text []byte) (value any, err error) {
	d := json.NewDecoder(bytes.NewReader(text))
	d.UseNumber()
	err = d.Decode(&value)
	return canonical(value), err
}

// canonical writes equal numbers alike.
func canonical(value any) any {
	switch value := value.(type) {
	case map[string]any:
		for k := range value {
			value[k] = canonical(value[k])
		}
	case []any:
		for i := range value {
			value[i] = canonical(value[i])
		}
	case json.Number:
		if i, err := strconv.ParseInt(value.String(), 10, 64); err == nil {
			return strconv.FormatInt(i, 10)
		}
		f, _ := strconv.ParseFloat(value.String(), 64)
		text, _ := json.Marshal(f)
		return string(text)
	}
	return value
}

// isCutShort reports whether kubectl reads a YAML document and leaves what stands
// below it, without a word.
func isCutShort(document []byte) bool {
	decoder := yamlv2.NewDecoder(bytes.NewReader(document))
	var value any
	return decoder.Decode(&value) == nil && decoder.Decode(&value) != io.EOF
}

// keysCollide reports whether JSON has fewer keys for a document than YAML.
func keysCollide(document []byte) bool {
	var value any
	content, err := yaml.YAMLToJSON(document)
	if err != nil || yamlv2.Unmarshal(document, &value) != nil {
		return false
	}
	inJSON, err := parseJSON(content)
	return err == nil && countKeys(value) > countKeys(inJSON)
}

func countKeys(value any) (count int) {
	switch value := value.(type) {
	case map[any]any:
		for _, v := range value {
			count += 1 + countKeys(v)
		}
	case map[string]any:
		for _, v := range value {
			count += 1 + countKeys(v)
		}
	case []any:
		for _, v := range value {
			count += countKeys(v)
		}
	}
	return count
}

var loneTag = regexp.MustCompile(`!([\s,\]}]|$)`)

// excuse is why a document that kubectl takes is refused all the same; empty where
// there is no reason.
func excuse(document []byte) string {
	_, strictErr := yaml.YAMLToJSONStrict(document)
	switch {
	case strictErr != nil && strings.Contains(strictErr.Error(), "already set in map"):
		return "a key is there twice: kubectl takes the last"
	case keysCollide(document):
		return "two keys are one in JSON: kubectl takes either"
	case isCutShort(document):
		return "kubectl does not read to the end"
	case bytes.Contains(document, []byte("!!binary")):
		return "it holds bytes that are no text: kubectl puts replacement characters in"
	case loneTag.Match(document):
		return "the key ~ under the tag ! is the string to kubectl"
	case !utf8.Valid(document):
		return "it is not UTF-8: in JSON kubectl puts replacement characters in, and some UTF-16 it reads by chance"
	}
	return ""
}

// difference compares how one document is read here and by kubectl; empty where
// it is alike.
func difference(document []byte) string {
	if len(document) < 4 && bytes.HasPrefix(document, []byte{'{'}) {
		return "" // kubectl takes a stream as short as that for JSON only
	}
	want, wantErr := kubectlReads(document)
	var sink report.Sink
	var got []any
	var trees []string
	Documents(&tree.Source{Name: "f.yaml"}, document, &sink, func(n *tree.Node) {
		value, err := parseJSON(n.AppendJSON(nil))
		if err != nil {
			value = err
		}
		got = append(got, value)
		trees = append(trees, dump(n))
	})
	switch findings := strings.Join(lines(sink.Findings), "\n"); {
	case wantErr != nil && findings == "":
		return fmt.Sprintf("it is read to %s, but kubectl says: %v", trees, wantErr)
	case wantErr == nil && findings != "" && excuse(document) == "":
		return fmt.Sprintf("it is refused, but kubectl reads %v:\n%s", want, findings)
	case wantErr == nil && findings == "" && !reflect.DeepEqual(got, want):
		return fmt.Sprintf("it is read to\n%v, by kubectl to\n%v", got, want)
	}
	return ""
}

// manifests are the YAML files in the repository, and beside it where they are.
func manifests(t testing.TB) (files []string) {
	for _, root := range []string{"../../golden", "../../examples", "../../../shared/corpus"} {
		err := filepath.WalkDir(root, func(name string, entry os.DirEntry, err error) error {
			if err == nil && (strings.HasSuffix(name, ".yaml") || strings.HasSuffix(name, ".yml") || strings.HasSuffix(name, ".json")) {
				files = append(files, name)
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	if len(files) < 200 {
		t.Fatalf("only %d files", len(files))
	}
	return files
}

func TestAsKubectl(t *testing.T) {
	random := rand.New(rand.NewSource(1))
	var all [][]byte
	for _, name := range manifests(t) {
		data, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		for c := range (&Piece{Data: data}).chunks() {
			all = append(all, c.document)
			if d := difference(c.document); d != "" {
				t.Errorf("%s:%d: %s", name, c.above+1, d)
			}
		}
	}
	bad := 0
	for range 10000 {
		m := mutate(random, all)
		if d := difference(m); d != "" {
			t.Errorf("%q: %s", m, d)
			if bad++; bad > 20 {
				return
			}
		}
	}
}

var grafts = []string{"&a ", "*a", "<<: *a", "!!str ", "!!int ", "!x ", "- ", "? ", ": ", "{", "}", "[", "]", ",", "\"", "'", "|\n", ">-\n", "|2\n", "#", " #", "\t", "\n", "\n\n", "\r\n", "...\n", "%YAML 1.1\n", "y", "no", "1e3", "0o7", "0x1F", "1_0", ".5", "~", "<<", "\ufeff", "\x00", "é", "\u2028", "\xff", "@", "`", "\\", "\\n", "\\u00e9", "null", "-", "---", " ", "  "}

func mutate(random *rand.Rand, all [][]byte) []byte {
	data := bytes.Clone(all[random.Intn(len(all))])
	if len(data) > 500 {
		data = data[random.Intn(len(data)-500):]
		data = data[bytes.IndexByte(data, '\n')+1:]
		for indent := len(data) - len(bytes.TrimLeft(data, " ")); indent > 0; indent-- {
			data = bytes.ReplaceAll(data, []byte("\n "), []byte("\n"))
		}
		data = bytes.TrimLeft(data[:min(len(data), 500)], " ")
	}
	for range 1 + random.Intn(3) {
		at := random.Intn(len(data) + 1)
		end := min(len(data), at+random.Intn(4))
		graft := grafts[random.Intn(len(grafts))]
		switch random.Intn(4) {
		case 0:
			graft = ""
		case 1:
			end = at
		case 2:
			other := all[random.Intn(len(all))]
			if len(other) > 0 {
				i := random.Intn(len(other))
				graft = string(other[i:min(len(other), i+random.Intn(30))])
			}
		}
		data = append(data[:at:at], append([]byte(graft), data[end:]...)...)
	}
	return data
}
