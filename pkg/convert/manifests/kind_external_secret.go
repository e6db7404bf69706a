package manifests

import (
	"reflect"
	"slices"

	"github.com/kgen-dev/kgen/pkg/addon"
	"github.com/kgen-dev/kgen/schema"
)

// fillExternalSecret is the inverse of templates.ExternalSecrets.
func (c *converter) fillExternalSecret(_ *Group, o *Object, s *schema.Service) bool {
	external, isKnown := decoded[addon.ExternalSecret](o)
	if !isKnown || s.Secrets.Has(o.Name) {
		return false
	}
	spec := &external.Spec
	made := schema.Secret{External: &schema.ExternalSecret{
		Store: spec.SecretStoreRef, RefreshPolicy: spec.RefreshPolicy, RefreshInterval: spec.RefreshInterval,
	}}
	fillTarget(&made, spec.Target)
	if !fillRemote(made.External, spec.Data) || !fillSources(made.External, spec.DataFrom) {
		return false
	}
	if made.External.IsWhole() && made.External.Key == "" {
		return false
	}
	s.Secrets = append(s.Secrets, schema.Entry[schema.Secret]{Key: o.Name, Value: made})
	return true
}

// fillTarget writes what the Secret has besides its values.
func fillTarget(made *schema.Secret, target *addon.ExternalSecretTarget) {
	if target == nil {
		return
	}
	e := made.External
	made.Immutable, e.CreationPolicy, e.DeletionPolicy = target.Immutable, target.CreationPolicy, target.DeletionPolicy
	t := target.Template
	if t == nil {
		return
	}
	made.Type = t.Type
	template := &schema.ExternalTemplate{MergePolicy: t.MergePolicy, Data: sortedTexts(t.Data)}
	if t.Metadata != nil {
		template.Labels, template.Annotations = sortedTexts(t.Metadata.Labels), sortedTexts(t.Metadata.Annotations)
	}
	if !reflect.ValueOf(*template).IsZero() {
		e.Template = template
	}
}

// fillRemote writes the values that are fetched; where all are of one entry of the store,
// it is said once. False where kgen cannot say one.
func fillRemote(e *schema.ExternalSecret, data []addon.ExternalSecretData) bool {
	isOne := !slices.ContainsFunc(data, func(d addon.ExternalSecretData) bool {
		return d.RemoteRef.Key != data[0].RemoteRef.Key || d.RemoteRef.Version != data[0].RemoteRef.Version
	})
	if isOne && len(data) > 1 {
		e.Key, e.Version = data[0].RemoteRef.Key, data[0].RemoteRef.Version
	}
	for i := range data {
		ref, from := &data[i].RemoteRef, data[i].SourceRef
		if ref.Key == "" || ref.ConversionStrategy != "" || from != nil && from.GeneratorRef != nil || e.Data.Has(data[i].SecretKey) {
			return false
		}
		value := schema.ExternalValue{Property: ref.Property, DecodingStrategy: ref.DecodingStrategy, MetadataPolicy: ref.MetadataPolicy}
		if e.Key == "" {
			value.Key, value.Version = ref.Key, ref.Version
		}
		if from != nil {
			value.Store = from.StoreRef
		}
		e.Data = append(e.Data, schema.Entry[schema.ExternalValue]{Key: data[i].SecretKey, Value: value})
	}
	return true
}

// generators is the one version that there is of them.
const generators = "generators.external-secrets.io/v1alpha1"

// fillSources writes where a Secret has all values from: one entry of the store is the
// short form.
func fillSources(e *schema.ExternalSecret, sources []addon.ExternalSecretSource) bool {
	for i := range sources {
		from := &sources[i]
		source := schema.ExternalSource{}
		if x := from.Extract; x != nil {
			isPlain := x.DecodingStrategy == "" && x.ConversionStrategy == "" && len(from.Rewrite) == 0 && from.SourceRef == nil
			if isPlain && len(sources) == 1 && len(e.Data) == 0 && x.MetadataPolicy == "" {
				e.Key, e.Property, e.Version = x.Key, x.Property, x.Version
				return true
			}
			source.Extract = &schema.ExternalEntry{
				Key: x.Key, Property: x.Property, Version: x.Version,
				DecodingStrategy: x.DecodingStrategy, ConversionStrategy: x.ConversionStrategy,
			}
		}
		if f := from.Find; f != nil {
			source.Find = &schema.ExternalSearch{
				Path: f.Path, Tags: sortedTexts(f.Tags), DecodingStrategy: f.DecodingStrategy, ConversionStrategy: f.ConversionStrategy,
			}
			if f.Name != nil {
				source.Find.Name = f.Name.RegExp
			}
		}
		if r := from.SourceRef; r != nil {
			source.Store = r.StoreRef
			if r.GeneratorRef != nil {
				source.Generator = &schema.ExternalGenerator{Kind: r.GeneratorRef.Kind, Name: r.GeneratorRef.Name}
			}
		}
		for _, r := range from.Rewrite {
			rewrite := schema.ExternalRewrite{Regexp: r.RegExp}
			if r.Transform != nil {
				rewrite.Transform = r.Transform.Template
			}
			source.Rewrite = append(source.Rewrite, rewrite)
		}
		if !canSay(from, &source) {
			return false
		}
		e.DataFrom = append(e.DataFrom, source)
	}
	return true
}

// canSay reports whether kgen says all of a source: it has exactly one origin.
func canSay(from *addon.ExternalSecretSource, source *schema.ExternalSource) bool {
	origins := 0
	for _, isSet := range []bool{source.Extract != nil, source.Find != nil, source.Generator != nil} {
		if isSet {
			origins++
		}
	}
	isKnown := source.Generator == nil || from.SourceRef.GeneratorRef.APIVersion == generators && source.Store == nil
	return origins == 1 && isKnown && (from.Extract == nil || from.Extract.MetadataPolicy == "")
}
