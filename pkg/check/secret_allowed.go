package check

import (
	"path"
	"strings"

	"github.com/kgen-dev/kgen/pkg/report"
	"github.com/kgen-dev/kgen/pkg/tree"
	"github.com/kgen-dev/kgen/schema"
)

// allowedLiterals: row 26, an entry that names no literal. An entry from
// another file, as from the project's defaults, is for other services too.
func allowedLiterals(s *schema.Service, sink *report.Sink) {
	for i, name := range s.AllowLiteral {
		node := sink.At(tree.P("allowLiteral", i))
		if node == nil || node.Pos.Source != sink.Place(nil).Source || hasLiteral(s, name) {
			continue
		}
		sink.Errorf(schema.MatchesNothing, tree.P("allowLiteral", i), "no variable, key, flag or file is called %q", name).
			Fix = "remove it, or correct the name"
	}
}

func hasLiteral(s *schema.Service, name string) bool {
	if hasTriggerSetting(s, name) {
		return true
	}
	for c := range s.PodContainers() {
		if c.Env.Has(name) || hasFlag(c.Command, name) || hasFlag(c.Args, name) {
			return true
		}
		for i := range c.Files {
			if key := c.Files[i].Key; key == name || path.Base(key) == name || strings.Contains(string(c.Files[i].Value.Bytes), name) {
				return true
			}
		}
	}
	for i := range s.ConfigMaps {
		for _, entry := range s.ConfigMaps[i].Value.Data {
			if entry.Key == name || strings.Contains(entry.Value, name) {
				return true
			}
		}
	}
	return name == "command" || name == "args"
}

// hasFlag reports whether a word is, or begins with, a flag or variable called name.
func hasFlag(words []string, name string) bool {
	for _, word := range words {
		flag, _, _ := strings.Cut(word, "=")
		if flag == name || strings.TrimLeft(flag, "-") == name {
			return true
		}
	}
	return false
}
