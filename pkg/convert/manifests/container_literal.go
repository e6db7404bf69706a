package manifests

import (
	"slices"
	"strings"

	corev1 "k8s.io/api/core/v1"

	"github.com/kgen-dev/kgen/pkg/names"
	"github.com/kgen-dev/kgen/pkg/secrets"
	"github.com/kgen-dev/kgen/pkg/tree"
)

// literal is a text that looks like a secret.
type literal struct {
	at tree.Path // in the container
	// name is what holds it. Where isRefused is set, allowLiteral lets it stand by that.
	name      string
	sign      secrets.Sign
	isRefused bool // by kgen, unless it is allowed
	canMove   bool // to a Secret, which no header and no annotation comes from
}

// literals lets values stand that look like secrets: they stand in the input.
func (f *workload) literals(p *place) {
	for _, l := range literalsOf(p.Container) {
		if l.isRefused && !slices.Contains(f.s.AllowLiteral, l.name) {
			f.s.AllowLiteral = append(f.s.AllowLiteral, l.name)
		}
	}
}

// literalsOf are those of a container: in its variables, its words, and what its probes
// and hooks run and send.
func literalsOf(c *corev1.Container) (found []literal) {
	for i := range c.Env {
		v := &c.Env[i]
		if sign := secrets.In(v.Name, v.Value); v.ValueFrom == nil && sign != secrets.None {
			found = append(found, literal{tree.P("env", i), v.Name, sign, true, true})
		}
	}
	for _, list := range []struct {
		field string
		words []string
	}{{"command", c.Command}, {"args", c.Args}} {
		words := literalWords(list.field, list.words)
		found = append(found, words...)
		found = append(found, shellLiterals(tree.P(list.field), list.words, words)...)
	}
	for _, probe := range []struct {
		field string
		probe *corev1.Probe
	}{{"livenessProbe", c.LivenessProbe}, {"readinessProbe", c.ReadinessProbe}, {"startupProbe", c.StartupProbe}} {
		if p := probe.probe; p != nil {
			found = append(found, handlerLiterals(tree.P(probe.field), p.Exec, p.HTTPGet)...)
		}
	}
	if c.Lifecycle == nil {
		return found
	}
	for _, hook := range []struct {
		field   string
		handler *corev1.LifecycleHandler
	}{{"postStart", c.Lifecycle.PostStart}, {"preStop", c.Lifecycle.PreStop}} {
		if h := hook.handler; h != nil {
			found = append(found, handlerLiterals(tree.P("lifecycle", hook.field), h.Exec, h.HTTPGet)...)
		}
	}
	return found
}

// literalWords looks at --name=value, --name value and NAME=value, and at every word, as
// kgen does when it judges a service.
func literalWords(field string, words []string) (found []literal) {
	add := func(name string, i int, sign secrets.Sign) {
		if sign != secrets.None {
			found = append(found, literal{tree.P(field, i), name, sign, true, true})
		}
	}
	for i, word := range words {
		if name, value, isAssigned := strings.Cut(word, "="); isAssigned && names.IsEnvName(strings.TrimLeft(name, "-"), false) {
			name = strings.TrimLeft(name, "-")
			add(name, i, secrets.In(name, value))
			continue
		}
		flag := strings.TrimLeft(word, "-")
		if flag != word && flag != "" && i+1 < len(words) && !strings.HasPrefix(words[i+1], "-") {
			add(flag, i+1, secrets.In(flag, words[i+1]))
			continue
		}
		if isFlagged := i > 0 && strings.HasPrefix(words[i-1], "-") && !strings.Contains(words[i-1], "="); !isFlagged {
			add(field, i, secrets.In("", word))
		}
	}
	return found
}

// shellLiterals are those that a shell or a well-known program gets in words, but for the
// words that hold a known one.
func shellLiterals(at tree.Path, words []string, known []literal) (found []literal) {
	for _, l := range secrets.InShell(strings.Join(words, " ")) {
		i := slices.IndexFunc(words, func(word string) bool { return strings.Contains(word, l.Value) })
		place := at.With(max(i, 0))
		isAt := func(other literal) bool { return slices.Equal(other.at, place) }
		if slices.ContainsFunc(known, isAt) || slices.ContainsFunc(found, isAt) {
			continue
		}
		told := literal{at: place, name: l.Name, sign: l.Sign, canMove: true}
		if l.Sign != secrets.ByName {
			told.name, _ = at[len(at)-1].(string)
		}
		found = append(found, told)
	}
	return found
}

// handlerLiterals are those in what a probe or a hook runs or sends.
func handlerLiterals(at tree.Path, exec *corev1.ExecAction, get *corev1.HTTPGetAction) (found []literal) {
	if exec != nil {
		words := literalWords("command", exec.Command)
		for i := range words {
			words[i].at, words[i].isRefused = at.With("exec").With(words[i].at...), false
		}
		found = append(words, shellLiterals(at.With("exec", "command"), exec.Command, words)...)
	}
	if get == nil {
		return found
	}
	for i, h := range get.HTTPHeaders {
		sign := secrets.In(h.Name, h.Value)
		if line := secrets.InShell(h.Name + ": " + h.Value); sign == secrets.None && len(line) > 0 {
			sign = line[0].Sign // of Authorization, which is no secret's name
		}
		if sign != secrets.None {
			found = append(found, literal{at: at.With("httpGet", "httpHeaders", i), name: h.Name, sign: sign})
		}
	}
	return found
}
