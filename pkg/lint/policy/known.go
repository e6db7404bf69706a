package policy

import (
	"encoding/json"
	"reflect"
	"regexp"
	"slices"
	"strings"

	"github.com/kgen-dev/kgen/pkg/lint"
	"github.com/kgen-dev/kgen/pkg/manifest"
	"github.com/kgen-dev/kgen/pkg/read"
	"github.com/kgen-dev/kgen/pkg/report"
	"github.com/kgen-dev/kgen/pkg/suggest"
	"github.com/kgen-dev/kgen/pkg/tree"
	"github.com/kgen-dev/kgen/pkg/validate/versions"
	"github.com/kgen-dev/kgen/schema"
)

// A policy for what does not exist passes everything, which nobody notices. So what can
// be known to be misspelt is an error.

var kindForm = regexp.MustCompile(`^[A-Z][A-Za-z0-9]*(\.[a-z0-9]([-a-z0-9.]*[a-z0-9])?)?$`)

// withVersion is what begins with a version, which a policy is not about.
var withVersion = regexp.MustCompile(`^v[0-9]+((alpha|beta)[0-9]+)?\.`)

// judgeKind reports a kind that nothing can be of.
func judgeKind(written read.PolicyKind, sink *report.Sink) (isWrong bool) {
	kind, group, hasGroup := strings.Cut(written.Kind, ".")
	refuse := func(hint, fix string) bool {
		sink.ErrorAt(written.Pos, schema.UnknownField, tree.P("policy", written.Kind), "there is no kind %s%s", written.Kind, hint).Fix = fix
		return true
	}
	switch {
	case kindForm.MatchString(written.Kind) && versions.HasKind(group, kind, hasGroup):
		return false
	case kindForm.MatchString(written.Kind) && strings.Contains(group, ".") && !versions.IsGroup(group) && !withVersion.MatchString(group):
		return false // custom
	}
	fix := "write a kind, or a kind and its group: Deployment, Deployment.apps, " + `"Certificate.cert-manager.io"`
	if kindForm.MatchString(written.Kind) && !hasGroup {
		fix = "a kind that is not of Kubernetes itself is written with its group: " + `"` + kind + `.example.com"`
	}
	return refuse(suggest.Hint(kind, kindNames()), fix)
}

func kindNames() (names []string) {
	for _, k := range manifest.Kinds() {
		names = append(names, k.Kind)
	}
	return names
}

// judgeFields reports the fields of a policy that no version of its kind has. Of custom
// kinds nobody knows the fields.
func judgeFields(written read.PolicyKind, known []string, sink *report.Sink) (isWrong bool) {
	var types []reflect.Type
	for _, k := range manifest.Kinds() {
		if slices.Contains(known, lint.GroupKind(k.APIVersion, k.Kind)) {
			types = append(types, reflect.TypeOf(k.New()))
		}
	}
	if len(types) == 0 {
		return false
	}
	j := fieldJudge{kind: written.Kind, sink: sink}
	j.judge(written.Fields, types, tree.P("policy", written.Kind))
	return j.isWrong
}

type fieldJudge struct {
	kind    string
	sink    *report.Sink
	isWrong bool
}

// judge looks for fields in any of some types.
func (j *fieldJudge) judge(fields []read.PolicyField, types []reflect.Type, at tree.Path) {
	for _, f := range fields {
		var below []reflect.Type
		var names []string
		isOpen := false
		for _, t := range types {
			t = plain(t)
			switch {
			case isOpaque(t), f.IsElement != (t.Kind() == reflect.Slice): // of another type: objects are judged by that
				isOpen = true
			case t.Kind() == reflect.Slice || t.Kind() == reflect.Map:
				below = append(below, t.Elem())
			case t.Kind() != reflect.Struct:
				isOpen = true
			default:
				fieldsOf(t, func(name string, of reflect.Type) {
					if names = append(names, name); name == f.Name {
						below = append(below, of)
					}
				})
			}
		}
		path := at
		if !f.IsElement {
			path = at.With(f.Name)
		}
		switch {
		case len(below) > 0:
			j.judge(f.Fields, below, path)
		case !isOpen:
			j.isWrong = true
			j.sink.ErrorAt(f.Pos, schema.UnknownField, path, "a %s has no such field%s", j.kind, suggest.Hint(f.Name, names))
		}
	}
}

// plain is a type without pointers.
func plain(t reflect.Type) reflect.Type {
	for t.Kind() == reflect.Pointer {
		t = t.Elem()
	}
	return t
}

// isOpaque reports whether a type is written in a way of its own, as a quantity is.
func isOpaque(t reflect.Type) bool {
	return reflect.PointerTo(t).Implements(reflect.TypeFor[json.Unmarshaler]()) || t.Kind() == reflect.Interface ||
		t.Kind() == reflect.Slice && t.Elem().Kind() == reflect.Uint8
}

// fieldsOf yields the fields of a struct as manifests have them.
func fieldsOf(t reflect.Type, yield func(name string, of reflect.Type)) {
	for i := range t.NumField() {
		f := t.Field(i)
		name, isInlined := tree.JSONName(f)
		switch {
		case isInlined:
			fieldsOf(plain(f.Type), yield)
		case name != "":
			yield(name, f.Type)
		}
	}
}
