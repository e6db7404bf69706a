package edit

import (
	"strings"

	"go.yaml.in/yaml/v3"
)

// endOfEntry is the offset behind the value of an entry, -1 where it is not clear.
func (e *yamlEditor) endOfEntry(entry *yamlEntry) int {
	if isAbsent(entry.value) {
		return e.colonOf(entry.key)
	}
	return e.endOf(entry.value, entry)
}

// endOf is the offset behind a value.
func (e *yamlEditor) endOf(n *yaml.Node, in *yamlEntry) int {
	at := e.Offset(e.posOf(n))
	if at < 0 || at >= len(e.Data) {
		return -1
	}
	if n.Anchor != "" {
		rest, found := strings.CutPrefix(e.Data[at:], "&"+n.Anchor)
		if !found {
			return -1
		}
		at = len(e.Data) - len(strings.TrimLeft(rest, blanks))
	}
	switch {
	case n.Kind == yaml.AliasNode:
		return e.past(at, "*"+n.Value)
	case n.Kind == yaml.ScalarNode:
		return e.endOfScalar(n, at, in)
	case n.Style&yaml.FlowStyle != 0:
		return endOfFlow(e.Data, at)
	case len(n.Content) == 0:
		return -1
	}
	last := n.Content[len(n.Content)-1]
	if n.Kind == yaml.SequenceNode {
		return e.endOf(last, &yamlEntry{parent: n, key: n, value: last})
	}
	return e.endOfEntry(&yamlEntry{parent: n, key: n.Content[len(n.Content)-2], value: last})
}

// past is the offset behind a text that has to stand at another.
func (e *yamlEditor) past(at int, text string) int {
	if !strings.HasPrefix(e.Data[at:], text) {
		return -1
	}
	return at + len(text)
}

func (e *yamlEditor) endOfScalar(n *yaml.Node, at int, in *yamlEntry) int {
	switch {
	case n.Style&(yaml.DoubleQuotedStyle|yaml.SingleQuotedStyle) != 0:
		return endOfQuoted(e.Data, at)
	case n.Style&(yaml.LiteralStyle|yaml.FoldedStyle) != 0:
		return e.endOfBlock(at, in)
	}
	return endOfPlain(e.Data, at, n.Value)
}

// endOfQuoted is behind the quotes that open at an offset.
func endOfQuoted(s string, at int) int {
	sign := s[at]
	for i := at + 1; i < len(s); i++ {
		switch {
		case sign == '"' && s[i] == '\\':
			i++
		case s[i] != sign:
		case sign == '\'' && i+1 < len(s) && s[i+1] == sign:
			i++
		default:
			return i + 1
		}
	}
	return -1
}

// endOfPlain is behind a text without quotes, which may have several lines.
func endOfPlain(s string, at int, value string) int {
	i := at
	for j := 0; j < len(value); j++ {
		if value[j] != ' ' && value[j] != '\n' {
			if i >= len(s) || s[i] != value[j] {
				return -1
			}
			i++
			continue
		}
		for j+1 < len(value) && (value[j+1] == ' ' || value[j+1] == '\n') {
			j++
		}
		rest := strings.TrimLeft(s[i:], " \t\r\n")
		if len(rest) == len(s)-i {
			return -1
		}
		i = len(s) - len(rest)
	}
	return i
}

// endOfBlock is the end of the last line of a block of text, without its line break;
// the lines are those that are indented more than the map that the block is in.
func (e *yamlEditor) endOfBlock(at int, in *yamlEntry) int {
	outer := in.key.Column - 1
	end := e.LineEnd(at)
	for from := end; from < len(e.Data); {
		to := e.LineEnd(from)
		line := strings.TrimRight(e.Data[from:to], "\r\n")
		rest := strings.TrimLeft(line, " ")
		if rest != "" && len(line)-len(rest) <= outer {
			break
		}
		if rest != "" {
			end = to
		}
		from = to
	}
	if strings.HasSuffix(e.Data[:end], "\n") {
		end -= len(e.lineBreakBefore(end))
	}
	return end
}

// endOfFlow is behind the braces or brackets that open at an offset.
func endOfFlow(s string, at int) int {
	depth := 0
	for i := at; i < len(s); i++ {
		switch c := s[i]; {
		case c == '{' || c == '[':
			depth++
		case c == '}' || c == ']':
			if depth--; depth == 0 {
				return i + 1
			}
		case (c == '"' || c == '\'') && strings.IndexByte(" \t\r\n,:[{", s[i-1]) >= 0:
			if i = endOfQuoted(s, i) - 1; i < 0 {
				return -1
			}
		case c == '#' && strings.IndexByte(" \t\n", s[i-1]) >= 0:
			end := strings.IndexByte(s[i:], '\n')
			if end < 0 {
				return -1
			}
			i += end
		}
	}
	return -1
}

// colonOf is the offset behind the colon that follows a key, -1 where there is none.
func (e *yamlEditor) colonOf(key *yaml.Node) int {
	at := e.Offset(e.posOf(key))
	if at < 0 || at >= len(e.Data) || key.Anchor != "" {
		return -1
	}
	end := e.endOfScalar(key, at, &yamlEntry{key: key})
	if end < 0 {
		return -1
	}
	rest, found := strings.CutPrefix(strings.TrimLeft(e.Data[end:], blanks), ":")
	if !found {
		return -1
	}
	return len(e.Data) - len(rest)
}
