package tree_test

import (
	"encoding/json"
	"fmt"
	"reflect"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	apiequality "k8s.io/apimachinery/pkg/api/equality"
	kjson "sigs.k8s.io/json"
	"sigs.k8s.io/yaml"

	"github.com/kgen-dev/kgen/pkg/manifest"
	"github.com/kgen-dev/kgen/pkg/read"
	"github.com/kgen-dev/kgen/pkg/report"
	"github.com/kgen-dev/kgen/pkg/tree"
)

// values are what is put into every field, as people may type it.
var values = []string{
	"null", "~", "Null", "~", "x", "''", "'5'", "'1.5'", "'true'", "true", "yes", "'yes'", "n", "5", "-1", "0", "0444", "0o7", "0x1F", "1_000", "1.5", "3.0", "1e3", "1e30", "-0", ".5", "'5Gi'", "5Gi", "100m",
	"'-1'", "300", "70000", "3000000000", "9223372036854775807", "9223372036854775808", "18446744073709551615", "99999999999999999999", "-9223372036854775809", "25%", "1h", "'1h30m'", "2026-01-31", "2026-01-31T10:00:00Z",
	"'2026-01-31T10:00:00Z'", "'2026-01-31T10:00:00.000000Z'", "aGVsbG8=", "'aGVsbG8'", "'a b'", "[]", "[x]", "[~]", "[1]", "[[]]", "[{}]", "{}", "{a: b}", "{a: 1}", "{a: yes}", "{a: ~}", "{a: []}", "{a: {}}", "{1: x}", "{on: x}", "{a: aGVsbG8=}", "{a: [1, ~, 255, 3.0]}", "{a: [256]}", "{a: [-1, x, 1.5]}",
	"{a: {b: {c: 1.50}}}", "\"\\u0000\"", "\"é\\n\"", "'1e400'", "1e-400", "0.1", "'0.1'", "+5", "'+5'", "1.", "5e-1", "'1E3'", "''",
}

// place is a struct of the API, and the YAML around it in an object that has it.
type place struct {
	kind          *manifest.Kind
	typ           reflect.Type
	before, after string // without the braces of the object
}

// places are one place for each struct of the API that kinds can hold.
func places() (all []place) {
	seen := map[reflect.Type]bool{}
	for _, kind := range manifest.Kinds() {
		all = append(all, place{kind: &kind, typ: reflect.TypeOf(kind.New()).Elem()})
	}
	for i := 0; i < len(all); i++ {
		p := all[i]
		for _, f := range fieldsOf(p.typ) {
			name, _ := tree.JSONName(f)
			t, before, after := f.Type, p.before+`"`+name+`": `, p.after
			for again := true; again; {
				switch t.Kind() {
				case reflect.Pointer:
					t = t.Elem()
				case reflect.Slice:
					t, before, after = t.Elem(), before+"[", "]"+after
				case reflect.Map:
					t, before, after = t.Elem(), before+`{"k": `, "}"+after
				default:
					again = false
				}
			}
			if t.Kind() == reflect.Struct && !seen[t] && len(fieldsOf(t)) > 0 {
				seen[t] = true
				all = append(all, place{p.kind, t, before + "{", "}" + after})
			}
		}
	}
	return all
}

// fieldsOf are the fields of a struct that JSON knows; none of one that reads
// itself.
func fieldsOf(t reflect.Type) (fields []reflect.StructField) {
	if _, isOwn := reflect.New(t).Interface().(json.Unmarshaler); isOwn {
		return nil
	}
	for _, f := range reflect.VisibleFields(t) {
		if name, _ := tree.JSONName(f); name != "" {
			fields = append(fields, f)
		}
	}
	return fields
}

// TestDecodeAsServer puts every sort of value into every field of the API, and
// demands that it is taken where the API server takes it from kubectl, and for
// what the server takes it.
func TestDecodeAsServer(t *testing.T) {
	count := 0
	for _, value := range values {
		sent := send(t, value)
		for _, p := range places() {
			for _, f := range fieldsOf(p.typ) {
				name, _ := tree.JSONName(f)
				if value == values[0] {
					name = strings.ToUpper(name[:1]) + name[1:] // which the server does not know
				}
				before, after := p.before+`"`+name+`": `, p.after
				difference := decodeDifference(p.kind, before+value+after+"\n", "{"+before+sent+after+"}")
				if difference != "" {
					t.Errorf("%s %s: %s", p.kind.Kind, before+value+after, difference)
				}
				count++
			}
		}
	}
	t.Logf("%d documents", count)
}

// send is the JSON that kubectl sends of a value.
func send(t *testing.T, value string) string {
	content, err := yaml.YAMLToJSON([]byte(value))
	if err != nil {
		t.Fatal(value, err)
	}
	var sent any
	if err := kjson.UnmarshalCaseSensitivePreserveInts(content, &sent); err != nil {
		t.Fatal(value, err)
	}
	content, err = json.Marshal(sent)
	if err != nil {
		t.Fatal(value, err)
	}
	return string(content)
}

// decodeDifference compares the object that is read from text with the one that
// the API server decodes from what it is sent.
func decodeDifference(kind *manifest.Kind, text, sent string) string {
	var sink report.Sink
	var n *tree.Node
	read.Documents(&tree.Source{Name: "f.yaml"}, []byte(text), &sink, func(m *tree.Node) { n = m })
	if n == nil {
		return fmt.Sprintf("not read: %v", sink.Findings)
	}
	got, want := kind.New(), kind.New()
	errs := tree.Decode(n, got)
	strict, err := kjson.UnmarshalStrict([]byte(sent), want)
	if err == nil && len(strict) > 0 {
		err = strict[0]
	}
	switch {
	case (err != nil) != (len(errs) > 0):
		return fmt.Sprintf("the server says %v, kgen %v", err, errs)
	case strings.HasPrefix(text, `"data": 1e30`):
		return "" // raw JSON is compared byte by byte, and 1e+30 is written 1.0e+30
	case err == nil && !apiequality.Semantic.DeepEqual(want, got):
		return cmp.Diff(want, got)
	}
	return ""
}
