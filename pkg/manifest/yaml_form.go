package manifest

import (
	"encoding/base64"
	"encoding/json"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"sync"

	corev1 "k8s.io/api/core/v1"
	"k8s.io/apimachinery/pkg/api/resource"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/util/intstr"

	"github.com/kgen-dev/kgen/pkg/tree"
)

// form is how to write one Go type; it is built when first used.
type form struct {
	typ  reflect.Type
	once sync.Once
	// write reports whether there was anything to write; of an empty struct or
	// map it writes nothing.
	writer func(w *writer, v reflect.Value, m margin) bool
}

var forms sync.Map // reflect.Type -> *form

func formOf(t reflect.Type) *form {
	if f, ok := forms.Load(t); ok {
		return f.(*form)
	}
	f, _ := forms.LoadOrStore(t, &form{typ: t})
	return f.(*form)
}

func (f *form) write(w *writer, v reflect.Value, m margin) bool {
	f.once.Do(f.build)
	return f.writer(w, v, m)
}

var (
	stringMapType    = reflect.TypeFor[map[string]string]()
	resourceListType = reflect.TypeFor[corev1.ResourceList]()
	nodeType         = reflect.TypeFor[*tree.Node]()
	quantityType     = reflect.TypeFor[resource.Quantity]()
	intOrStringType  = reflect.TypeFor[intstr.IntOrString]()
	typeMetaType     = reflect.TypeFor[metav1.TypeMeta]()
	marshalerType    = reflect.TypeFor[json.Marshaler]()
)

func (f *form) build() {
	switch t := f.typ; {
	case t == stringMapType:
		f.writer = writeStringMap
	case t == resourceListType:
		f.writer = writeResourceList
	case t == nodeType:
		f.writer = writeNode
	case t == quantityType:
		f.writer = writeQuantity
	case t == intOrStringType:
		f.writer = writeIntOrString
	case t.Kind() != reflect.Pointer && reflect.PointerTo(t).Implements(marshalerType):
		f.writer = writeMarshaler
	default:
		f.writer = writerOfKind(t)
	}
}

func writerOfKind(t reflect.Type) func(*writer, reflect.Value, margin) bool {
	switch t.Kind() {
	case reflect.String:
		return writeString
	case reflect.Bool:
		return writeBool
	case reflect.Int, reflect.Int8, reflect.Int16, reflect.Int32, reflect.Int64:
		return writeInt
	case reflect.Pointer:
		return writePointer(formOf(t.Elem()))
	case reflect.Slice:
		if t.Elem().Kind() == reflect.Uint8 {
			return writeBase64
		}
		return writeSlice(formOf(t.Elem()))
	case reflect.Map:
		if t.Key().Kind() == reflect.String {
			return writeMap(formOf(t.Elem()))
		}
	case reflect.Struct:
		return newStructForm(t).write
	}
	return writeJSON
}

func writeString(w *writer, v reflect.Value, m margin) bool {
	w.string(v.String(), m)
	return true
}

func writeBool(w *writer, v reflect.Value, m margin) bool {
	w.scalar(strconv.FormatBool(v.Bool()), m)
	return true
}

func writeInt(w *writer, v reflect.Value, m margin) bool {
	var digits [20]byte
	w.scalar(string(strconv.AppendInt(digits[:0], v.Int(), 10)), m)
	return true
}

func writePointer(elem *form) func(*writer, reflect.Value, margin) bool {
	return func(w *writer, v reflect.Value, m margin) bool {
		if v.IsNil() {
			w.scalar("null", m)
		} else {
			w.value(elem, v.Elem(), m)
		}
		return true
	}
}

func writeBase64(w *writer, v reflect.Value, m margin) bool {
	w.string(base64.StdEncoding.EncodeToString(v.Bytes()), m)
	return true
}

func writeQuantity(w *writer, v reflect.Value, m margin) bool {
	w.string(v.Addr().Interface().(*resource.Quantity).String(), m)
	return true
}

func writeIntOrString(w *writer, v reflect.Value, m margin) bool {
	value := v.Addr().Interface().(*intstr.IntOrString)
	if value.Type == intstr.String {
		w.string(value.StrVal, m)
	} else {
		w.scalar(strconv.Itoa(int(value.IntVal)), m)
	}
	return true
}

// writeMarshaler takes the word of types that know their own JSON: times,
// durations, raw extensions.
func writeMarshaler(w *writer, v reflect.Value, m margin) bool {
	data, err := v.Addr().Interface().(json.Marshaler).MarshalJSON()
	return w.json(data, err, m)
}

// writeJSON writes what no Kubernetes type has: floats, interfaces.
func writeJSON(w *writer, v reflect.Value, m margin) bool {
	data, err := json.Marshal(v.Interface())
	return w.json(data, err, m)
}

func (w *writer) json(data []byte, err error, m margin) bool {
	n := &tree.Node{}
	if err == nil {
		if n, err = fromJSON(data, tree.Pos{}); err != nil {
			n = &tree.Node{}
		}
	}
	w.node(n, m)
	return true
}

func writeNode(w *writer, v reflect.Value, m margin) bool {
	n, _ := v.Interface().(*tree.Node)
	w.node(n, m)
	return true
}

// structForm is the fields of a struct in the order of their declaration.
type structForm []fieldForm

type fieldForm struct {
	index int
	form  *form
	key   string     // with its colon
	inner structForm // the fields of an inlined struct, which stand among the outer ones
	// omitEmpty leaves the field out when it is empty, as encoding/json does;
	// of a struct also when there is nothing to write in it.
	omitEmpty bool
	isStruct  bool
}

func newStructForm(t reflect.Type) structForm {
	var s structForm
	for i := range t.NumField() {
		f := t.Field(i)
		name, inlined := tree.JSONName(f)
		switch {
		case inlined:
			s = append(s, fieldForm{index: i, inner: newStructForm(f.Type)})
		case name != "":
			s = append(s, fieldForm{
				index: i, form: formOf(f.Type), key: string(appendString(nil, name)) + ":",
				omitEmpty: strings.Contains(f.Tag.Get("json"), ",omit"),
				isStruct:  f.Type.Kind() == reflect.Struct,
			})
		}
	}
	if t == typeMetaType {
		slices.Reverse(s) // it declares kind before apiVersion
	}
	return s
}

func (s structForm) write(w *writer, v reflect.Value, m margin) bool {
	return s.entries(w, v, m, true) > 0
}

// entries writes the fields that have something to say and counts them.
func (s structForm) entries(w *writer, v reflect.Value, m margin, isFirst bool) (written int) {
	for i := range s {
		f := &s[i]
		value := v.Field(f.index)
		if f.inner != nil {
			written += f.inner.entries(w, value, m, isFirst && written == 0)
			continue
		}
		isNil := value.Kind() == reflect.Pointer && value.IsNil() // to the API server null is as if left out
		if isNil || f.omitEmpty && isEmpty(value) {
			continue
		}
		before := len(w.dst)
		w.entry(m, isFirst && written == 0)
		w.dst = append(w.dst, f.key...)
		if !f.form.write(w, value, m.under()) {
			if f.omitEmpty && f.isStruct {
				w.dst = w.dst[:before]
				continue
			}
			w.scalar("{}", m.under())
		}
		written++
	}
	return written
}

// isEmpty is encoding/json's idea of it, and true of a struct of zeros.
func isEmpty(v reflect.Value) bool {
	switch v.Kind() {
	case reflect.String, reflect.Slice, reflect.Map:
		return v.Len() == 0
	case reflect.Pointer, reflect.Interface:
		return v.IsNil()
	}
	return v.IsZero()
}
