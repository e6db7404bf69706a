package compose

import (
	"errors"
	"maps"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"github.com/compose-spec/compose-go/v2/override"
	"github.com/compose-spec/compose-go/v2/transform"

	"github.com/kgen-dev/kgen/pkg/convert"
	"github.com/kgen-dev/kgen/pkg/tree"
)

// dict is a compose model as the packages of compose-go take it.
type dict = map[string]any

// loader puts compose files together.
type loader struct {
	options *Options
	report  *convert.Report
	// base is the directory of the first file on this machine.
	base string
	env  map[string]string
	// files are all that were read, in the order in which they go over each other.
	files []*file
	// profiles are those that are asked for.
	profiles []string
	// unset are the places of variables that nobody sets.
	unset []unset
	// filledIn are the variables that texts are filled in with, and look like secrets.
	filledIn map[string]string
	// bases are the services that others extend, opened the files that these are in.
	bases  map[base]base
	opened map[string][]*extender
}

func newLoader(o *Options, r *convert.Report) *loader {
	return &loader{options: o, report: r, bases: map[base]base{}, opened: map[string][]*extender{}}
}

// load reads the files, and returns the model in its long form.
func (l *loader) load() (dict, error) {
	if err := l.chooseFiles(); err != nil {
		return nil, err
	}
	first := l.options.Files[0]
	l.filledIn = map[string]string{}
	if l.base = filepath.Dir(first); first == "-" {
		l.base = "."
	}
	if err := l.readEnv(); err != nil {
		return nil, err
	}
	l.chooseProfiles()
	model := dict{}
	for _, name := range l.options.Files {
		var err error
		if model, err = l.over(model, name, ".", nil); err != nil {
			return nil, err
		}
	}
	return l.finished(model), nil
}

// over puts a file over a model. via are the files that include it.
func (l *loader) over(model dict, name, dir string, via []string) (dict, error) {
	files, err := l.read(name)
	for _, f := range files {
		f.dir = dir
		l.files = append(l.files, f)
		model = l.overOne(model, f, append(slices.Clone(via), filepath.Clean(name)))
	}
	return model, err
}

// overOne puts a document over a model.
func (l *loader) overOne(model dict, f *file, via []string) dict {
	own := l.dictOf(f)
	l.include(own, f, via)
	for _, at := range f.resets {
		reset(model, at)
	}
	l.extendAll(own, f)
	delete(own, "version") // compose has not looked at it for years
	for _, key := range sortedKeys(own) {
		model = l.merge(model, dict{key: own[key]}, f, tree.P(key))
	}
	return model
}

// merge puts a part of a model over another: where it does not fit, its own parts one
// by one, for the mistake to be told of the smallest.
func (l *loader) merge(model, part dict, f *file, at tree.Path) dict {
	merged, err := mergeInto(model, part, at)
	if err == nil {
		return merged
	}
	if list, isList := valueAt(part, at).([]any); isList && len(list) > 1 && len(at) == 3 {
		return l.mergeList(model, list, f, at)
	}
	inner, isMap := valueAt(part, at).(dict)
	if !isMap || len(at) == 3 || len(inner) == 0 {
		l.wrong(f.root.Nearest(at, true), at.String(), "%s", plain(err))
		return model
	}
	for _, key := range sortedKeys(inner) {
		below := at.With(key)
		model = l.merge(model, nested(below, inner[key]), f, below)
	}
	return model
}

// mergeList merges the elements of a list that can be read, and tells of the others.
func (l *loader) mergeList(model dict, list []any, f *file, at tree.Path) dict {
	var fit []any
	for i, e := range list {
		if _, err := attempt(dict{}, nested(at, []any{e})); err != nil {
			l.wrong(f.root.Nearest(at.With(i), false), at.With(i).String(), "%s", plain(err))
			continue
		}
		fit = append(fit, e)
	}
	if merged, err := mergeInto(model, nested(at, fit), at); err == nil {
		return merged
	}
	return model
}

// mergeInto merges a part into the service, or the like, that it is about: the rest of the
// model may be large, and has nothing to do with it.
func mergeInto(model, part dict, at tree.Path) (dict, error) {
	at = at[:min(len(at), 2)]
	under := dict{}
	if value := valueAt(model, at); value != nil {
		under = nested(at, value)
	}
	merged, err := attempt(under, part)
	if err != nil {
		return nil, err
	}
	top, _ := at[0].(string)
	if len(at) == 1 {
		model[top] = merged[top]
		return model, nil
	}
	entries, isMap := model[top].(dict)
	if !isMap {
		entries = dict{}
		model[top] = entries
	}
	name, _ := at[1].(string)
	entries[name] = valueAt(merged, at)
	return model, nil
}

// attempt merges as compose does; the models that it is given stay as they are.
func attempt(model, part dict) (merged dict, err error) {
	defer func() {
		if recover() != nil { // compose-go relies on its JSON Schema
			merged, err = nil, errType
		}
	}()
	merged, err = override.Merge(clone(model).(dict), clone(part).(dict))
	if err == nil {
		merged, err = override.EnforceUnicity(merged)
	}
	if err == nil {
		merged, err = transform.Canonical(merged, false)
	}
	if err == nil {
		merged, err = override.EnforceUnicity(merged)
	}
	return merged, err
}

// finished is the model with the defaults of compose.
func (l *loader) finished(model dict) (full dict) {
	defer func() {
		if recover() != nil { // compose-go relies on its JSON Schema
			full = model
		}
	}()
	if filled, err := transform.SetDefaultValues(clone(model).(dict)); err == nil {
		return filled
	}
	return model
}

// withoutPath is an error of the file system without the path in it.
func withoutPath(err error) error {
	var pathErr interface{ Unwrap() error }
	if errors.As(err, &pathErr) && strings.HasPrefix(err.Error(), "open ") {
		return pathErr.Unwrap()
	}
	return err
}

// reset takes what a path leads to out of a model.
func reset(model dict, at tree.Path) {
	var inner any = model
	for _, elem := range at[:len(at)-1] {
		m, _ := inner.(dict)
		key, _ := elem.(string)
		inner = m[key]
	}
	if m, isMap := inner.(dict); isMap {
		if key, isKey := at[len(at)-1].(string); isKey {
			delete(m, key)
		}
	}
}

func valueAt(model dict, at tree.Path) any {
	var v any = model
	for _, elem := range at {
		switch key := elem.(type) {
		case string:
			m, _ := v.(dict)
			v = m[key]
		case int:
			list, _ := v.([]any)
			if v = nil; key < len(list) {
				v = list[key]
			}
		}
	}
	return v
}

// nested is a model with one value.
func nested(at tree.Path, value any) dict {
	for _, elem := range slices.Backward(at) {
		key, _ := elem.(string)
		value = dict{key: value}
	}
	model, _ := value.(dict)
	return model
}

func clone(value any) any {
	switch v := value.(type) {
	case dict:
		out := make(dict, len(v))
		for key, inner := range v {
			out[key] = clone(inner)
		}
		return out
	case []any:
		out := make([]any, len(v))
		for i, inner := range v {
			out[i] = clone(inner)
		}
		return out
	}
	return value
}

// inProject is a path of a file, from the directory of the project.
func inProject(dir, name string) string {
	if filepath.IsAbs(name) || path.IsAbs(name) {
		return name
	}
	return path.Join(dir, filepath.ToSlash(name))
}

func sortedKeys[T any](m map[string]T) []string { return slices.Sorted(maps.Keys(m)) }
