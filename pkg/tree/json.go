package tree

import (
	"encoding/json"
	"strconv"
)

// AppendJSON appends n as JSON: keys in the order written, numbers in decimal.
// What JSON has no number for becomes null, as JavaScript has it.
func (n *Node) AppendJSON(dst []byte) []byte {
	switch n.Kind {
	case Bool:
		return append(dst, n.Text...)
	case Int, Float:
		if value, ok := n.Decimal(); ok {
			return append(dst, value...)
		}
		return append(dst, "null"...)
	case String:
		return appendJSONString(dst, n.Text)
	case List:
		dst = append(dst, '[')
		for i := range n.Fields {
			if i > 0 {
				dst = append(dst, ',')
			}
			dst = n.Fields[i].Value.AppendJSON(dst)
		}
		return append(dst, ']')
	case Map:
		dst = append(dst, '{')
		for i := range n.Fields {
			if i > 0 {
				dst = append(dst, ',')
			}
			dst = append(appendJSONString(dst, n.Fields[i].Key), ':')
			dst = n.Fields[i].Value.AppendJSON(dst)
		}
		return append(dst, '}')
	}
	return append(dst, "null"...)
}

func appendJSONString(dst []byte, s string) []byte {
	for i := range len(s) {
		if c := s[i]; c < ' ' || c > '~' || c == '"' || c == '\\' {
			quoted, err := json.Marshal(s)
			if err != nil { // it never fails on a string
				return strconv.AppendQuoteToASCII(dst, s)
			}
			return append(dst, quoted...)
		}
	}
	return append(append(append(dst, '"'), s...), '"')
}
