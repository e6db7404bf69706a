package templates

import (
	"slices"
	"strings"

	"github.com/kgen-dev/kgen/schema"
)

const (
	checksumAnnotation = "checksum/config"
	checksumDigits     = 16
)

// ConfigChecksum is a digest of the configuration that the pods of s use: the
// content of ConfigMaps and files, of Secrets the names and keys, never values.
// What exists already contributes nothing, for its content is not known. It is
// empty where nothing contributes.
func ConfigChecksum(s *schema.Service) string {
	configMaps, secrets := usedConfig(s)
	var content schema.Content
	for _, name := range configMaps {
		if c := s.ConfigMapNamed(name); c != nil && !c.Existing {
			content.Add("ConfigMap", name)
			c.AddTo(&content)
		}
	}
	for _, name := range secrets {
		if secret := s.SecretNamed(name); secret != nil && !secret.Existing {
			content.Add("Secret", name)
			secret.AddKeysTo(&content)
		}
	}
	addFiles(&content, s)
	if len(content) == 0 {
		return ""
	}
	return content.Digest(checksumDigits)
}

func addFiles(content *schema.Content, s *schema.Service) {
	for _, dir := range s.FileDirs() {
		place := dir.Path
		if len(dir.In) > 1 { // another container's
			place = dir.Container + ":" + place
		}
		files := slices.Clone(dir.Files)
		slices.SortStableFunc(files, func(a, b schema.DirFile) int { return strings.Compare(a.Key, b.Key) })
		for _, f := range files {
			if f.Secret != nil {
				content.Add("secret file", place, f.Key)
				continue
			}
			content.Add("file", place, f.Key, string(f.Bytes))
		}
	}
}

// usedConfig are the names of the ConfigMaps and Secrets that env, envFrom and
// the volumes of s refer to, each once and sorted.
func usedConfig(s *schema.Service) (configMaps, secrets []string) {
	var used configRefs
	for c := range s.PodContainers() {
		for i := range c.Env {
			used.add(c.Env[i].Value.ConfigMap, c.Env[i].Value.Secret)
		}
		for i := range c.EnvFrom {
			used.add(c.EnvFrom[i].ConfigMap, c.EnvFrom[i].Secret)
		}
	}
	for i := range s.Volumes {
		used.addVolume(&s.Volumes[i].Value)
	}
	slices.Sort(used.configMaps)
	slices.Sort(used.secrets)
	return slices.Compact(used.configMaps), slices.Compact(used.secrets)
}

type configRefs struct{ configMaps, secrets []string }

func (r *configRefs) add(configMap, secret string) {
	if configMap != "" {
		r.configMaps = append(r.configMaps, configMap)
	}
	if secret != "" {
		r.secrets = append(r.secrets, secret)
	}
}

func (r *configRefs) addVolume(v *schema.Volume) {
	if v.ConfigMap != nil {
		r.add(v.ConfigMap.Name, "")
	}
	if v.Secret != nil {
		r.add("", v.Secret.SecretName)
	}
	if v.Projected == nil {
		return
	}
	for _, source := range v.Projected.Sources {
		if source.ConfigMap != nil {
			r.add(source.ConfigMap.Name, "")
		}
		if source.Secret != nil {
			r.add("", source.Secret.Name)
		}
	}
}
