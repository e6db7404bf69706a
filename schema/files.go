package schema

import (
	"cmp"
	"path"
	"slices"
	"strconv"

	"github.com/kgen-dev/kgen/pkg/tree"
)

// FileDir is the files of one directory in a container. They share a ConfigMap and a
// Secret, which is mounted as the whole directory, or file by file.
type FileDir struct {
	Container string // the name of the one that has them
	In        tree.Path
	Path      string
	Name      string // of the ConfigMap and the Secret
	Short     string // Name without the service's
	Files     []DirFile
}

// DirFile is one file of a directory.
type DirFile struct {
	Key string    // the base name
	At  tree.Path // where it stands in the service
	*File
}

// FileDirs are the directories of the containers' files: those of the service's own
// container, then those of the others as they were written, each sorted.
func (s *Service) FileDirs() []FileDir {
	var dirs []FileDir
	for c := range s.PodContainers() {
		if len(c.Files) > 0 {
			dirs = append(dirs, s.fileDirs(&c)...)
		}
	}
	return dirs
}

func (s *Service) fileDirs(c *PodContainer) []FileDir {
	var dirs []FileDir
	index := map[string]int{}
	for i := range c.Files {
		f := &c.Files[i]
		clean := path.Clean(f.Key)
		at := path.Dir(clean)
		d, known := index[at]
		if !known {
			d = len(dirs)
			index[at] = d
			dirs = append(dirs, FileDir{Container: c.Name, In: c.Path.With("files"), Path: at})
		}
		dirs[d].Files = append(dirs[d].Files, DirFile{path.Base(clean), c.Path.With("files", f.Key), &f.Value})
	}
	slices.SortFunc(dirs, func(a, b FileDir) int { return cmp.Compare(a.Path, b.Path) })
	for i := range dirs {
		short := "files"
		if c.Role != OwnContainer {
			short = c.Name + "-files"
		}
		if i > 0 {
			short += "-" + strconv.Itoa(i+1)
		}
		dirs[i].Short, dirs[i].Name = short, s.Name+"-"+short
	}
	return dirs
}

// IsMountedByFile reports whether each file is mounted alone, beside what the image
// has in the directory: over the root a directory would hide everything.
func (d FileDir) IsMountedByFile() bool {
	return d.Path == "/" || slices.ContainsFunc(d.Files, func(f DirFile) bool { return f.SubPath })
}

// HasConfig reports whether the directory has files for a ConfigMap.
func (d FileDir) HasConfig() bool {
	return slices.ContainsFunc(d.Files, func(f DirFile) bool { return f.Secret == nil })
}

// HasSecret reports whether the directory has files for a Secret.
func (d FileDir) HasSecret() bool {
	return slices.ContainsFunc(d.Files, func(f DirFile) bool { return f.Secret != nil })
}

// Permissions is the file's mode, nil where it has none of its own.
func (f *File) Permissions() *int32 {
	mode, err := strconv.ParseInt(f.Mode, 8, 32)
	if err != nil {
		return nil
	}
	permissions := int32(mode)
	return &permissions
}

// OwnSecret is a Secret that the service makes, of secrets or of files, without
// its values: those are read when kgen renders, and only when they are asked for.
type OwnSecret struct {
	Name      string // of the object
	Type      string // Kubernetes' own; empty: Opaque
	Immutable bool
	Values    []SecretValue
}

// SecretValue is one key of a Secret and where its value comes from.
type SecretValue struct {
	Key    string
	Source SecretSource
	Path   tree.Path // of the source, below the service
}

// OwnSecrets are the Secrets that the service makes.
func (s *Service) OwnSecrets() []OwnSecret {
	var secrets []OwnSecret
	for i := range s.Secrets {
		key, secret := s.Secrets[i].Key, &s.Secrets[i].Value
		if !secret.IsMade() {
			continue
		}
		own := OwnSecret{Name: s.SecretName(key), Type: secret.Type, Immutable: secret.Immutable}
		for _, entry := range secret.Data {
			own.Values = append(own.Values, SecretValue{entry.Key, entry.Value, tree.P("secrets", key, "data", entry.Key)})
		}
		secrets = append(secrets, own)
	}
	for _, dir := range s.FileDirs() {
		if !dir.HasSecret() {
			continue
		}
		own := OwnSecret{Name: dir.Name}
		for _, f := range dir.Files {
			if f.Secret != nil {
				own.Values = append(own.Values, SecretValue{f.Key, *f.Secret, f.At.With("secret")})
			}
		}
		secrets = append(secrets, own)
	}
	return secrets
}
