package convert

import (
	"errors"
	"fmt"
	"path"

	"github.com/kgen-dev/kgen/pkg/cuetext"
	"github.com/kgen-dev/kgen/pkg/load"
	"github.com/kgen-dev/kgen/pkg/manifest"
)

// Languages are those that services may be written in, the default first.
var Languages = []string{"cue", "yaml"}

var errLanguage = errors.New("services are written as cue or yaml")

// Tree is the project as files, their services in one of Languages and in short forms.
func (d *Draft) Tree(language string) ([]File, error) {
	d.sort()
	project, err := d.projectText()
	if err != nil {
		return nil, err
	}
	files := []File{{projectFile, project}}
	for _, s := range d.Services {
		text, err := s.text(language)
		if err != nil {
			return nil, fmt.Errorf("write service %s: %w", s.Name, err)
		}
		files = append(files, File{path.Join(servicesDir, s.Name+"."+language), text})
	}
	return append(files, d.Files...), nil
}

func (d *Draft) projectText() ([]byte, error) {
	project := projectTree(d.Project)
	if len(project.Fields) == 0 {
		return nil, nil
	}
	data, err := cuetext.File(project)
	if err != nil {
		return nil, fmt.Errorf("write %s: %w", projectFile, err)
	}
	return data, nil
}

func (s *Service) text(language string) ([]byte, error) {
	root := load.ShortForm(s.Root)
	switch language {
	case "cue":
		return cuetext.File(root)
	case "yaml":
		return manifest.Append(nil, root), nil
	}
	return nil, fmt.Errorf("%s: %w", language, errLanguage)
}
