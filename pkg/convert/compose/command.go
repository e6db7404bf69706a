package compose

import "strings"

// convertCommand takes what runs: what compose calls the entrypoint is the command of
// Kubernetes, and the command its arguments.
func (s *service) convertCommand() {
	if s.from.Entrypoint != nil {
		s.to.Command = s.words(s.from.Entrypoint, "command", "entrypoint")
		if len(s.to.Command) == 0 {
			s.dropped("Kubernetes cannot take the entrypoint of an image away: say what runs", "entrypoint")
			s.to.Command = nil
		}
	}
	if len(s.from.Command) > 0 {
		s.to.Args = s.words(s.from.Command, "args", "command")
	} else if s.has("command") {
		s.dropped("it says nothing", "command")
	}
	if s.from.WorkingDir != "" {
		s.to.WorkingDir = s.from.WorkingDir
		s.kept("workingDir", "working_dir")
	}
}

// words are those of a command, with the hosts that have other names, and safe from what
// Kubernetes fills in.
func (s *service) words(list []string, field, key string) (words []string) {
	hidden, sources := s.hideIn(list, key)
	renamed, note := s.renameWords(hidden, field, s.at(key))
	for _, word := range renamed {
		words = append(words, unmarked(s.escapedWord(word)))
	}
	switch {
	case len(sources) > 0:
		s.changed(field, "what looks like a secret in it comes from "+strings.Join(sources, " and ")+" when Secrets are rendered", key)
	case note != "":
		s.changed(field, note, key)
	case len(words) > 0:
		s.kept(field, key)
	}
	return words
}

// escapedWord is a word of a command that Kubernetes leaves as it is. $(NAME) is what a
// shell runs, and stays, unless there is a variable of that name.
func (s *service) escapedWord(text string) string {
	var b strings.Builder
	for i := range len(text) {
		b.WriteByte(text[i])
		if text[i] != '$' || i+1 == len(text) {
			continue
		}
		name, _, _ := strings.Cut(text[i+2:], ")")
		_, isVariable := s.variables[name]
		if text[i+1] == '$' || text[i+1] == '(' && isVariable {
			b.WriteByte('$')
		}
	}
	return b.String()
}
