package fix

import (
	"cmp"
	"slices"
	"strings"

	"cuelang.org/go/cue/parser"
	"cuelang.org/go/cue/scanner"
	"cuelang.org/go/cue/token"

	"github.com/kgen-dev/kgen/pkg/tree"
)

// cueToken is one of a CUE file; the comma that a line end stands for has an offset of
// its own and no text.
type cueToken struct {
	kind token.Token
	at   int
	text string
}

// cueTokens are those of a file, without comments.
func cueTokens(data []byte) (tokens []cueToken) {
	var s scanner.Scanner
	file := token.NewFile("", -1, len(data))
	s.Init(file, data, func(token.Pos, string, []any) {}, 0)
	for {
		pos, kind, text := s.Scan()
		if kind == token.EOF {
			return tokens
		}
		if text == "\n" {
			text = ""
		}
		tokens = append(tokens, cueToken{kind, pos.Offset(), text})
	}
}

// spliceOfCUE is an edit of an object as it changes the CUE file that the value was
// written in at a place, and the tokens that there are then. It is not ok where anything
// but a field with a literal stands there.
func (t *text) spliceOfCUE(e *Edit, pos tree.Pos, tokens []cueToken) (s splice, after []cueToken, ok bool) {
	at := t.Offset(pos)
	i := slices.IndexFunc(tokens, func(c cueToken) bool { return c.at == at && c.text == `"`+e.was+`"` })
	if i < 2 || e.kind == quote || len(e.At) == 0 || strings.ContainsAny(e.was, `\"`) {
		return splice{}, nil, false
	}
	key, isKey := e.At[len(e.At)-1].(string)
	label := tokens[i-2]
	if i+1 < len(tokens) && tokens[i+1].kind != token.COMMA && tokens[i+1].kind != token.RBRACE {
		return splice{}, nil, false // of an expression
	}
	if !isKey || tokens[i-1].kind != token.COLON || label.text != key && label.text != `"`+key+`"` {
		return splice{}, nil, false
	}
	after = slices.Clone(tokens)
	switch e.kind {
	case set:
		after[i].text = `"` + e.text + `"`
		return splice{span{at + 1, at + 1 + len(e.was)}, e.text}, after, true
	case rename:
		after[i-2].text = strings.Replace(label.text, key, e.text, 1)
		return splice{span{label.at, label.at + len(label.text)}, after[i-2].text}, after, true
	}
	from, to := t.LineStart(label.at), t.LineEnd(at)
	hasComma := i+1 < len(tokens) && tokens[i+1].kind == token.COMMA
	if !hasComma || strings.TrimLeft(t.Data[from:label.at], spaces) != "" || i+2 < len(tokens) && tokens[i+2].at < to {
		return splice{}, nil, false
	}
	isFirst := i == 2 || tokens[i-3].kind == token.LBRACE
	isLast := i+2 == len(tokens) || tokens[i+2].kind == token.RBRACE
	return splice{span{from, to}, ""}, slices.Delete(after, i-2, i+2), !isFirst || !isLast
}

// MendCUE makes edits in a CUE file, each of the value that stands at its line and
// column, and says which are done. Token by token, the file differs then by these alone.
// A place that is shared, by environments or services, is left where they disagree.
func MendCUE(data []byte, edits []Placed) (mended []byte, done []bool) {
	done = make([]bool, len(edits))
	order := make([]int, len(edits))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(a, b int) int {
		return -cmp.Or(cmp.Compare(edits[a].Line, edits[b].Line), cmp.Compare(edits[a].Col, edits[b].Col))
	})
	for len(order) > 0 { // from the end, so that places stay
		e := &edits[order[0]]
		count := 1
		for count < len(order) && edits[order[count]].isAt(e) {
			count++
		}
		agree := !slices.ContainsFunc(order[:count], func(i int) bool { return edits[i].kind != e.kind || edits[i].text != e.text })
		if next, ok := mendCUE(data, e); ok && agree {
			data = next
			for _, i := range order[:count] {
				done[i] = true
			}
		}
		order = order[count:]
	}
	return data, done
}

func (p *Placed) isAt(other *Placed) bool { return p.Line == other.Line && p.Col == other.Col }

func mendCUE(data []byte, e *Placed) (mended []byte, ok bool) {
	t := newText(data)
	s, want, ok := t.spliceOfCUE(&e.Edit, tree.Pos{Line: e.Line, Col: e.Col}, cueTokens(data))
	if !ok {
		return nil, false
	}
	mended = []byte(t.Data[:s.from] + s.text + t.Data[s.to:])
	isSame := slices.EqualFunc(want, cueTokens(mended), func(a, b cueToken) bool { return a.kind == b.kind && a.text == b.text })
	_, err := parser.ParseFile("", mended)
	return mended, isSame && err == nil
}
