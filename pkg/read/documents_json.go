package read

import (
	"bytes"
	"encoding/json"
	"errors"
	"strconv"
	"strings"

	"github.com/kgen-dev/kgen/pkg/report"
	"github.com/kgen-dev/kgen/pkg/tree"
)

// readJSON reads JSON values, one after the other. What starts with a brace and is
// no JSON is read as YAML, as kubectl does.
func (d *documents) readJSON(t *text) {
	r := jsonReader{builder: newBuilder(t, d.sink), decoder: json.NewDecoder(bytes.NewReader(t.data)), foreign: true}
	r.decoder.UseNumber()
	for isFirst := true; ; isFirst = false {
		start := r.skip(" \t\r\n")
		if !isFirst && isNothingMore(t.data[start:]) {
			return
		}
		r.mistakes, r.made = 0, 0
		n, err := r.value()
		switch {
		case err == nil && !r.hasFailed():
			d.take(n)
		case err == nil: // reported, and the next can be found
		case errors.Is(err, errReported):
			return
		case isFirst && d.readFlow(t):
			return
		case !isFirst && t.data[start] != '{':
			r.at = r.at[:0]
			r.errorf(t.place(start), t.ids.syntax, "the JSON value ends before this: the next starts with { or below a line of ---")
			return
		default:
			r.at = r.at[:0]
			pos, message := r.mistake(err)
			r.errorf(pos, t.ids.syntax, "%s", message)
			return
		}
	}
}

// isNothingMore reports whether no more than comments stand after a JSON value.
func isNothingMore(rest []byte) bool {
	for line := range bytes.Lines(rest) {
		if line = bytes.TrimSpace(line); len(line) > 0 && line[0] != '#' {
			return false
		}
	}
	return true
}

// readFlow reads as YAML what is no JSON, and reports what is wrong with it,
// except in a file that is called JSON: there it returns false.
func (d *documents) readFlow(t *text) bool {
	var sink report.Sink
	n := readForeignYAML(t, &sink)
	if len(sink.Findings) > 0 && strings.HasSuffix(t.source.Name, ".json") {
		return false
	}
	d.sink.Findings = append(d.sink.Findings, sink.Findings...)
	d.take(n)
	return true
}

// foreignNumber is a number as kubectl sends it on.
func (r *jsonReader) foreignNumber(pos tree.Pos, typed string) *tree.Node {
	if i, err := strconv.ParseInt(typed, 10, 64); err == nil {
		return r.leaf(tree.Int, pos, strconv.FormatInt(i, 10))
	}
	f, err := strconv.ParseFloat(typed, 64)
	if err != nil {
		r.errorf(pos, r.text.ids.value, "the number is larger than any that Kubernetes can hold")
	}
	p := ofFloat(f)
	return r.leaf(p.kind, pos, p.text)
}
