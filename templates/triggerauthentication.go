package templates

import (
	"github.com/kgen-dev/kgen/pkg/addon"
	"github.com/kgen-dev/kgen/schema"
)

// TriggerAuthentications have the credentials of the triggers of s.
func TriggerAuthentications(s *schema.Service) []*addon.TriggerAuthentication {
	if s.Autoscaling == nil || s.Autoscaling.Keda == nil {
		return nil
	}
	var objects []*addon.TriggerAuthentication
	all := s.Autoscaling.Keda.Authentications
	for i := range all {
		objects = append(objects, addon.New("keda.sh/v1alpha1", "TriggerAuthentication", metadata(s, all[i].Key), credentials(&all[i].Value)))
	}
	return objects
}

func credentials(c *schema.KedaCredentials) addon.TriggerAuthenticationSpec {
	spec := addon.TriggerAuthenticationSpec{PodIdentity: c.PodIdentity}
	for i := range c.SecretTargetRef {
		ref := &c.SecretTargetRef[i]
		spec.SecretTargetRef = append(spec.SecretTargetRef, addon.AuthenticationSecret{Parameter: ref.Key, Name: ref.Value.Secret, Key: ref.Value.Key})
	}
	for i := range c.Env {
		spec.Env = append(spec.Env, addon.AuthenticationEnv{Parameter: c.Env[i].Key, Name: c.Env[i].Value})
	}
	return spec
}
