package mutant

import (
	"encoding/json"
	"reflect"
	"strings"

	"k8s.io/apimachinery/pkg/api/resource"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/util/intstr"
)

// goType is the Go type of a place in a manifest, nil where there is none.
type goType = reflect.Type

// member is a field of a struct, as manifests have it.
type member struct {
	name string
	typ  goType
}

// plain is t without pointers.
func plain(t goType) goType {
	for t != nil && t.Kind() == reflect.Pointer {
		t = t.Elem()
	}
	return t
}

var unmarshaler = reflect.TypeFor[json.Unmarshaler]()

// isLeaf reports whether t is written as a scalar.
func isLeaf(t goType) bool {
	t = plain(t)
	if t == nil {
		return true
	}
	if t == reflect.TypeFor[[]byte]() || reflect.PointerTo(t).Implements(unmarshaler) {
		return true
	}
	switch t.Kind() {
	case reflect.Struct, reflect.Map, reflect.Slice, reflect.Interface:
		return false
	}
	return true
}

// members are the fields of a struct type, in its order.
func members(t goType) (all []member) {
	t = plain(t)
	if t == nil || t.Kind() != reflect.Struct || isLeaf(t) {
		return nil
	}
	for i := range t.NumField() {
		f := t.Field(i)
		name, options, _ := strings.Cut(f.Tag.Get("json"), ",")
		switch {
		case strings.Contains(options, "inline") || f.Anonymous && name == "":
			all = append(all, members(f.Type)...)
		case name != "" && name != "-":
			all = append(all, member{name, f.Type})
		}
	}
	return all
}

// child is the type of what stands under a key; "" asks for a list's element.
func child(t goType, key string) goType {
	t = plain(t)
	if t == nil || isLeaf(t) {
		return nil
	}
	switch t.Kind() {
	case reflect.Map, reflect.Slice:
		return t.Elem()
	}
	for _, m := range members(t) {
		if m.name == key {
			return m.typ
		}
	}
	return nil
}

// sort is what scalars of a type look like.
type sort int

const (
	anything sort = iota
	text
	number
	truth
	quantity
	portOrPercent
	instant
	duration
	encoded
	structure
)

func sortOf(t goType) sort {
	switch t = plain(t); {
	case t == nil:
		return anything
	case t == reflect.TypeFor[resource.Quantity]():
		return quantity
	case t == reflect.TypeFor[intstr.IntOrString]():
		return portOrPercent
	case t == reflect.TypeFor[metav1.Time](), t == reflect.TypeFor[metav1.MicroTime]():
		return instant
	case t == reflect.TypeFor[metav1.Duration]():
		return duration
	case t == reflect.TypeFor[[]byte]():
		return encoded
	}
	switch t.Kind() {
	case reflect.String:
		return text
	case reflect.Bool:
		return truth
	case reflect.Int, reflect.Int32, reflect.Int64, reflect.Float64, reflect.Uint8:
		return number
	case reflect.Struct, reflect.Map, reflect.Slice:
		return structure
	}
	return anything
}
