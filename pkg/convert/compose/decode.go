package compose

import (
	"errors"
	"fmt"
	"math"
	"reflect"
	"strings"

	"github.com/go-viper/mapstructure/v2"

	"github.com/kgen-dev/kgen/pkg/tree"
)

// decoded is implemented by the types of compose-go that read themselves.
type decoded interface{ DecodeMapstructure(value any) error }

// decodeField decodes one field of a struct of compose-go, and returns the names of what
// is in it and means nothing there.
func decodeField(key string, value any, into any) (unused []string, err error) {
	defer func() {
		if recover() != nil { // the types of compose-go rely on its JSON Schema
			err = errType
		}
	}()
	var about mapstructure.Metadata
	decoder, err := mapstructure.NewDecoder(&mapstructure.DecoderConfig{
		Result: into, TagName: "yaml", Squash: true, Metadata: &about, WeaklyTypedInput: true, DecodeHook: mapstructure.DecodeHookFuncValue(decodeItself),
		MatchName: func(key, name string) bool { return key == name || isUntagged(name) && key == strings.ToLower(name) },
	})
	if err != nil {
		return nil, fmt.Errorf("decode %s: %w", key, err)
	}
	err = decoder.Decode(dict{key: value})
	return about.Unused, err
}

var errType = errors.New("it, or a part of it, is of another type than compose has here")

// isUntagged reports whether a name is that of a Go field, which YAML has in lower case.
func isUntagged(name string) bool { return name != "" && name[0] >= 'A' && name[0] <= 'Z' }

// decodeItself lets a type read itself, whether it or its pointer can.
func decodeItself(from, to reflect.Value) (any, error) {
	if to.Kind() == reflect.Pointer && to.IsNil() && to.CanSet() {
		if _, reads := reflect.New(to.Type().Elem()).Interface().(decoded); reads {
			to.Set(reflect.New(to.Type().Elem()))
		}
	}
	target, reads := to.Interface().(decoded)
	if !reads && to.CanAddr() {
		target, reads = to.Addr().Interface().(decoded)
	}
	if !reads {
		return strictly(from.Interface(), to.Type())
	}
	if err := target.DecodeMapstructure(from.Interface()); err != nil {
		return nil, err
	}
	return to.Interface(), nil
}

// switches are the words that compose takes for true and false, in any case.
var switches = map[string]bool{"true": true, "y": true, "yes": true, "on": true, "false": false, "n": false, "no": false, "off": false}

// strictly is a value for a type, or an error where the decoder would make another of it
// without a word: it cuts fractions off, and takes -1 for a large number and true for 1.
func strictly(value any, to reflect.Type) (any, error) {
	for to.Kind() == reflect.Pointer {
		to = to.Elem()
	}
	kind := to.Kind()
	isNumber := kind >= reflect.Int && kind <= reflect.Float64
	switch v := value.(type) {
	case bool:
		if isNumber || kind == reflect.String {
			return nil, errType
		}
	case int:
		if kind == reflect.Bool {
			return nil, errType
		}
		if v < 0 && kind >= reflect.Uint && kind <= reflect.Uintptr {
			return nil, errWhole
		}
	case float64:
		if isNumber && kind < reflect.Float32 && v != math.Trunc(v) {
			return nil, errWhole
		}
	case string:
		if is, isKnown := switches[strings.ToLower(v)]; isKnown && kind == reflect.Bool {
			return is, nil
		}
	}
	return value, nil
}

var errWhole = errors.New("no whole number that fits here")

// keysAt are the keys that may stand beside the end of a path, which leads into a struct
// of compose-go.
func keysAt(into any, path tree.Path) (keys []string) {
	t := reflect.TypeOf(into)
	for _, elem := range path[:len(path)-1] {
		if t = within(t, elem); t == nil {
			return nil
		}
	}
	for _, f := range fieldsOf(t) {
		keys = append(keys, f.name)
	}
	return keys
}

// within is the type of what an element of a path leads to; nil where nothing is known
// of it.
func within(t reflect.Type, elem any) reflect.Type {
	for t.Kind() == reflect.Pointer {
		t = t.Elem()
	}
	if t.Kind() == reflect.Map || t.Kind() == reflect.Slice {
		return t.Elem()
	}
	for _, f := range fieldsOf(t) {
		if any(f.name) == elem {
			return f.of
		}
	}
	return nil
}

// keyed is a field of a struct of compose-go by its key.
type keyed struct {
	name string
	of   reflect.Type
}

func fieldsOf(t reflect.Type) (fields []keyed) {
	for t.Kind() == reflect.Pointer {
		t = t.Elem()
	}
	if t.Kind() != reflect.Struct {
		return nil
	}
	for i := range t.NumField() {
		f := t.Field(i)
		name, _, _ := strings.Cut(f.Tag.Get("yaml"), ",")
		switch {
		case f.Anonymous && name == "":
			fields = append(fields, fieldsOf(f.Type)...)
		case name != "" && name != "-" && !strings.HasPrefix(name, "#"):
			fields = append(fields, keyed{name, f.Type})
		}
	}
	return fields
}
