package edit

import (
	"errors"
	"fmt"
	"io"
	"strings"

	"go.yaml.in/yaml/v3"

	"github.com/kgen-dev/kgen/pkg/tree"
)

// yamlEditor changes one YAML file.
type yamlEditor struct {
	*Text
	at      tree.Path
	aliases map[*yaml.Node]*yaml.Node // of what has an anchor, the first alias
}

// yamlEntry is an entry of a map.
type yamlEntry struct {
	parent, key, value *yaml.Node
	index              int // among the entries
}

// changeYAML is a change as it changes the text of a YAML file.
func changeYAML(t *Text, root *tree.Node, c Change) ([]Splice, error) {
	e := &yamlEditor{Text: t, at: c.At, aliases: map[*yaml.Node]*yaml.Node{}}
	document, err := firstDocument(t.Data)
	if err != nil {
		return nil, &Refusal{Pos: tree.Pos{Source: t.source}, Message: "it cannot be edited: " + err.Error()}
	}
	e.noteAliases(document)
	entry, depth, err := e.find(document)
	switch keys := keysOf(c.At); {
	case err != nil:
		return nil, err
	case c.Value == nil && (depth < len(keys) || entry == nil):
		return nil, e.refuse(root.Nearest(c.At, true), "edit it by hand", "%s comes from what is merged in here", c.At)
	case c.Value == nil:
		return e.remove(entry)
	case depth == len(keys):
		return e.replace(entry, c.Value)
	case entry == nil:
		return e.insert(document, nil, keys[depth:], c.Value)
	default:
		return e.insert(entry.value, entry, keys[depth:], c.Value)
	}
}

// firstDocument is the root of the first document that holds anything.
func firstDocument(data string) (*yaml.Node, error) {
	decoder := yaml.NewDecoder(strings.NewReader(data))
	for {
		var d yaml.Node
		if err := decoder.Decode(&d); errors.Is(err, io.EOF) {
			return nil, errors.New("it is empty")
		} else if err != nil {
			return nil, err
		}
		if len(d.Content) > 0 && d.Content[0].Kind == yaml.MappingNode {
			return d.Content[0], nil
		}
	}
}

func (e *yamlEditor) noteAliases(n *yaml.Node) {
	if n.Kind == yaml.AliasNode && e.aliases[n.Alias] == nil {
		e.aliases[n.Alias] = n
	}
	for _, c := range n.Content {
		e.noteAliases(c)
	}
}

// find follows the path; it returns the last entry on it that is there, nil for none,
// and how many keys lead to it. What is shared on the way is refused.
func (e *yamlEditor) find(root *yaml.Node) (entry *yamlEntry, depth int, err error) {
	n := root
	for _, key := range keysOf(e.at) {
		next := entryOf(n, key)
		if next == nil {
			return entry, depth, nil
		}
		entry, depth, n = next, depth+1, next.value
		if err := e.refuseShared(next); err != nil {
			return nil, 0, err
		}
	}
	return entry, depth, nil
}

// refuseShared refuses what an anchor gives to other places, or an alias to this one.
func (e *yamlEditor) refuseShared(entry *yamlEntry) error {
	const fix = "write a value of its own there, or edit the shared one by hand"
	value := entry.value
	if value.Kind == yaml.AliasNode {
		return e.refuse(e.posOf(value), fix, "%s is the alias of a value that is shared, in line %d", e.at, value.Alias.Line)
	}
	if alias := e.aliases[value]; alias != nil {
		return e.refuse(e.posOf(value), fix, "%s is shared: line %d has an alias of it", e.at, alias.Line)
	}
	if value.Style&yaml.TaggedStyle != 0 {
		return e.refuse(e.posOf(value), "edit it by hand", "%s has a tag", e.at)
	}
	return nil
}

// entryOf is the entry of a map that has a key of its own; nil where there is none.
func entryOf(n *yaml.Node, key string) *yamlEntry {
	if n.Kind != yaml.MappingNode {
		return nil
	}
	for i := 0; i+1 < len(n.Content); i += 2 {
		if k := n.Content[i]; k.Kind == yaml.ScalarNode && k.Value == key && k.Tag != "!!merge" {
			return &yamlEntry{n, k, n.Content[i+1], i / 2}
		}
	}
	return nil
}

func (e *yamlEditor) refuse(pos tree.Pos, fix, format string, args ...any) error {
	return &Refusal{Pos: pos, Message: fmt.Sprintf(format, args...), Fix: fix}
}

func (e *yamlEditor) posOf(n *yaml.Node) tree.Pos {
	return tree.Pos{Source: e.source, Line: int32(n.Line), Col: int32(n.Column)}
}

// unclear is said where the text is not what the parser says of it.
func (e *yamlEditor) unclear(n *yaml.Node) error {
	return e.refuse(e.posOf(n), "edit it by hand", "%s is written in a form that is not edited", e.at)
}

// replace puts a value in the place of another.
func (e *yamlEditor) replace(entry *yamlEntry, value *tree.Node) ([]Splice, error) {
	old := entry.value
	if hasComments(old, old.Kind != yaml.ScalarNode) {
		return nil, e.refuse(e.posOf(old), "set its fields one by one, or edit it by hand", "there are comments in the value of %s, which would be lost", e.at)
	}
	inFlow := entry.parent.Style&yaml.FlowStyle != 0
	style := old.Style
	if old.Kind != yaml.ScalarNode {
		style = commonStyle(old.Content)
	}
	text := yamlText(value, style, inFlow)
	if isAbsent(old) {
		colon := e.colonOf(entry.key)
		if colon < 0 {
			return nil, e.unclear(entry.key)
		}
		if value.Kind == tree.Map && len(value.Fields) > 0 && !inFlow {
			return e.entriesBelow(entry, colon, value)
		}
		return []Splice{{colon, colon, " " + text}}, nil
	}
	from, to := e.Offset(e.posOf(old)), e.endOf(old, entry)
	if from < 0 || to < from {
		return nil, e.unclear(old)
	}
	if old.Anchor != "" { // of which there is no alias
		rest := strings.TrimLeft(strings.TrimPrefix(e.Data[from:], "&"+old.Anchor), blanks)
		from = len(e.Data) - len(rest)
	}
	if old.Style&yaml.FlowStyle == 0 && (old.Kind == yaml.SequenceNode && value.Kind == tree.List || old.Kind == yaml.MappingNode && value.Kind == tree.Map) && len(value.Fields) > 0 {
		return []Splice{{from, to, e.lines(value, style, e.column(from))}}, nil
	}
	if colon := e.colonOf(entry.key); !inFlow && colon >= 0 && old.Kind != yaml.ScalarNode && strings.Contains(e.Data[colon:from], "\n") {
		return e.replaceBelow(colon, to, text), nil
	}
	return []Splice{{from, to, text}}, nil
}

// replaceBelow puts a value of one line in the place of one that begins below its key.
func (e *yamlEditor) replaceBelow(colon, to int, text string) []Splice {
	return []Splice{{colon, colon, " " + text}, {e.LineEnd(colon) - len(e.lineBreakBefore(e.LineEnd(colon))), to, ""}}
}

func (e *yamlEditor) lineBreakBefore(offset int) string {
	if strings.HasSuffix(e.Data[:offset], "\r\n") {
		return "\r\n"
	}
	return "\n"
}

// hasComments reports whether there are comments in a value, which may be followed by
// one in its line.
func hasComments(n *yaml.Node, isMap bool) bool {
	if isMap && (n.LineComment != "" || n.FootComment != "") {
		return true
	}
	for _, c := range n.Content {
		if c.HeadComment != "" || c.LineComment != "" || c.FootComment != "" || hasComments(c, false) {
			return true
		}
	}
	return false
}

// isAbsent reports whether a value is left out.
func isAbsent(n *yaml.Node) bool {
	return n.Kind == yaml.ScalarNode && n.Value == "" && n.Style == 0 && n.Anchor == ""
}

// remove takes an entry out, with its line or with the comma beside it.
func (e *yamlEditor) remove(entry *yamlEntry) ([]Splice, error) {
	if entry.value.Kind != yaml.ScalarNode && hasComments(entry.value, false) {
		return nil, e.refuse(e.posOf(entry.key), "edit it by hand", "there are comments in %s, which would be lost", e.at)
	}
	from, to := e.Offset(e.posOf(entry.key)), e.endOfEntry(entry)
	if from < 0 || to < from {
		return nil, e.unclear(entry.key)
	}
	if entry.parent.Style&yaml.FlowStyle == 0 {
		if !e.isFirstInLine(from) {
			return nil, e.unclear(entry.key)
		}
		return []Splice{{e.LineStart(from), e.LineEnd(to), ""}}, nil
	}
	rest := strings.TrimLeft(e.Data[to:], blanks+"\r\n")
	if after, hasComma := strings.CutPrefix(rest, ","); hasComma {
		return []Splice{{from, len(e.Data) - len(strings.TrimLeft(after, blanks)), ""}}, nil
	}
	before := strings.TrimRight(e.Data[:from], blanks+"\r\n")
	if strings.HasSuffix(before, ",") {
		from = len(before) - 1
	}
	return []Splice{{from, to, ""}}, nil
}
