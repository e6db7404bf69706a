package compose

import (
	"slices"
	"strings"

	"github.com/kgen-dev/kgen/pkg/names"
)

// saidHosts are the services that have a word in a variable, a command or a file that
// may be a host, by the word. Looking there first spares looking for every service in
// the texts of every other.
func (c *converter) saidHosts() map[string][]*service {
	said := map[string][]*service{}
	for _, s := range c.all {
		add := func(text string) {
			for word := range hostWords(text) {
				if by := said[word]; len(by) == 0 || by[len(by)-1] != s {
					said[word] = append(by, s)
				}
			}
		}
		for _, v := range s.variables { // in any order: one word is one entry
			add(v.value)
		}
		for _, word := range slices.Concat(s.from.Entrypoint, s.from.Command) {
			add(word)
		}
		for _, t := range s.texts {
			add(t.text)
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
