package tree

import (
	"encoding/base64"
	"encoding/json"
	"math"
	"reflect"
	"strings"

	"k8s.io/apimachinery/pkg/api/resource"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/util/intstr"
)

var (
	quantityType    = reflect.TypeFor[resource.Quantity]()
	intOrStringType = reflect.TypeFor[intstr.IntOrString]()
)

// forms are what the types that read themselves from JSON expect.
var forms = map[reflect.Type]string{
	reflect.TypeFor[metav1.Duration]():  "a duration such as 1h30m",
	reflect.TypeFor[metav1.Time]():      "a time such as 2026-01-31T10:00:00Z",
	reflect.TypeFor[metav1.MicroTime](): "a time such as 2026-01-31T10:00:00.000000Z",
}

// decodeUnmarshaler hands n to the type's own UnmarshalJSON.
func decodeUnmarshaler(d *Decoder, n *Node, v reflect.Value) {
	if err := v.Addr().Interface().(json.Unmarshaler).UnmarshalJSON(n.AppendJSON(nil)); err != nil {
		form, known := forms[v.Type()]
		if !known {
			form = "another form"
		}
		if n.Kind == String {
			d.Errorf(n, Malformed, "expected %s", form)
		} else {
			d.Wrong(n, form)
		}
	}
}

func decodeQuantity(d *Decoder, n *Node, v reflect.Value) {
	text, ok := n.Text, n.Kind == String
	if !ok {
		text, ok = n.Decimal()
	}
	if !ok {
		d.Wrong(n, "a quantity such as 100m or 1.5Gi")
		return
	}
	if isHuge(text) || strings.ContainsFunc(text, isEscaped) || v.Addr().Interface().(*resource.Quantity).UnmarshalJSON([]byte(text)) != nil {
		d.Errorf(n, Malformed, "expected a quantity such as 100m or 1.5Gi")
	}
}

// isEscaped reports whether JSON writes a character as an escape. The server reads
// quantities from JSON: spaces around one do not matter, escapes do.
func isEscaped(r rune) bool { return r < ' ' || r == '\u2028' || r == '\u2029' }

// isHuge reports whether a quantity is out of all proportion: 1e-9999999 would
// keep the parser busy for seconds.
func isHuge(text string) bool {
	_, exponent, _ := cutExponent(text)
	return len(text) > 100 || len(exponent) > 4
}

func decodeIntOrString(d *Decoder, n *Node, v reflect.Value) {
	into := v.Addr().Interface().(*intstr.IntOrString)
	switch n.Kind {
	case Int, Float:
		if i, ok := d.Int(n, 32); ok {
			*into = intstr.FromInt32(int32(i))
		}
	case String:
		if s, ok := d.String(n); ok {
			*into = intstr.FromString(s)
		}
	default:
		d.Wrong(n, "an integer or a string")
	}
}

func decodeBase64(d *Decoder, n *Node, v reflect.Value) {
	if n.Kind == List {
		decodeByteList(d, n, v)
		return
	}
	text, ok := d.String(n)
	if !ok {
		return
	}
	data, err := base64.StdEncoding.DecodeString(text)
	if err != nil {
		d.Errorf(n, Malformed, "expected base64")
		return
	}
	v.SetBytes(data)
}

// decodeByteList reads bytes as the numbers that they are. Nobody writes that, but
// the API server takes it.
func decodeByteList(d *Decoder, n *Node, v reflect.Value) {
	data := make([]byte, len(n.Fields))
	top := len(d.path)
	for i := range n.Fields {
		e := n.Fields[i].Value
		if e == nil || e.Kind == Null {
			continue
		}
		d.path = append(d.path[:top], step{"", i})
		switch b, ok := d.Int(e, 16); {
		case ok && b >= 0 && b <= math.MaxUint8:
			data[i] = byte(b)
		case ok:
			d.Errorf(e, OutOfRange, "expected an integer from 0 to 255")
		}
	}
	d.path = d.path[:top]
	v.SetBytes(data)
}
