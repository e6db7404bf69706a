package lint

import (
	"strings"

	corev1 "k8s.io/api/core/v1"

	"github.com/kgen-dev/kgen/pkg/report"
)

var envDuplicate = Rule{
	ID: "env-duplicate", Severity: report.Warning, // Info where envFrom has the other
	Warned: []string{"hides previous definition"},
	Doc: Doc{
		Title: "container sets a variable twice",
		Why:   "the last one counts, whichever is read first, and an apply may drop one of the two and keep the wrong one",
		Fix:   "remove one of them",
		Bad: `apiVersion: apps/v1
kind: Deployment
metadata: {name: web}
spec:
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec:
      containers:
      - name: web
        image: ghcr.io/acme/web:1.4.2
        env:
        - name: LOG_LEVEL
          value: info
        - name: REGION
          value: eu
        - name: LOG_LEVEL # <-
          value: debug
`,
		Good: `apiVersion: apps/v1
kind: Deployment
metadata: {name: web}
spec:
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec:
      containers:
      - name: web
        image: ghcr.io/acme/web:1.4.2
        env:
        - name: LOG_LEVEL
          value: info
        - name: REGION
          value: eu
`,
		Notes: []string{
			"A value that refers to the one before, as in $(PATH):/opt/bin, adds to it.",
			"A variable of env that envFrom gives too, and a key that two entries of envFrom give, are infos: the former is often meant, and known only where the ConfigMap or Secret is among the objects.",
		},
	},
	CheckContainer: func(c *Container, all *Index, r *Reporter) {
		if len(c.Env)+len(c.EnvFrom) < 2 {
			return
		}
		index := c.envIndex()
		for i := range c.Env {
			if name := c.Env[i].Name; name != "" && index[name] != i && !isAppended(&c.Env[i]) {
				r.At(c.Field("env", i, "name"), "container %s: %s is set twice, and the last one counts", c.Name, name)
			}
		}
		taken := map[string]*Object{}
		for i := range c.EnvFrom {
			overlappingSource(c, i, all, r, index, taken)
		}
	},
}

// isAppended reports whether a variable adds to what it was before: PATH is
// $(PATH):/opt/bin.
func isAppended(v *corev1.EnvVar) bool {
	before := "$(" + v.Name + ")"
	return v.Value != before && strings.Contains(v.Value, before)
}

// overlappingSource reports the keys of an entry of envFrom that env, or an entry
// before it, has too. Those entries are in taken, and so will its own be.
func overlappingSource(c *Container, i int, all *Index, r *Reporter, index map[string]int, taken map[string]*Object) {
	o, prefix := c.envSource(i, all)
	if o == nil {
		return
	}
	var twice []string
	var other *Object
	for _, key := range keysOf(o) {
		name := prefix + key
		if at, isSet := index[name]; isSet {
			r.At(c.Field("env", at, "name"), "container %s: %s is in %s of envFrom too, and the one here counts", c.Name, name, o.Ref()).As(report.Info)
		} else if before := taken[name]; before != nil && before != o {
			twice, other = append(twice, name), before
		}
		taken[name] = o
	}
	if len(twice) > 0 {
		r.At(c.Field("envFrom", i), "container %s: %s and %s both give %s, and the last one counts", c.Name, other.Ref(), o.Ref(), firstOf(twice, mostListed)).As(report.Info)
	}
}
