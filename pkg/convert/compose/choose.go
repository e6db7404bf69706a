package compose

import (
	"cmp"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"github.com/compose-spec/compose-go/v2/consts"
	"github.com/compose-spec/compose-go/v2/dotenv"

	"github.com/kgen-dev/kgen/pkg/suggest"
	"github.com/kgen-dev/kgen/pkg/tree"
)

// The files that docker compose looks for in a directory, the first that is there, and
// those that go over it.
// https://docs.docker.com/compose/intro/compose-application-model/#the-compose-file
var (
	fileNames     = []string{"compose.yaml", "compose.yml", "docker-compose.yml", "docker-compose.yaml"}
	overrideNames = []string{"compose.override.yml", "compose.override.yaml", "docker-compose.override.yml", "docker-compose.override.yaml"}
)

// chooseFiles puts the files of directories in the place of these: without any file it is the
// working directory, as for docker compose, unless COMPOSE_FILE names others.
func (l *loader) chooseFiles() error {
	named := l.options.Files
	if len(named) == 0 {
		if named = l.filesOfVariable(l.lookup, "."); len(named) == 0 {
			named = []string{"."}
		}
	}
	var files []string
	for _, name := range named {
		if info, err := os.Stat(name); err == nil && info.IsDir() {
			found, err := l.filesIn(name)
			if err != nil {
				return err
			}
			files = append(files, found...)
			continue
		}
		files = append(files, name)
	}
	if strings.Count("\x00"+strings.Join(files, "\x00\x00")+"\x00", "\x00-\x00") > 1 {
		return errors.New("standard input can be read once: name - once")
	}
	l.options.Files = files
	return nil
}

// filesIn are the files of a directory: those that COMPOSE_FILE in its .env names, else
// those of the names that compose looks for.
func (l *loader) filesIn(dir string) ([]string, error) {
	env, err := dotenv.ReadFile(filepath.Join(dir, dotenv.DotEnv), l.lookup)
	if err != nil { // it is told when the variables are read
		env = nil
	}
	lookup := func(name string) (string, bool) {
		value, ok := env[name]
		return value, ok
	}
	if files := l.filesOfVariable(lookup, dir); len(files) > 0 {
		return files, nil
	}
	first := firstFile(dir, fileNames)
	if first == "" {
		return nil, fmt.Errorf("%s: none of %s is in it", filepath.ToSlash(dir), strings.Join(fileNames, ", "))
	}
	if over := firstFile(dir, overrideNames); over != "" {
		return []string{first, over}, nil
	}
	return []string{first}, nil
}

// filesOfVariable are the files that COMPOSE_FILE names, from a directory.
func (l *loader) filesOfVariable(lookup func(string) (string, bool), dir string) (files []string) {
	list, _ := lookup(consts.ComposeFilePath)
	separator, _ := lookup(consts.ComposePathSeparator)
	for name := range strings.SplitSeq(list, cmp.Or(separator, string(filepath.ListSeparator))) {
		if name != "" && !filepath.IsAbs(name) {
			name = filepath.Join(dir, name)
		}
		if name != "" {
			files = append(files, name)
		}
	}
	return files
}

// firstFile is the first of the names that a directory has; empty for none.
func firstFile(dir string, names []string) string {
	for _, name := range names {
		if path := filepath.Join(dir, name); isFile(path) {
			return path
		}
	}
	return ""
}

// chooseProfiles takes the profiles that COMPOSE_PROFILES names where nobody asks for one.
func (l *loader) chooseProfiles() {
	l.profiles = l.options.Profiles
	if list, _ := l.lookup(consts.ComposeProfiles); len(l.profiles) == 0 && list != "" {
		l.profiles = strings.Split(list, ",")
	}
}

// refuseUnknownOptions tells of sizes and profiles that somebody said of what is not there:
// it may be a slip of the pen.
func (c *converter) refuseUnknownOptions() {
	o := c.model.loader.options
	for _, name := range sortedKeys(o.VolumeSizes) {
		if _, isThere := c.model.Volumes[name]; !isThere && !c.sized[name] {
			c.model.loader.wrong(tree.Pos{}, "--volume-size "+name, "there is no volume of that name%s", suggest.Hint(name, sortedKeys(c.model.Volumes)))
		}
	}
	for _, name := range o.Profiles {
		if known := c.model.profiles; name != "*" && !known[name] {
			c.model.loader.wrong(tree.Pos{}, "--profile "+name, "no service is of that profile%s", suggest.Hint(name, sortedKeys(known)))
		}
	}
}
