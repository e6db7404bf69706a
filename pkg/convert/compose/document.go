package compose

import "bytes"

// mostDocuments is how many documents of a file are read: each is kept with as many empty
// lines before it as the file has there.
const mostDocuments = 100

// documentsIn are the documents of a file that say anything, each behind empty lines in
// the place of those before it, so that its lines are those of the file.
// https://yaml.org/spec/1.2.2/#document-markers
func documentsIn(data []byte) (texts [][]byte) {
	begin, line, first := 0, 0, 0 // of the document
	isSaid := false
	end := func(at int) {
		if isSaid && len(texts) < mostDocuments {
			texts = append(texts, append(bytes.Repeat([]byte{'\n'}, first), data[begin:at]...))
		} else if isSaid {
			texts = append(texts, nil)
		}
		begin, first, isSaid = at, line, false
	}
	for at := 0; at < len(data); line++ {
		next := len(data)
		if i := bytes.IndexByte(data[at:], '\n'); i >= 0 {
			next = at + i + 1
		}
		text := data[at:next]
		if rest, isMark := bytes.CutPrefix(text, []byte("---")); isMark && (len(rest) == 0 || bytes.IndexByte([]byte(" \t\r\n"), rest[0]) >= 0) {
			end(at)
			text = rest
		}
		text = bytes.TrimSpace(text)
		isSaid = isSaid || len(text) > 0 && text[0] != '#' && text[0] != '%' && !bytes.Equal(text, []byte("..."))
		at = next
	}
	if end(len(data)); len(texts) == 0 {
		return [][]byte{data}
	}
	return texts
}
