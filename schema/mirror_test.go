package schema

import (
	"reflect"
	"slices"
	"strings"
	"testing"

	"cuelang.org/go/cue"
	"github.com/google/go-cmp/cmp"
	"k8s.io/apimachinery/pkg/api/resource"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/util/intstr"
)

// TestMirror demands the same fields at every level of the CUE definitions, of
// the Go structs and of the table, and the same places where false declines.
func TestMirror(t *testing.T) {
	all := definitions(t)
	m := mirror{t: t, seen: map[string]bool{}}
	m.compare("service", all.LookupPath(cue.ParsePath("#Merged")), &serviceShape, reflect.TypeFor[Service]())
	m.compare("project", all.LookupPath(cue.ParsePath("#MergedProject")), &projectShape, reflect.TypeFor[Project]())
	for _, p := range []string{"service.affinity.nodeAffinity", "service.probes.liveness.httpGet", "project.environments[].namespace"} {
		if !m.seen[p] {
			t.Errorf("%s was not compared", p)
		}
	}
}

type mirror struct {
	t    *testing.T
	seen map[string]bool // paths of structs
}

// leaves are structs that stand for a scalar, or for anything.
var leaves = []reflect.Type{
	reflect.TypeFor[Text](), reflect.TypeFor[Count](), reflect.TypeFor[IntOrName](), reflect.TypeFor[Manifest]().Elem(),
	reflect.TypeFor[intstr.IntOrString](), reflect.TypeFor[resource.Quantity](), reflect.TypeFor[metav1.Time](), reflect.TypeFor[metav1.FieldsV1](),
	// Layers, which are compared as services.
	reflect.TypeFor[Service](),
}

func (m *mirror) compare(at string, v cue.Value, s *shape, t reflect.Type) {
	for t.Kind() == reflect.Pointer {
		t = t.Elem()
	}
	if s.isDeclinable != declinable(t) {
		m.t.Errorf("%s: declinable is %v in CUE, %v in Go", at, s.isDeclinable, declinable(t))
	}
	isRoot := at == "service"
	switch element := mapElement(t); {
	case slices.Contains(leaves, t) && !isRoot:
	case element != nil:
		m.compare(at+"[]", v.LookupPath(cue.MakePath(cue.AnyString)), s.each, element)
	case t.Kind() == reflect.Slice && t.Elem().Kind() != reflect.Uint8:
		m.compare(at+"[]", v.LookupPath(cue.MakePath(cue.AnyIndex)), s.each, t.Elem())
	case t.Kind() == reflect.Struct:
		m.compareStruct(at, v, s, t)
	}
}

func (m *mirror) compareStruct(at string, v cue.Value, s *shape, t reflect.Type) {
	m.seen[at] = true
	inGo := map[string]reflect.Type{}
	fieldsOfStruct(t, inGo)
	inCUE := fieldsOfCUE(m.t, v)
	names := s.body.names()
	if diff := cmp.Diff(sortedKeys(inCUE), sortedKeys(inGo)); diff != "" {
		m.t.Errorf("%s: (-CUE +Go)\n%s", at, diff)
		return
	}
	if diff := cmp.Diff(sortedKeys(inCUE), names); diff != "" {
		m.t.Errorf("%s: (-CUE +table)\n%s", at, diff)
		return
	}
	for i := range s.body.fields {
		f := &s.body.fields[i]
		m.compare(at+"."+f.name, inCUE[f.name], &f.shape, inGo[f.name])
	}
}

// mapElement is the type of a map's values, nil of what is no map.
func mapElement(t reflect.Type) reflect.Type {
	switch {
	case t.Kind() == reflect.Map:
		return t.Elem()
	case t.Kind() == reflect.Slice && strings.HasPrefix(t.Name(), "Map["):
		value, _ := t.Elem().FieldByName("Value")
		return value.Type
	}
	return nil
}

func declinable(t reflect.Type) bool {
	if t.Kind() != reflect.Struct {
		return false
	}
	f, ok := t.FieldByName("Declined")
	return ok && len(f.Index) == 1 // not promoted from an embedded struct
}

func fieldsOfStruct(t reflect.Type, fields map[string]reflect.Type) {
	for i := range t.NumField() {
		f := t.Field(i)
		switch name, _, _ := strings.Cut(f.Tag.Get("json"), ","); name {
		case "-":
		case "":
			fieldsOfStruct(f.Type, fields)
		default:
			fields[name] = f.Type
		}
	}
}

// fieldsOfCUE returns the fields of a struct, of a disjunction those of its
// struct.
func fieldsOfCUE(t testing.TB, v cue.Value) map[string]cue.Value {
	fields := map[string]cue.Value{}
	i, err := structOf(v).Fields(cue.Optional(true))
	if err != nil {
		t.Fatal(err)
	}
	for i.Next() {
		fields[i.Selector().Unquoted()] = i.Value()
	}
	return fields
}

func structOf(v cue.Value) cue.Value {
	if op, operands := v.Expr(); op == cue.OrOp {
		for _, o := range operands {
			if o.IncompleteKind() == cue.StructKind {
				return o
			}
		}
	}
	return v
}

func sortedKeys[T any](m map[string]T) []string {
	keys := make([]string, 0, len(m))
	for k := range m {
		keys = append(keys, k)
	}
	slices.Sort(keys)
	return keys
}
