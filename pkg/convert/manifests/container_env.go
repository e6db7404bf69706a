package manifests

import (
	"slices"
	"strings"

	corev1 "k8s.io/api/core/v1"

	"github.com/kgen-dev/kgen/pkg/convert"
	"github.com/kgen-dev/kgen/schema"
)

// env writes the variables of a container. Of two of one name Kubernetes takes the last,
// and a patch keeps all of them as they are; so does one with a $(NAME) that is text.
func (f *workload) env(p *place) {
	for i := range p.Env {
		name, at := p.Env[i].Name, p.at.With("env", i)
		v, isKnown := f.variable(&p.Env[i])
		switch {
		case slices.ContainsFunc(p.Env[i+1:], func(later corev1.EnvVar) bool { return later.Name == name }):
			f.tell(convert.Debt, at, p.field("env", name), "%s stands there again, and the last counts: a patch keeps both", name)
			continue
		case f.hasLooseRef(p, i):
			f.tell(convert.Debt, at.With("value"), p.field("env", name),
				"no variable before it has the name in $(...), which Kubernetes takes as text: a patch keeps it, or say it with $$, and the pods are replaced once")
			continue
		case isKnown:
			p.to.Env = append(p.to.Env, schema.Entry[schema.EnvVar]{Key: name, Value: v})
		}
	}
}

// hasLooseRef reports whether the value at index i has a $(NAME) that refers to nothing:
// kgen refuses it, for it is mostly a mistake.
func (f *workload) hasLooseRef(p *place, i int) bool {
	return slices.ContainsFunc(schema.EnvRefs(p.Env[i].Value), func(ref string) bool { return !f.mayRefer(p, ref, i) })
}

// variable is a variable in kgen's words, false where it has none.
func (f *workload) variable(from *corev1.EnvVar) (v schema.EnvVar, ok bool) {
	source := from.ValueFrom
	switch {
	case source == nil:
		return schema.EnvVar{Value: &from.Value}, true
	case source.SecretKeyRef != nil:
		ref := source.SecretKeyRef
		v = schema.EnvVar{Secret: ref.Name, Key: ref.Key, Optional: ref.Optional}
		f.needs("Secret", ref.Name, ref.Optional)
		ok = ref.Name != ""
	case source.ConfigMapKeyRef != nil:
		ref := source.ConfigMapKeyRef
		v = schema.EnvVar{ConfigMap: ref.Name, Key: ref.Key, Optional: ref.Optional}
		f.needs("ConfigMap", ref.Name, ref.Optional)
		ok = ref.Name != ""
	case source.FieldRef != nil:
		return schema.EnvVar{Field: source.FieldRef.FieldPath}, true
	case source.ResourceFieldRef != nil:
		return schema.EnvVar{Resource: source.ResourceFieldRef.Resource}, true
	}
	if v.Key == from.Name { // kgen's default
		v.Key = ""
	}
	return v, ok
}

// mayRefer reports whether a name in $(...) may be that of a variable to the one at
// index i: Kubernetes knows those before it, those of envFrom and those of the cluster.
func (f *workload) mayRefer(p *place, name string, i int) bool {
	isName := func(v corev1.EnvVar) bool { return v.Name == name }
	switch {
	case slices.ContainsFunc(p.Env[:i], isName):
		return true
	case slices.ContainsFunc(p.Env[i:], isName):
		return false // kgen would move it up, or see a cycle
	}
	return len(p.EnvFrom) > 0 || strings.HasPrefix(name, "KUBERNETES_") || strings.Contains(name, "_SERVICE_") || strings.Contains(name, "_PORT")
}

// envFrom writes what gives all of its keys as variables.
func (f *workload) envFrom(p *place) {
	for i := range p.EnvFrom {
		from := &p.EnvFrom[i]
		to := schema.EnvFrom{Prefix: from.Prefix}
		switch {
		case from.SecretRef != nil && from.SecretRef.Name != "":
			to.Secret, to.Optional = from.SecretRef.Name, from.SecretRef.Optional
			f.needs("Secret", to.Secret, to.Optional)
		case from.ConfigMapRef != nil && from.ConfigMapRef.Name != "":
			to.ConfigMap, to.Optional = from.ConfigMapRef.Name, from.ConfigMapRef.Optional
			f.needs("ConfigMap", to.ConfigMap, to.Optional)
		default:
			continue // the API server refuses it
		}
		p.to.EnvFrom = append(p.to.EnvFrom, to)
	}
}
