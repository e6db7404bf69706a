package compose

import (
	"slices"
	"strings"

	"github.com/kgen-dev/kgen/pkg/secrets"
	"github.com/kgen-dev/kgen/pkg/tree"
)

// shell is a line that a shell runs in the container. Secrets in it come from the
// variables there.
func (s *service) shell(line, field string, at tree.Path) []string {
	own := s.ownHost(line)
	s.tellLocal(own != line, field, at)
	line, note := s.rename(mention{text: own, at: at}, field)
	s.tellRenamed(note, field, at)
	for _, k := range s.secretsIn(line, "HEALTHCHECK") {
		line = replaced(line, k.value, s.placesOf("", line, k.value), func(at int) string { return refInShell(line, at, k.name) })
	}
	if len(secrets.Under("", line)) > 0 {
		name := s.freeVariable("HEALTHCHECK", line)
		s.hideValue(name, line, "")
		line = `eval "$` + name + `"`
	}
	return []string{"/bin/sh", "-c", line}
}

// probeWords are the words of a command; with a secret in them, a shell has to fill it in.
func (s *service) probeWords(words []string, field string, at tree.Path) []string {
	given := slices.Clone(words)
	for i, word := range words {
		isHost := i > 0 && slices.Contains([]string{"-h", "--host", "--hostname"}, words[i-1])
		switch {
		case isHost && slices.Contains(s.ownNames(), word):
			words[i] = "localhost"
		case i > 0:
			words[i] = s.ownHost(word)
		}
	}
	s.tellLocal(!slices.Equal(given, words), field, at)
	words, note := s.renameWords(words, field, at)
	s.tellRenamed(note, field, at)
	all := strings.Join(words, " ")
	found := s.secretsIn(all, "HEALTHCHECK")
	hasSecret := len(secrets.Under("", all)) > 0
	var quoted []string
	before := ""
	for _, word := range words {
		marked := word
		for _, k := range found {
			marked = replaced(marked, k.value, s.placesOf(before, marked, k.value), func(int) string { return refTo(k.name) })
		}
		hasSecret = hasSecret || marked != word
		quoted, before = append(quoted, quotedWord(marked)), word+" "
	}
	if !hasSecret {
		return words
	}
	return s.shell(strings.Join(quoted, " "), field, at)
}

// tellLocal says of a probe or a hook that the container asks itself as localhost.
func (s *service) tellLocal(isLocal bool, field string, at tree.Path) {
	if isLocal {
		s.change(s.to.Name, field, "it asks itself as localhost: its Service leads nowhere before it is ready", at...)
	}
}

// plainWord is a word that a shell takes as it is.
var plainWord = lazy(`^[A-Za-z0-9_./:=@%+,-]+$`)

// quotedWord is a word for a shell, in which marks are variables.
func quotedWord(word string) string {
	var b strings.Builder
	for text := word; ; {
		part, rest, isMarked := strings.Cut(text, "\x00")
		switch {
		case plainWord().MatchString(part):
			b.WriteString(part)
		case part != "" || word == "":
			b.WriteString(`'` + strings.ReplaceAll(part, `'`, `'\''`) + `'`)
		}
		if !isMarked {
			return b.String()
		}
		name, after, _ := strings.Cut(rest, "\x01")
		b.WriteString(`"${` + name + `}"`)
		text = after
	}
}

// namedHost is what stands in front of a host that somebody is told, as the members of a
// replica set are.
var namedHost = lazy(`\bhost["']?\s*:\s*\\?["']$`)

// ownHost is a text in which the container asks itself under its own address: by its
// name it would ask the Service, which leads nowhere before the probe has passed.
func (s *service) ownHost(text string) string {
	for _, host := range s.ownNames() {
		for _, at := range slices.Backward(hostsIn(text, host)) {
			if namedHost().MatchString(text[:at.from]) {
				s.itself = host // told to others: it has to be its name inside too
			} else if at.isSure && !at.isWhole {
				text = text[:at.from] + "localhost" + text[at.to:]
			}
		}
	}
	return text
}
