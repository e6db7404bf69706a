package manifests

import (
	"slices"
	"strings"

	corev1 "k8s.io/api/core/v1"

	"github.com/kgen-dev/kgen/pkg/convert"
	"github.com/kgen-dev/kgen/schema"
)

// env writes the variables of a container. Of two of one name Kubernetes takes the last,
// and a patch keeps all of them as they are.
func (f *workload) env(p *place) {
	isTwice := func(i int) bool {
		return slices.ContainsFunc(p.Env[i+1:], func(later corev1.EnvVar) bool { return later.Name == p.Env[i].Name })
	}
	isPatched := false
	for i := range p.Env {
		if isTwice(i) {
			isPatched = true
			f.tell(convert.Debt, p.at.With("env", i), p.field("env", p.Env[i].Name), "%s stands there again, and the last counts: a patch keeps both", p.Env[i].Name)
		}
	}
	for i := range p.Env {
		v, ok := f.variable(&p.Env[i])
		if !ok || isTwice(i) {
			continue // a patch says it
		}
		if v.Value != nil {
			f.escape(p, i, &v, isPatched)
		}
		p.to.Env = append(p.to.Env, schema.Entry[schema.EnvVar]{Key: p.Env[i].Name, Value: v})
	}
}

// escape escapes what kgen would take for a reference in a variable, and Kubernetes takes
// as text.
func (f *workload) escape(p *place, i int, v *schema.EnvVar, isPatched bool) {
	text, isEscaped := escapedRefs(*v.Value, func(ref string) bool { return f.mayRefer(p, ref, i) })
	if !isEscaped {
		return
	}
	v.Value = &text
	if at := p.at.With("env", i, "value"); !isPatched {
		f.tell(convert.Changed, at, p.field("env", p.Env[i].Name),
			"no variable before it has the name in $(...): Kubernetes takes that as text, and it is written as such, with $$")
		f.c.intends(f.o, at, "$$(NAME) is the text $(NAME)")
	}
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

// escapedRefs is a value in which every $(NAME) that refers to nothing is escaped.
func escapedRefs(value string, mayRefer func(string) bool) (text string, isEscaped bool) {
	var b strings.Builder
	for i := 0; i < len(value); i++ {
		b.WriteByte(value[i])
		if value[i] != '$' || i+1 == len(value) {
			continue
		}
		next := value[i+1]
		end := strings.IndexByte(value[i:], ')')
		if next == '(' && end > 0 && !mayRefer(value[i+2:i+end]) {
			b.WriteByte('$')
			isEscaped = true
		}
		if next == '$' {
			b.WriteByte(next)
			i++
		}
	}
	return b.String(), isEscaped
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
