// Package edit changes the value of a field in a file that people wrote, CUE, YAML or
// JSON: the bytes of the value change, or a line is put in, in the style of the file;
// comments, order and all other bytes stay.
package edit

import (
	"fmt"
	"path"

	"github.com/kgen-dev/kgen/pkg/report"
	"github.com/kgen-dev/kgen/pkg/tree"
)

// Change is what is asked for at one place of a file.
type Change struct {
	At    tree.Path  // keys, from the root of the file
	Value *tree.Node // nil takes the entry out
}

// File is a file to change.
type File struct {
	Source *tree.Source // the extension of its name says what is in it
	Data   []byte
	// Read reads a content of the file; nil where it has mistakes.
	Read func(data []byte) (*tree.Node, []report.Finding)
}

// Refusal is why a change is not made, and where.
type Refusal struct {
	Pos     tree.Pos
	Message string
	Fix     string // may be empty
}

// Error is the refusal as one line.
func (r *Refusal) Error() string {
	if place := r.Pos.String(); place != "" {
		return place + ": " + r.Message
	}
	return r.Message
}

// Apply returns the content of the file with changes made, one after the other. What is
// read from it differs from what was read before by these changes and by nothing else,
// and has the same comments, but for those behind an entry that is taken out. What
// cannot be done so is a *Refusal.
func (f *File) Apply(changes []Change) ([]byte, error) {
	data := f.Data
	root, findings := f.Read(data)
	if root == nil {
		return nil, f.unreadable(findings)
	}
	for _, c := range changes {
		if old := root.At(c.At); old == nil && c.Value == nil || old != nil && c.Value != nil && areSame(old, c.Value) {
			continue
		}
		next, err := f.change(root, data, c)
		if err != nil {
			return nil, err
		}
		got, findings := f.Read(next)
		if got == nil {
			return nil, f.unreadable(findings)
		}
		if at, isSame := difference(changed(root, c.At, c.Value), got, nil); !isSame {
			return nil, f.spreads(root, c, at)
		}
		data, root = next, got
	}
	return data, nil
}

// change makes one change in the text.
func (f *File) change(root *tree.Node, data []byte, c Change) ([]byte, error) {
	for _, step := range c.At {
		if _, isKey := step.(string); !isKey {
			return nil, &Refusal{Pos: root.Nearest(c.At, false), Message: "a list is changed as a whole, not by element"}
		}
	}
	t := NewText(f.Source, data)
	isYAML := path.Ext(f.Source.Name) == ".yaml" || path.Ext(f.Source.Name) == ".yml"
	var splices []Splice
	var err error
	if isYAML {
		splices, err = changeYAML(t, root, c)
	} else {
		splices, err = changeCUE(t, root, c, path.Ext(f.Source.Name) == ".json")
	}
	if err != nil {
		return nil, err
	}
	next := t.With(splices)
	if !isYAML && c.Value != nil && len(commentsOf(data)) != len(commentsOf(next)) {
		return nil, &Refusal{Pos: root.Nearest(c.At, false), Message: "there are comments in the value, which would be lost", Fix: "set its fields one by one, or edit it by hand"}
	}
	return next, nil
}

// unreadable is what to say of a content that has mistakes.
func (f *File) unreadable(findings []report.Finding) error {
	for _, found := range report.Errors(findings) {
		return &Refusal{Pos: found.Pos, Message: found.Message, Fix: found.Fix}
	}
	return &Refusal{Pos: tree.Pos{Source: f.Source}, Message: "it cannot be read"}
}

// spreads is what to say where a change would make another difference than the one that
// was asked for.
func (f *File) spreads(root *tree.Node, c Change, at tree.Path) error {
	pos := root.Nearest(c.At, false)
	if at.IsAlong(c.At) {
		return &Refusal{Pos: pos, Message: fmt.Sprintf("%s is not one plain value here", c.At), Fix: "edit it by hand"}
	}
	return &Refusal{Pos: pos, Message: fmt.Sprintf("the value of %s is shared: with it would change %s at %s", c.At, at, root.Nearest(at, false)),
		Fix: "write a value of its own there first"}
}
