package compose

import (
	"fmt"
	"slices"
	"strings"

	"github.com/kgen-dev/kgen/pkg/names"
	"github.com/kgen-dev/kgen/pkg/secrets"
	"github.com/kgen-dev/kgen/schema"
)

// secretName is the name of the Secret with the variables of a service.
func secretName(service string) string { return service + "-env" }

// hide makes a variable one of a Secret, whose value comes from another at render time:
// from source, where the files say that already.
func (s *service) hide(v *variable, source string) {
	source = s.hideValue(v.name, v.value, source)
	s.solved[s.model.place(v.at).written.Pos] = true
	s.change(s.to.Name, "secrets."+secretName(s.to.Name)+"."+v.name, fmt.Sprintf(
		"%s looks like a secret: its value comes from the variable %s when Secrets are rendered%s", v.name, source, s.renamedNote(v.value)), v.at...)
}

// hideValue sets a variable that comes from a Secret, and returns that at render time.
func (s *service) hideValue(name, value, source string) string {
	if source == "" {
		source = s.newSource(name, value)
	}
	s.sources[source] = value
	key := secretName(s.to.Name)
	secret := s.to.Secrets.Get(key)
	if secret == nil {
		s.to.Secrets = append(s.to.Secrets, schema.Entry[schema.Secret]{Key: key})
		secret = s.to.Secrets.Get(key)
	}
	put(&secret.Data, name, schema.SecretSource{Env: source})
	put(&s.to.Env, name, schema.EnvVar{Secret: key})
	s.hidden[name] = value
	return source
}

// newSource names the variable that a secret comes from: as the variable is called in
// the container, where all services that have it have the same value.
func (s *service) newSource(name, value string) string {
	source := names.MakeEnvName(name)
	isFree := func() bool {
		old, isTaken := s.sources[source]
		return !isTaken || old == value
	}
	if len(s.values[name]) > 1 || !isFree() {
		source = names.MakeEnvName(s.to.Name + "_" + strings.TrimPrefix(name, names.MakeEnvName(s.to.Name)+"_"))
	}
	for base, n := source, 2; !isFree(); n++ {
		source = fmt.Sprintf("%s_%d", base, n)
	}
	return source
}

var (
	wholeVariable = lazy(`^\$\{?([A-Za-z_][A-Za-z0-9_]*)(:?[-?+][^}]*)?\}?$`)
	// password is the part of an address between user and host.
	password = lazy(`([A-Za-z][A-Za-z0-9+.-]*://(?:\$\{[^}]*\}|[^\s/:@])*:)([^\s/@]+)(@)`)
)

// written is the text of a variable as the file has it.
func (s *service) written(v *variable) string {
	n := s.model.Written(v.at...)
	if n == nil || v.isOfFile() {
		return ""
	}
	if prefix, value, isPair := strings.Cut(n.Text, "="); isPair && prefix == v.name {
		return value
	}
	return n.Text
}

// writtenSource is the variable that the file takes all of the value from.
func (s *service) writtenSource(v *variable) string {
	if m := wholeVariable().FindStringSubmatch(s.written(v)); m != nil {
		return m[1]
	}
	return ""
}

// withoutPasswords is an address with variables in the place of its passwords; empty
// where that is not enough to make it no secret.
func (s *service) withoutPasswords(v *variable) string {
	text, sources := s.takePasswords(v.name+"_PASSWORD", v.value, s.written(v))
	text, _ = s.rename(v.mention(text), "env."+v.name)
	if text = unmarked(escaped(text)); text == "" || len(secrets.Under(v.name, text)) > 0 {
		return ""
	}
	s.change(s.to.Name, "env."+v.name, fmt.Sprintf("the password in it comes from the variable %s when Secrets are rendered", strings.Join(sources, " and ")), v.at...)
	s.solved[s.model.place(v.at).written.Pos] = true
	return text
}

// takePasswords makes Secrets of the passwords in addresses, and puts marks in their
// place. written is the text before its variables were filled in, name that of a new
// variable.
func (s *service) takePasswords(name, text, written string) (out string, sources []string) {
	found := password().FindAllStringSubmatch(text, -1)
	before := password().FindAllStringSubmatch(written, -1)
	for i, m := range found {
		own, source := name, ""
		if i < len(before) && len(before) == len(found) {
			if whole := wholeVariable().FindStringSubmatch(before[i][2]); whole != nil {
				own, source = whole[1], whole[1]
			}
		}
		for _, known := range s.hiddenNames() {
			if source == "" && s.hidden[known] == m[2] {
				own, source = known, s.sourceOfHidden(known)
			}
		}
		if source == "" {
			source = s.sourceOfValue(m[2])
		}
		if i > 0 && own == name {
			own = fmt.Sprintf("%s_%d", name, i+1)
		}
		if _, isVariable := s.variables[own]; isVariable && s.hidden[own] != m[2] {
			return "", nil // it means something else
		}
		sources = append(sources, s.hideValue(own, m[2], source))
		text = strings.Replace(text, m[0], m[1]+refTo(own)+m[3], 1)
	}
	if len(found) == 0 {
		return "", nil
	}
	return text, sources
}

// sourceOfValue is the variable that a secret of that value comes from, where the files
// have a name for it; empty where they have none.
func (s *service) sourceOfValue(value string) string {
	if k, isKnown := s.knownValues[value]; isKnown {
		return k.sourceOf()
	}
	return ""
}

// sourceOfHidden is the variable that a hidden one comes from; empty for others.
func (s *service) sourceOfHidden(name string) string {
	if _, isHidden := s.hidden[name]; !isHidden {
		return ""
	}
	return s.to.Secrets.Get(secretName(s.to.Name)).Data.Get(name).Env
}

// refTo stands for a reference to a variable in a text whose dollars are escaped later.
func refTo(variable string) string { return "\x00" + variable + "\x01" }

func unmarked(text string) string {
	return strings.NewReplacer("\x00", "$(", "\x01", ")").Replace(text)
}

// hideIn takes what looks like a secret out of the words of a command, which refer to
// variables then; the text has marks in their place.
func (s *service) hideIn(list []string, key string) (words []string, sources []string) {
	flag, before := "", ""
	key = names.MakeEnvName(key)
	found := s.secretsIn(strings.Join(list, " "), key)
	for i, word := range list {
		name, value, hasValue := strings.Cut(word, "=")
		prefix := name + "="
		if !hasValue && flag != "" {
			name, value, prefix = flag, word, ""
		}
		if flag = ""; strings.HasPrefix(word, "-") && !hasValue {
			flag = word
		}
		front := before
		before = word + " "
		option := strings.TrimLeft(name, "-")
		if value != "" && !strings.ContainsAny(name, " \t\n") && secrets.In(option, value) == secrets.ByName {
			own := s.variableOf(found, value, names.MakeEnvName(option))
			words, sources = append(words, prefix+refTo(own)), append(sources, s.hideValue(own, value, s.sourceOfHidden(own)))
			continue
		}
		word, taken := s.hideWord(front, word, fmt.Sprintf("%s_%d", key, i+1), found)
		words, sources = append(words, word), append(sources, taken...)
	}
	return words, distinct(sources)
}

// variableOf is the variable of the container that has a secret already, else a new one.
func (s *service) variableOf(found []known, value, name string) string {
	if i := slices.IndexFunc(found, func(k known) bool { return k.value == value }); i >= 0 {
		return found[i].name
	}
	return s.freeVariable(name, value)
}

// distinct are the texts without those that came before.
func distinct(list []string) (out []string) {
	for _, text := range list {
		if !slices.Contains(out, text) {
			out = append(out, text)
		}
	}
	return out
}

// hideWord takes out what is known for a secret in a word, or the word as a whole.
// before is the word in front of it.
func (s *service) hideWord(before, word, name string, found []known) (out string, sources []string) {
	for _, k := range found {
		if places := s.placesOf(before, word, k.value); len(places) > 0 {
			word = replaced(word, k.value, places, func(int) string { return refTo(k.name) })
			sources = append(sources, s.sourceOfHidden(k.name))
		}
	}
	for _, m := range password().FindAllStringSubmatch(word, -1) {
		if strings.Contains(m[2], "\x00") {
			continue
		}
		own := s.freeVariable(name+"_PASSWORD", m[2])
		sources = append(sources, s.hideValue(own, m[2], s.sourceOfValue(m[2])))
		word = strings.Replace(word, m[0], m[1]+refTo(own)+m[3], 1)
	}
	if len(secrets.Under("", unmarked(word))) > 0 {
		own := s.freeVariable(name, word)
		return refTo(own), append(sources, s.hideValue(own, unmarked(word), ""))
	}
	return word, sources
}

// freeVariable is name, or with a number behind it, so that it is no other variable.
func (s *service) freeVariable(name, value string) string {
	free := name
	for n := 2; ; n++ {
		known, isHidden := s.hidden[free]
		if _, isTaken := s.variables[free]; !isTaken && !isHidden || isHidden && known == value {
			return free
		}
		free = fmt.Sprintf("%s_%d", name, n)
	}
}

// isTelling reports whether a value that stands in a text is there as the secret: short
// ones, names, and those that other variables have too, may be anything.
func (s *service) isTelling(value string) bool {
	base := s.from.Image[strings.LastIndex(s.from.Image, "/")+1:]
	base, _, _ = strings.Cut(base, ":")
	if len(value) < shortestSecret || value == base || value == s.from.Name || value == s.to.Name || slices.Contains(usersNames, value) {
		return false
	}
	for name, v := range s.variables {
		if _, isHidden := s.hidden[name]; !isHidden && !secrets.IsName(name) && v.value == value && !isMixed(value) {
			return false
		}
	}
	return true
}

func (s *service) hiddenNames() []string { return sortedKeys(s.hidden) }
