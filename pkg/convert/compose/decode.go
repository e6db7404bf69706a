package compose

import (
	"errors"
	"fmt"
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

var errType = errors.New("it has parts of the wrong type")

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
		return from.Interface(), nil
	}
	if err := target.DecodeMapstructure(from.Interface()); err != nil {
		return nil, err
	}
	return to.Interface(), nil
}

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
