package templates

import (
	corev1 "k8s.io/api/core/v1"

	"github.com/kgen-dev/kgen/schema"
)

func env(s *schema.Service, variables schema.Map[schema.EnvVar]) []corev1.EnvVar {
	ordered, _ := schema.OrderEnv(variables)
	if len(ordered) == 0 {
		return nil
	}
	out := make([]corev1.EnvVar, len(ordered))
	for i := range ordered {
		out[i] = envVar(s, ordered[i].Key, &ordered[i].Value)
	}
	return out
}

func envVar(s *schema.Service, name string, v *schema.EnvVar) corev1.EnvVar {
	switch {
	case v.Value != nil:
		return corev1.EnvVar{Name: name, Value: *v.Value}
	case v.Secret != "":
		return corev1.EnvVar{Name: name, ValueFrom: &corev1.EnvVarSource{SecretKeyRef: &corev1.SecretKeySelector{
			LocalObjectReference: corev1.LocalObjectReference{Name: s.SecretName(v.Secret)},
			Key:                  v.Key,
			Optional:             v.Optional,
		}}}
	case v.ConfigMap != "":
		return corev1.EnvVar{Name: name, ValueFrom: &corev1.EnvVarSource{ConfigMapKeyRef: &corev1.ConfigMapKeySelector{
			LocalObjectReference: corev1.LocalObjectReference{Name: s.ConfigMapName(v.ConfigMap)},
			Key:                  v.Key,
			Optional:             v.Optional,
		}}}
	case v.Field != "":
		return corev1.EnvVar{Name: name, ValueFrom: &corev1.EnvVarSource{
			FieldRef: &corev1.ObjectFieldSelector{FieldPath: v.Field},
		}}
	case v.Resource != "":
		return corev1.EnvVar{Name: name, ValueFrom: &corev1.EnvVarSource{
			ResourceFieldRef: &corev1.ResourceFieldSelector{Resource: v.Resource},
		}}
	}
	return corev1.EnvVar{Name: name}
}

func envFrom(s *schema.Service, sources []schema.EnvFrom) []corev1.EnvFromSource {
	var out []corev1.EnvFromSource
	for _, from := range sources {
		source := corev1.EnvFromSource{Prefix: from.Prefix}
		if from.ConfigMap != "" {
			source.ConfigMapRef = &corev1.ConfigMapEnvSource{
				LocalObjectReference: corev1.LocalObjectReference{Name: s.ConfigMapName(from.ConfigMap)},
				Optional:             from.Optional,
			}
		}
		if from.Secret != "" {
			source.SecretRef = &corev1.SecretEnvSource{
				LocalObjectReference: corev1.LocalObjectReference{Name: s.SecretName(from.Secret)},
				Optional:             from.Optional,
			}
		}
		out = append(out, source)
	}
	return out
}
