package convert

import (
	"bytes"
	"path"
	"slices"

	"github.com/kgen-dev/kgen/pkg/load"
	"github.com/kgen-dev/kgen/pkg/manifest"
	"github.com/kgen-dev/kgen/pkg/read"
	"github.com/kgen-dev/kgen/pkg/report"
	"github.com/kgen-dev/kgen/pkg/tree"
	"github.com/kgen-dev/kgen/pkg/workers"
)

// reading is a file of the draft as it would be written and read again, by which what
// is wrong has a file and a line. Trials take fields out of the tree, and so need no
// text.
type reading struct {
	text []byte
	tree *tree.Node
	// findings are why there is no tree, but a null in its place.
	findings []report.Finding
}

// read reads what was changed since the last time, and returns what does not read.
func (s *Stage) read() (isChanged bool, findings []report.Finding) {
	project, isNew := s.project.again(projectFile, projectTree(s.draft.Project))
	s.project, isChanged = project, isNew
	findings = append(findings, project.findings...)
	readings := make([]reading, len(s.draft.Services))
	areNew := make([]bool, len(readings))
	workers.Each(len(readings), workers.Count(0), func(_, i int) {
		service := s.draft.Services[i]
		readings[i], areNew[i] = s.services[service].again(path.Join(servicesDir, service.Name+".yaml"), service.Root)
	})
	isChanged = isChanged || len(s.services) != len(readings) || !slices.EqualFunc(s.files, s.draft.Files, File.isSame)
	s.files = slices.Clone(s.draft.Files)
	s.services = make(map[*Service]reading, len(readings))
	for i := range readings {
		s.services[s.draft.Services[i]] = readings[i]
		isChanged = isChanged || areNew[i]
		findings = append(findings, readings[i].findings...)
	}
	return isChanged, findings
}

// again is the reading of a tree, the same where the text is.
func (r reading) again(name string, root *tree.Node) (now reading, isNew bool) {
	text := manifest.Append(nil, root)
	if r.tree != nil && bytes.Equal(text, r.text) {
		return r, false
	}
	src := &tree.Source{Name: name, Dir: path.Dir(name)}
	sink := &report.Sink{Source: src}
	now = reading{text: text, tree: read.YAML(src, text, sink)}
	if now.tree == nil {
		now.tree, now.findings = &tree.Node{Kind: tree.Null, Pos: tree.Pos{Source: src, Line: 1, Col: 1}}, sink.Findings
	}
	return now, true
}

// projectTree is kgen.cue as it is written.
func projectTree(root *tree.Node) *tree.Node {
	project := root.Without()
	if defaults := project.Field("defaults"); defaults != nil {
		defaults.Value = load.ShortForm(defaults.Value)
	}
	return project
}
