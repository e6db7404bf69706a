package templates

import (
	"encoding/base64"
	"unicode/utf8"

	corev1 "k8s.io/api/core/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"

	"github.com/kgen-dev/kgen/schema"
)

// ConfigMaps are those that s defines, and one for each directory of its files.
func ConfigMaps(s *schema.Service) []*corev1.ConfigMap {
	var configMaps []*corev1.ConfigMap
	for i := range s.ConfigMaps {
		c := &s.ConfigMaps[i].Value
		if c.Existing {
			continue
		}
		out := configMap(s, s.ConfigMapName(s.ConfigMaps[i].Key))
		out.Data = c.Data.Plain()
		out.BinaryData = decoded(c.BinaryData)
		out.Immutable = whenTrue(c.Immutable)
		configMaps = append(configMaps, out)
	}
	for _, dir := range s.FileDirs() {
		if dir.HasConfig() {
			configMaps = append(configMaps, filesConfigMap(s, dir))
		}
	}
	return configMaps
}

func configMap(s *schema.Service, name string) *corev1.ConfigMap {
	return &corev1.ConfigMap{
		TypeMeta:   metav1.TypeMeta{APIVersion: "v1", Kind: "ConfigMap"},
		ObjectMeta: metadata(s, name),
	}
}

// filesConfigMap holds text as text, so that a change can be read in a diff.
func filesConfigMap(s *schema.Service, dir schema.FileDir) *corev1.ConfigMap {
	out := configMap(s, dir.Name)
	for _, f := range dir.Files {
		switch {
		case f.Secret != nil:
		case f.Binary == "" && utf8.Valid(f.Bytes):
			if out.Data == nil {
				out.Data = map[string]string{}
			}
			out.Data[f.Key] = string(f.Bytes)
		default:
			if out.BinaryData == nil {
				out.BinaryData = map[string][]byte{}
			}
			out.BinaryData[f.Key] = f.Bytes
		}
	}
	return out
}

// decoded are the bytes of base64 texts.
func decoded(texts schema.Map[string]) map[string][]byte {
	if len(texts) == 0 {
		return nil
	}
	out := make(map[string][]byte, len(texts))
	for _, t := range texts {
		if data, err := base64.StdEncoding.DecodeString(t.Value); err == nil {
			out[t.Key] = data
		}
	}
	return out
}
