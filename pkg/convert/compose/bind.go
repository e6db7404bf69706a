package compose

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"github.com/compose-spec/compose-go/v2/types"

	"github.com/kgen-dev/kgen/schema"
)

// convertBind takes what lies on the machine: files become files of the project, and
// directories that are written to become claims. What else of a machine is mounted, no
// cluster has.
func (s *service) convertBind(v types.ServiceVolumeConfig, at []any) {
	source, isOwn := s.ownPath(v.Source)
	name := s.model.loader.besides(".", source)
	info, err := os.Stat(name)
	isMissing := errors.Is(err, fs.ErrNotExist)
	writer, _ := s.usersOf(v.Source)
	switch {
	case strings.HasSuffix(v.Source, "docker.sock"):
		s.dropped("the nodes of a cluster have no Docker to talk to", at...)
	case v.ReadOnly && writer != nil && (!isOwn || isMissing):
		s.convertData(v, "", at)
	case !isOwn && s.keepsData(v):
		s.convertData(v, "what is there has to be copied", at)
	case !isOwn:
		s.dropped("it lies on the machine, outside of the project: a cluster has no such place; write volumes with hostPath where every node has it", at...)
	case isMissing && s.from.Build != nil, err == nil && info.IsDir() && s.from.Build != nil && !v.ReadOnly:
		s.dropped("the image that is built has it; mounted it is for development", at...)
	case isMissing && (isFileName(v) || v.Bind != nil && !bool(v.Bind.CreateHostPath)):
		s.asked("files."+path.Clean(v.Target), v.Source+": no such file: write files with its content", at...)
	case isMissing && v.ReadOnly:
		s.asked("files", v.Source+": no such directory: write files with what it has", at...)
	case isMissing:
		s.convertData(v, "it is not there yet", at)
	case err != nil:
		s.refused(plain(withoutPath(err)), at...)
	case info.Mode().IsRegular():
		s.bindFile(v, name, info, at)
	case info.IsDir():
		s.bindDir(v, name, at)
	default:
		s.dropped("neither a file nor a directory", at...)
	}
}

// keepsData reports whether the service may keep its data in a directory of the machine.
func (s *service) keepsData(v types.ServiceVolumeConfig) bool {
	_, isOwn := s.ownPath(v.Source)
	return v.Type == "bind" && !v.ReadOnly && (isOwn && s.from.Build == nil || !isOwn && !isFileName(v) && !isOfSystem(v.Source))
}

// isFileName reports whether what is mounted is a file by its names.
func isFileName(v types.ServiceVolumeConfig) bool {
	return path.Ext(v.Source) != "" && path.Ext(v.Target) != ""
}

// ofSystem are the directories of a machine that keep what it is and not the data of a
// service.
// https://refspecs.linuxfoundation.org/FHS_3.0/fhs/index.html
var ofSystem = []string{"bin", "boot", "dev", "etc", "lib", "lib64", "proc", "root", "run", "sbin", "sys", "tmp", "usr", "var/lib/docker", "var/lib/containerd", "var/log", "var/run"}

// isOfSystem reports whether a path is the machine's own, or one of the settings of who
// works there.
func isOfSystem(source string) bool {
	source = path.Clean(source)
	if source == "/" || source == "~" || strings.HasPrefix(source, "~/.") {
		return true
	}
	return slices.ContainsFunc(ofSystem, func(dir string) bool { return strings.HasPrefix(source+"/", "/"+dir+"/") })
}

// ownPath is a path from the directory of the project, and whether a project may have a
// copy of what is there: absolute paths elsewhere are the machine's.
func (s *service) ownPath(source string) (string, bool) {
	if strings.HasPrefix(source, "~") {
		return source, false
	}
	if !filepath.IsAbs(source) {
		return source, true
	}
	base, err := filepath.Abs(s.model.loader.base)
	if err != nil {
		return source, false
	}
	rel, err := filepath.Rel(base, source)
	return filepath.ToSlash(rel), err == nil && filepath.IsLocal(rel)
}

func (s *service) bindFile(v types.ServiceVolumeConfig, name string, info fs.FileInfo, at []any) {
	note, why := s.addFile(name, v.Target, info, s.at(at...))
	target := path.Clean(v.Target)
	if why != "" {
		s.dropped(why, at...)
		return
	}
	if file := s.to.Files.Get(target); !isEmptyDir(path.Dir(target)) {
		file.SubPath = true
	}
	message := "a copy of " + v.Source + " is part of the project"
	if note != "" {
		message = note
	}
	if !v.ReadOnly {
		message += "; the container cannot write to it"
	}
	s.changed("files."+target, message, at...)
}

// isEmptyDir reports whether a directory is there for what is mounted, and images have
// nothing in it that mounting it would hide.
func isEmptyDir(dir string) bool {
	return dir == "/run/secrets" || dir == "/docker-entrypoint-initdb.d"
}

// bindDir takes a directory: its files where they are few and small, else a claim for
// what is written there.
func (s *service) bindDir(v types.ServiceVolumeConfig, name string, at []any) {
	files, size, err := regularFiles(name)
	isData := s.isKnown && s.image.Data != "" && strings.HasPrefix(path.Clean(v.Target)+"/", s.image.Data+"/")
	switch tooMany := len(files) > mostFiles || size > mostBytes; {
	case err != nil:
		s.refused(plain(withoutPath(err)), at...)
	case len(files) == 0 && v.ReadOnly:
		s.dropped("the directory is empty", at...)
	case len(files) == 0, isData, tooMany && !v.ReadOnly:
		s.convertData(v, fmt.Sprintf("its %d files are not copied", len(files)), at)
	case tooMany:
		s.dropped(fmt.Sprintf("%d files and %d bytes are no configuration: put them into the image, or on a volume", len(files), size), at...)
	default:
		s.addDir(name, v, files, at)
	}
}

// convertData makes a claim of a directory that the service keeps its data in.
func (s *service) convertData(v types.ServiceVolumeConfig, note string, at []any) {
	if s.claims[v.Source] == "" {
		s.claims[v.Source] = s.keyFor(v.Target, path.Base(v.Source), s.to.Name+"-"+path.Base(v.Target))
	}
	key := s.claims[v.Source]
	mount := schema.Mount{ReadOnly: v.ReadOnly}
	s.fitData(v.Target, &mount, s.at(at...))
	why := s.mountClaim(v.Source, v.Target, mount)
	first, _ := s.usersOf(v.Source)
	size := s.sizeOf(v.Source)
	switch {
	case first != s && first != nil:
		s.changed("volumes."+key, "the claim of "+first.to.Name+", in the place of a directory of the machine", at...)
	case size == "":
		s.askForSize(s, v.Source, s.at(at...))
	default:
		message := "a claim of " + size + " with the default storage class, in the place of a directory of the machine: " + note
		if why != "" {
			message += "; " + why
		}
		s.changed("volumes."+key, message, at...)
	}
}

// addDir adds the files of a directory.
func (s *service) addDir(name string, v types.ServiceVolumeConfig, files []string, at []any) {
	var left, notes []string
	for _, file := range files {
		full := filepath.Join(name, filepath.FromSlash(file))
		info, err := os.Stat(full)
		if err != nil {
			left = append(left, file)
			continue
		}
		note, why := s.addFile(full, path.Join(v.Target, file), info, s.at(at...))
		switch {
		case why != "":
			left = append(left, file+": "+why)
		case note != "":
			notes = append(notes, file+": "+note)
		}
	}
	message := ""
	switch n := len(files) - len(left) - len(notes); {
	case n == 1:
		message = "a copy of its file is part of the project"
	case n > 1:
		message = fmt.Sprintf("copies of its %d files are part of the project", n)
	}
	parts := append([]string{message}, notes...)
	if len(left) > 0 {
		parts = append(parts, "left out: "+strings.Join(left, "; "))
	}
	if !v.ReadOnly {
		parts = append(parts, "the container cannot write there")
	}
	s.changed("files", strings.TrimPrefix(strings.Join(parts, "; "), "; "), at...)
}

// regularFiles are the files below a directory, by slash paths, and their size.
func regularFiles(dir string) (files []string, size int64, err error) {
	err = filepath.WalkDir(dir, func(name string, e fs.DirEntry, err error) error {
		if err != nil || !e.Type().IsRegular() {
			return err
		}
		rel, err := filepath.Rel(dir, name)
		if err != nil {
			return fmt.Errorf("%s: %w", filepath.Base(name), err)
		}
		info, err := e.Info()
		if err == nil {
			files, size = append(files, filepath.ToSlash(rel)), size+info.Size()
		}
		if len(files) > 10*mostFiles {
			return fs.SkipAll
		}
		return nil
	})
	return files, size, err
}
