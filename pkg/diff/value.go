package diff

import (
	"encoding/base64"
	"encoding/json"
	"fmt"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"sync"

	"k8s.io/apimachinery/pkg/api/resource"
	"k8s.io/apimachinery/pkg/util/intstr"

	"github.com/kgen-dev/kgen/pkg/tree"
)

// value is a part of an object as it is compared: what the API takes for the same is
// the same. What is not there is nil.
type value struct {
	kind   tree.Kind
	text   string  // of a scalar
	fields []entry // of a map, or with empty keys the elements of a list
	// mergeKey is the field by which the API finds the elements of a list.
	mergeKey string
	// isDefault is set where nobody wrote it.
	isDefault bool
	// isSecret is set where it is not to be shown.
	isSecret bool
}

type entry struct {
	key   string
	value *value
}

func (v *value) isScalar() bool { return v.kind < tree.List }

// get is the value under a key of a map; nil where there is none.
func (v *value) get(key string) *value {
	if v == nil || v.kind != tree.Map {
		return nil
	}
	for i := range v.fields {
		if v.fields[i].key == key {
			return v.fields[i].value
		}
	}
	return nil
}

// at follows keys of maps.
func (v *value) at(keys ...string) *value {
	for _, key := range keys {
		v = v.get(key)
	}
	return v
}

func (v *value) drop(keys ...string) {
	if v != nil && v.kind == tree.Map {
		v.fields = slices.DeleteFunc(v.fields, func(e entry) bool { return slices.Contains(keys, e.key) })
	}
}

// areEqual reports whether two values are the same to the API.
func areEqual(a, b *value) bool {
	if a == nil || b == nil {
		return a == b
	}
	if a.kind != b.kind || a.text != b.text || len(a.fields) != len(b.fields) {
		return false
	}
	for i := range a.fields {
		other := b.fields[i].value
		if a.kind == tree.Map && a.fields[i].key != b.fields[i].key {
			other = b.get(a.fields[i].key)
		}
		if !areEqual(a.fields[i].value, other) {
			return false
		}
	}
	return true
}

// ofNode is the value of a manifest whose kind has no Go type.
func ofNode(n *tree.Node) *value {
	switch {
	case n == nil || n.Kind == tree.Null:
		return nil
	case n.Kind == tree.Int || n.Kind == tree.Float:
		v := &value{kind: n.Kind, text: n.Text}
		if decimal, ok := n.Decimal(); ok {
			v.text = string(decimal)
		}
		return v
	case n.IsScalar():
		return &value{kind: n.Kind, text: n.Text}
	}
	v := &value{kind: n.Kind}
	for i := range n.Fields {
		element := ofNode(n.Fields[i].Value)
		switch {
		case n.Kind == tree.Map && element == nil: // to the API null is as if left out
		case element == nil:
			v.fields = append(v.fields, entry{value: &value{kind: tree.Null}})
		case n.Kind == tree.Map && v.get(n.Fields[i].Key) != nil: // the last counts
			*v.get(n.Fields[i].Key) = *element
		case n.Kind == tree.Map:
			v.fields = append(v.fields, entry{n.Fields[i].Key, element})
		default:
			v.fields = append(v.fields, entry{value: element})
		}
	}
	return v
}

// plan is how to read the fields of a struct.
type plan struct {
	index    int
	name     string
	inner    []plan // of an inlined struct
	mergeKey string
}

var plans sync.Map // reflect.Type -> []plan

func planOf(t reflect.Type) []plan {
	if p, ok := plans.Load(t); ok {
		return p.([]plan)
	}
	var list []plan
	for i := range t.NumField() {
		f := t.Field(i)
		name, isInlined := tree.JSONName(f)
		switch {
		case isInlined:
			list = append(list, plan{index: i, inner: planOf(f.Type)})
		case name != "":
			list = append(list, plan{index: i, name: name, mergeKey: f.Tag.Get("patchMergeKey")})
		}
	}
	plans.Store(t, list)
	return list
}

var (
	marshalerType = reflect.TypeFor[json.Marshaler]()
	quantityType  = reflect.TypeFor[resource.Quantity]()
	choiceType    = reflect.TypeFor[intstr.IntOrString]()
)

// ofTyped is the value of v; raw is the same before defaults were filled in, invalid
// where there was nothing.
func ofTyped(v, raw reflect.Value) *value {
	isDefault := !raw.IsValid() || raw.IsZero()
	t := v.Type()
	var made *value
	switch {
	case t.Kind() == reflect.Pointer:
		if v.IsNil() {
			return nil
		}
		if isDefault {
			raw = reflect.Value{}
		} else {
			raw = raw.Elem()
		}
		made = ofTyped(v.Elem(), raw)
		if made == nil {
			made = emptyOf(t.Elem())
		}
	case t == quantityType:
		q, _ := v.Interface().(resource.Quantity)
		made = &value{kind: tree.String, text: q.String()}
	case t == choiceType:
		choice, _ := v.Interface().(intstr.IntOrString)
		made = &value{kind: tree.Int, text: choice.String()}
		if choice.Type == intstr.String {
			made.kind = tree.String
		}
	case reflect.PointerTo(t).Implements(marshalerType):
		made = ofMarshaler(v)
	default:
		made = ofKind(v, raw)
	}
	if made != nil {
		made.isDefault = isDefault
	}
	return made
}

// emptyOf is the value of what is there and empty.
func emptyOf(t reflect.Type) *value {
	switch t.Kind() {
	case reflect.Bool:
		return &value{kind: tree.Bool, text: "false"}
	case reflect.Struct, reflect.Map:
		return &value{kind: tree.Map}
	case reflect.String:
		return &value{kind: tree.String}
	case reflect.Slice:
		return &value{kind: tree.List}
	}
	return &value{kind: tree.Int, text: "0"}
}

// ofKind is the value of what has no form of its own; nil for nothing.
func ofKind(v, raw reflect.Value) *value {
	switch v.Kind() {
	case reflect.Struct:
		made := &value{kind: tree.Map}
		made.addFields(planOf(v.Type()), v, raw)
		if len(made.fields) == 0 {
			return nil
		}
		return made
	case reflect.Map:
		return ofMap(v, raw)
	case reflect.Slice:
		return ofSlice(v, raw)
	}
	if v.IsZero() {
		return nil
	}
	switch v.Kind() {
	case reflect.String:
		return &value{kind: tree.String, text: v.String()}
	case reflect.Bool:
		return &value{kind: tree.Bool, text: "true"}
	case reflect.Int, reflect.Int8, reflect.Int16, reflect.Int32, reflect.Int64:
		return &value{kind: tree.Int, text: strconv.FormatInt(v.Int(), 10)}
	}
	return &value{kind: tree.String, text: fmt.Sprint(v.Interface())}
}

func (v *value) addFields(list []plan, of, raw reflect.Value) {
	for i := range list {
		p := &list[i]
		var was reflect.Value
		if raw.IsValid() {
			was = raw.Field(p.index)
		}
		field := of.Field(p.index)
		if p.inner != nil {
			v.addFields(p.inner, field, was)
			continue
		}
		if made := ofTyped(field, was); made != nil {
			made.mergeKey = p.mergeKey
			v.fields = append(v.fields, entry{p.name, made})
		}
	}
}

func ofMap(v, raw reflect.Value) *value {
	if v.Len() == 0 {
		return nil
	}
	made := &value{kind: tree.Map}
	keys := v.MapKeys()
	slices.SortFunc(keys, func(a, b reflect.Value) int { return strings.Compare(a.String(), b.String()) })
	for _, k := range keys {
		var was reflect.Value
		if raw.IsValid() {
			was = raw.MapIndex(k)
		}
		element := ofTyped(v.MapIndex(k), was)
		if element == nil {
			element = emptyOf(v.Type().Elem())
		}
		element.isDefault = !was.IsValid()
		made.fields = append(made.fields, entry{k.String(), element})
	}
	return made
}

func ofSlice(v, raw reflect.Value) *value {
	if v.Len() == 0 {
		return nil
	}
	if v.Type().Elem().Kind() == reflect.Uint8 {
		return &value{kind: tree.String, text: base64.StdEncoding.EncodeToString(v.Bytes())}
	}
	made := &value{kind: tree.List}
	for i := range v.Len() {
		var was reflect.Value
		if raw.IsValid() && i < raw.Len() {
			was = raw.Index(i)
		}
		element := ofTyped(v.Index(i), was)
		if element == nil {
			element = emptyOf(v.Type().Elem())
		}
		element.isDefault = !was.IsValid()
		made.fields = append(made.fields, entry{value: element})
	}
	return made
}

// ofMarshaler takes the word of types that know their own JSON: times, durations,
// raw extensions.
func ofMarshaler(v reflect.Value) *value {
	if v.IsZero() {
		return nil
	}
	data, err := json.Marshal(v.Interface())
	if err != nil || string(data) == "null" {
		return nil
	}
	var text string
	if json.Unmarshal(data, &text) == nil {
		return &value{kind: tree.String, text: text}
	}
	return &value{kind: tree.String, text: string(data)}
}
