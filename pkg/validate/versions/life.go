package versions

import (
	"cmp"
	"reflect"
	"slices"
	"strings"

	"github.com/kgen-dev/kgen/pkg/tree"
)

// fieldLife is a field that not every release from Oldest to Newest has.
type fieldLife struct {
	on, field string // "core/v1.Container", "restartPolicyRules"
	since     int    // the minor release that has it first; 0: Oldest has it, or it is gone for longer
	last      int    // the last minor release that has it; 0: Newest has it
}

func fieldLifeOf(on, field string) *fieldLife {
	i, found := slices.BinarySearchFunc(fieldLives, field, func(l fieldLife, field string) int {
		return cmp.Or(strings.Compare(l.on, on), strings.Compare(l.field, field))
	})
	if !found {
		return nil
	}
	return &fieldLives[i]
}

// Vanished returns the first minor release without the field at path, when some
// earlier release had it and Newest, whose type obj has, does not: a message about
// an unknown field can say so. obj is a pointer to a k8s.io/api object, path is from
// its root.
func Vanished(obj any, path tree.Path) (since int, ok bool) {
	typ := reflect.TypeOf(obj)
	for i, e := range path {
		for typ != nil && typ.Kind() == reflect.Pointer {
			typ = typ.Elem()
		}
		name, isName := e.(string)
		switch {
		case typ == nil:
			return 0, false
		case !isName && typ.Kind() == reflect.Slice, isName && typ.Kind() == reflect.Map:
			typ = typ.Elem()
		case !isName || typ.Kind() != reflect.Struct:
			return 0, false
		case i < len(path)-1:
			typ = fieldType(typ, name)
		default:
			life := fieldLifeOf(nameOf(typ), name)
			if life == nil || life.last == 0 {
				return 0, false
			}
			return life.last + 1, true
		}
	}
	return 0, false
}

// fieldType is the type of a field by its JSON name, or nil.
func fieldType(typ reflect.Type, name string) reflect.Type {
	for _, f := range reflect.VisibleFields(typ) {
		tag, _, _ := strings.Cut(f.Tag.Get("json"), ",")
		if tag == name && f.IsExported() {
			return f.Type
		}
	}
	return nil
}
