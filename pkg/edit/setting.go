package edit

import (
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/kgen-dev/kgen/pkg/load"
	"github.com/kgen-dev/kgen/pkg/tree"
	"github.com/kgen-dev/kgen/schema"
)

// Setting is what is asked for of one field of a service.
type Setting struct {
	Service string
	// Field is the field; At in it is the path that was typed.
	Field schema.Field
	// Text is the value as it was typed.
	Text      string
	IsRemoval bool

	image     *image // of the field image, when a reference is asked for
	container string // whose image it is, where it was named
}

// ParseSetting reads FIELD=VALUE, or FIELD- to take the field out. The project may add
// fields of its own. That there is no such field is a *schema.NoFieldError.
func ParseSetting(own *schema.Extension, service, text string) (*Setting, error) {
	name, value, hasValue := cutAssignment(text)
	s := &Setting{Service: service, Text: value}
	if !hasValue {
		if name, s.IsRemoval = strings.CutSuffix(name, "-"); !s.IsRemoval {
			return nil, fmt.Errorf("%q says no value: write %s=VALUE, or %s- to take it out", text, text, text)
		}
	}
	if name == "" {
		return nil, fmt.Errorf("%q names no field: write FIELD=VALUE", text)
	}
	if !utf8.ValidString(text) {
		return nil, fmt.Errorf("%q is not UTF-8", text)
	}
	field, err := lookup(own.Root(schema.ServiceDocument), name)
	if err != nil {
		return nil, err
	}
	if isLiteral(value) {
		if _, err := parseLiteral(value); err != nil {
			return nil, fmt.Errorf("%s: %w", name, err)
		}
	}
	s.Field = field
	if len(field.At) > 0 && field.At[0] == any("environments") {
		return nil, fmt.Errorf("%s: say the environment with --env, and the field as it is without one", name)
	}
	if len(field.At) == 1 && field.At[0] == any("name") {
		return nil, fmt.Errorf("name: a service is renamed by hand, with what refers to it")
	}
	for _, step := range field.At {
		if _, isKey := step.(string); !isKey {
			return nil, fmt.Errorf("%s: a list is set as a whole, as in args='[\"a\", \"b\"]'", name)
		}
		if step == any("*") {
			return nil, fmt.Errorf("%s: the field below a list or map is not named", name)
		}
	}
	if !s.IsRemoval && isImage(field.At) {
		return s, s.parseImage()
	}
	return s, nil
}

// JudgeOrder refuses settings of which one would undo another before it.
func JudgeOrder(settings []*Setting) error {
	for i, later := range settings {
		for _, s := range settings[:i] {
			at := later.Field.At
			if s.Service != later.Service || s.container != later.container || len(at) > len(s.Field.At) || !slices.Equal(at, s.Field.At[:len(at)]) {
				continue
			}
			if len(at) == len(s.Field.At) {
				return fmt.Errorf("%s of %s is set twice", at, s.Service)
			}
			return fmt.Errorf("%s undoes %s, which is set before it: set %s first", at, s.Field.At, at)
		}
	}
	return nil
}

// lookup finds a field; what a ConfigMap or Secret holds may be named without the key
// data, as it is in short.
func lookup(root schema.Field, name string) (schema.Field, error) {
	field, err := root.Lookup(name)
	path, parseErr := tree.ParsePath(name)
	if err == nil || parseErr != nil || len(path) < 3 || path[0] != any("configMaps") && path[0] != any("secrets") {
		return field, err
	}
	if inData, dataErr := root.Lookup(path[:2].With("data").With(path[2:]...).String()); dataErr == nil {
		return inData, nil
	}
	return field, err
}

// SetImage reads SERVICE=REFERENCE or SERVICE/CONTAINER=REFERENCE, where the
// reference may be :TAG alone.
func SetImage(text string) (*Setting, error) {
	service, reference, found := strings.Cut(text, "=")
	if !found || service == "" || reference == "" {
		return nil, fmt.Errorf("%q: write SERVICE=IMAGE, as in web=ghcr.io/acme/web:1.4.3 or web=:1.4.3", text)
	}
	service, container, isNamed := strings.Cut(service, "/")
	if service == "" || isNamed && container == "" {
		return nil, fmt.Errorf("%q: write SERVICE/CONTAINER=IMAGE, as in web/proxy=:1.4.3", text)
	}
	s, err := ParseSetting(nil, service, "image="+reference)
	if err == nil {
		s.container = container
	}
	return s, err
}

// cutAssignment cuts at the first = that is not in quotes or brackets.
func cutAssignment(text string) (name, value string, found bool) {
	var quote byte
	for i := 0; i < len(text); i++ {
		switch c := text[i]; {
		case quote != 0 && c == '\\' && quote == '"':
			i++
		case quote != 0 && c == quote:
			quote = 0
		case quote == 0 && (c == '"' || c == '\''):
			quote = c
		case quote == 0 && c == '=':
			return text[:i], text[i+1:], true
		}
	}
	return text, "", false
}

// isImage reports whether a path is the image of a container.
func isImage(at tree.Path) bool {
	own := schema.OwnPath(at)
	return len(own) == 1 && own[0] == any("image")
}

// leaves are the paths of what is asked for, in the long form.
func (s *Setting) leaves(value *tree.Node) (leaves []tree.Path) {
	if value == nil {
		return []tree.Path{s.Field.At}
	}
	long := load.LongForm(nested(keysOf(s.Field.At), value))
	walk(long, nil, func(at tree.Path, _ *tree.Node) { leaves = append(leaves, at) })
	return leaves
}

// walk visits what lies at the ends of maps.
func walk(n *tree.Node, at tree.Path, visit func(tree.Path, *tree.Node)) {
	if n.Kind != tree.Map || len(n.Fields) == 0 {
		visit(at, n)
		return
	}
	for i := range n.Fields {
		walk(n.Fields[i].Value, at.With(n.Fields[i].Key), visit)
	}
}
