package compose

import (
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strings"

	"github.com/compose-spec/compose-go/v2/dotenv"
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
	// unset are the places of variables that nobody sets.
	unset []unset
	// bases are the services that others extend.
	bases map[base]base
}

// load reads the files, and returns the model in its long form.
func (l *loader) load() (dict, error) {
	first := l.options.Files[0]
	if l.base = filepath.Dir(first); first == "-" {
		l.base = "."
	}
	if err := l.readEnv(); err != nil {
		return nil, err
	}
	model := dict{}
	for _, name := range l.options.Files {
		var err error
		if model, err = l.over(model, name, ".", nil); err != nil {
			return nil, err
		}
	}
	return l.finished(model), nil
}

// readEnv reads the files that variables come from: .env beside the first file, unless
// others are named.
func (l *loader) readEnv() error {
	names := l.options.EnvFiles
	if len(names) == 0 {
		if name := filepath.Join(l.base, dotenv.DotEnv); isFile(name) {
			names = []string{name}
		}
	}
	env, err := l.envOf(names)
	l.env = env
	return err
}

// envOf are the variables of env files, later ones over earlier ones.
func (l *loader) envOf(names []string) (map[string]string, error) {
	env := map[string]string{}
	for _, name := range names {
		values, err := dotenv.ReadFile(name, func(key string) (string, bool) {
			if value, ok := env[key]; ok {
				return value, true
			}
			return l.lookup(key)
		})
		if err != nil {
			return nil, fmt.Errorf("%s: %w", l.display(name), withoutText(err))
		}
		maps.Copy(env, values)
	}
	return env, nil
}

// lookup finds a variable: in the environment, else in the env files.
func (l *loader) lookup(name string) (string, bool) {
	if l.options.LookupEnv != nil {
		if value, ok := l.options.LookupEnv(name); ok {
			return value, true
		}
	}
	value, ok := l.env[name]
	return value, ok
}

// over puts a file over a model. via are the files that include it.
func (l *loader) over(model dict, name, dir string, via []string) (dict, error) {
	f, err := l.read(name)
	if err != nil || f == nil {
		return model, err
	}
	f.dir = dir
	l.files = append(l.files, f)
	own := l.dictOf(f)
	if err := l.include(own, f, append(slices.Clone(via), filepath.Clean(name))); err != nil {
		return nil, err
	}
	for _, at := range f.resets {
		reset(model, at)
	}
	l.extendAll(own, f)
	delete(own, "version") // compose has not looked at it for years
	for _, key := range sortedKeys(own) {
		model = l.merge(model, dict{key: own[key]}, f, tree.P(key))
	}
	return model, nil
}

// merge puts a part of a model over another: where it does not fit, its own parts one
// by one, for the mistake to be told of the smallest.
func (l *loader) merge(model, part dict, f *file, at tree.Path) dict {
	merged, err := attempt(model, part)
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
	merged, err := attempt(model, nested(at, fit))
	if err != nil {
		return model
	}
	return merged
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

// plain is an error of compose-go in one line, without a path of this machine.
func plain(err error) string {
	text := strings.Join(strings.Fields(withoutPath(err).Error()), " ")
	text = strings.TrimPrefix(text, "decoding failed due to the following error(s): ")
	text, _, _ = strings.Cut(text, ", value: ") // which may be a secret
	return text
}

// lineOf is where an env file cannot be read, at the start of the message.
var lineOf = regexp.MustCompile(`^line [0-9]+`)

var errEnvFile = errors.New("not KEY=VALUE")

// withoutText is an error about an env file without the text in it, which may be a
// secret.
func withoutText(err error) error {
	if errors.Is(err, fs.ErrNotExist) {
		return errors.New("no such file")
	}
	if line := lineOf.FindString(err.Error()); line != "" {
		return fmt.Errorf("%s: %w", line, errEnvFile)
	}
	return errEnvFile
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
