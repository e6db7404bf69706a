package templates

import (
	"github.com/kgen-dev/kgen/pkg/addon"
	"github.com/kgen-dev/kgen/schema"
)

// ExternalSecrets have External Secrets make the Secrets of s whose values are in
// a store.
func ExternalSecrets(s *schema.Service) []*addon.ExternalSecret {
	var objects []*addon.ExternalSecret
	for i := range s.Secrets {
		if secret := &s.Secrets[i].Value; secret.External != nil {
			objects = append(objects, externalSecret(s, s.Secrets[i].Key, secret))
		}
	}
	return objects
}

func externalSecret(s *schema.Service, name string, secret *schema.Secret) *addon.ExternalSecret {
	e := secret.External
	spec := addon.ExternalSecretSpec{
		RefreshInterval: e.RefreshInterval,
		SecretStoreRef:  addon.SecretStoreRef(e.Store),
		Target:          externalTarget(secret),
	}
	for i := range e.Data {
		ref := addon.RemoteRef(e.Ref(e.Data[i].Value))
		spec.Data = append(spec.Data, addon.ExternalSecretData{SecretKey: e.Data[i].Key, RemoteRef: ref})
	}
	if len(e.Data) == 0 {
		whole := addon.RemoteRef{Key: e.Key, Version: e.Version}
		spec.DataFrom = []addon.ExternalSecretSource{{Extract: whole}}
	}
	return addon.New("external-secrets.io/v1", "ExternalSecret", metadata(s, name), spec)
}

// externalTarget is what the Secret has besides its values, nil for nothing.
func externalTarget(secret *schema.Secret) *addon.ExternalSecretTarget {
	if !secret.Immutable && secret.Type == "" {
		return nil
	}
	target := &addon.ExternalSecretTarget{Immutable: secret.Immutable}
	if secret.Type != "" {
		target.Template = &addon.ExternalSecretTemplate{Type: secret.Type}
	}
	return target
}
