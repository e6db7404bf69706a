package scaffold

import (
	"io/fs"
	"path"
	"regexp"
	"slices"
)

// survey is what lies in the directory of the services before there is a project: the
// first file of each sort, empty for none.
type survey struct{ service, other string }

// survey looks for files that the project would read. In many repositories services/
// holds source code, and a package.json is no service.
func (d *draft) survey() (s survey) {
	isService := regexp.MustCompile(`(?m)(^|[{,]\s*)"?(image|services)"?\s*:|^\s*"(image|services)"\s*:`)
	isOfTool := regexp.MustCompile(`^(docker-)?compose|^values`) // of docker compose, of Helm
	_ = fs.WalkDir(d.root.FS(), d.inProject(serviceDir), func(name string, e fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err // there is no such directory, or it cannot be read: kgen render says so
		case e.IsDir() && e.Name() == "node_modules":
			s.other = name
			return fs.SkipDir
		case e.IsDir() || !slices.Contains(formats[:], path.Ext(name)):
		case path.Ext(name) == ".cue" || !isOfTool.MatchString(e.Name()) && d.matches(name, isService):
			s.service = name
		case s.other == "":
			s.other = name
		}
		if s.service != "" && s.other != "" {
			return fs.SkipAll
		}
		return nil
	})
	return s
}

// matches reports whether a file that can be read has a certain text in it.
func (d *draft) matches(name string, text *regexp.Regexp) bool {
	data, err := d.read(name)
	return err == nil && text.Match(data)
}
