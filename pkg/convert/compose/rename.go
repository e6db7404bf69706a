package compose

import (
	"maps"
	"slices"
	"strings"

	"github.com/kgen-dev/kgen/pkg/tree"
)

// rename puts the new names of hosts into a text, and says which. Where nobody can know
// whether a name is that of a host or of a database, it stays, and the report asks; in a
// file one that is sure says what the others are, as the upstream of a proxy.
func (s *service) rename(m mention, field string) (text, note string) {
	text = m.text
	var notes []string
	for _, old := range s.renamedHosts() {
		isSure := func(at hostAt) bool { return at.isSure && (!at.isWhole || m.isAddress(old)) }
		isOdd := strings.Contains(old, "_") // and no word of a sentence
		places := hostsIn(text, old)
		takesAll := m.isFile && isOdd && slices.ContainsFunc(places, isSure)
		isChanged, isOpen := false, false
		for _, at := range slices.Backward(places) {
			if isSure(at) || takesAll {
				text = text[:at.from] + s.hosts[old] + text[at.to:]
				isChanged = true
			} else if isOdd || at.isWhole {
				isOpen = true
			}
		}
		if isChanged {
			notes = append(notes, old+" is called "+s.hosts[old]+" in it now")
		}
		if isOpen {
			s.ask(s.to.Name, field, old+" in it may be the service, which is called "+s.hosts[old]+" now: change it if it is", m.at...)
		}
	}
	return text, strings.Join(notes, ", and ")
}

// renameWords puts the new names of hosts into the words of a command.
func (s *service) renameWords(words []string, field string, at tree.Path) (renamed []string, note string) {
	var notes []string
	for i := range words {
		word, note := s.rename(wordOf(words, i, at), field)
		renamed = append(renamed, word)
		if note != "" {
			notes = append(notes, note)
		}
	}
	return renamed, strings.Join(distinct(notes), ", and ")
}

// tellRenamed says of a probe or a hook which hosts in it have other names now.
func (s *service) tellRenamed(note, field string, at tree.Path) {
	if note != "" {
		s.change(s.to.Name, field, note, at...)
	}
}

// renamedHosts are the names of hosts that have others now, longer ones first: one may be
// part of another.
func (c *converter) renamedHosts() []string {
	return slices.SortedFunc(maps.Keys(c.hosts), func(a, b string) int {
		if len(a) != len(b) {
			return len(b) - len(a)
		}
		return strings.Compare(a, b)
	})
}

// renamedNote says of a text that is not in the project which hosts in it have other
// names now.
func (c *converter) renamedNote(text string) string {
	var notes []string
	for _, old := range sortedKeys(c.hosts) {
		if slices.ContainsFunc(hostsIn(text, old), func(at hostAt) bool { return at.isSure }) {
			notes = append(notes, old+" is called "+c.hosts[old]+" now")
		}
	}
	if len(notes) == 0 {
		return ""
	}
	return "; in it, " + strings.Join(notes, ", and ")
}
