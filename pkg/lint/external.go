package lint

import (
	"path"

	"github.com/kgen-dev/kgen/pkg/tree"
)

// External is an object that lives elsewhere. Kind is a kind, or Kind.group; Name and
// Namespace may be globs, and an empty Namespace is any.
type External struct{ Kind, Name, Namespace string }

func (x *Index) isExternal(groupKind, namespace, name string) bool {
	return isAmong(x.external, groupKind, namespace, name)
}

func isAmong(external []External, groupKind, namespace, name string) bool {
	for i := range external {
		e := &external[i]
		if (e.Kind == groupKind || e.Kind == KindName(groupKind)) && isGlobOf(e.Name, name) &&
			(e.Namespace == "" || isGlobOf(e.Namespace, spaceOf(namespace))) {
			return true
		}
	}
	return false
}

func isGlobOf(glob, text string) bool {
	matches, err := path.Match(glob, text)
	return err == nil && matches
}

// defined is an object that a controller makes of another.
type defined struct{ groupKind, name string }

// makers are the kinds of which controllers make Secrets and ConfigMaps, with the
// paths that name them; the object's own name where none does.
var makers = map[string]struct {
	makes string
	names []tree.Path
}{
	"ExternalSecret.external-secrets.io":             {"Secret", []tree.Path{tree.P("spec", "target", "name"), metadataName}},
	"SealedSecret.bitnami.com":                       {"Secret", []tree.Path{tree.P("spec", "template", "metadata", "name"), metadataName}},
	"Certificate.cert-manager.io":                    {"Secret", []tree.Path{tree.P("spec", "secretName")}},
	"VaultStaticSecret.secrets.hashicorp.com":        {"Secret", []tree.Path{tree.P("spec", "destination", "name")}},
	"VaultDynamicSecret.secrets.hashicorp.com":       {"Secret", []tree.Path{tree.P("spec", "destination", "name")}},
	"VaultPKISecret.secrets.hashicorp.com":           {"Secret", []tree.Path{tree.P("spec", "destination", "name")}},
	"OnePasswordItem.onepassword.com":                {"Secret", []tree.Path{metadataName}},
	"SopsSecret.isindir.github.com":                  {"Secret", []tree.Path{tree.P("spec", "secretTemplates", each, "name")}},
	"Bundle.trust.cert-manager.io":                   {"ConfigMap", []tree.Path{metadataName}},
	"DataVolume.cdi.kubevirt.io":                     {"PersistentVolumeClaim", []tree.Path{metadataName}},
	"DopplerSecret.secrets.doppler.com":              {"Secret", []tree.Path{tree.P("spec", "managedSecret", "name")}},
	"InfisicalSecret.secrets.infisical.com":          {"Secret", []tree.Path{tree.P("spec", "managedSecretReference", "secretName")}},
	"SecretProviderClass.secrets-store.csi.x-k8s.io": {"Secret", []tree.Path{tree.P("spec", "secretObjects", each, "secretName")}},
}

var metadataName = tree.P("metadata", "name")

// definedBy are the objects that a controller makes of o.
func definedBy(o *Object) (all []defined) {
	if o.GroupKind() == "Kustomization.kustomize.config.k8s.io" {
		return generatedBy(o.Node())
	}
	maker, isMaker := makers[o.GroupKind()]
	if !isMaker || o.Node() == nil {
		return nil
	}
	for _, at := range maker.names {
		for _, name := range textsUnder(o.Node(), at) {
			all = append(all, defined{maker.makes, name})
		}
		if len(all) > 0 {
			return all
		}
	}
	return nil
}

// textsUnder are the texts at a path, of which each is an element of a list.
func textsUnder(n *tree.Node, at tree.Path) (texts []string) {
	for i, step := range at {
		if step != each {
			continue
		}
		for _, element := range elementsOf(n.At(at[:i])) {
			texts = append(texts, textsUnder(element.Value, at[i+1:])...)
		}
		return texts
	}
	if text := textOf(n.At(at)); text != "" {
		texts = append(texts, text)
	}
	return texts
}

// generatedBy are the objects that the generators of a kustomization make.
func generatedBy(n *tree.Node) (all []defined) {
	for _, g := range []struct{ field, kind string }{{"configMapGenerator", "ConfigMap"}, {"secretGenerator", "Secret"}} {
		for _, generator := range elementsOf(n.Get(g.field)) {
			if name := textOf(generator.Value.Get("name")); name != "" {
				all = append(all, defined{g.kind, name})
			}
		}
	}
	return all
}
