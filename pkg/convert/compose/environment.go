package compose

import (
	"fmt"
	"maps"
	"os"
	"slices"
	"strings"

	"github.com/compose-spec/compose-go/v2/dotenv"
	"github.com/compose-spec/compose-go/v2/types"

	"github.com/kgen-dev/kgen/pkg/names"
	"github.com/kgen-dev/kgen/pkg/secrets"
	"github.com/kgen-dev/kgen/pkg/tree"
	"github.com/kgen-dev/kgen/schema"
)

// variable is one of a service, as compose sets it.
type variable struct {
	name, value string
	// at is where the files say it.
	at tree.Path
	// isUnset is set where it has no value but that of the shell which starts compose.
	isUnset bool
}

func (v *variable) isOfFile() bool { return v.at[2] == any("env_file") }

// mention is a text that the variable has or is to have.
func (v *variable) mention(text string) mention {
	return mention{text: text, at: v.at, variable: v.name}
}

// collectVariables finds the variables: those of env files, and those of environment
// over them.
func (s *service) collectVariables() {
	s.variables = map[string]*variable{}
	for i, file := range s.from.EnvFiles {
		s.readEnvFile(i, file)
	}
	for _, name := range slices.Sorted(maps.Keys(s.from.Environment)) {
		v := &variable{name: name, at: s.at("environment", name)}
		if value := s.from.Environment[name]; value != nil {
			v.value = *value
		} else {
			found, ok := s.model.loader.lookup(name)
			v.value, v.isUnset = found, !ok
		}
		s.addVariable(v)
	}
	if len(s.from.Environment) == 0 && s.has("environment") {
		s.dropped("it says nothing", "environment")
	}
}

func (s *service) addVariable(v *variable) {
	if !names.IsEnvName(v.name, true) {
		s.refuse(s.to.Name, fmt.Sprintf("%q is no name of a variable", v.name), v.at...)
		return
	}
	s.variables[v.name] = v
	if s.values[v.name] == nil {
		s.values[v.name] = map[string]bool{}
	}
	s.values[v.name][v.value] = true
}

func (s *service) readEnvFile(i int, file types.EnvFile) {
	if file.Format != "" && file.Format != "raw" {
		s.refused(fmt.Sprintf("%q is no format: raw, or none", file.Format), "env_file", i)
		return
	}
	values, err := s.envFile(&file)
	switch isThere := isFile(s.model.loader.besides(".", file.Path)); {
	case err != nil && !isThere && !bool(file.Required):
		s.dropped("there is no such file, and it need not be", "env_file", i)
		return
	case err != nil && !isThere:
		s.refused(file.Path+": no such file", "env_file", i)
		return
	case err != nil:
		s.refused(fmt.Sprintf("%s: %v", file.Path, withoutText(err)), "env_file", i)
		return
	}
	for _, name := range slices.Sorted(maps.Keys(values)) {
		if _, isOver := s.from.Environment[name]; !isOver {
			s.addVariable(&variable{name: name, value: values[name], at: s.at("env_file", i)})
		}
	}
	s.kept("env", "env_file", i)
}

// envFile reads an env file; one of the format raw has values as they are.
func (s *service) envFile(file *types.EnvFile) (map[string]string, error) {
	name := s.model.loader.besides(".", file.Path)
	if file.Format != "raw" {
		return dotenv.ReadFile(name, s.model.loader.lookup)
	}
	data, err := os.ReadFile(name)
	if err != nil {
		return nil, fmt.Errorf("read an env file: %w", err)
	}
	values := map[string]string{}
	for line := range strings.Lines(string(data)) {
		key, value, isPair := strings.Cut(strings.TrimRight(line, "\r\n"), "=")
		if isPair && !strings.HasPrefix(key, "#") {
			values[key] = value
		}
	}
	return values, nil
}

// convertEnvironment takes the variables. What looks like a secret comes from a variable
// at render time.
func (s *service) convertEnvironment() {
	var rest []*variable
	for _, name := range slices.Sorted(maps.Keys(s.variables)) {
		if v := s.variables[name]; !s.takeSecret(v) {
			rest = append(rest, v)
		}
	}
	for _, v := range rest { // some have secrets of the others in them
		s.takePlain(v)
	}
	slices.SortStableFunc(s.to.Env, func(a, b schema.Entry[schema.EnvVar]) int { return strings.Compare(a.Key, b.Key) })
}

// takeSecret takes a variable that is a secret as a whole.
func (s *service) takeSecret(v *variable) bool {
	isNamed := secrets.IsName(v.name)
	source := s.writtenSource(v)
	switch {
	case v.isUnset && isNamed:
		source = v.name
	case v.value == "" && !(isNamed && source != ""):
		return false
	case v.value != "" && secrets.In(source, v.value) == secrets.ByName: // of another variable, which is one
	case v.value != "" && len(secrets.Under(v.name, v.value)) == 0:
		return false
	case v.value != "" && (secrets.In("", v.value) == secrets.Credentials || !isNamed && s.hidesAll(v.value)):
		return false
	}
	s.hide(v, source)
	return true
}

// takePlain takes a variable that is no secret, but may have one in it.
func (s *service) takePlain(v *variable) {
	switch {
	case v.isUnset:
		s.ask(s.to.Name, "env."+v.name, "it has the value of the shell that starts compose, which has none: write it, or take it out", v.at...)
		return
	case v.value != "" && len(secrets.Under(v.name, v.value)) > 0:
		if text := s.withoutPasswords(v); text != "" {
			put(&s.to.Env, v.name, schema.EnvVar{Value: &text})
			return
		}
		if !s.hidesAll(v.value) {
			s.hide(v, s.writtenSource(v))
			return
		}
	}
	if text, sources := s.hideWord("", v.value, v.name, s.secretsIn(v.value, v.name)); len(sources) > 0 {
		text, _ = s.rename(v.mention(text), "env."+v.name)
		text = unmarked(escaped(text))
		put(&s.to.Env, v.name, schema.EnvVar{Value: &text})
		s.change(s.to.Name, "env."+v.name, fmt.Sprintf("a secret in it comes from the variable %s when Secrets are rendered", strings.Join(distinct(sources), " and ")), v.at...)
		return
	}
	renamed, note := s.rename(v.mention(v.value), "env."+v.name)
	text := escaped(renamed)
	put(&s.to.Env, v.name, schema.EnvVar{Value: &text})
	switch {
	case note != "":
		s.change(s.to.Name, "env."+v.name, note, v.at...)
	case !v.isOfFile():
		s.keep(s.to.Name, "env."+v.name, v.at...)
	}
}

// escaped is a text that Kubernetes leaves as it is: it would take $(NAME) for a
// variable, and $$ for a dollar.
// https://kubernetes.io/docs/tasks/inject-data-application/define-interdependent-environment-variables/
func escaped(text string) string {
	var b strings.Builder
	for i := range len(text) {
		b.WriteByte(text[i])
		if text[i] == '$' && i+1 < len(text) && (text[i+1] == '(' || text[i+1] == '$') {
			b.WriteByte('$')
		}
	}
	return b.String()
}

// put sets a key of a map.
func put[T any](m *schema.Map[T], key string, value T) {
	if old := m.Get(key); old != nil {
		*old = value
		return
	}
	*m = append(*m, schema.Entry[T]{Key: key, Value: value})
}
