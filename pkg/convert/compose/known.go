package compose

import (
	"cmp"
	"slices"
	"strings"

	"github.com/kgen-dev/kgen/pkg/names"
	"github.com/kgen-dev/kgen/pkg/secrets"
)

// known is a secret that the files have a name for.
type known struct {
	name, value string
	// of is the service that has a variable of that name; nil where the variable is one
	// that compose fills in.
	of *service
}

// How long a secret is at least that is looked for in the texts of its service, and in
// those of the others: shorter ones may be anything.
const (
	shortestSecret = 4
	shortestKnown  = 6
)

// collectKnown finds the secrets of all services, and those that compose fills in.
func (c *converter) collectKnown() {
	c.knownValues = map[string]known{}
	for _, name := range sortedKeys(c.model.loader.filledIn) {
		c.addKnown(known{name: name, value: c.model.loader.filledIn[name]})
	}
	for _, s := range c.all {
		for _, name := range sortedKeys(s.variables) {
			c.addKnown(known{name: name, value: s.variables[name].value, of: s})
		}
	}
	slices.SortStableFunc(c.known, func(a, b known) int { return cmp.Compare(len(b.value), len(a.value)) }) // one may be part of another
	c.knownFrom, c.anybodys = map[string][]int{}, map[string]bool{}
	for i, k := range c.known {
		start := k.value[:shortestKnown]
		c.knownFrom[start] = append(c.knownFrom[start], i)
	}
}

// knownIn are the known secrets that stand in a text, longest first.
func (c *converter) knownIn(text string) (found []known) {
	var indices []int
	for i := 0; i+shortestKnown <= len(text); i++ {
		for _, n := range c.knownFrom[text[i:i+shortestKnown]] {
			if strings.HasPrefix(text[i:], c.known[n].value) {
				indices = append(indices, n)
			}
		}
	}
	slices.Sort(indices)
	for _, n := range slices.Compact(indices) {
		if k := c.known[n]; !c.isAnybodys(k.value) {
			found = append(found, k)
		}
	}
	return found
}

func (c *converter) addKnown(k known) {
	_, isThere := c.knownValues[k.value]
	if isThere || len(k.value) < shortestSecret || secrets.In(k.name, k.value) != secrets.ByName {
		return
	}
	c.knownValues[k.value] = k
	if len(k.value) >= shortestKnown {
		c.known = append(c.known, k)
	}
}

// sourceOf is the variable that a known secret comes from when Secrets are rendered.
func (k *known) sourceOf() string {
	if k.of == nil {
		return k.name
	}
	return cmp.Or(k.of.writtenSource(k.of.variables[k.name]), k.of.newSource(k.name, k.value))
}

// isAnybodys reports whether a value is one that some service has for no secret, or its name.
func (c *converter) isAnybodys(value string) bool {
	is, isFound := c.anybodys[value]
	if !isFound {
		is = slices.ContainsFunc(c.all, func(s *service) bool { return !s.isTelling(value) })
		c.anybodys[value] = is
	}
	return is
}

// usersNames are values that name a user or a database as often as they are a password.
var usersNames = []string{"admin", "default", "elastic", "guest", "mariadb", "minio", "mongo", "mysql", "postgres", "rabbitmq", "redis", "root", "test", "user"}

var (
	// secretPlace is what stands in front of a password, and userPlace in front of a user,
	// a database or a host.
	secretPlace = lazy(`(^|[\s"'=,;(])(-p|-a\s*|--?(require)?pass(word|wd)?[=\s]\s*)["']?$`)
	userPlace   = lazy(`(^|[\s"'])(-[UudhN]|--user(name)?|--dbname|--database|--host)[=\s]*["']?$`)
	namedPlace  = lazy(`([A-Za-z_][A-Za-z0-9_]*)[=:]\s*["']?$`)
)

// placesOf are where a secret stands in a text. before is what stands in front of it.
func (s *service) placesOf(before, text, value string) (found []int) {
	for start := 0; value != ""; {
		i := strings.Index(text[start:], value)
		if i < 0 {
			break
		}
		from := start + i
		start = from + len(value)
		isEnd := start == len(text) || !names.IsAlnum(text[start])
		front := before + text[:from]
		isWhole := isEnd && (from == 0 || !names.IsAlnum(text[from-1]) && text[from-1] != '_')
		named := namedPlace().FindStringSubmatch(front)
		switch {
		case userPlace().MatchString(front):
		case isEnd && (secretPlace().MatchString(front) || named != nil && secrets.IsName(named[1])), s.isTelling(value) && (isWhole || isMixed(value)):
			found = append(found, from)
		}
	}
	return found
}

// isMixed reports whether a value has letters and digits: it is no word of a language.
func isMixed(value string) bool {
	return strings.ContainsAny(value, "0123456789") && strings.ContainsFunc(value, func(r rune) bool { return r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' })
}

// literalsIn are the passwords and tokens in a line of a shell, and what they are.
func literalsIn(line string) (found []known) {
	for _, l := range secrets.InShell(line) {
		found = append(found, known{name: names.MakeEnvName(l.Name), value: l.Value})
	}
	return found
}

// secretsIn are the secrets in a line, longest first: those that the service hides
// already, those of others, and those that a program gets there; with the variables of
// the container that have them from now on. name is that of a new one.
func (s *service) secretsIn(line, name string) (found []known) {
	for _, hidden := range s.hiddenNames() {
		if value := s.hidden[hidden]; len(value) >= shortestSecret {
			found = append(found, known{name: hidden, value: value})
		}
	}
	isHidden := func(value string) bool {
		return slices.ContainsFunc(found, func(k known) bool { return k.value == value })
	}
	for _, k := range s.knownIn(line) {
		if !isHidden(k.value) && len(s.placesOf("", line, k.value)) > 0 {
			own := s.freeVariable(k.name, k.value)
			s.hideValue(own, k.value, k.sourceOf())
			found = append(found, known{name: own, value: k.value})
		}
	}
	for _, l := range literalsIn(line) {
		if !isHidden(l.value) {
			own := s.freeVariable(name+"_"+l.name, l.value)
			s.hideValue(own, l.value, s.sourceOfValue(l.value))
			found = append(found, known{name: own, value: l.value})
		}
	}
	slices.SortStableFunc(found, func(a, b known) int { return cmp.Compare(len(b.value), len(a.value)) })
	return found
}

// hasKnown reports whether a text has a secret in it that the files have a name for.
func (s *service) hasKnown(text string) bool {
	return len(literalsIn(text)) > 0 || slices.ContainsFunc(s.knownIn(text), func(k known) bool {
		return isMixed(k.value) && len(s.placesOf("", text, k.value)) > 0
	})
}

// hidesAll reports whether a text is no secret without those that the files have a name for.
func (s *service) hidesAll(text string) bool {
	found := s.knownIn(text)
	for _, k := range found {
		text = replaced(text, k.value, s.placesOf("", text, k.value), func(int) string { return "$(" + k.name + ")" })
	}
	return len(found) > 0 && len(secrets.Under("", text)) == 0
}

// replaced is a text in which ref stands for a secret at each of its places.
func replaced(text, value string, places []int, ref func(at int) string) string {
	for _, at := range slices.Backward(places) {
		text = text[:at] + ref(at) + text[at+len(value):]
	}
	return text
}

// refInShell is a variable in a line of a shell, which fills in none between single
// quotes.
func refInShell(line string, at int, variable string) string {
	var quote byte
	for i := 0; i < at; i++ {
		switch c := line[i]; {
		case c == '\\' && quote != '\'':
			i++
		case quote == 0 && (c == '\'' || c == '"'):
			quote = c
		case quote == c:
			quote = 0
		}
	}
	if quote == '\'' {
		return `'"${` + variable + `}"'`
	}
	return "${" + variable + "}"
}
