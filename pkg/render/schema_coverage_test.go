package render_test

import (
	"bytes"
	"maps"
	"os"
	"reflect"
	"slices"
	"strings"
	"testing"

	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"

	"github.com/kgen-dev/kgen/pkg/load"
	"github.com/kgen-dev/kgen/pkg/render"
	"github.com/kgen-dev/kgen/pkg/tree"
	"github.com/kgen-dev/kgen/schema"
)

// silent are fields that leave no trace in a manifest, with the reason.
var silent = map[string]string{
	"Service.allowLiteral": "it silences a check",
	"Service.lint":         "it silences the linter",
	"ServiceLint.ignore":   "it silences the linter",
	"Image.mutable":        "it silences a check",
}

// use is one place where an example uses a field.
type use struct {
	project     *load.Project
	environment *load.Environment
	service     int
	path        tree.Path
}

// TestEveryFieldIsInAGoldenFile demands that the examples use every field of a
// service, Kubernetes' own too, and that without it they render to other bytes.
func TestEveryFieldIsInAGoldenFile(t *testing.T) {
	uses := map[string][]use{}
	for _, p := range exampleProjects(t) {
		for _, e := range p.Environments {
			for i, s := range e.Services {
				walk(s.Tree(), reflect.TypeFor[schema.Service](), nil, func(field string, path tree.Path) {
					uses[field] = append(uses[field], use{p, e, i, path})
				})
			}
		}
	}
	whole := baselines{}
	fields := fieldsOf(reflect.TypeFor[schema.Service]())
	for _, field := range fields {
		if len(uses[field]) == 0 {
			t.Errorf("no example uses %s", field)
			continue
		}
		hasEffect := slices.ContainsFunc(uses[field], func(u use) bool { return u.hasEffect(whole) })
		if _, isSilent := silent[field]; hasEffect == isSilent {
			t.Errorf("%s at %s: has an effect: %v, listed as silent: %v", field, uses[field][0].path, hasEffect, isSilent)
		}
	}
	for field := range silent {
		if !slices.Contains(fields, field) {
			t.Errorf("%s is listed as silent and does not exist", field)
		}
	}
}

// TestEveryProjectFieldIsInAnExample demands that the examples use every field
// of kgen.cue.
func TestEveryProjectFieldIsInAnExample(t *testing.T) {
	used := map[string]bool{}
	for _, p := range exampleProjects(t) {
		use := func(field string, _ tree.Path) { used[field] = true }
		walk(p.Tree, reflect.TypeFor[schema.Project](), nil, use)
		used["Project.policy"] = used["Project.policy"] || p.Org != nil && len(p.Org.Policies) > 0
		for _, e := range p.Environments {
			for _, s := range e.Services {
				if s.ByOrg != nil && s.ByOrg.Render != nil {
					used["Render.service"], used["Render.environment"] = true, true // it is told both
					walk(s.ByOrg.RenderTree, reflect.TypeFor[schema.Project](), nil, use)
				}
			}
		}
	}
	service := fieldsOf(reflect.TypeFor[schema.Service]())
	for _, field := range fieldsOf(reflect.TypeFor[schema.Project]()) {
		if !used[field] && !slices.Contains(service, field) {
			t.Errorf("no example uses %s", field)
		}
	}
}

func exampleProjects(t *testing.T) []*load.Project {
	t.Helper()
	loaded, err := load.Load(load.Options{Paths: []string{"../../examples/..."}})
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range loaded.Findings {
		t.Errorf("%s: %s", f.Pos, f.Message)
	}
	return loaded.Projects
}

// isLeaf reports whether a type has no fields that people write.
func isLeaf(t reflect.Type) bool {
	if t.Kind() != reflect.Struct {
		return true
	}
	for i := range t.NumField() {
		if name, isInline := tree.JSONName(t.Field(i)); t.Field(i).Tag.Get("json") != "" && (name != "" || isInline) {
			return false
		}
	}
	return true
}

// eachField calls do with every field that people write in a struct, those of
// embedded structs too, and with the struct that has it.
func eachField(t reflect.Type, do func(name, owner string, of reflect.Type)) {
	for i := range t.NumField() {
		f := t.Field(i)
		name, isInline := tree.JSONName(f)
		switch {
		case isInline:
			eachField(f.Type, do)
		case t == reflect.TypeFor[metav1.ObjectMeta]() && name != "labels" && name != "annotations":
			// The one place for it is a claim's template, where the API server
			// takes no more than these two.
		case name != "":
			do(name, t.Name(), f.Type)
		}
	}
}

// fieldsOf are all fields that can be reached from t, as "Type.field", sorted.
func fieldsOf(t reflect.Type) []string {
	fields := map[string]bool{}
	collect(t, map[reflect.Type]bool{}, fields)
	return slices.Sorted(maps.Keys(fields))
}

func collect(t reflect.Type, seen map[reflect.Type]bool, fields map[string]bool) {
	for isContainer(t) {
		t = inside(t)
	}
	if isLeaf(t) || seen[t] {
		return
	}
	seen[t] = true
	eachField(t, func(name, owner string, of reflect.Type) {
		fields[owner+"."+name] = true
		collect(of, seen, fields)
	})
}

func isContainer(t reflect.Type) bool {
	return t.Kind() == reflect.Pointer || t.Kind() == reflect.Slice || t.Kind() == reflect.Map
}

// inside is what one level of a pointer, a list or a map holds.
func inside(t reflect.Type) reflect.Type {
	t = t.Elem()
	if t.Kind() == reflect.Struct && strings.HasPrefix(t.Name(), "Entry[") {
		return t.Field(1).Type
	}
	return t
}

// walk calls found for every field of a struct that n, of type t, uses.
func walk(n *tree.Node, t reflect.Type, at tree.Path, found func(field string, path tree.Path)) {
	for t.Kind() == reflect.Pointer {
		t = t.Elem()
	}
	for i := range n.Fields {
		f := &n.Fields[i]
		switch {
		case isContainer(t) && n.Kind == tree.List:
			walk(f.Value, inside(t), at.With(i), found)
		case isContainer(t):
			walk(f.Value, inside(t), at.With(f.Key), found)
		case !isLeaf(t):
			eachField(t, func(name, owner string, of reflect.Type) {
				if name == f.Key {
					found(owner+"."+name, at.With(name))
					walk(f.Value, of, at.With(name), found)
				}
			})
		}
	}
}

// baselines are what the examples render to when nothing is left out.
type baselines map[*schema.Service][]byte

// hasEffect reports whether the project renders to other bytes without the field.
func (u use) hasEffect(whole baselines) bool {
	s := u.environment.Services[u.service]
	if whole[s.Service] == nil {
		whole[s.Service] = u.render(s.Tree())
	}
	return !bytes.Equal(whole[s.Service], u.render(without(s.Tree(), u.path)))
}

// render renders the environment with a service made anew from root.
func (u use) render(root *tree.Node) []byte {
	changed := *u.environment
	changed.Services = slices.Clone(changed.Services)
	old := &changed.Services[u.service]
	s := &schema.Service{World: old.World}
	tree.Decode(root, s)
	for i := range s.Files {
		f := &s.Files[i].Value
		if f.Content != nil || f.Source != "" || f.Binary != "" {
			f.Bytes = old.Files.Get(s.Files[i].Key).Bytes
		}
	}
	schema.ApplyDefaults(s)
	old.Service, old.Tree = s, func() *tree.Node { return root }
	p := *u.project
	p.Environments = []*load.Environment{&changed}
	rendered, _ := render.Render(&p, render.Options{LookupEnv: os.LookupEnv})
	var stream []byte
	for _, o := range rendered.Environments[0].Objects {
		stream = append(stream, o.YAML...)
	}
	return stream
}

// without is a copy of root that lacks the map entry at path.
func without(root *tree.Node, path tree.Path) *tree.Node {
	c := *root
	c.Fields = slices.Clone(root.Fields)
	for i := range c.Fields {
		isNext := c.Fields[i].Key == path[0] || c.Kind == tree.List && i == path[0]
		switch {
		case isNext && len(path) == 1:
			c.Fields = slices.Delete(c.Fields, i, i+1)
			return &c
		case isNext:
			c.Fields[i].Value = without(c.Fields[i].Value, path[1:])
			return &c
		}
	}
	return &c
}
