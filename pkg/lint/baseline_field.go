package lint

import (
	"fmt"
	"reflect"

	"github.com/kgen-dev/kgen/pkg/tree"
)

// named is where the finding is, with the names of list elements.
func (f *Finding) named() string {
	if n := f.Object.Node(); n != nil {
		return n.Named(f.At)
	}
	return f.At.Named(func(at tree.Path) string { return nameOf(valueAt(reflect.ValueOf(f.Object.Value), at)) })
}

// valueAt is the value at a path of a typed one; the zero Value where there is none.
func valueAt(v reflect.Value, at tree.Path) reflect.Value {
	v = settled(v)
	for _, e := range at {
		switch e := e.(type) {
		case string:
			v = settled(fieldOf(v, e))
		case int:
			if v.Kind() != reflect.Slice || e < 0 || e >= v.Len() {
				return reflect.Value{}
			}
			v = settled(v.Index(e))
		}
	}
	return v
}

// settled is what a pointer or an interface leads to.
func settled(v reflect.Value) reflect.Value {
	for v.Kind() == reflect.Pointer || v.Kind() == reflect.Interface {
		v = v.Elem()
	}
	return v
}

// fieldOf is the value that encoding/json knows by a name in a struct or map.
func fieldOf(v reflect.Value, name string) reflect.Value {
	switch v.Kind() {
	case reflect.Map:
		if v.Type().Key().Kind() == reflect.String {
			return v.MapIndex(reflect.ValueOf(name).Convert(v.Type().Key()))
		}
	case reflect.Struct:
		for i := range v.NumField() {
			known, isInlined := tree.JSONName(v.Type().Field(i))
			if isInlined {
				if found := fieldOf(v.Field(i), name); found.IsValid() {
					return found
				}
			} else if known == name {
				return v.Field(i)
			}
		}
	}
	return reflect.Value{}
}

// nameOf is what tells an element of a list apart; empty where nothing does.
func nameOf(element reflect.Value) string {
	for _, name := range tree.Identities() {
		v := settled(fieldOf(element, name))
		switch {
		case !v.IsValid() || v.IsZero():
		case v.Kind() == reflect.String:
			return v.String()
		case v.CanInt():
			return fmt.Sprint(v.Int())
		}
	}
	return ""
}
