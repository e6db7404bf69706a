package schema

import (
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/kgen-dev/kgen/pkg/suggest"
	"github.com/kgen-dev/kgen/pkg/tree"
)

// Lookup finds the field that a path as people type it leads to: replicas,
// ports.http.containerPort, args[0], labels["app.kubernetes.io/name"], and with *
// for any key, index or field. Its At is the path with the keys that were typed. The error
// is one line, and names the nearest field at the level where the path goes wrong.
//
// What follows a map of scalars is one key, so labels.app.kubernetes.io/name needs
// no quotes. The index of a list may be left out, as in tolerations.key; At has *
// there.
func (d Document) Lookup(path string) (Field, error) { return d.Root().Lookup(path) }

// Lookup is that of the document that f is the root of.
func (f Field) Lookup(path string) (Field, error) {
	steps, err := tree.ParsePath(path)
	if err != nil {
		return Field{}, fmt.Errorf("this is no path of a field: %w", err)
	}
	if len(steps) > mostSteps {
		return Field{}, errors.New("this is no path of a field: it is too long")
	}
	for len(steps) > 0 {
		if f, steps, err = f.step(steps); err != nil {
			return Field{}, err
		}
	}
	return f, nil
}

// mostSteps bounds what a path is looked at for; no field lies deeper than that.
const mostSteps = 100

// Paths are what prefix can be completed to, one level further at most, sorted:
// "auto" gives autoscaling, "autoscaling.b" autoscaling.behavior. Below a map or a
// list stands a *.
func (d Document) Paths(prefix string) []string { return d.Root().Paths(prefix) }

// Paths are those of the document that f is the root of.
func (f Field) Paths(prefix string) []string {
	parent, typed := "", prefix
	if i := strings.LastIndexByte(prefix, '.'); i >= 0 {
		var err error
		if f, err = f.Lookup(prefix[:i]); err != nil {
			return nil
		}
		parent, typed = prefix[:i+1], prefix[i+1:]
	}
	var paths []string
	for _, below := range f.Fields() {
		if strings.HasPrefix(below.Name, typed) {
			paths = append(paths, parent+below.Name)
		}
	}
	if _, ok := f.Each(); ok && typed == "" {
		paths = append(paths, parent+"*")
	}
	slices.Sort(paths)
	return paths
}

// step goes from f to what the first of steps, or of a key with dots in it several,
// leads to.
func (f Field) step(steps tree.Path) (Field, tree.Path, error) {
	name := stepText(steps[0])
	_, isIndex := steps[0].(int)
	each, hasEach := f.Each()
	switch {
	case f.shape.body != nil && name == "*" && f.Path != "":
		return f.anyNamed(steps)
	case f.shape.body != nil:
		below, err := f.named(name, isIndex)
		return below, steps[1:], err
	case f.IsOpen():
		f.At = f.At.With(steps[0])
		return f, steps[1:], nil
	case hasEach && f.shape.kinds.has(tree.List):
		return f.element(each, steps)
	case hasEach && isIndex:
		return f, nil, fmt.Errorf("%s is a map: it has keys, no indexes", f.Path)
	case hasEach:
		key, used := name, 1
		if each.shape.body == nil && each.shape.each == nil && !each.IsOpen() {
			for _, more := range steps[1:] {
				key, used = key+"."+stepText(more), used+1
			}
		}
		each.At = f.At.With(key)
		return each, steps[used:], nil
	}
	return f, nil, fmt.Errorf("%s is %s: it has no field %q", f.Path, f.shape.wanted(), name)
}

// element goes into a list.
func (f Field) element(each Field, steps tree.Path) (Field, tree.Path, error) {
	name := stepText(steps[0])
	index, err := strconv.Atoi(name)
	switch {
	case err == nil && index >= 0:
		each.At = f.At.With(index)
	case name == "*":
		each.At = f.At.With(name)
	case each.shape.body != nil || each.shape.each != nil:
		each.At = f.At.With("*")
		return each, steps, nil
	default:
		return f, nil, fmt.Errorf("%s is a list: it has indexes, no key %q", f.Path, name)
	}
	return each, steps[1:], nil
}

// named is the field of the struct f that is called name.
func (f Field) named(name string, isIndex bool) (Field, error) {
	where := f.Path
	if where == "" {
		where = f.Document.String()
	}
	if isIndex {
		return f, fmt.Errorf("%s has fields, no indexes", where)
	}
	var names []string
	for _, below := range f.Fields() {
		if below.Name == name {
			below.At = f.At.With(name)
			return below, nil
		}
		names = append(names, below.Name)
	}
	none := &NoFieldError{Where: where, Name: name, Depth: len(f.At), Instead: f.shape.body.elsewhere(name), hint: suggest.Hint(name, names)}
	if none.hint == "" && strings.Contains(f.Path, "*") && !f.IsLayer {
		none.hint = `; a key with dots in it is written ["a.b"]`
	}
	return f, none
}

// anyNamed goes from the struct f through the first of its fields below which the rest
// of the steps lead somewhere, as in probes.*.*.port.
func (f Field) anyNamed(steps tree.Path) (Field, tree.Path, error) {
	for _, below := range f.Fields() {
		below.At = f.At.With("*")
		var err error
		for rest := steps[1:]; err == nil && len(rest) > 0; {
			below, rest, err = below.step(rest)
		}
		if err == nil {
			return below, nil, nil
		}
	}
	return f, nil, &NoFieldError{Where: f.Path, Name: "*", Depth: len(f.At)}
}

// PathsOf are the paths of all fields called name, wherever they lie, but for those of
// Kubernetes' own types; people know readOnlyRootFilesystem, and not where it stands.
func PathsOf(name string) []string {
	var paths []string
	var walk func(f Field)
	walk = func(f Field) {
		if f.Name == name && !slices.Contains(paths, f.Path) {
			paths = append(paths, f.Path)
		}
		if f.IsLayer || f.IsBelowKubernetes() {
			return
		}
		for _, below := range f.Fields() {
			walk(below)
		}
		if each, ok := f.Each(); ok {
			walk(each)
		}
	}
	for _, d := range Documents {
		walk(d.Root())
	}
	ofOthers := func(path string) bool {
		return strings.HasPrefix(path, "initContainers.") || strings.HasPrefix(path, "sidecars.")
	}
	if own := slices.DeleteFunc(slices.Clone(paths), ofOthers); len(own) > 0 {
		return own // the main container has it too
	}
	return paths
}

// NoFieldError says that a path leads through a field that there is not.
type NoFieldError struct {
	Where   string // what lacks the field: a path, or the document
	Name    string
	Depth   int    // how many steps of the path were right
	Instead string // what to write instead, where that is known
	hint    string
}

// IsNear reports whether the error names what was probably meant.
func (e *NoFieldError) IsNear() bool { return e.Instead != "" || strings.HasPrefix(e.hint, ",") }

// Error says what lacks which field, and what was probably meant.
func (e *NoFieldError) Error() string {
	if e.Instead != "" {
		return fmt.Sprintf("%s has no field %q; %s", e.Where, e.Name, e.Instead)
	}
	return fmt.Sprintf("%s has no field %q%s", e.Where, e.Name, e.hint)
}

// Matches reports whether the path of a field is pattern, in which * is any step.
func Matches(pattern, path string) bool {
	wanted, steps := strings.Split(pattern, "."), strings.Split(path, ".")
	return len(wanted) == len(steps) && !slices.ContainsFunc(wanted, func(w string) bool {
		s := steps[0]
		steps = steps[1:]
		return w != "*" && w != s
	})
}

func stepText(step any) string {
	if index, isIndex := step.(int); isIndex {
		return strconv.Itoa(index)
	}
	text, _ := step.(string)
	return text
}
