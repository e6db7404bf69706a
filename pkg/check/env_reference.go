package check

import (
	"slices"
	"strings"

	"github.com/kgen-dev/kgen/pkg/report"
	"github.com/kgen-dev/kgen/pkg/suggest"
	"github.com/kgen-dev/kgen/schema"
)

// envCycle: row 9. A variable that envFrom may give too has a value before the
// cycle; there it is left to run.
func envCycle(s *schema.Service, sink *report.Sink) {
	for c := range s.PodContainers() {
		if len(c.EnvFrom) == 0 {
			containerEnvCycle(&c, sink)
		}
	}
}

func containerEnvCycle(c *schema.PodContainer, sink *report.Sink) {
	env := c.Env
	for {
		_, cycle := schema.OrderEnv(env)
		if cycle == nil {
			return
		}
		at := c.Path.With("env", cycle[0])
		if len(cycle) == 1 {
			sink.Errorf(schema.EnvReference, at, "%s refers to itself; what the image sets is not known to Kubernetes", cycle[0]).
				Fix = "write the whole value, or $$(" + cycle[0] + ") for the text"
		} else {
			sink.Errorf(schema.EnvReference, at, "a cycle of references: %s", strings.Join(append(cycle, cycle[0]), " -> ")).
				Fix = "write the value out in one of them"
		}
		env = slices.DeleteFunc(slices.Clone(env), func(e schema.Entry[schema.EnvVar]) bool { return e.Key == cycle[0] })
	}
}

// envReferences: row 9, a $(REF) to nothing. In command and args it is no
// mistake: $(date) there is the shell's.
func envReferences(e *environment) {
	for i := range e.members {
		m := &e.members[i]
		for c := range m.PodContainers() {
			e.containerEnv(m, &c)
		}
	}
}

func (e *environment) containerEnv(m *member, c *schema.PodContainer) {
	for j := range c.Env {
		v := c.Env[j].Value.Value
		if v == nil || !strings.Contains(*v, "$(") {
			continue
		}
		for _, ref := range schema.EnvRefs(*v) {
			if !c.Env.Has(ref) && !e.maySet(m.Service, c.EnvFrom, ref) {
				m.sink.Errorf(schema.EnvReference, c.Path.With("env", c.Env[j].Key), "$(%s) refers to nothing%s", ref, suggest.Hint(ref, namesOf(c.Env))).
					Fix = "add " + ref + " to env, or write $$(" + ref + ") for the text"
			}
		}
	}
}

// maySet reports whether a variable may come from elsewhere than env: from the
// cluster, or from a ConfigMap or Secret of envFrom, all of whose keys have to be
// known to say no.
func (e *environment) maySet(s *schema.Service, sources []schema.EnvFrom, name string) bool {
	if strings.HasPrefix(name, "KUBERNETES_") || s.EnableServiceLinks != nil && *s.EnableServiceLinks && isServiceLink(name) {
		return true
	}
	for _, from := range sources {
		key, hasPrefix := strings.CutPrefix(name, from.Prefix)
		if !hasPrefix {
			continue
		}
		kind, object := aConfigMap, from.ConfigMap
		if from.Secret != "" {
			kind, object = aSecret, from.Secret
		}
		if !e.lacks(kind, object, key) {
			return true
		}
	}
	return false
}

// isServiceLink reports whether a variable has the form of those that the
// kubelet injects for every Service: WEB_SERVICE_HOST, WEB_PORT_80_TCP_ADDR.
func isServiceLink(name string) bool {
	return strings.Contains(name, "_SERVICE_HOST") || strings.Contains(name, "_SERVICE_PORT") ||
		strings.HasSuffix(name, "_PORT") || strings.Contains(name, "_PORT_")
}
