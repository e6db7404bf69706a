package schema

import (
	"cmp"
	"path"
	"slices"
	"strconv"

	"github.com/kgen-dev/kgen/pkg/tree"
)

// FileDir is the files of one directory in the container. They share a
// ConfigMap and a Secret, which is mounted as the whole directory.
type FileDir struct {
	Path  string
	Name  string // of the ConfigMap and the Secret
	Short string // Name without the service's
	Files []DirFile
}

// DirFile is one file of a directory.
type DirFile struct {
	Key  string // the base name
	Path string // as it was written
	*File
}

// FileDirs are the directories of the service's files, sorted.
func (s *Service) FileDirs() []FileDir {
	if len(s.Files) == 0 {
		return nil
	}
	var dirs []FileDir
	index := map[string]int{}
	for i := range s.Files {
		f := &s.Files[i]
		clean := path.Clean(f.Key)
		at := path.Dir(clean)
		d, known := index[at]
		if !known {
			d = len(dirs)
			index[at] = d
			dirs = append(dirs, FileDir{Path: at})
		}
		dirs[d].Files = append(dirs[d].Files, DirFile{path.Base(clean), f.Key, &f.Value})
	}
	slices.SortFunc(dirs, func(a, b FileDir) int { return cmp.Compare(a.Path, b.Path) })
	for i := range dirs {
		dirs[i].Short = "files"
		if i > 0 {
			dirs[i].Short += "-" + strconv.Itoa(i+1)
		}
		dirs[i].Name = s.Name + "-" + dirs[i].Short
	}
	return dirs
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
				own.Values = append(own.Values, SecretValue{f.Key, *f.Secret, tree.P("files", f.Path, "secret")})
			}
		}
		secrets = append(secrets, own)
	}
	return secrets
}
