package effective

import (
	"slices"
	"strings"

	"github.com/kgen-dev/kgen/pkg/secrets"
	"github.com/kgen-dev/kgen/pkg/tree"
	"github.com/kgen-dev/kgen/schema"
)

// Hidden stands for a value that may be a secret.
const Hidden = "(hidden)"

// Shown is a value as it may be printed: what may be a secret that stands in the source
// by mistake is Hidden.
func (s *Service) Shown(at tree.Path, n *tree.Node) *tree.Node {
	switch {
	case n == nil:
		return nil
	case n.Kind == tree.String && s.isSecret(at, n.Text):
		return text(Hidden)
	case n.Kind == tree.List && hasSecretWord(n):
		return text(Hidden)
	case n.Kind < tree.List:
		return n
	}
	shown := *n
	shown.Fields = slices.Clone(n.Fields)
	for i := range shown.Fields {
		f := &shown.Fields[i]
		if n.Kind == tree.List {
			f.Value = s.Shown(at.With(i), f.Value)
		} else {
			f.Value = s.Shown(at.With(f.Key), f.Value)
		}
	}
	return &shown
}

// isSecret reports whether a text is, or may be, a value under secrets, or one that
// looks like a secret wherever it stands.
func (s *Service) isSecret(at tree.Path, value string) bool {
	at = schema.OwnPath(at) // what another container has is as secret
	if isBelowSecrets(at) {
		if len(at) > 3 && at[2] == any("external") {
			return false // it says where the values are
		}
		if len(at) > 3 && at[2] == any("sealed") {
			return at[3] != any("scope") && !secrets.IsSealed(value)
		}
		return !slices.Contains([]any{"env", "file", "type"}, at[len(at)-1])
	}
	if name, isValue := valueName(at); isValue {
		return !s.isAllowed(name) && len(secrets.Under(name, value)) > 0
	}
	return secrets.In("", value) != secrets.None
}

// valueName is what a text is called that the program is given: a variable, a key of a
// ConfigMap, a file. The others name something.
func valueName(at tree.Path) (name string, isValue bool) {
	if len(at) < 3 {
		return "", false
	}
	switch {
	case at[0] == "env" && at[2] == "value", at[0] == "files" && at[2] == "content":
		name, isValue = at[1].(string)
	case at[0] == "configMaps" && at[2] == "data" && len(at) == 4:
		name, isValue = at[3].(string)
	}
	return name, isValue
}

func isBelowSecrets(at tree.Path) bool {
	switch {
	case len(at) == 0:
		return false
	case at[0] == "secrets":
		return true
	}
	return len(at) > 2 && at[0] == "files" && at[2] == "secret"
}

// isAllowed reports whether the service says that what is called name is no secret.
func (s *Service) isAllowed(name string) bool {
	allowed := s.At(tree.P("allowLiteral"))
	return allowed != nil && slices.ContainsFunc(allowed.Fields, func(f tree.Field) bool { return f.Value.Text == name })
}

// hasSecretWord looks at --name=value, --name value and NAME=value in arguments.
func hasSecretWord(n *tree.Node) bool {
	flag := ""
	for i := range n.Fields {
		word := n.Fields[i].Value
		if word.Kind != tree.String {
			return false
		}
		name, value, isAssignment := strings.Cut(word.Text, "=")
		if !isAssignment {
			name, value = flag, word.Text
		}
		if secrets.In(strings.TrimLeft(name, "-"), value) != secrets.None {
			return true
		}
		if flag = ""; strings.HasPrefix(word.Text, "-") && !isAssignment {
			flag = word.Text
		}
	}
	return false
}
