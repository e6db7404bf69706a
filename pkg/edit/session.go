package edit

import (
	"fmt"
	"path/filepath"

	"github.com/kgen-dev/kgen/pkg/load"
	"github.com/kgen-dev/kgen/pkg/read"
	"github.com/kgen-dev/kgen/pkg/report"
	"github.com/kgen-dev/kgen/pkg/tree"
)

// Session makes settings in the files of a project, in memory.
type Session struct {
	Written     *load.Written
	Environment string // empty is all of them

	Files []*Edited
	Done  []*Done
}

// Edited is a file in which settings were made.
type Edited struct {
	Path         string // on this machine
	Before, Data []byte

	source     *tree.Source
	read       func([]byte) (*tree.Node, []report.Finding)
	root, last *tree.Node // as it was, and as it is
}

// Done is one change that a setting came to.
type Done struct {
	*Setting
	File *Edited
	At   tree.Path // in the file
	// Old and New are nil where there is none. Where they are the same nothing changed.
	Old, New *tree.Node
	// Shown is the path as it is shown: that in the service where it stands there.
	Shown tree.Path
}

// Pos is where the new value stands; of one that was taken out, where that stood.
func (d *Done) Pos() tree.Pos {
	if d.New == nil && d.Old == nil {
		return tree.Pos{Source: d.File.source}
	}
	if d.New == nil {
		return d.File.root.Nearest(d.At, true)
	}
	return d.File.last.Nearest(d.At, false)
}

// IsSame reports whether the value was what was asked for.
func (d *Done) IsSame() bool {
	return d.Old == nil && d.New == nil || d.Old != nil && d.New != nil && areSame(d.Old, d.New)
}

// layer is a place that says something of a service.
type layer struct {
	file      *Edited
	at        tree.Path // in the file
	inService tree.Path // at, as it is shown
	// optional are how many of the last keys of at may be taken out when nothing is left
	// below them.
	optional int
}

func (l *layer) root() *tree.Node { return orEmpty(l.file.last.At(l.at)) }

func orEmpty(n *tree.Node) *tree.Node {
	if n == nil || n.Kind == tree.Null {
		return &tree.Node{Kind: tree.Map}
	}
	return n
}

// Set makes a setting. What cannot be done is a *Refusal.
func (s *Session) Set(setting *Setting) error {
	service, err := s.Written.Service(setting.Service)
	if err != nil {
		return err
	}
	if service == nil {
		return fmt.Errorf("the file of the service %s cannot be read", setting.Service)
	}
	if err := s.findContainer(setting); err != nil {
		return err
	}
	own, err := s.edited(service.File)
	if err != nil {
		return err
	}
	l, err := s.layerFor(setting, service, own)
	if err != nil {
		return err
	}
	changes, err := s.changes(setting, l)
	if err != nil {
		return &Refusal{Pos: l.root().Nearest(setting.Field.At, false), Message: err.Error()}
	}
	if len(changes) == 0 { // each part is what was asked for, here or below
		s.Done = append(s.Done, &Done{Setting: setting, File: l.file, At: l.at.With(setting.Field.At...), Shown: l.inService.With(setting.Field.At...)})
	}
	for _, c := range changes {
		if err := s.apply(setting, l, c); err != nil {
			return err
		}
	}
	return nil
}

// edited is a file as it is after the settings made so far.
func (s *Session) edited(name string) (*Edited, error) {
	name = filepath.Clean(name)
	for _, f := range s.Files {
		if f.Path == name {
			return f, nil
		}
	}
	data, err := read.File(name)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", filepath.ToSlash(name), err)
	}
	f := &Edited{Path: name, Before: data, Data: data, source: load.SourceOf(name), read: s.Written.Reader(name)}
	root, findings := f.read(data)
	if root == nil {
		return nil, (&File{Source: f.source}).unreadable(findings)
	}
	f.root, f.last = root, root
	s.Files = append(s.Files, f)
	return f, nil
}

// layerFor is the layer to edit: the service itself, or of an environment the layer that
// the value in effect stands in, which is the service's own where none has it.
func (s *Session) layerFor(setting *Setting, service *load.WrittenService, own *Edited) (*layer, error) {
	base := &layer{file: own, at: service.At}
	if s.Environment == "" {
		return base, nil
	}
	at := tree.P("environments", s.Environment)
	inService := &layer{file: own, at: service.At.With(at...), inService: at, optional: len(at)}
	if s.Written.Config == nil || s.has(inService, setting) {
		return inService, nil
	}
	if s.Written.Config.At(at.With("services", setting.Service)) == nil {
		return inService, nil
	}
	config, err := s.edited(filepath.Join(s.Written.Project.Root, "kgen.cue"))
	if err != nil {
		return nil, err
	}
	at = at.With("services", setting.Service)
	inProject := &layer{file: config, at: at, inService: at, optional: 2}
	if s.has(inProject, setting) {
		return inProject, nil
	}
	return inService, nil
}

// has reports whether a layer says something of the field.
func (s *Session) has(l *layer, setting *Setting) bool {
	root := l.file.last.At(l.at)
	if root == nil || root.Kind != tree.Map {
		return false
	}
	long := load.LongForm(root)
	if setting.image != nil {
		for _, part := range setting.image.parts() {
			if part[1] != "" && long.At(setting.Field.At.With(part[0])) != nil {
				return true
			}
		}
		return false
	}
	value, err := setting.value(root)
	if err != nil || setting.IsRemoval {
		return root.At(setting.Field.At) != nil || long.At(setting.Field.At) != nil
	}
	for _, leaf := range setting.leaves(value) {
		if long.At(leaf) != nil {
			return true
		}
	}
	return false
}

// value is what is asked for, nil to take the field out.
func (s *Setting) value(layer *tree.Node) (*tree.Node, error) {
	if s.IsRemoval {
		return nil, nil
	}
	return parseValue(s.Text, s.Field, layer.At(s.Field.At))
}

// changes are those that a setting comes to in a layer.
func (s *Session) changes(setting *Setting, l *layer) ([]Change, error) {
	root := l.root()
	if setting.image != nil {
		return setting.image.changes(setting.Field.At, root, imageOf(s.inEffect(setting.Service).At(setting.Field.At))), nil
	}
	value, err := setting.value(root)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", setting.Field.At, err)
	}
	if value != nil && root.At(setting.Field.At) != nil && areSame(longAt(setting.Field.At, value), longAt(setting.Field.At, root.At(setting.Field.At))) {
		value = root.At(setting.Field.At)
	}
	return changesIn(root, setting.Field.At, value)
}

// inEffect is a service as it is before any setting.
func (s *Session) inEffect(service string) *tree.Node {
	environment := s.Environment
	if names := s.Written.Project.EnvironmentNames; environment == "" && len(names) > 0 {
		environment = names[0]
	}
	return s.Written.InEffect(environment, service)
}

// apply makes a change in a layer.
func (s *Session) apply(setting *Setting, l *layer, c Change) error {
	at := l.at.With(c.At...)
	done := &Done{Setting: setting, File: l.file, At: at, Old: l.file.last.At(at), New: c.Value, Shown: l.inService.With(c.At...)}
	s.Done = append(s.Done, done)
	if done.IsSame() {
		return nil
	}
	if c.Value == nil {
		var err error
		if at, err = l.wholeEntry(at); err != nil {
			return err
		}
	}
	file := File{Source: l.file.source, Data: l.file.Data, Read: l.file.read}
	data, err := file.Apply([]Change{{at, c.Value}})
	if err != nil {
		return err
	}
	l.file.Data = data
	l.file.last, _ = l.file.read(data)
	return nil
}

// wholeEntry is what to take out where the entry at a path goes: the layer with it, where
// nothing else is in it. No other map is left empty, which may mean something.
func (l *layer) wholeEntry(at tree.Path) (tree.Path, error) {
	for len(at) > 1 {
		parent := at[:len(at)-1]
		n := l.file.last.At(parent)
		if len(n.Fields) > 1 || len(parent) < len(l.at)-l.optional+1 {
			return at, nil
		}
		if len(parent) > len(l.at) {
			name := parent[len(l.at):]
			return nil, &Refusal{Pos: l.file.last.Nearest(at, true), Message: fmt.Sprintf("%s is all that is in %s", at[len(l.at):], name),
				Fix: fmt.Sprintf("take that out: %s-", name)}
		}
		at = parent
	}
	return at, nil
}
