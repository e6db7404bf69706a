package compose

import (
	"slices"
	"strings"

	"github.com/kgen-dev/kgen/pkg/names"
	"github.com/kgen-dev/kgen/pkg/tree"
)

// mention is a text of a service in which another may be named.
type mention struct {
	text string
	at   tree.Path
	// variable is the one that has the text, flag the one in front of a word; empty for
	// all others.
	variable, flag string
	// isFile is set for what is mounted.
	isFile bool
}

// wordOf is a word of a command.
func wordOf(words []string, i int, at tree.Path) mention {
	m := mention{text: words[i], at: at}
	if i > 0 && strings.HasPrefix(words[i-1], "-") {
		m.flag = words[i-1]
	}
	return m
}

// isAddress reports whether a text that is a name alone means a host.
func (m *mention) isAddress(host string) bool {
	return m.flag == "-h" || m.variable+m.flag != "" && meansHost(m.variable+strings.TrimLeft(m.flag, "-"), host)
}

// reaches says whether the text reaches a host, and at which port where it says that.
func (m *mention) reaches(host string) (port string, isReached bool) {
	port, isReached = reachedIn(m.text, host, m.flag != "" || m.isAddress(host))
	return port, isReached && (port != "" || !m.isFile)
}

// mentions are the texts of the service: variables, the words of what it runs, and files.
func (s *service) mentions() func(yield func(mention) bool) {
	return func(yield func(mention) bool) {
		for _, name := range sortedKeys(s.variables) {
			if v := s.variables[name]; !namesNodes(name) && !yield(v.mention(v.value)) {
				return
			}
		}
		for _, command := range []struct {
			key   string
			words []string
		}{{"entrypoint", s.from.Entrypoint}, {"command", s.from.Command}} {
			for i := range command.words {
				if !yield(wordOf(command.words, i, s.at(command.key))) {
					return
				}
			}
		}
		for _, f := range s.texts {
			if !yield(mention{text: f.text, at: f.at, isFile: true}) {
				return
			}
		}
	}
}

// saidHosts are the services that have a word in a text that may be a host, by the word.
// Looking there first spares looking for every service in the texts of every other.
func (c *converter) saidHosts() map[string][]*service {
	said := map[string][]*service{}
	for _, s := range c.all {
		for m := range s.mentions() {
			for word := range hostWords(m.text) {
				if by := said[word]; len(by) == 0 || by[len(by)-1] != s {
					said[word] = append(by, s)
				}
			}
		}
	}
	return said
}

// hostWords are what hostsIn finds in a text: words of letters, digits, dots, dashes and
// underscores, also without what follows a dot that is none of a domain.
func hostWords(text string) func(yield func(string) bool) {
	return func(yield func(string) bool) {
		for start := 0; start < len(text); {
			if !isHostByte(text[start]) {
				start++
				continue
			}
			end := start
			for end < len(text) && (names.IsAlnum(text[end]) || strings.IndexByte("_-.", text[end]) >= 0) {
				end++
			}
			for i := start + 1; i <= end; i++ {
				isEnd := i == end || text[i] == '.' && (i+1 == end || !names.IsAlnum(text[i+1]))
				if isEnd && !yield(text[start:i]) {
					return
				}
			}
			for start = max(end, start+1); start < len(text) && isHostByte(text[start]); {
				start++ // hostsIn takes nothing that follows such a byte
			}
		}
	}
}

// mayBeReachedBy are the services that have a name of this one somewhere, in the order
// of all.
func (s *service) mayBeReachedBy(said map[string][]*service) (list []*service) {
	for _, name := range s.hostNames() {
		if strings.Trim(name, wordBytes) != "" {
			return slices.DeleteFunc(slices.Clone(s.all), func(o *service) bool { return o == s })
		}
		list = append(list, said[name]...)
	}
	slices.SortFunc(list, func(a, b *service) int { return a.order - b.order })
	return slices.DeleteFunc(slices.Compact(list), func(o *service) bool { return o == s })
}

const wordBytes = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-."
