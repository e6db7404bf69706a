package check

import (
	corev1 "k8s.io/api/core/v1"

	"github.com/kgen-dev/kgen/pkg/suggest"
	"github.com/kgen-dev/kgen/pkg/tree"
	"github.com/kgen-dev/kgen/schema"
)

// references: row 24 for ConfigMaps and Secrets. The Secret of a certificate is
// not asked for: controllers make it.
func references(e *environment) {
	for i := range e.members {
		r := referrer{e, &e.members[i]}
		for c := range r.m.PodContainers() {
			for j := range c.Env {
				r.variable(&c.Env[j], c.Path.With("env", c.Env[j].Key))
			}
			for j := range c.EnvFrom {
				r.variables(&c.EnvFrom[j], c.Path.With("envFrom", j))
			}
		}
		r.addons()
		for j := range r.m.Volumes {
			r.volume(&r.m.Volumes[j])
		}
		for j, pull := range r.m.ImagePullSecrets {
			if o := (object{aSecret, pull.Name, nil}); r.isMissing(o) {
				r.missing(o, "imagePullSecrets", j, "name")
			}
		}
	}
}

// referrer is a service whose references are looked at.
type referrer struct {
	e *environment
	m *member
}

// object is a ConfigMap or Secret as a reference names it.
type object struct {
	kind, name string
	optional   *bool
}

func (o object) isOptional() bool { return o.optional != nil && *o.optional }

func (r *referrer) variable(v *schema.Entry[schema.EnvVar], at tree.Path) {
	o, field := object{aSecret, v.Value.Secret, v.Value.Optional}, "secret"
	if v.Value.ConfigMap != "" {
		o, field = object{aConfigMap, v.Value.ConfigMap, v.Value.Optional}, "configMap"
	}
	switch {
	case o.name == "":
	case r.isMissing(o):
		r.missing(o, at.With(field)...)
	case r.isLacking(o, v.Value.Key):
		r.lacking(o, v.Value.Key, at.With("key")...)
	}
}

func (r *referrer) variables(from *schema.EnvFrom, at tree.Path) {
	if o := (object{aSecret, from.Secret, from.Optional}); o.name != "" && r.isMissing(o) {
		r.missing(o, at.With("secret")...)
	}
	if o := (object{aConfigMap, from.ConfigMap, from.Optional}); o.name != "" && r.isMissing(o) {
		r.missing(o, at.With("configMap")...)
	}
}

func (r *referrer) volume(v *schema.Entry[schema.Volume]) {
	if c := v.Value.ConfigMap; c != nil {
		r.mounted(object{aConfigMap, c.Name, c.Optional}, c.Items, "name", tree.P("volumes", v.Key, "configMap"))
	}
	if s := v.Value.Secret; s != nil {
		r.mounted(object{aSecret, s.SecretName, s.Optional}, s.Items, "secretName", tree.P("volumes", v.Key, "secret"))
	}
	if c := v.Value.CSI; c != nil && c.NodePublishSecretRef != nil {
		if o := (object{aSecret, c.NodePublishSecretRef.Name, nil}); r.isMissing(o) {
			r.missing(o, "volumes", v.Key, "csi", "nodePublishSecretRef", "name")
		}
	}
	if v.Value.Projected == nil {
		return
	}
	for i := range v.Value.Projected.Sources {
		at := tree.P("volumes", v.Key, "projected", "sources", i)
		if c := v.Value.Projected.Sources[i].ConfigMap; c != nil {
			r.mounted(object{aConfigMap, c.Name, c.Optional}, c.Items, "name", at.With("configMap"))
		}
		if s := v.Value.Projected.Sources[i].Secret; s != nil {
			r.mounted(object{aSecret, s.Name, s.Optional}, s.Items, "name", at.With("secret"))
		}
	}
}

// mounted judges an object whose keys become files.
func (r *referrer) mounted(o object, items []corev1.KeyToPath, nameField string, at tree.Path) {
	if r.isMissing(o) {
		r.missing(o, at.With(nameField)...)
		return
	}
	for i := range items {
		if r.isLacking(o, items[i].Key) {
			r.lacking(o, items[i].Key, at.With("items", i, "key")...)
		}
	}
}

// isMissing reports whether nothing defines o, and nobody says that it is there.
func (r *referrer) isMissing(o object) bool {
	return !r.e.isKnown(o.kind, o.name) && !o.isOptional() && !r.e.world.IsIncomplete && !r.e.isMade(o.kind, o.name)
}

func (r *referrer) missing(o object, at ...any) {
	field := "configMaps"
	if o.kind == aSecret {
		field = "secrets"
	}
	r.m.sink.Errorf(schema.UnknownReference, at, "no %s %q is defined%s", o.kind, o.name, suggest.Hint(o.name, r.e.known(o.kind))).
		Fix = "define it under " + field + ", or say that it is there already: " + field + `: "` + o.name + `": existing: true`
}

func (r *referrer) isLacking(o object, key string) bool {
	return !o.isOptional() && r.e.lacks(o.kind, o.name, key)
}

func (r *referrer) lacking(o object, key string, at ...any) {
	keys, _ := r.e.keys(o.kind, o.name)
	f := r.m.sink.Errorf(schema.UnknownReference, at, "%s %q has no key %q%s", o.kind, o.name, key, suggest.Hint(key, keys))
	if len(keys) > 0 && suggest.Nearest(key, keys) == "" {
		f.Fix = "its keys are " + list(keys)
	}
}
