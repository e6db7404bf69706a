package templates

import (
	"slices"

	"github.com/kgen-dev/kgen/pkg/tree"
	"github.com/kgen-dev/kgen/schema"
)

var configMapOrigins = objectOrigins("{object}",
	rule{"data", "{object}.data"},
	rule{"data.{dataKey}", "{dataKey}"},
	rule{"binaryData", "{object}.binaryData"},
	rule{"binaryData.{dataKey}", "{dataKey}"},
	rule{"immutable", "{object}.immutable"},
)

var secretOrigins = objectOrigins("{object}",
	rule{"data", "{object}.data"},
	rule{"data.{secretKey}", "{secretKey}"},
	rule{"type", "{object}.type"},
	rule{"immutable", "{object}.immutable"},
)

// dataKeyPlace is a key of a ConfigMap, or the file that it is.
func dataKeyPlace(m *made, at tree.Path) (found, bool) {
	key, field := keyOf(at), at[len(at)-2]
	if object, ok := objectPlace(m, at); ok && !object.isWhole {
		return foundAt(object.Path.With(field, key)...), true
	}
	for _, dir := range m.service.FileDirs() {
		isIt := func(f schema.DirFile) bool { return f.Key == key && f.Secret == nil }
		if i := slices.IndexFunc(dir.Files, isIt); dir.Name == m.name && i >= 0 {
			return contentPlace(dir.Files[i]), true
		}
	}
	return found{}, false
}

// contentPlace is the field of a file that has its content.
func contentPlace(f schema.DirFile) found {
	switch {
	case f.Source != "":
		return foundAt(f.At.With("source")...)
	case f.Binary != "":
		return foundAt(f.At.With("binary")...)
	}
	return foundAt(f.At.With("content")...)
}

// secretKeyPlace is the source of a value of a Secret, else the type that demands
// the value.
func secretKeyPlace(m *made, at tree.Path) (found, bool) {
	for _, own := range m.service.OwnSecrets() {
		isIt := func(v schema.SecretValue) bool { return v.Key == keyOf(at) }
		if i := slices.IndexFunc(own.Values, isIt); own.Name == m.name && i >= 0 {
			return foundAt(own.Values[i].Path...), true
		}
	}
	return secretTypePlace(m)
}

// accountAnnotation is what a token for a service account demands.
const accountAnnotation = "kubernetes.io/service-account.name"

// secretTypePlace is the type of the Secret, where it has one.
func secretTypePlace(m *made) (found, bool) {
	for i := range m.service.Secrets {
		if s := &m.service.Secrets[i]; m.kind == "Secret" && s.Value.Type != "" && m.service.SecretName(s.Key) == m.name {
			return foundAt("secrets", s.Key, "type"), true
		}
	}
	return found{}, false
}
