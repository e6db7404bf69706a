package compose

import (
	"errors"
	"strings"

	"github.com/compose-spec/compose-go/v2/interpolation"
	"github.com/compose-spec/compose-go/v2/template"

	"github.com/kgen-dev/kgen/pkg/convert"
	"github.com/kgen-dev/kgen/pkg/names"
	"github.com/kgen-dev/kgen/pkg/secrets"
	"github.com/kgen-dev/kgen/pkg/tree"
)

// dictOf is a file with its variables filled in. What cannot be is left out and told.
func (l *loader) dictOf(f *file) dict {
	f.filled, _ = l.fill(f, f.root, nil).(dict)
	own, _ := clone(f.filled).(dict)
	quiet := *l // mistakes are told where the files are put together
	quiet.report = &convert.Report{}
	f.long = dict{}
	for _, key := range sortedKeys(f.filled) {
		if key != "version" && key != "include" {
			f.long = quiet.merge(f.long, dict{key: f.filled[key]}, f, tree.P(key))
		}
	}
	f.long = quiet.finished(f.long)
	return own
}

// fill is a value with its variables filled in, as compose-go has it.
func (l *loader) fill(f *file, n *tree.Node, at tree.Path) any {
	switch n.Kind {
	case tree.Map:
		out := dict{}
		for i := range n.Fields {
			field := &n.Fields[i]
			if isOfTexts(at) && !field.Value.IsScalar() {
				l.wrong(field.Value.Pos, at.With(field.Key).String(), "a value here is a text or a number, not %s", field.Value.Kind)
				continue
			}
			out[field.Key] = l.fill(f, field.Value, at.With(field.Key))
		}
		return out
	case tree.List:
		out := make([]any, 0, len(n.Fields))
		for i := range n.Fields {
			out = append(out, l.fill(f, n.Fields[i].Value, at.With(i)))
		}
		return out
	case tree.String:
		return l.text(f, n, at)
	}
	return scalar(n)
}

// isOfTexts reports whether the values of a map are texts: compose-go would print others
// as Go has them.
func isOfTexts(at tree.Path) bool {
	if len(at) < 3 || !isOfService(at) || len(at) > 3 && at[2] != any("deploy") || len(at) > 4 {
		return false
	}
	switch at[len(at)-1] {
	case any("environment"), any("labels"), any("annotations"), any("sysctls"):
		return true
	}
	return false
}

// unset is a place where a variable stands that nobody sets.
type unset struct {
	variable string
	file     *file
	at       tree.Path // as the file has it
	pos      tree.Pos
}

// text fills in the variables of a text.
func (l *loader) text(f *file, n *tree.Node, at tree.Path) any {
	if !strings.Contains(n.Text, "$") {
		return n.Text
	}
	lookup := func(name string) (string, bool) {
		value, ok := l.lookup(name)
		if !ok && isPlain(n.Text, name) {
			l.unset = append(l.unset, unset{name, f, at, n.Pos})
		}
		if ok && secrets.IsName(name) {
			l.filledIn[name] = value
		}
		return value, ok
	}
	for _, m := range withDefault().FindAllStringSubmatch(n.Text, -1) {
		if value, _ := l.lookup(m[1]); value == "" && secrets.IsName(m[1]) {
			l.filledIn[m[1]] = m[2]
		}
	}
	substitute := func(text string, mapping template.Mapping) (string, error) {
		return template.SubstituteWithOptions(text, mapping, template.WithoutLogging)
	}
	out, err := interpolation.Interpolate(dict{"value": n.Text}, interpolation.Options{LookupValue: lookup, Substitute: substitute})
	if err == nil {
		return out["value"]
	}
	var missing *template.MissingRequiredError
	if errors.As(err, &missing) {
		l.wrong(n.Pos, at.String(), "the variable %s has to be set, in the environment or in .env", missing.Variable)
		return ""
	}
	l.wrong(n.Pos, at.String(), "a variable in it cannot be read: ${NAME} names one, and $$ is a dollar") // the text may be a secret
	return ""
}

// withDefault is a variable with the value that it has where nobody sets it.
var withDefault = lazy(`\$\{([A-Za-z_][A-Za-z0-9_]*):?-([^${}]+)\}`)

// isPlain reports whether a text uses a variable and says nothing for the case that
// nobody sets it.
func isPlain(text, name string) bool {
	if strings.Contains(text, "${"+name+"}") {
		return true
	}
	_, rest, isThere := strings.Cut(text, "$"+name)
	return isThere && (rest == "" || !names.IsAlnum(rest[0]) && rest[0] != '_')
}

// scalar is a value as YAML readers give it.
func scalar(n *tree.Node) any {
	switch n.Kind {
	case tree.Bool:
		return n.Text == "true"
	case tree.Int, tree.Float:
		return number(n)
	case tree.Null:
		return nil
	}
	return n.Text
}
