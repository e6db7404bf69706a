package manifests

import (
	corev1 "k8s.io/api/core/v1"

	"github.com/kgen-dev/kgen/schema"
)

// fillConfigMap is the inverse of templates.ConfigMaps. Of values that look like
// secrets refused.go speaks.
func (c *converter) fillConfigMap(_ *Group, o *Object, s *schema.Service) bool {
	configMap, isConfigMap := o.Value.(*corev1.ConfigMap)
	if !isConfigMap || s.ConfigMaps.Has(o.Name) || len(configMap.Data)+len(configMap.BinaryData) == 0 {
		return false
	}
	s.ConfigMaps = append(s.ConfigMaps, schema.Entry[schema.ConfigMap]{Key: o.Name, Value: schema.ConfigMap{
		Data:       stringsOf(o.Node.Get("data")),
		BinaryData: stringsOf(o.Node.Get("binaryData")),
		Immutable:  configMap.Immutable != nil && *configMap.Immutable,
	}})
	return true
}
