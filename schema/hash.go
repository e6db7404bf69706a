package schema

import (
	"crypto/sha256"
	"encoding/hex"
	"slices"
	"strconv"
	"strings"
)

// Content is a sequence of texts whose digest tells any two sequences apart.
// Order counts, so maps are added sorted by key.
type Content []byte

// Add appends texts, each with its length, so that no two sequences run together.
func (c *Content) Add(texts ...string) {
	for _, text := range texts {
		*c = strconv.AppendInt(*c, int64(len(text)), 10)
		*c = append(*c, ':')
		*c = append(*c, text...)
	}
}

// Digest is the first digits hex digits of the SHA-256 of c; at most 64.
func (c Content) Digest(digits int) string {
	sum := sha256.Sum256(c)
	return hex.EncodeToString(sum[:])[:digits]
}

// hashDigits end the name of a hashed ConfigMap or Secret.
const hashDigits = 10

// AddTo appends what c holds.
func (c *ConfigMap) AddTo(content *Content) {
	content.addMap("data", c.Data)
	content.addMap("binaryData", c.BinaryData)
}

// AddKeysTo appends the keys of s. Nothing of a value ever enters a digest.
func (s *Secret) AddKeysTo(content *Content) {
	keys, _ := s.Keys()
	slices.Sort(keys)
	for _, key := range keys {
		content.Add("key", key)
	}
}

func (c *Content) addMap(name string, m Map[string]) {
	for _, entry := range sorted(m) {
		c.Add(name, entry.Key, entry.Value)
	}
}

// sorted is a copy of m in the order of its keys.
func sorted[T any](m Map[T]) Map[T] {
	m = slices.Clone(m)
	slices.SortStableFunc(m, func(a, b Entry[T]) int { return strings.Compare(a.Key, b.Key) })
	return m
}

// ConfigMapName is what the ConfigMap that any service of the project calls
// name is called in the cluster.
func (s *Service) ConfigMapName(name string) string {
	c := s.ConfigMapNamed(name)
	if c == nil || !c.Hashed || c.Existing {
		return name
	}
	var content Content
	c.AddTo(&content)
	return name + "-" + content.Digest(hashDigits)
}

// SecretName is what the Secret that any service of the project calls name is
// called in the cluster. Its hash is of the name, the keys and their sources.
func (s *Service) SecretName(name string) string {
	secret := s.SecretNamed(name)
	if secret == nil || !secret.Hashed || !secret.IsMade() {
		return name
	}
	var content Content
	content.Add(name)
	for _, entry := range sorted(secret.Data) {
		content.Add(entry.Key, entry.Value.Env, entry.Value.File)
	}
	return name + "-" + content.Digest(hashDigits)
}

// ConfigMapNamed is the ConfigMap called name, of this service or another of
// the environment; nil where the project says nothing about it.
func (s *Service) ConfigMapNamed(name string) *ConfigMap {
	if own := s.ConfigMaps.Get(name); own != nil && !own.Existing {
		return own
	}
	if s.World == nil {
		return nil
	}
	return s.World.ConfigMaps[name]
}

// SecretNamed is the Secret called name, as ConfigMapNamed.
func (s *Service) SecretNamed(name string) *Secret {
	if own := s.Secrets.Get(name); own != nil && !own.Existing {
		return own
	}
	if s.World == nil {
		return nil
	}
	return s.World.Secrets[name]
}
