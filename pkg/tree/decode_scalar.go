package tree

import (
	"math"
	"reflect"
	"strconv"
)

const inQuotes = "put it in quotes"

// String returns the string that n holds. Anything else is an error, and so is
// what looks like one to some YAML readers only.
func (d *Decoder) String(n *Node) (string, bool) {
	switch {
	case n.Kind == String && !IsAmbiguous(n):
		return n.Text, true
	case IsAmbiguous(n):
		d.ambiguous(n).Fix = inQuotes
	case n.Kind == Bool && n.Plain:
		d.Errorf(n, WrongType, "expected a string, found a boolean: to Kubernetes this word is one without quotes, as y, n, yes, no, on and off are").Fix = inQuotes
	case n.Kind == Int || n.Kind == Float || n.Kind == Bool:
		d.Wrong(n, "a string").Fix = inQuotes
	default:
		d.Wrong(n, "a string")
	}
	return "", false
}

func (d *Decoder) ambiguous(n *Node) *DecodeError {
	if n.Kind == String {
		return d.Errorf(n, Ambiguous, "without quotes this word is a boolean to some YAML readers, a string to others")
	}
	return d.Errorf(n, Ambiguous, "without quotes a number with a leading zero is octal to some YAML readers, decimal to others")
}

// Int returns the integer that n holds when it fits in so many bits. A whole
// number with a fraction (3.0) is an integer, as for the API server.
func (d *Decoder) Int(n *Node, bits int) (int64, bool) {
	text, ok := n.Decimal()
	if !ok {
		d.Wrong(n, "an integer")
		return 0, false
	}
	i, err := strconv.ParseInt(text, 10, 64)
	if err != nil && n.Kind == Float {
		f, err := strconv.ParseFloat(text, 64)
		if err == nil && f != math.Trunc(f) {
			d.Wrong(n, "an integer")
			return 0, false
		}
		if f >= -1<<63 && f < 1<<63 {
			i, ok = int64(f), true
		} else {
			ok = false
		}
	} else if err != nil {
		ok = false
	}
	if low, high := int64(-1)<<(bits-1), int64(1)<<(bits-1)-1; !ok || i < low || i > high {
		d.Errorf(n, OutOfRange, "expected an integer from %d to %d", low, high)
		return 0, false
	}
	return i, true
}

func decodeString(d *Decoder, n *Node, v reflect.Value) {
	if s, ok := d.String(n); ok {
		v.SetString(s)
	}
}

func decodeInt(d *Decoder, n *Node, v reflect.Value) {
	if i, ok := d.Int(n, v.Type().Bits()); ok {
		v.SetInt(i)
	}
}

func decodeBool(d *Decoder, n *Node, v reflect.Value) {
	switch {
	case n.Kind == Bool:
		v.SetBool(n.Text == "true")
	case n.Kind == String && IsAmbiguous(n):
		d.ambiguous(n).Fix = "write true or false"
	default:
		d.Wrong(n, "true or false")
	}
}

func decodeFloat(d *Decoder, n *Node, v reflect.Value) {
	text, ok := n.Decimal()
	if !ok {
		d.Wrong(n, "a number")
		return
	}
	f, err := strconv.ParseFloat(text, v.Type().Bits())
	if err != nil {
		d.Errorf(n, OutOfRange, "expected a number that a float%d can hold", v.Type().Bits())
		return
	}
	v.SetFloat(f)
}
