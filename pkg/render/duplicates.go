package render

import (
	"github.com/kgen-dev/kgen/pkg/check"
	"github.com/kgen-dev/kgen/pkg/manifest"
	"github.com/kgen-dev/kgen/pkg/report"
	"github.com/kgen-dev/kgen/pkg/tree"
	"github.com/kgen-dev/kgen/schema"
	"github.com/kgen-dev/kgen/templates"
)

// duplicates reports objects of one kind, namespace and name.
func (r *renderer) duplicates(parts []part) []report.Finding {
	type identity struct{ group, kind, namespace, name string }
	of := func(p *part, j int) identity {
		o := &p.objects[j]
		if makesSecret(o, p.named[j]) {
			return identity{"", "Secret", o.Namespace, o.Name}
		}
		return identity{o.Group, o.Kind, o.Namespace, o.Name}
	}
	count := map[identity]int{}
	for i := range parts {
		for j := range parts[i].objects {
			count[of(&parts[i], j)]++
		}
	}
	var several []check.Rendered
	for i := range parts {
		owner := check.Subject{Tree: func() *tree.Node { return r.project.Tree }}
		if i > 0 {
			owner = r.environment.Services[i-1]
		}
		for j := range parts[i].objects {
			if id := of(&parts[i], j); count[id] > 1 {
				several = append(several, check.Rendered{
					Group: id.group, Kind: id.kind, Namespace: id.namespace, Name: id.name,
					Owner: ownerByOrg(owner, parts[i].named[j]), Path: parts[i].named[j],
				})
			}
		}
	}
	return check.Duplicates(several)
}

// makesSecret reports whether a controller makes a Secret of o, and by its name: what
// secrets of a service render to does, a manifest that a person wrote may call it
// otherwise.
func makesSecret(o *Object, named tree.Path) bool {
	isBySecrets := len(named) > 0 && named[0] == any("secrets")
	return isBySecrets && (o.Kind == "ExternalSecret" || o.Kind == "SealedSecret")
}

// Most objects are named by what is the same in every service.
var (
	byService   = tree.P("name")
	byAccount   = tree.P("serviceAccount")
	byNamespace = tree.P("namespace")
)

// byFiles are the files that an object of s holds.
func byFiles(o *manifest.Object, s *schema.Service) tree.Path {
	for _, dir := range s.FileDirs() {
		if dir.Name == o.Name {
			return dir.In
		}
	}
	return tree.P("files")
}

// namedBy is what gives an object of s its name.
func namedBy(o *manifest.Object, s *schema.Service) tree.Path {
	switch o.Kind {
	case "ConfigMap":
		for _, c := range s.ConfigMaps {
			if s.ConfigMapName(c.Key) == o.Name {
				return tree.P("configMaps", c.Key)
			}
		}
		return byFiles(o, s)
	case "ExternalSecret", "SealedSecret":
		return tree.P("secrets", o.Name)
	case "Secret":
		for _, c := range s.Secrets {
			if s.SecretName(c.Key) == o.Name {
				return tree.P("secrets", c.Key)
			}
		}
		return byFiles(o, s)
	case "Service":
		if s.ExtraServices.Has(o.Name) {
			return tree.P("extraServices", o.Name)
		}
	case "PersistentVolumeClaim":
		for i := range s.Volumes {
			if s.ClaimName(s.Volumes[i].Key, &s.Volumes[i].Value) == o.Name {
				return tree.P("volumes", s.Volumes[i].Key)
			}
		}
	case "ServiceAccount":
		return byAccount
	case "Role", "RoleBinding", "ClusterRole", "ClusterRoleBinding":
		return templates.OriginOf(s, o.Kind, o.Name, tree.P("metadata", "name")).Path
	}
	return byService
}
