package lint

import "strings"

// envSource is what an entry of envFrom takes: the keys of a ConfigMap or Secret; nil
// where it is not among the objects.
func (c *Container) envSource(i int, all *Index) (o *Object, prefix string) {
	from := &c.EnvFrom[i]
	switch {
	case from.ConfigMapRef != nil:
		o = all.Find(c.Workload.Object, "ConfigMap", c.Workload.Namespace, from.ConfigMapRef.Name)
	case from.SecretRef != nil:
		o = all.Find(c.Workload.Object, "Secret", c.Workload.Namespace, from.SecretRef.Name)
	}
	return o, from.Prefix
}

// mayTake reports whether envFrom may give the container a variable: all that it takes
// has to be known to say no.
func (c *Container) mayTake(name string, all *Index) bool {
	for i := range c.EnvFrom {
		o, prefix := c.envSource(i, all)
		if key, isPrefixed := strings.CutPrefix(name, prefix); isPrefixed && (o == nil || hasKey(o, key)) {
			return true
		}
	}
	return c.Workload.isUnread(c.Field("envFrom"))
}

// envIndex says which variable of the container first has a name.
func (c *Container) envIndex() map[string]int {
	index := make(map[string]int, len(c.Env))
	for i := range c.Env {
		if _, isTwice := index[c.Env[i].Name]; !isTwice {
			index[c.Env[i].Name] = i
		}
	}
	return index
}
