package tree

import (
	"encoding/base64"
	"encoding/json"
	"reflect"
	"slices"
	"strconv"
	"strings"
)

// ToTree is implemented by types that write themselves as a node; nil is nothing.
type ToTree interface {
	EncodeTree() *Node
}

// Encode writes what Decode reads: the fields of structs by json tags, in the order of
// their declaration, the entries of Go maps sorted. What is unset is left out; an empty
// list or map is written, for it may mean something else than none. The nodes stand
// nowhere, but for those that value holds.
func Encode(value any) *Node { return encode(reflect.ValueOf(value)) }

func encode(v reflect.Value) *Node {
	if !v.IsValid() {
		return nil
	}
	t := v.Type()
	switch {
	case t == nodeType:
		return v.Interface().(*Node)
	case t.Kind() == reflect.Pointer || t.Kind() == reflect.Interface:
		return encode(v.Elem())
	}
	switch value := v.Interface().(type) {
	case ToTree:
		return value.EncodeTree()
	case json.Marshaler:
		return encodeMarshaler(value)
	}
	switch t.Kind() {
	case reflect.String:
		return &Node{Kind: String, Text: v.String()}
	case reflect.Bool:
		return &Node{Kind: Bool, Text: strconv.FormatBool(v.Bool())}
	case reflect.Int, reflect.Int8, reflect.Int16, reflect.Int32, reflect.Int64:
		return &Node{Kind: Int, Text: strconv.FormatInt(v.Int(), 10)}
	case reflect.Float32, reflect.Float64:
		return &Node{Kind: Float, Text: strconv.FormatFloat(v.Float(), 'g', -1, 64)}
	case reflect.Slice:
		return encodeSlice(v)
	case reflect.Map:
		return encodeMap(v)
	case reflect.Struct:
		return encodeStruct(v)
	}
	return nil
}

// encodeMarshaler is for types that are a scalar in JSON.
func encodeMarshaler(value json.Marshaler) *Node {
	data, err := value.MarshalJSON()
	if err != nil {
		return nil
	}
	var text string
	switch {
	case json.Unmarshal(data, &text) == nil && string(data) != "null":
		return &Node{Kind: String, Text: text}
	case string(data) == "true" || string(data) == "false":
		return &Node{Kind: Bool, Text: string(data)}
	case string(data) != "null":
		return &Node{Kind: Int, Text: string(data)}
	}
	return nil
}

func encodeSlice(v reflect.Value) *Node {
	if v.IsNil() {
		return nil
	}
	if v.Type().Elem().Kind() == reflect.Uint8 {
		return &Node{Kind: String, Text: base64.StdEncoding.EncodeToString(v.Bytes())}
	}
	n := &Node{Kind: List}
	for i := range v.Len() {
		element := encode(v.Index(i))
		if element == nil {
			element = &Node{}
		}
		n.Fields = append(n.Fields, Field{Value: element})
	}
	return n
}

func encodeMap(v reflect.Value) *Node {
	if v.IsNil() {
		return nil
	}
	n := &Node{Kind: Map}
	for _, key := range v.MapKeys() {
		if value := encode(v.MapIndex(key)); value != nil {
			n.Fields = append(n.Fields, Field{Key: key.String(), Value: value})
		}
	}
	slices.SortFunc(n.Fields, func(a, b Field) int { return strings.Compare(a.Key, b.Key) })
	return n
}

// encodeStruct writes false for a struct that is Declined.
func encodeStruct(v reflect.Value) *Node {
	if declined := v.FieldByName("Declined"); declined.IsValid() && declined.Kind() == reflect.Bool && declined.Bool() {
		return &Node{Kind: Bool, Text: "false"}
	}
	n := &Node{Kind: Map}
	addFields(n, v)
	return n
}

func addFields(n *Node, v reflect.Value) {
	t := v.Type()
	for i := range t.NumField() {
		f := t.Field(i)
		name, options, _ := strings.Cut(f.Tag.Get("json"), ",")
		switch {
		case name == "-" || !f.IsExported():
		case name == "" && f.Anonymous:
			inner := v.Field(i)
			if inner.Kind() == reflect.Pointer {
				inner = inner.Elem()
			}
			if inner.IsValid() {
				addFields(n, inner)
			}
		default:
			addField(n, name, strings.Contains(options, "omit"), v.Field(i))
		}
	}
}

// addField writes a field that says something.
func addField(n *Node, name string, isOptional bool, v reflect.Value) {
	if isOptional && v.IsZero() {
		return
	}
	value := encode(v)
	isNothing := value == nil || v.Kind() == reflect.Struct && value.Kind == Map && len(value.Fields) == 0
	if !isNothing {
		n.Fields = append(n.Fields, Field{Key: name, Value: value})
	}
}
