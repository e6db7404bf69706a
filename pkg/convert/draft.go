// Package convert makes projects of what other tools deploy. Who reads the input makes
// a Draft of it: services in the long form, kgen.cue, files beside them, and what became
// of each thing that was read. The draft is then shortened and written.
package convert

import (
	"bytes"
	"cmp"
	"fmt"
	"path"
	"slices"
	"strings"

	"github.com/kgen-dev/kgen/pkg/tree"
	"github.com/kgen-dev/kgen/schema"
)

// filesDir is the directory of the files that services mount, beside that of the
// services: in there every YAML file is a service.
const filesDir = "files"

// Draft is a project in the making.
type Draft struct {
	// Project is kgen.cue.
	Project  *tree.Node
	Services []*Service
	// Files lie beside the services.
	Files  []File
	Report Report
}

// Service is a service in the making, its fields in the long form.
type Service struct {
	Name string
	Root *tree.Node
}

// File is a file of the project, by its slash path there.
type File struct {
	Path string
	Data []byte
}

func (f File) isSame(other File) bool { return f.Path == other.Path && bytes.Equal(f.Data, other.Data) }

// NewDraft makes a project without services.
func NewDraft() *Draft { return &Draft{Project: &tree.Node{Kind: tree.Map}} }

// Add adds a service. Its name is that of its file, and so stands nowhere in it.
func (d *Draft) Add(s *schema.Service) *Service {
	added := &Service{Name: s.Name, Root: tree.Encode(s).Without("name")}
	d.Services = append(d.Services, added)
	return added
}

// Service is the one of that name, nil where there is none.
func (d *Draft) Service(name string) *Service {
	i := slices.IndexFunc(d.Services, func(s *Service) bool { return s.Name == name })
	if i < 0 {
		return nil
	}
	return d.Services[i]
}

// AddFile adds a file that a service mounts, and returns its path as the file of the
// service has to name it. Where another content lies under the name already, a number
// is put before the name.
func (d *Draft) AddFile(service, name string, data []byte) (source string) {
	name = path.Base(path.Clean("/" + name))
	for n := 1; ; n++ {
		at := path.Join(filesDir, service, name)
		if n > 1 {
			at = path.Join(filesDir, service, fmt.Sprintf("%d-%s", n, name))
		}
		i := slices.IndexFunc(d.Files, func(f File) bool { return f.Path == at })
		if i < 0 {
			d.Files = append(d.Files, File{at, data})
		}
		if i < 0 || bytes.Equal(d.Files[i].Data, data) {
			return "../" + at
		}
	}
}

// sort brings services and files into the order of their names.
func (d *Draft) sort() {
	slices.SortStableFunc(d.Services, func(a, b *Service) int { return strings.Compare(a.Name, b.Name) })
	slices.SortStableFunc(d.Files, func(a, b File) int { return cmp.Compare(a.Path, b.Path) })
}

// RemoveFile takes out a file that AddFile added, by the path that it returned.
func (d *Draft) RemoveFile(source string) {
	d.Files = slices.DeleteFunc(d.Files, func(f File) bool { return "../"+f.Path == source })
}

// said is what the services and kgen.cue say at a time.
type said struct {
	project *tree.Node
	roots   []*tree.Node
}

// remember keeps what the draft says, to restore it.
func (d *Draft) remember() said {
	s := said{project: d.Project}
	for _, service := range d.Services {
		s.roots = append(s.roots, service.Root)
	}
	return s
}

func (d *Draft) restore(s said) {
	d.Project = s.project
	for i, service := range d.Services {
		service.Root = s.roots[i]
	}
}
