package compose

import (
	"maps"
	"os"
	"path/filepath"
	"slices"

	"github.com/compose-spec/compose-go/v2/paths"

	"github.com/kgen-dev/kgen/pkg/tree"
)

// include puts what a file includes into its model; what it says itself goes over that.
func (l *loader) include(model dict, f *file, via []string) {
	list, isList := model["include"].([]any)
	if model["include"] != nil && !isList {
		l.wrong(f.root.Nearest(tree.P("include"), true), "include", "include is a list of files: - FILE")
	}
	delete(model, "include")
	for i, entry := range list {
		at := tree.P("include", i)
		l.refuseOthers(f, entry, at, "path", "project_directory", "env_file")
		names, project, envFiles := included(entry)
		if len(names) == 0 {
			l.wrong(f.root.Nearest(at, false), at.String(), "include names files: path: FILE")
			continue
		}
		part, dir := l.includeOne(f, at, names, project, envFiles, via)
		if err := paths.ResolveRelativePaths(part, dir, nil); err != nil {
			l.wrong(f.root.Nearest(at, false), at.String(), "%s", plain(err))
			continue
		}
		l.adopt(model, part, f, at)
	}
}

// includeOne reads files as a project of their own, in its directory.
func (l *loader) includeOne(f *file, at tree.Path, names []string, project string, envFiles []string, via []string) (part dict, dir string) {
	pos := f.root.Nearest(at, false)
	dir = dirOf(f.dir, names[0])
	if project != "" {
		dir = inProject(f.dir, project)
	}
	env, opened := l.env, l.opened
	defer func() { l.env, l.opened = env, opened }()
	l.opened = map[string][]*extender{} // with other variables a file may say something else
	if len(envFiles) == 0 && isFile(l.besides(dir, ".env")) {
		envFiles = []string{l.besides(dir, ".env")}
	} else {
		for i := range envFiles {
			envFiles[i] = l.besides(f.dir, envFiles[i])
		}
	}
	own, err := l.envOf(envFiles)
	if err != nil {
		l.wrong(pos, at.String(), "%s", plain(err))
	}
	l.env = maps.Clone(own)
	maps.Copy(l.env, env)
	part = dict{}
	for _, name := range names {
		file := l.besides(f.dir, name)
		if slices.Contains(via, filepath.Clean(file)) {
			l.wrong(pos, at.String(), "the files include each other in a circle")
			continue
		}
		if !isFile(file) {
			l.wrong(pos, at.String(), "%s: no such file", filepath.ToSlash(name))
			continue
		}
		if part, err = l.over(part, file, ".", via); err != nil {
			l.wrong(pos, at.String(), "%s", plain(err))
		}
	}
	return part, dir
}

// adopt adds what was included. Two files that say the same thing differently are a
// mistake, unless the including one says it.
func (l *loader) adopt(model, part dict, f *file, at tree.Path) {
	for _, kind := range sortedKeys(part) {
		entries, isMap := part[kind].(dict)
		if !isMap {
			continue
		}
		own, _ := model[kind].(dict)
		if own == nil {
			own = dict{}
			model[kind] = own
		}
		for _, name := range sortedKeys(entries) {
			if _, isTaken := own[name]; isTaken {
				l.wrong(f.root.Nearest(at, false), at.String(), "%s.%s is in this file too: the one included is left out", kind, name)
				continue
			}
			own[name] = entries[name]
		}
	}
}

// included are the files of an entry of include, the directory that their paths start
// from, and the files of their variables.
func included(entry any) (names []string, project string, envFiles []string) {
	switch v := entry.(type) {
	case string:
		return []string{v}, "", nil
	case dict:
		project, _ = v["project_directory"].(string)
		return texts(v["path"]), project, texts(v["env_file"])
	}
	return nil, "", nil
}

// texts is a text, or a list of them.
func texts(value any) (list []string) {
	switch v := value.(type) {
	case string:
		return []string{v}
	case []any:
		for _, e := range v {
			if text, isText := e.(string); isText {
				list = append(list, text)
			}
		}
	}
	return list
}

func isFile(name string) bool {
	_, err := statFile(name)
	return err == nil
}

func statFile(name string) (os.FileInfo, error) {
	info, err := os.Stat(name)
	if err == nil && !info.Mode().IsRegular() {
		err = os.ErrNotExist
	}
	return info, err
}
