package schema

import "github.com/kgen-dev/kgen/pkg/tree"

// DecodeTree reads the map in the order written.
func (m *Map[T]) DecodeTree(d *tree.Decoder, n *tree.Node) {
	if n.Kind != tree.Map {
		d.Wrong(n, "a map")
		return
	}
	*m = make(Map[T], 0, len(n.Fields))
	for i := range n.Fields {
		f := &n.Fields[i]
		if f.Value == nil || f.Value.Kind == tree.Null {
			continue
		}
		*m = append(*m, Entry[T]{Key: f.Key})
		d.Entry(f.Key, f.Value, &(*m)[len(*m)-1].Value)
	}
}

// DecodeTree reads a string, a number (a quantity may be one), or false.
func (t *Text) DecodeTree(d *tree.Decoder, n *tree.Node) {
	switch {
	case n.Kind == tree.Bool:
		if t.Declined = n.Text == "false"; !t.Declined {
			d.Wrong(n, "a string or false")
		}
	case (n.Kind == tree.Int || n.Kind == tree.Float) && !tree.IsAmbiguous(n):
		var ok bool
		if t.Value, ok = n.Decimal(); !ok {
			d.Wrong(n, "a string or false")
		}
	default:
		t.Value, _ = d.String(n)
	}
}

// DecodeTree reads an integer or false.
func (c *Count) DecodeTree(d *tree.Decoder, n *tree.Node) {
	if n.Kind != tree.Bool {
		value, _ := d.Int(n, 32)
		c.Value = int32(value)
		return
	}
	if c.Declined = n.Text == "false"; !c.Declined {
		d.Wrong(n, "an integer or false")
	}
}

// DecodeTree reads a number or a name.
func (v *IntOrName) DecodeTree(d *tree.Decoder, n *tree.Node) {
	switch n.Kind {
	case tree.Int, tree.Float:
		value, _ := d.Int(n, 32)
		v.Number = int32(value)
	case tree.String:
		v.Name, _ = d.String(n)
	default:
		d.Wrong(n, "a number or a name")
	}
}

// RefusalOf is the id under which an error of the decoder is reported.
func RefusalOf(kind tree.ErrorKind) string {
	switch kind {
	case tree.UnknownField:
		return UnknownField
	case tree.Ambiguous:
		return AmbiguousScalar
	}
	return InvalidValue
}
