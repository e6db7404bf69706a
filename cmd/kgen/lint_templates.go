package main

import (
	"bytes"
	"slices"

	"github.com/kgen-dev/kgen/pkg/read"
	"github.com/kgen-dev/kgen/pkg/report"
	"github.com/kgen-dev/kgen/pkg/validate"
)

// templates are where helm template says that the documents of a stream come from.
type templates []templateAt

type templateAt struct {
	line int32 // from here on
	name string
}

// templatesIn reads the comments of helm template.
func templatesIn(held []*read.Piece) (found templates) {
	line := int32(0)
	for _, piece := range held {
		for text := range bytes.Lines(piece.Data) {
			line++
			name, isSource := bytes.CutPrefix(text, []byte("# Source: "))
			if isSource || bytes.HasPrefix(text, []byte("---")) {
				if !isSource {
					name = nil
				}
				found = append(found, templateAt{line, string(bytes.TrimSpace(name))})
			}
		}
	}
	return found
}

// takeTemplates takes the templates of a stream.
func (l *linter) takeTemplates(in *validate.Input) {
	if l.templates == nil {
		l.templates = map[string]templates{}
	}
	l.templates[in.Name] = templatesIn(in.Held)
}

// at is the template of the document at a line; empty where nothing says so.
func (t templates) at(line int32) string {
	i, isFound := slices.BinarySearchFunc(t, line, func(at templateAt, line int32) int { return int(at.line - line) })
	if !isFound {
		i--
	}
	if i < 0 {
		return ""
	}
	return t[i].name
}

// nameTemplates tells where findings about a stream, which is gone, come from.
func (l *linter) nameTemplates(findings []report.Finding) {
	for i := range findings {
		f := &findings[i]
		if name := l.templates[f.Pos.File()].at(f.Pos.Line); name != "" {
			f.Message += " (" + name + ")"
		}
	}
}
