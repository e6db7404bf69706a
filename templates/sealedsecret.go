package templates

import (
	"github.com/kgen-dev/kgen/pkg/addon"
	"github.com/kgen-dev/kgen/schema"
)

// scopeAnnotations tell the controller what the values were sealed for; with neither
// they are for one name in one namespace.
var scopeAnnotations = map[string]schema.Map[schema.Text]{
	"namespace-wide": {{Key: "sealedsecrets.bitnami.com/namespace-wide", Value: schema.Text{Value: "true"}}},
	"cluster-wide":   {{Key: "sealedsecrets.bitnami.com/cluster-wide", Value: schema.Text{Value: "true"}}},
}

// SealedSecrets have the controller of Sealed Secrets make the Secrets of s whose
// values stand in the source, in a form that only it can read.
func SealedSecrets(s *schema.Service) []*addon.SealedSecret {
	var objects []*addon.SealedSecret
	for i := range s.Secrets {
		name, secret := s.Secrets[i].Key, &s.Secrets[i].Value
		if secret.Sealed == nil {
			continue
		}
		meta := metadata(s, name, scopeAnnotations[secret.Sealed.Scope])
		objects = append(objects, addon.New("bitnami.com/v1alpha1", "SealedSecret", meta, addon.SealedSecretSpec{
			EncryptedData: secret.Sealed.EncryptedData.Plain(),
			Template:      sealedTemplate(secret),
		}))
	}
	return objects
}

// sealedTemplate is what the Secret has besides its values, nil for nothing.
func sealedTemplate(secret *schema.Secret) *addon.SealedSecretTemplate {
	if !secret.Immutable && secret.Type == "" {
		return nil
	}
	return &addon.SealedSecretTemplate{Immutable: secret.Immutable, Type: secret.Type}
}

// isScope reports whether an annotation tells what values were sealed for.
func isScope(annotation string) bool {
	for _, scope := range scopeAnnotations {
		if scope.Has(annotation) {
			return true
		}
	}
	return false
}
