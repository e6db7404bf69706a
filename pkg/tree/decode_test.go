package tree_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	corev1 "k8s.io/api/core/v1"
	"k8s.io/apimachinery/pkg/api/resource"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/runtime"
	"k8s.io/apimachinery/pkg/util/intstr"

	"github.com/kgen-dev/kgen/pkg/tree"
)

// thing has a field of every sort that the decoder knows.
type thing struct {
	Base     `json:",inline"`
	Text     string               `json:"text,omitempty"`
	Named    corev1.Protocol      `json:"named,omitempty"`
	Number   int32                `json:"number,omitempty"`
	Small    int8                 `json:"small,omitempty"`
	Pointer  *int64               `json:"pointer,omitempty"`
	Yes      bool                 `json:"yes,omitempty"`
	Ratio    float64              `json:"ratio,omitempty"`
	List     []string             `json:"list,omitempty"`
	Direct   *[]string            `json:"direct,omitempty"`
	Labels   map[string]string    `json:"labels,omitempty"`
	Amounts  corev1.ResourceList  `json:"amounts,omitempty"`
	Amount   resource.Quantity    `json:"amount,omitempty"`
	Port     *intstr.IntOrString  `json:"port,omitempty"`
	Every    *metav1.Duration     `json:"every,omitempty"`
	When     *metav1.Time         `json:"when,omitempty"`
	Data     []byte               `json:"data,omitempty"`
	Raw      runtime.RawExtension `json:"raw,omitempty"`
	Owned    *metav1.FieldsV1     `json:"owned,omitempty"`
	Node     *tree.Node           `json:"node,omitempty"`
	Optional *optional            `json:"optional,omitempty"`
	Hidden   string               `json:"-"`
}

// Base is inlined; Text is hidden by the outer one.
type Base struct {
	Name string `json:"name,omitempty"`
	Text int    `json:"text,omitempty"`
}

type optional struct {
	Declined bool   `json:"-"`
	Value    string `json:"value,omitempty"`
}

func scalar(kind tree.Kind, text string) *tree.Node { return &tree.Node{Kind: kind, Text: text} }
func str(text string) *tree.Node                    { return scalar(tree.String, text) }
func plain(text string) *tree.Node {
	return &tree.Node{Kind: tree.String, Text: text, Plain: true}
}
func list(elems ...*tree.Node) *tree.Node {
	n := &tree.Node{Kind: tree.List}
	for _, e := range elems {
		n.Fields = append(n.Fields, tree.Field{Value: e})
	}
	return n
}

// object is a map of keys and values in turn; each key stands on a line of its own.
func object(pairs ...any) *tree.Node {
	n := &tree.Node{Kind: tree.Map}
	for i := 0; i < len(pairs); i += 2 {
		pos := tree.Pos{Source: &tree.Source{Name: "x.yaml"}, Line: int32(i/2 + 1), Col: 1}
		value := pairs[i+1].(*tree.Node)
		value.Pos = pos
		n.Fields = append(n.Fields, tree.Field{Key: pairs[i].(string), KeyPos: pos, Value: value})
	}
	return n
}

func TestDecode(t *testing.T) {
	raw := object("a", scalar(tree.Int, "0x10"), "b", list(scalar(tree.Bool, "true"), str("é\n")))
	n := object(
		"name", str("web"), "text", str("yes"), "named", str("TCP"),
		"number", scalar(tree.Int, "0x1F"), "small", scalar(tree.Int, "-128"), "pointer", scalar(tree.Float, "3.0"),
		"yes", scalar(tree.Bool, "true"), "ratio", scalar(tree.Int, "2"),
		"list", list(str("a"), scalar(tree.Null, "")), "direct", list(),
		"labels", object("a", str("1")), "amounts", object("cpu", str("100m"), "memory", scalar(tree.Int, "1_000")),
		"amount", scalar(tree.Float, "1e3"), "port", str("http"), "every", str("1h"), "when", str("2026-01-31T10:00:00Z"),
		"data", str("aGk="), "raw", raw, "owned", object("f:x", object()), "node", raw, "optional", scalar(tree.Bool, "false"),
	)
	var got thing
	if errs := tree.Decode(n, &got); errs != nil {
		t.Fatal(errs)
	}
	if got.Node != raw {
		t.Error("a *tree.Node is not kept as it is")
	}
	if got.Name != "web" || got.Text != "yes" || got.Base.Text != 0 || got.Named != corev1.ProtocolTCP {
		t.Errorf("strings: %+v", got)
	}
	if got.Number != 31 || got.Small != -128 || *got.Pointer != 3 || !got.Yes || got.Ratio != 2 {
		t.Errorf("numbers: %+v", got)
	}
	if diff := cmp.Diff([]string{"a", ""}, got.List); diff != "" || got.Direct == nil || *got.Direct == nil {
		t.Errorf("lists: %s", diff)
	}
	if got.Amounts.Memory().Value() != 1000 || got.Amounts.Cpu().MilliValue() != 100 || got.Amount.Value() != 1000 {
		t.Errorf("quantities: %v %v", got.Amounts, got.Amount)
	}
	if *got.Port != intstr.FromString("http") || got.Every.Hours() != 1 || got.When.UTC().Year() != 2026 || string(got.Data) != "hi" {
		t.Errorf("Kubernetes types: %+v", got)
	}
	if string(got.Raw.Raw) != `{"a":16,"b":[true,"é\n"]}` || got.Owned.GetRawString() != `{"f:x":{}}` || !got.Optional.Declined {
		t.Errorf("raw: %s %s %+v", got.Raw.Raw, got.Owned.GetRawString(), got.Optional)
	}
}

func TestDecodeErrors(t *testing.T) {
	for _, tt := range []struct {
		key   string
		value *tree.Node
		want  string
		kind  tree.ErrorKind
	}{
		{"texd", str("x"), `texd: unknown field, did you mean "text"?`, tree.UnknownField},
		{"Hidden", str("x"), "Hidden: unknown field", tree.UnknownField},
		{"labels", list(), "labels: expected a map, found a list", tree.WrongType},
		{"list", str("a"), "list: expected a list, found a string", tree.WrongType},
		{"list", list(str("a"), scalar(tree.Int, "8")), "list[1]: expected a string, found an integer; put it in quotes", tree.WrongType},
		{"text", scalar(tree.Int, "8080"), "text: expected a string, found an integer; put it in quotes", tree.WrongType},
		{"text", scalar(tree.Bool, "true"), "text: expected a string, found a boolean; put it in quotes", tree.WrongType},
		{"text", list(), "text: expected a string, found a list", tree.WrongType},
		{"text", plain("No"), "text: without quotes this word is a boolean to some YAML readers, a string to others; put it in quotes", tree.Ambiguous},
		{"text", scalar(tree.Int, "0644"), "text: without quotes a number with a leading zero is octal to some YAML readers, decimal to others; put it in quotes", tree.Ambiguous},
		{"yes", plain("on"), "yes: without quotes this word is a boolean to some YAML readers, a string to others; write true or false", tree.Ambiguous},
		{"yes", str("true"), "yes: expected true or false, found a string", tree.WrongType},
		{"number", str("80"), "number: expected an integer, found a string", tree.WrongType},
		{"number", scalar(tree.Float, "1.5"), "number: expected an integer, found a number", tree.WrongType},
		{"number", scalar(tree.Float, ".inf"), "number: expected an integer, found a number", tree.WrongType},
		{"number", scalar(tree.Int, "2147483648"), "number: expected an integer from -2147483648 to 2147483647", tree.OutOfRange},
		{"small", scalar(tree.Float, "1e400"), "small: expected an integer from -128 to 127", tree.OutOfRange},
		{"pointer", scalar(tree.Int, "9223372036854775808"), "pointer: expected an integer from -9223372036854775808 to 9223372036854775807", tree.OutOfRange},
		{"amount", str("1 GB"), "amount: expected a quantity such as 100m or 1.5Gi", tree.Malformed},
		{"amount", list(), "amount: expected a quantity such as 100m or 1.5Gi, found a list", tree.WrongType},
		{"port", list(), "port: expected an integer or a string, found a list", tree.WrongType},
		{"every", str("soon"), "every: expected a duration such as 1h30m", tree.Malformed},
		{"every", scalar(tree.Int, "3"), "every: expected a duration such as 1h30m, found an integer", tree.WrongType},
		{"data", str("%"), "data: expected base64", tree.Malformed},
		{"optional", scalar(tree.Bool, "true"), "optional: expected a map or false, found a boolean", tree.WrongType},
	} {
		errs := tree.Decode(object("name", str("x"), tt.key, tt.value), &thing{})
		if len(errs) != 1 {
			t.Errorf("%s: %v", tt.want, errs)
			continue
		}
		want, fix, _ := strings.Cut(tt.want, "; ")
		if got := errs[0]; got.Error() != "x.yaml:2:1: "+want && !strings.Contains(want, "[") || got.Kind != tt.kind || got.Fix != fix ||
			!strings.HasSuffix(got.Error(), want) {
			t.Errorf("got  %s; %s (%d)\nwant %s (%d)", got.Error(), got.Fix, got.Kind, tt.want, tt.kind)
		}
	}
}

func TestDecodeReportsEveryMistake(t *testing.T) {
	errs := tree.Decode(object("naem", str("x"), "number", str("x"), "amounts", object("cpu", str("?"))), &thing{})
	var paths []string
	for _, e := range errs {
		paths = append(paths, e.Path.String())
	}
	if diff := cmp.Diff([]string{"naem", "number", "amounts.cpu"}, paths); diff != "" {
		t.Error(diff)
	}
}

func TestDecimal(t *testing.T) {
	for _, tt := range []struct {
		kind       tree.Kind
		text, want string
	}{
		{tree.Int, "8080", "8080"}, {tree.Int, "-1", "-1"}, {tree.Int, "+5", "5"}, {tree.Int, "0", "0"}, {tree.Int, "007", "7"},
		{tree.Int, "0644", "420"}, {tree.Int, "0o17", "15"}, {tree.Int, "0x1F", "31"}, {tree.Int, "-0x1F", "-31"}, {tree.Int, "0b101", "5"},
		{tree.Int, "1_000", "1000"}, {tree.Int, "089", "89"}, {tree.Int, "1Ki", "1024"}, {tree.Int, "1.5K", "1500"}, {tree.Int, "2P", "2000000000000000"},
		{tree.Float, "1.10", "1.10"}, {tree.Float, ".5", "0.5"}, {tree.Float, "5.", "5.0"}, {tree.Float, "1e3", "1.0e+3"},
		{tree.Float, "1.5E-07", "1.5e-7"}, {tree.Float, "010.5", "10.5"}, {tree.Float, "-.5e+2", "-0.5e+2"}, {tree.Float, "0.0005K", "0.5"},
		{tree.Float, ".inf", ""}, {tree.Float, "-.inf", ""}, {tree.Float, ".nan", ""}, {tree.Float, "", ""}, {tree.Float, "-", ""}, {tree.Float, "e5", ""},
		{tree.Float, "1e", ""}, {tree.Float, "1e+", ""}, {tree.Float, ".", ""}, {tree.Int, "K", ""}, {tree.Int, "i", ""}, {tree.Int, "0x", ""}, {tree.String, "1", ""},
	} {
		got, ok := scalar(tt.kind, tt.text).Decimal()
		if got != tt.want && tt.want != "" || ok != (tt.want != "") {
			t.Errorf("Decimal(%q) = %q, %v, want %q", tt.text, got, ok, tt.want)
		}
	}
}
