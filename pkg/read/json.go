package read

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"strings"

	"github.com/kgen-dev/kgen/pkg/report"
	"github.com/kgen-dev/kgen/pkg/tree"
)

// JSON reads a file of one JSON value. It returns nil where sink got an error.
func JSON(source *tree.Source, data []byte, sink *report.Sink) *tree.Node {
	t := newText(source, data, sink)
	if t == nil {
		return nil
	}
	r := jsonReader{builder: newBuilder(t, sink), decoder: json.NewDecoder(bytes.NewReader(t.data))}
	r.decoder.UseNumber()
	n, err := r.value()
	if err == nil {
		err = r.end()
	}
	switch {
	case errors.Is(err, errReported):
	case err != nil:
		r.at = nil
		pos, message := r.mistake(err)
		r.errorf(pos, r.text.ids.syntax, "%s", message)
	}
	if r.hasFailed() {
		return nil
	}
	return n
}

// errReported ends the reading of a file about which all is said.
var errReported = errors.New("reported")

// jsonReader turns JSON tokens into a tree.
type jsonReader struct {
	builder
	decoder *json.Decoder
	foreign bool // numbers are read as kubectl does
}

// next returns the next token and where it starts.
func (r *jsonReader) next() (json.Token, tree.Pos, error) {
	start := r.skip(" \t\r\n,:")
	token, err := r.decoder.Token()
	if errors.Is(err, io.EOF) {
		err = io.ErrUnexpectedEOF
	}
	return token, r.text.place(start), err
}

// skip is the offset of the first byte, from where the decoder is, that is not
// among chars.
func (r *jsonReader) skip(chars string) int {
	rest := r.text.data[r.decoder.InputOffset():]
	return len(r.text.data) - len(bytes.TrimLeft(rest, chars))
}

func (r *jsonReader) value() (*tree.Node, error) {
	token, pos, err := r.next()
	if err != nil {
		return nil, err
	}
	if r.made > maxNodes {
		r.at = r.at[:0]
		r.errorf(pos, r.text.ids.file, "the document holds more than 10,000,000 values: split it")
		return nil, errReported
	}
	switch token := token.(type) {
	case json.Delim:
		if token == '{' {
			return r.object(pos)
		}
		return r.array(pos)
	case string:
		return r.leaf(tree.String, pos, token), nil
	case json.Number:
		if r.foreign {
			return r.foreignNumber(pos, token.String()), nil
		}
		kind := tree.Int
		if strings.ContainsAny(token.String(), ".eE") {
			kind = tree.Float
		}
		return r.leaf(kind, pos, token.String()), nil
	case bool:
		text := "false"
		if token {
			text = "true"
		}
		return r.leaf(tree.Bool, pos, text), nil
	}
	return r.node(tree.Null, pos), nil
}

func (r *jsonReader) leaf(kind tree.Kind, pos tree.Pos, text string) *tree.Node {
	n := r.node(kind, pos)
	n.Text = text
	return n
}

func (r *jsonReader) object(pos tree.Pos) (*tree.Node, error) {
	m := r.node(tree.Map, pos)
	if r.isTooDeep() {
		r.tooDeep(pos)
		return nil, errReported
	}
	var index keyIndex
	for r.decoder.More() {
		token, keyPos, err := r.next()
		if err != nil {
			return nil, err
		}
		key, _ := token.(string) // the decoder takes no other for a key
		same := index.find(m.Fields, key)
		switch {
		case same >= 0 && r.foreign:
			r.repeatedKey(keyPos, key, m.Fields[same].KeyPos)
		case same >= 0:
			r.errorf(keyPos, r.text.ids.duplicate, "the key %q is already in line %d", key, m.Fields[same].KeyPos.Line)
		}
		r.enter(key)
		value, err := r.value()
		r.leave()
		if err != nil {
			return nil, err
		}
		if f := (tree.Field{Key: key, KeyPos: keyPos, Value: value}); same < 0 {
			m.Fields = append(m.Fields, f)
		} else {
			m.Fields[same] = f // kubectl takes the last
		}
	}
	_, err := r.decoder.Token()
	return m, err
}

func (r *jsonReader) array(pos tree.Pos) (*tree.Node, error) {
	list := r.node(tree.List, pos)
	if r.isTooDeep() {
		r.tooDeep(pos)
		return nil, errReported
	}
	for i := 0; r.decoder.More(); i++ {
		r.enterElement(i)
		value, err := r.value()
		r.leave()
		if err != nil {
			return nil, err
		}
		list.Fields = append(list.Fields, tree.Field{Value: value})
	}
	_, err := r.decoder.Token()
	return list, err
}

// end reports what stands after the value.
func (r *jsonReader) end() error {
	start := r.skip(" \t\r\n")
	if start == len(r.text.data) {
		return nil
	}
	message := "the JSON value ends before this: one file holds one"
	if isComment(r.text.data[start:]) {
		message = "JSON has no comments: use YAML or CUE, or remove it"
	}
	r.at = nil
	r.errorf(r.text.place(start), r.text.ids.syntax, "%s", message)
	return errReported
}

func isComment(rest []byte) bool {
	return len(rest) > 0 && (rest[0] == '#' || bytes.HasPrefix(rest, []byte("//")) || bytes.HasPrefix(rest, []byte("/*")))
}

// mistake says what is wrong in a file that does not parse, and where. The
// decoder's own offset is that of its buffer, so it is looked for: the mistake
// is at the first byte, or in the first token, that the decoder did not take.
func (r *jsonReader) mistake(err error) (tree.Pos, string) {
	data := r.text.data
	at := r.skip(" \t\r\n,:")
	var syntax *json.SyntaxError
	if errors.As(err, &syntax) {
		at = max(at, min(int(syntax.Offset)-1, len(data)-1))
	}
	if at >= len(data) || errors.Is(err, io.ErrUnexpectedEOF) {
		return r.text.place(len(bytes.TrimRight(data, " \t\r\n"))), "the file ends in the middle of a value: a bracket or a quote is not closed"
	}
	pos := r.text.place(at)
	before := bytes.TrimRight(data[:at], " \t\r\n")
	hasComma := bytes.HasSuffix(before, []byte{','}) && !bytes.ContainsAny(before[max(0, len(before)-2):], ":{[")
	switch c := data[at]; {
	case isComment(data[at:]):
		return pos, "JSON has no comments: use YAML or CUE, or remove it"
	case c == '\'':
		return pos, "a JSON text stands in double quotes"
	case (c == '}' || c == ']') && hasComma:
		return r.text.place(len(before) - 1), "a comma before " + string(rune(c)) + ": JSON takes none after the last element"
	case c >= '0' && c <= '9' && bytes.HasSuffix(before, []byte{'0'}):
		return pos, "a number cannot start with 0"
	}
	return pos, jsonWords(err.Error())
}

// jsonWordings are the parts of the decoder's messages that tell them apart, in
// the words of a person who writes JSON.
var jsonWordings = []struct{ part, message string }{
	{"object key string", "a key in double quotes is expected here"},
	{"beginning of value", "a value is expected here; a text stands in double quotes"},
	{"after object key:value pair", "a comma or } is expected here"},
	{"after object key", "a colon is expected here"},
	{"after array element", "a comma or ] is expected here"},
	{"in string literal", "a text in JSON cannot go over lines, nor hold a tab: write \\n or \\t"},
	{"escape", "unknown escape after \\ in this text"},
	{"in literal", "a value is expected here; a text stands in double quotes"},
	{"numeric literal", "this is no number in JSON"},
	{"decimal point", "this is no number in JSON"},
	{"exponent", "this is no number in JSON"},
}

func jsonWords(message string) string {
	for _, w := range jsonWordings {
		if strings.Contains(message, w.part) {
			return w.message
		}
	}
	return "a key in double quotes is expected here" // the decoder says nothing of the first key
}
