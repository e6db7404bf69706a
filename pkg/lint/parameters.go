package lint

import (
	"errors"
	"strings"

	"github.com/kgen-dev/kgen/pkg/suggest"
	"github.com/kgen-dev/kgen/pkg/tree"
)

// options are the parameters that were set for a rule.
func (c *configuration) options(rule *Rule) map[string]any {
	set := c.Options.Get(rule.ID)
	if set == nil || *set == nil {
		return nil
	}
	at := c.at.With("options", rule.ID)
	if (*set).Kind != tree.Map {
		c.sink.Errorf(UnknownRule, at, "expected the parameters of %s by name", rule.ID)
		return nil
	}
	values := map[string]any{}
	for i := range (*set).Fields {
		f := &(*set).Fields[i]
		param := rule.param(f.Key)
		if param == nil {
			c.sink.KeyErrorf(UnknownRule, at.With(f.Key), "%s has no parameter %q%s", rule.ID, f.Key, rule.paramHint(f.Key))
			continue
		}
		value, err := param.read(f.Value)
		if err != nil {
			c.sink.Errorf(UnknownRule, at.With(f.Key), "%v", err)
			continue
		}
		isRight := true
		param.mistakes(value, func(within tree.Path, err error) {
			isRight = false
			c.sink.Errorf(UnknownRule, at.With(f.Key).With(within...), "%v", err)
		})
		if isRight {
			values[f.Key] = value
		}
	}
	return values
}

func (rule *Rule) param(name string) *Param {
	for i := range rule.Params {
		if rule.Params[i].Name == name {
			return &rule.Params[i]
		}
	}
	return nil
}

// paramHint tells what may be meant by the name of a parameter that does not exist.
func (rule *Rule) paramHint(name string) string {
	names := rule.paramNames()
	switch hint := suggest.Hint(name, names); {
	case hint != "":
		return hint
	case len(names) == 0:
		return ": it has none"
	}
	return ": it has " + strings.Join(names, ", ")
}

func (rule *Rule) paramNames() (names []string) {
	for i := range rule.Params {
		names = append(names, rule.Params[i].Name)
	}
	return names
}

// read is the value of a parameter, which has the type of its default.
func (p *Param) read(n *tree.Node) (value any, err error) {
	var mistakes []tree.DecodeError
	switch p.Default.(type) {
	case int:
		var number int64
		mistakes = tree.Decode(n, &number)
		value = int(number)
	case bool:
		var flag bool
		mistakes = tree.Decode(n, &flag)
		value = flag
	case string:
		var text string
		mistakes = tree.Decode(n, &text)
		value = text
	case []string:
		var texts []string
		mistakes = tree.Decode(n, &texts)
		value = texts
	}
	if len(mistakes) > 0 {
		return nil, errors.New(mistakes[0].Message)
	}
	return value, nil
}
