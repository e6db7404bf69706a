package templates_test

import (
	"maps"
	"reflect"
	"slices"
	"strings"
	"testing"

	"go.yaml.in/yaml/v3"

	"github.com/kgen-dev/kgen/pkg/load"
	"github.com/kgen-dev/kgen/pkg/manifest"
	"github.com/kgen-dev/kgen/pkg/tree"
	"github.com/kgen-dev/kgen/schema"
	"github.com/kgen-dev/kgen/templates"
)

// TestEveryLeafHasAnOrigin demands of everything that the examples render to that
// a rule covers it, and that the rule leads to a field that exists: one that
// somebody wrote, at least in part, or that a built-in default fills in. No rule
// is there that nothing needs.
func TestEveryLeafHasAnOrigin(t *testing.T) {
	used := map[string]bool{}
	for _, p := range exampleProjects(t) {
		for _, e := range p.Environments {
			for _, o := range templates.ProjectObjects(e.World) {
				checkOrigins(t, o, p.Tree, func(kind, name string, at tree.Path) templates.Applied {
					return templates.AppliedToProject(e.World, kind, name, at)
				}, used)
			}
			for _, s := range e.Services {
				root := s.Tree()
				for _, o := range templates.Objects(s.Service, sourcesAsValues) {
					checkOrigins(t, o, root, func(kind, name string, at tree.Path) templates.Applied {
						return templates.AppliedTo(s.Service, kind, name, at)
					}, used)
				}
			}
		}
	}
	for _, rule := range templates.Rules() {
		// Every object of a service has the rule for the namespace, but these none.
		if isClusters := strings.HasPrefix(rule, "ClusterRole") && strings.HasSuffix(rule, "metadata.namespace"); !used[rule] && !isClusters {
			t.Errorf("%s: nothing in the examples needs the rule", rule)
		}
	}
}

func exampleProjects(t *testing.T) []*load.Project {
	t.Helper()
	loaded, err := load.Load(load.Options{Paths: []string{"../examples/..."}})
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range loaded.Findings {
		t.Errorf("%s: %s", f.Pos, f.Message)
	}
	return loaded.Projects
}

// checkOrigins checks the origins of all in one object, which lie below root or in
// kgen.cue, and notes the rules that were needed. What lies above values has an
// origin that has to do with that of at least one of them.
func checkOrigins(t *testing.T, o templates.Object, root *tree.Node, apply func(kind, name string, at tree.Path) templates.Applied, used map[string]bool) {
	t.Helper()
	kind, name := o.GetObjectKind().GroupVersionKind().Kind, o.GetName()
	strays := map[string]tree.Path{}
	for _, l := range leavesOf(t, o) {
		applied := apply(kind, name, l.path)
		if applied.IsAbove {
			t.Errorf("%s %s %s: no rule, only %s", kind, name, l.path, applied.Rule)
			continue
		}
		used[applied.Rule] = true
		if problem := wrong(applied.Origin, root); problem != "" {
			t.Errorf("%s %s %s: %s %q %s", kind, name, l.path, applied.Path, applied.Default, problem)
		}
		for end := range l.path {
			above := apply(kind, name, l.path[:end])
			used[above.Rule] = true
			if problem := wrong(above.Origin, nil); problem != "" {
				t.Errorf("%s %s %s: %s %s", kind, name, l.path[:end], above.Path, problem)
			}
			at := l.path[:end].String()
			if path, met := strays[at]; !met || path != nil {
				strays[at] = above.Path
			}
			if areRelated(above.Path, applied.Path) {
				strays[at] = nil
			}
		}
	}
	for _, at := range slices.Sorted(maps.Keys(strays)) {
		if strays[at] != nil {
			t.Errorf("%s %s %s: nothing below it has to do with %s", kind, name, at, strays[at])
		}
	}
}

// areRelated reports whether one path leads to the other's end or through it.
func areRelated(a, b tree.Path) bool {
	shorter := min(len(a), len(b))
	return shorter > 0 && reflect.DeepEqual(a[:shorter], b[:shorter])
}

// wrong is what is wrong with an origin. With a root, somebody wrote something of
// its path there, or a built-in default fills it in.
func wrong(origin templates.Origin, root *tree.Node) string {
	of := reflect.TypeFor[schema.Service]()
	if origin.InProject {
		of = reflect.TypeFor[schema.Project]()
	}
	isDefault := func(d schema.Default) bool { return d.Field == origin.Default }
	switch {
	case !hasPath(of, origin.Path):
		return "is no field"
	case origin.Default != "" && !slices.ContainsFunc(schema.Defaults, isDefault):
		return "is no built-in default"
	case root == nil || origin.InProject || origin.Default != "":
	case len(origin.Path) == 0:
		return "says nothing"
	case root.At(origin.Path[:1]) == nil:
		return "was not written"
	}
	return ""
}

// hasPath reports whether path leads to something that people may write in a
// value of Go type t.
func hasPath(t reflect.Type, path tree.Path) bool {
	for _, elem := range path {
		key, isKey := elem.(string)
		isList := t.Kind() == reflect.Slice && !isMap(t)
		if t = below(t, key); t == nil || isList == isKey {
			return false
		}
	}
	return true
}

// isMap reports whether values of t are maps whose keys people choose.
func isMap(t reflect.Type) bool {
	return t != nil && (t.Kind() == reflect.Map || t.Kind() == reflect.Slice && strings.HasPrefix(t.Elem().Name(), "Entry["))
}

// below is the type of what has the key in a value of type t, pointers aside; nil
// where there is no such field.
func below(t reflect.Type, key string) reflect.Type {
	switch {
	case t == nil:
		return nil
	case t.Kind() == reflect.Slice && isMap(t):
		return direct(t.Elem().Field(1).Type)
	case t.Kind() == reflect.Slice || t.Kind() == reflect.Map:
		return direct(t.Elem())
	case t.Kind() != reflect.Struct:
		return nil
	}
	for i := range t.NumField() {
		f := t.Field(i)
		name, isInline := tree.JSONName(f)
		if name == key && name != "" {
			return direct(f.Type)
		}
		if isInline {
			if inner := below(f.Type, key); inner != nil {
				return inner
			}
		}
	}
	return nil
}

func direct(t reflect.Type) reflect.Type {
	for t.Kind() == reflect.Pointer {
		t = t.Elem()
	}
	return t
}

// leaf is a rendered value that has nothing below it.
type leaf struct {
	path  tree.Path
	value any
}

// leavesOf are the leaves of an object as it is written, in order.
func leavesOf(t *testing.T, o templates.Object) []leaf {
	t.Helper()
	var value any
	if err := yaml.Unmarshal(manifest.Append(nil, o), &value); err != nil {
		t.Fatal(err)
	}
	return leavesUnder(value, nil)
}

func leavesUnder(value any, at tree.Path) (leaves []leaf) {
	switch v := value.(type) {
	case map[string]any:
		for _, key := range slices.Sorted(maps.Keys(v)) {
			leaves = append(leaves, leavesUnder(v[key], at.With(key))...)
		}
	case []any:
		for i, element := range v {
			leaves = append(leaves, leavesUnder(element, at.With(i))...)
		}
	}
	if len(leaves) == 0 {
		return []leaf{{at, value}}
	}
	return leaves
}
