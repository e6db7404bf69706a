package check

import (
	"path"
	"slices"
	"strconv"
	"strings"

	"github.com/kgen-dev/kgen/pkg/names"
	"github.com/kgen-dev/kgen/pkg/report"
	"github.com/kgen-dev/kgen/pkg/secrets"
	"github.com/kgen-dev/kgen/pkg/tree"
	"github.com/kgen-dev/kgen/schema"
)

// literalSecrets: row 10, in variables, arguments, ConfigMaps and files. No
// message holds a value.
func literalSecrets(s *schema.Service, sink *report.Sink) {
	for c := range s.PodContainers() {
		envSecrets(s, &c, sink)
		argSecrets(s, sink, c.Path.With("command"), c.Command)
		argSecrets(s, sink, c.Path.With("args"), c.Args)
		for i := range c.Files {
			if f := &c.Files[i]; f.Value.Content != nil || f.Value.Source != "" {
				fileSecrets(s, sink, c.Path.With("files", f.Key), f.Key, &f.Value)
			}
		}
	}
	for i := range s.ConfigMaps {
		configSecrets(s, sink, &s.ConfigMaps[i])
	}
}

func envSecrets(s *schema.Service, c *schema.PodContainer, sink *report.Sink) {
	for i := range c.Env {
		name, v := c.Env[i].Key, c.Env[i].Value.Value
		if v == nil || slices.Contains(s.AllowLiteral, name) || s.Secrets.Has(*v) {
			continue
		}
		if sign := secrets.In(name, *v); sign != secrets.None {
			sink.Errorf(schema.LiteralSecret, c.Path.With("env", name), "%s", told(sign)).
				Fix = `take it from a Secret: {secret: "NAME", key: "KEY"}` + declineLiteral(name)
		}
	}
}

func declineLiteral(name string) string {
	return `; where it is no secret, decline with allowLiteral: ["` + name + `"]`
}

// told says why a value is taken for a secret.
func told(sign secrets.Sign) string {
	if sign == secrets.ByName {
		return string(sign) + ", but its value stands in the source"
	}
	return string(sign) + " stands in the source"
}

// toldIn says the same of a secret in a text.
func toldIn(f *secrets.Found) string {
	why := told(f.Sign)
	if f.Name != "" {
		why = `"` + f.Name + `" is ` + why
	}
	if f.Line > 0 {
		why = "line " + strconv.Itoa(f.Line) + ": " + why
	}
	return why
}

// argSecrets looks at --name=value, --name value and NAME=value, and at every
// word for a URL with a password.
func argSecrets(s *schema.Service, sink *report.Sink, field tree.Path, words []string) {
	for i, word := range words {
		name, value, isAssignment := strings.Cut(word, "=")
		flag := strings.TrimLeft(name, "-")
		switch {
		case isAssignment && names.IsEnvName(flag, false):
		case !isAssignment && flag != name && i+1 < len(words) && !strings.HasPrefix(words[i+1], "-"):
			value = words[i+1]
		default:
			flag, value = "", word
		}
		decline := name
		if flag == "" { // the field, for the word itself is what must not stand there twice
			decline = "command"
			if field[len(field)-1] == any("args") {
				decline = "args"
			}
		}
		if flag != "" && slices.Contains(s.AllowLiteral, flag) || slices.Contains(s.AllowLiteral, decline) || s.Secrets.Has(value) {
			continue
		}
		at := i
		if flag != "" && !isAssignment {
			at = i + 1
		}
		if sign := secrets.In(flag, value); sign != secrets.None && !(flag == "" && isFlagged(words, i)) {
			sink.Errorf(schema.LiteralSecret, field.With(at), "%s", told(sign)).
				Fix = "take it from a variable of a Secret, as in $(NAME)" + declineLiteral(decline)
		}
	}
}

// isFlagged reports whether word i is the value of a flag, with which it was judged.
func isFlagged(words []string, i int) bool {
	return i > 0 && strings.HasPrefix(words[i-1], "-") && !strings.Contains(words[i-1], "=")
}

func configSecrets(s *schema.Service, sink *report.Sink, c *schema.Entry[schema.ConfigMap]) {
	for i := range c.Value.Data {
		key, value := c.Value.Data[i].Key, c.Value.Data[i].Value
		if slices.Contains(s.AllowLiteral, key) || s.Secrets.Has(value) {
			continue
		}
		for _, found := range secrets.Under(key, value) {
			if !slices.Contains(s.AllowLiteral, found.Name) {
				sink.Errorf(schema.LiteralSecret, tree.P("configMaps", c.Key, "data", key), "%s", toldIn(&found)).
					Fix = "put it into secrets" + declineLiteral(key)
			}
		}
	}
}

func fileSecrets(s *schema.Service, sink *report.Sink, at tree.Path, file string, f *schema.File) {
	base := path.Base(file)
	if slices.Contains(s.AllowLiteral, base) || slices.Contains(s.AllowLiteral, file) {
		return
	}
	field, place := "content", ""
	if f.Content == nil {
		field, place = "source", f.Source+": "
	}
	for _, found := range secrets.Under(base, string(f.Bytes)) {
		if !slices.Contains(s.AllowLiteral, found.Name) {
			sink.Errorf(schema.LiteralSecret, at.With(field), "%s%s", place, toldIn(&found)).
				Fix = "take the file from a secret: {secret: {env: \"NAME\"}}" + declineLiteral(base)
		}
	}
}
