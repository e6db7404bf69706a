package manifests

import (
	"github.com/kgen-dev/kgen/pkg/addon"
	"github.com/kgen-dev/kgen/schema"
)

// sealedScopes are the annotations that say what a value was sealed for.
var sealedScopes = map[string]string{
	"sealedsecrets.bitnami.com/namespace-wide": "namespace-wide",
	"sealedsecrets.bitnami.com/cluster-wide":   "cluster-wide",
}

// fillSealedSecret is the inverse of templates.SealedSecrets.
func (c *converter) fillSealedSecret(_ *Group, o *Object, s *schema.Service) bool {
	sealed, isKnown := decoded[addon.SealedSecret](o)
	if !isKnown || s.Secrets.Has(o.Name) || len(sealed.Spec.EncryptedData) == 0 {
		return false
	}
	made := schema.Secret{Sealed: &schema.SealedSecret{EncryptedData: stringsOf(o.Node.Get("spec").Get("encryptedData"))}}
	for _, a := range annotationsOf(o) {
		if scope := sealedScopes[a.Key]; scope != "" && a.Value.Value == "true" {
			made.Sealed.Scope = scope
		}
	}
	if t := sealed.Spec.Template; t != nil {
		made.Type, made.Immutable = t.Type, t.Immutable
	}
	s.Secrets = append(s.Secrets, schema.Entry[schema.Secret]{Key: o.Name, Value: made})
	return true
}
