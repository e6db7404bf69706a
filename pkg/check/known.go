package check

import (
	"maps"
	"slices"
	"strings"

	"github.com/kgen-dev/kgen/pkg/tree"
	"github.com/kgen-dev/kgen/schema"
)

// The kinds of objects that services refer to by name.
const (
	aConfigMap = "ConfigMap"
	aSecret    = "Secret"
)

// keys are the keys of a ConfigMap or Secret that the environment defines.
func (e *environment) keys(kind, name string) (keys []string, isKnown bool) {
	if kind == aSecret {
		s := e.world.Secrets[name]
		if s == nil {
			return nil, false
		}
		return s.Keys()
	}
	c := e.world.ConfigMaps[name]
	if c == nil || c.Existing {
		return nil, false
	}
	return append(namesOf(c.Data), namesOf(c.BinaryData)...), true
}

// lacks reports whether an object, whose keys are known, has no such key.
func (e *environment) lacks(kind, name, key string) bool {
	if kind == aSecret {
		s := e.world.Secrets[name]
		return s != nil && !s.Has(key)
	}
	c := e.world.ConfigMaps[name]
	return c != nil && !c.Existing && !c.Data.Has(key) && !c.BinaryData.Has(key)
}

// isKnown reports whether an object is defined or marked existing.
func (e *environment) isKnown(kind, name string) bool {
	if kind == aSecret {
		return e.world.Secrets[name] != nil
	}
	return e.world.ConfigMaps[name] != nil
}

// known are the names of all objects of a kind, for suggestions.
func (e *environment) known(kind string) []string {
	if kind == aSecret {
		return sortedKeys(e.world.Secrets)
	}
	return sortedKeys(e.world.ConfigMaps)
}

func sortedKeys[T any](m map[string]T) []string { return slices.Sorted(maps.Keys(m)) }

// isMade reports whether an extra manifest of the environment is, or makes, the
// object of that kind and name. A manifest of a kind that is not Kubernetes' own
// may make anything with its name in it.
func (e *environment) isMade(kind, name string) bool {
	if slices.ContainsFunc(e.world.Objects, func(o schema.Entry[schema.Manifest]) bool { return makes(o.Value, kind, name) }) {
		return true
	}
	for i := range e.members {
		if slices.ContainsFunc(e.members[i].Objects, func(o schema.Entry[schema.Manifest]) bool { return makes(o.Value, kind, name) }) {
			return true
		}
	}
	return false
}

func makes(o schema.Manifest, kind, name string) bool {
	if o.Get("kind") == nil {
		return false
	}
	if o.Get("kind").Text == kind {
		n := o.Get("metadata").Get("name")
		return n != nil && n.Text == name
	}
	group, _, hasGroup := strings.Cut(textOf(o.Get("apiVersion")), "/")
	return hasGroup && strings.Contains(strings.TrimSuffix(group, ".k8s.io"), ".") && holds(o, name)
}

func textOf(n schema.Manifest) string {
	if n == nil {
		return ""
	}
	return n.Text
}

// holds reports whether a value of n is text.
func holds(n schema.Manifest, text string) bool {
	if n == nil || len(n.Fields) == 0 {
		return n != nil && n.Text == text
	}
	return slices.ContainsFunc(n.Fields, func(f tree.Field) bool { return holds(f.Value, text) })
}
