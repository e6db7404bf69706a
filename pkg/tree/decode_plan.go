package tree

import (
	"encoding/json"
	"reflect"
	"strings"
	"sync"

	"github.com/kgen-dev/kgen/pkg/suggest"
)

// plan is how to decode one Go type. It is built when a value of that type is
// first met, so that a run pays for no type that it does not use.
type plan struct {
	typ    reflect.Type
	once   sync.Once
	decode func(d *Decoder, n *Node, v reflect.Value)
}

var plans sync.Map // reflect.Type -> *plan

func planOf(t reflect.Type) *plan {
	if p, ok := plans.Load(t); ok {
		return p.(*plan)
	}
	p, _ := plans.LoadOrStore(t, &plan{typ: t})
	return p.(*plan)
}

// run decodes n into v, which is addressable. null leaves v as it is.
func (p *plan) run(d *Decoder, n *Node, v reflect.Value) {
	if n == nil || n.Kind == Null {
		return
	}
	p.once.Do(p.build)
	p.decode(d, n, v)
}

var (
	nodeType        = reflect.TypeFor[*Node]()
	fromTreeType    = reflect.TypeFor[FromTree]()
	unmarshalerType = reflect.TypeFor[json.Unmarshaler]()
)

func (p *plan) build() {
	t, pointer := p.typ, reflect.PointerTo(p.typ)
	switch {
	case t == nodeType:
		p.decode = func(_ *Decoder, n *Node, v reflect.Value) { v.Set(reflect.ValueOf(n)) }
	case pointer.Implements(fromTreeType):
		p.decode = func(d *Decoder, n *Node, v reflect.Value) { v.Addr().Interface().(FromTree).DecodeTree(d, n) }
	case t == quantityType:
		p.decode = decodeQuantity
	case t == intOrStringType:
		p.decode = decodeIntOrString
	case pointer.Implements(unmarshalerType):
		p.decode = decodeUnmarshaler
	default:
		p.decode = decodeKind(t)
	}
}

func decodeKind(t reflect.Type) func(*Decoder, *Node, reflect.Value) {
	switch t.Kind() {
	case reflect.String:
		return decodeString
	case reflect.Bool:
		return decodeBool
	case reflect.Int, reflect.Int8, reflect.Int16, reflect.Int32, reflect.Int64:
		return decodeInt
	case reflect.Float32, reflect.Float64:
		return decodeFloat
	case reflect.Pointer:
		return decodePointer(planOf(t.Elem()))
	case reflect.Slice:
		if t.Elem().Kind() == reflect.Uint8 {
			return decodeBase64
		}
		return decodeSlice(planOf(t.Elem()))
	case reflect.Map:
		if t.Key().Kind() == reflect.String {
			return decodeMap(planOf(t.Elem()))
		}
	case reflect.Struct:
		return newStructPlan(t).decode
	}
	return func(d *Decoder, n *Node, _ reflect.Value) { d.Wrong(n, "nothing") }
}

func decodePointer(elem *plan) func(*Decoder, *Node, reflect.Value) {
	return func(d *Decoder, n *Node, v reflect.Value) {
		target := reflect.New(elem.typ)
		elem.run(d, n, target.Elem())
		v.Set(target)
	}
}

func decodeSlice(elem *plan) func(*Decoder, *Node, reflect.Value) {
	return func(d *Decoder, n *Node, v reflect.Value) {
		if n.Kind != List {
			d.Wrong(n, "a list")
			return
		}
		v.Set(reflect.MakeSlice(v.Type(), len(n.Fields), len(n.Fields)))
		top := len(d.path)
		for i := range n.Fields {
			d.path = append(d.path[:top], step{"", i})
			elem.run(d, n.Fields[i].Value, v.Index(i))
		}
		d.path = d.path[:top]
	}
}

func decodeMap(elem *plan) func(*Decoder, *Node, reflect.Value) {
	return func(d *Decoder, n *Node, v reflect.Value) {
		if n.Kind != Map {
			d.Wrong(n, "a map")
			return
		}
		m := reflect.MakeMapWithSize(v.Type(), len(n.Fields))
		top := len(d.path)
		for i := range n.Fields {
			f := &n.Fields[i]
			d.path = append(d.path[:top], step{f.Key, -1})
			value := reflect.New(elem.typ).Elem()
			elem.run(d, f.Value, value)
			m.SetMapIndex(reflect.ValueOf(f.Key).Convert(v.Type().Key()), value)
		}
		d.path = d.path[:top]
		v.Set(m)
	}
}

// structPlan is the fields of a struct by json name, those of inlined structs
// among them.
type structPlan struct {
	fields   map[string]structField
	names    []string
	declined []int // the index of the field Declined, nil without one
}

type structField struct {
	index []int
	plan  *plan
}

func newStructPlan(t reflect.Type) *structPlan {
	s := &structPlan{fields: map[string]structField{}}
	s.add(t, nil)
	return s
}

// add takes the fields of t in. A field of the outer struct hides one of the
// same name in an inlined struct, wherever it stands.
func (s *structPlan) add(t reflect.Type, index []int) {
	var inlined []reflect.StructField
	for i := range t.NumField() {
		f := t.Field(i)
		name, isInlined := JSONName(f)
		switch at := append(index[:len(index):len(index)], i); {
		case isInlined:
			inlined = append(inlined, f)
		case f.Name == "Declined" && name == "" && s.declined == nil:
			s.declined = at
		case name == "":
		default:
			if _, hidden := s.fields[name]; !hidden {
				s.fields[name] = structField{at, planOf(f.Type)}
				s.names = append(s.names, name)
			}
		}
	}
	for _, f := range inlined {
		s.add(f.Type, append(index[:len(index):len(index)], f.Index...))
	}
}

// JSONName is the name under which encoding/json knows a field: empty when it
// does not. The fields of an inlined struct stand among those of the outer one.
func JSONName(f reflect.StructField) (name string, inlined bool) {
	tag := f.Tag.Get("json")
	name, _, _ = strings.Cut(tag, ",")
	switch {
	case tag == "-" || !f.IsExported():
		return "", false
	case name != "":
		return name, false
	case f.Anonymous && f.Type.Kind() == reflect.Struct:
		return "", true
	}
	return f.Name, false
}

func (s *structPlan) decode(d *Decoder, n *Node, v reflect.Value) {
	if n.Kind != Map {
		s.decodeOther(d, n, v)
		return
	}
	top := len(d.path)
	for i := range n.Fields {
		entry := &n.Fields[i]
		d.path = append(d.path[:top], step{entry.Key, -1})
		f, known := s.fields[entry.Key]
		if !known {
			s.unknown(d, entry)
			continue
		}
		if len(f.index) == 1 {
			f.plan.run(d, entry.Value, v.Field(f.index[0]))
		} else {
			f.plan.run(d, entry.Value, v.FieldByIndex(f.index))
		}
	}
	d.path = d.path[:top]
}

func (s *structPlan) decodeOther(d *Decoder, n *Node, v reflect.Value) {
	switch {
	case s.declined == nil:
		d.Wrong(n, "a map")
	case n.Kind == Bool && n.Text == "false":
		v.FieldByIndex(s.declined).SetBool(true)
	default:
		d.Wrong(n, "a map or false")
	}
}

func (s *structPlan) unknown(d *Decoder, entry *Field) {
	pos := entry.KeyPos
	if !pos.IsValid() && entry.Value != nil {
		pos = entry.Value.Pos
	}
	d.errorAt(pos, UnknownField, "unknown field"+suggest.Hint(entry.Key, s.names))
}
