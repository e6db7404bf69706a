package templates

import (
	"reflect"

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
		RefreshPolicy:   e.RefreshPolicy,
		RefreshInterval: e.RefreshInterval,
		SecretStoreRef:  e.Store,
		Target:          externalTarget(secret),
	}
	for i := range e.Data {
		v := e.Ref(e.Data[i].Value)
		spec.Data = append(spec.Data, addon.ExternalSecretData{
			SecretKey: e.Data[i].Key,
			RemoteRef: addon.RemoteRef{
				Key: v.Key, Property: v.Property, Version: v.Version,
				DecodingStrategy: v.DecodingStrategy, MetadataPolicy: v.MetadataPolicy,
			},
			SourceRef: externalOrigin(v.Store, nil),
		})
	}
	for i := range e.DataFrom {
		spec.DataFrom = append(spec.DataFrom, externalSource(&e.DataFrom[i]))
	}
	if e.IsWhole() {
		whole := &addon.RemoteRef{Key: e.Key, Property: e.Property, Version: e.Version}
		spec.DataFrom = []addon.ExternalSecretSource{{Extract: whole}}
	}
	return addon.New("external-secrets.io/v1", "ExternalSecret", metadata(s, name), spec)
}

// externalTarget is what the Secret has besides its values, nil for nothing.
func externalTarget(secret *schema.Secret) *addon.ExternalSecretTarget {
	e := secret.External
	target := addon.ExternalSecretTarget{
		CreationPolicy: e.CreationPolicy, DeletionPolicy: e.DeletionPolicy, Immutable: secret.Immutable,
		Template: externalTemplate(secret.Type, e.Template),
	}
	if target == (addon.ExternalSecretTarget{}) {
		return nil
	}
	return &target
}

func externalTemplate(secretType string, t *schema.ExternalTemplate) *addon.ExternalSecretTemplate {
	if t == nil {
		t = &schema.ExternalTemplate{}
	}
	template := &addon.ExternalSecretTemplate{Type: secretType, MergePolicy: t.MergePolicy, Data: t.Data.Plain()}
	if len(t.Labels) > 0 || len(t.Annotations) > 0 {
		template.Metadata = &addon.TemplateMetadata{Labels: t.Labels.Plain(), Annotations: t.Annotations.Plain()}
	}
	if reflect.ValueOf(*template).IsZero() {
		return nil
	}
	return template
}

func externalSource(source *schema.ExternalSource) addon.ExternalSecretSource {
	made := addon.ExternalSecretSource{SourceRef: externalOrigin(source.Store, source.Generator)}
	if e := source.Extract; e != nil {
		made.Extract = &addon.RemoteRef{
			Key: e.Key, Property: e.Property, Version: e.Version,
			DecodingStrategy: e.DecodingStrategy, ConversionStrategy: e.ConversionStrategy,
		}
	}
	if f := source.Find; f != nil {
		made.Find = &addon.ExternalFind{
			Path: f.Path, Tags: f.Tags.Plain(), DecodingStrategy: f.DecodingStrategy, ConversionStrategy: f.ConversionStrategy,
		}
		if f.Name != "" {
			made.Find.Name = &addon.ExternalFindName{RegExp: f.Name}
		}
	}
	for _, r := range source.Rewrite {
		rename := addon.ExternalRename{RegExp: r.Regexp}
		if r.Transform != "" {
			rename.Transform = &addon.ExternalTransform{Template: r.Transform}
		}
		made.Rewrite = append(made.Rewrite, rename)
	}
	return made
}

// externalOrigin is where values are that the store of the whole does not have, nil
// for nowhere else.
func externalOrigin(store *schema.SecretStore, generator *schema.ExternalGenerator) *addon.ExternalOrigin {
	switch {
	case generator != nil:
		return &addon.ExternalOrigin{GeneratorRef: &addon.GeneratorRef{
			APIVersion: "generators.external-secrets.io/v1alpha1", Kind: generator.Kind, Name: generator.Name,
		}}
	case store != nil:
		return &addon.ExternalOrigin{StoreRef: store}
	}
	return nil
}
