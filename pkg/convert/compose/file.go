package compose

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"go.yaml.in/yaml/v3"

	"github.com/kgen-dev/kgen/pkg/convert"
	"github.com/kgen-dev/kgen/pkg/read"
	"github.com/kgen-dev/kgen/pkg/report"
	"github.com/kgen-dev/kgen/pkg/tree"
)

// file is a compose file as it is written.
type file struct {
	source *tree.Source
	// dir is where its relative paths start, a slash path from that of the project.
	dir  string
	root *tree.Node
	// filled is the file with its variables filled in, long the same in the long form.
	filled, long dict
	// isBase is set where the file was opened for a service that another extends.
	isBase bool
	// resets are the places that take away what files before say of them (!reset), or
	// stand in its place (!override).
	resets []tree.Path
	// origins are where elements of lists come from, by the paths of the lists.
	origins map[string][]origin
}

// read reads a file of the project: its documents go over each other as files do. One
// that cannot be read as YAML is left out, which the report tells.
func (l *loader) read(name string) (files []*file, err error) {
	data, err := l.bytesOf(name)
	if err != nil {
		return nil, err
	}
	source := &tree.Source{Name: l.display(name)}
	texts := documentsIn(data)
	if len(texts) > mostDocuments {
		l.wrong(tree.Pos{Source: source}, "", "it has %d documents, and a compose file has few: say them in files of their own", len(texts))
		return nil, nil
	}
	for _, text := range texts {
		if f := l.readDocument(source, text); f != nil {
			files = append(files, f)
		}
	}
	return files, nil
}

// readDocument reads one document of a file; nil where it cannot be read.
func (l *loader) readDocument(source *tree.Source, data []byte) *file {
	f := &file{source: source}
	marks, text := cutTags(data)
	sink := &report.Sink{Source: f.source}
	f.root = read.YAML(f.source, text, sink)
	for _, finding := range sink.Findings {
		l.wrong(finding.Pos, "", "%s", finding.Message)
	}
	if f.root != nil && f.root.Kind != tree.Map {
		l.wrong(f.root.Pos, "", "a compose file is a map with services, not %s", f.root.Kind)
		f.root = nil
	}
	if f.root == nil {
		return nil
	}
	l.wrapFirstVersion(f)
	for _, mark := range marks {
		if at, n := find(f.root, nil, mark); n != nil {
			f.resets = append(f.resets, at)
			l.report.Add(convert.Item{Outcome: convert.Kept, Pos: f.root.Nearest(at, true), Path: at.String()})
			if mark.isReset {
				f.root = f.root.WithoutAt(at)
			}
		}
	}
	return f
}

// wrapFirstVersion puts the services of a file of version 1, which stand at its top,
// where those of all later versions are.
func (l *loader) wrapFirstVersion(f *file) {
	hasService := false
	for i := range f.root.Fields {
		field := &f.root.Fields[i]
		if slices.Contains([]string{"services", "include", "jobs", "volumes", "networks", "configs", "secrets"}, field.Key) {
			return
		}
		hasService = hasService || field.Value.Get("image") != nil || field.Value.Get("build") != nil
	}
	if !hasService {
		return
	}
	pos := tree.Pos{Source: f.source, Line: 1, Col: 1}
	l.wrong(pos, "", "a compose file of version 1, which docker compose has not read since 2023: put its services under services:")
	f.root = &tree.Node{Kind: tree.Map, Pos: pos, Fields: []tree.Field{{Key: "services", KeyPos: pos, Value: f.root}}}
}

func (l *loader) bytesOf(name string) ([]byte, error) {
	if name == "-" {
		data, err := read.All(l.options.Stdin)
		if err != nil {
			return nil, fmt.Errorf("read standard input: %w", err)
		}
		return data, nil
	}
	data, err := read.File(name)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, fmt.Errorf("%s: no such file", filepath.ToSlash(name))
	}
	return data, err
}

// display is a file as messages name it.
func (l *loader) display(name string) string {
	if name == "-" {
		return "stdin"
	}
	return filepath.ToSlash(filepath.Clean(name))
}

// wrong reports a mistake.
func (l *loader) wrong(pos tree.Pos, at string, format string, args ...any) {
	l.report.Add(convert.Item{Outcome: convert.Wrong, Pos: pos, Path: at, Message: fmt.Sprintf(format, args...)})
}

// mark is a tag of compose in a file.
type mark struct {
	line, col int // of what follows the tag, or where the tag is
	isReset   bool
}

// cutTags puts blanks in the place of the tags of compose, which no reader of YAML knows.
func cutTags(data []byte) (marks []mark, text []byte) {
	if !bytes.Contains(data, []byte("!reset")) && !bytes.Contains(data, []byte("!override")) {
		return nil, data
	}
	text = bytes.Clone(data)
	decoder := yaml.NewDecoder(bytes.NewReader(data))
	for {
		var n yaml.Node
		if err := decoder.Decode(&n); err != nil {
			return marks, text // io.EOF, or what the next reader tells
		}
		marks = append(marks, cutTagsIn(&n, text, map[*yaml.Node]bool{})...)
	}
}

func cutTagsIn(n *yaml.Node, text []byte, seen map[*yaml.Node]bool) (marks []mark) {
	if seen[n] {
		return nil
	}
	seen[n] = true
	if n.Tag == "!reset" || n.Tag == "!override" {
		if at := offset(text, n.Line, n.Column); bytes.HasPrefix(text[at:], []byte(n.Tag)) {
			copy(text[at:], strings.Repeat(" ", len(n.Tag)))
		}
		marks = append(marks, mark{n.Line, n.Column, n.Tag == "!reset"})
	}
	for _, c := range n.Content {
		marks = append(marks, cutTagsIn(c, text, seen)...)
	}
	return marks
}

// offset is where a line and a column lie in text.
func offset(text []byte, line, col int) int {
	at := 0
	for range line - 1 {
		next := bytes.IndexByte(text[at:], '\n')
		if next < 0 {
			return len(text)
		}
		at += next + 1
	}
	return min(at+col-1, len(text))
}

// find finds the value that begins behind a mark: the last whose key stands before it.
func find(n *tree.Node, at tree.Path, m mark) (tree.Path, *tree.Node) {
	for i := len(n.Fields) - 1; i >= 0; i-- {
		f := &n.Fields[i]
		if n.Kind == tree.List {
			f.KeyPos = f.Value.Pos
		}
		if int(f.KeyPos.Line) > m.line || int(f.KeyPos.Line) == m.line && int(f.KeyPos.Col) > m.col {
			continue
		}
		next := at.With(i)
		if n.Kind == tree.Map {
			next = at.With(f.Key)
		}
		isBefore := int(f.Value.Pos.Line) > m.line || int(f.Value.Pos.Line) == m.line && int(f.Value.Pos.Col) >= m.col
		if isBefore || f.Value.IsScalar() {
			return next, f.Value
		}
		return find(f.Value, next, m)
	}
	return nil, nil
}

// besides is a path that a file names, as the loader reads it.
func (l *loader) besides(dir, name string) string {
	if filepath.IsAbs(name) {
		return name
	}
	return filepath.Join(l.base, filepath.FromSlash(dir), filepath.FromSlash(name))
}

// dirOf is the directory of a file that another names, from that of the project.
func dirOf(dir, name string) string { return path.Dir(path.Join(dir, filepath.ToSlash(name))) }
