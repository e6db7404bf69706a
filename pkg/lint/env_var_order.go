package lint

import (
	"maps"
	"slices"
	"strings"

	"github.com/kgen-dev/kgen/pkg/names"
	"github.com/kgen-dev/kgen/pkg/report"
	"github.com/kgen-dev/kgen/pkg/secrets"
	"github.com/kgen-dev/kgen/pkg/suggest"
	"github.com/kgen-dev/kgen/schema"
)

var envVarOrder = Rule{
	ID: "env-var-order", Severity: report.Warning,
	Doc: Doc{
		Title: "variable refers to one that is not defined before it",
		Why:   "the kubelet resolves references backwards only, so the app gets the text $(NAME), in a connection string for instance",
		Fix:   "define the variable above the one that refers to it",
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
        - name: DB_URL
          value: postgres://$(DB_HOST):5432/web # <-
        - name: DB_HOST
          value: db.shop.svc
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
        - name: DB_HOST
          value: db.shop.svc
        - name: DB_URL
          value: postgres://$(DB_HOST):5432/web
`,
		Notes: []string{
			"What a Service gives as a variable, a reference to the variable itself, and what a ConfigMap or Secret of envFrom may have are left alone.",
			"$$(NAME) stands for the text, and $(date +%s) and the like are no references.",
			"Of what looks like a secret the reference is not named, because it may be a part of it.",
		},
	},
	CheckContainer: func(c *Container, all *Index, r *Reporter) {
		var index map[string]int
		for i := range c.Env {
			v := &c.Env[i]
			if !strings.Contains(v.Value, "$(") {
				continue
			}
			if index == nil {
				index = c.envIndex()
			}
			for _, ref := range schema.EnvRefs(v.Value) {
				at, isSet := index[ref]
				switch {
				case isSet && at < i, ref == v.Name, !names.IsEnvName(ref, false), isServiceVariable(c.Workload, all, ref), c.mayTake(ref, all):
				case !isSet && isSecretWithReferences(v.Name, v.Value):
					r.At(c.Field("env", i, "value"), "container %s: %s refers to a variable that is defined nowhere", c.Name, v.Name).
						With("define the variable above %s, or write $$ for a $ of the text", v.Name)
				case isSet:
					r.At(c.Field("env", i, "value"), "container %s: %s refers to $(%s), which is defined below it", c.Name, v.Name, ref).
						With("move %s above %s", ref, v.Name)
				default:
					known := slices.Sorted(maps.Keys(index))
					r.At(c.Field("env", i, "value"), "container %s: %s refers to $(%s), which is defined nowhere%s", c.Name, v.Name, ref, suggest.Hint(ref, known)).
						With("define %s above %s, or write $$(%s) for the text", ref, v.Name, ref)
				}
			}
		}
	},
}

// isSecretWithReferences reports whether a value looks like a secret where what looks like
// a reference is read as text: a part of a password may.
func isSecretWithReferences(name, value string) bool {
	return secrets.In(name, strings.NewReplacer("$(", "", ")", "").Replace(value)) != secrets.None
}

// isServiceVariable reports whether the kubelet may give pods the variable, for a
// Service.
func isServiceVariable(w *Workload, all *Index, name string) bool {
	if strings.HasPrefix(name, "KUBERNETES_") {
		return true
	}
	if links := w.Spec.EnableServiceLinks; links != nil && !*links {
		return false
	}
	if strings.Contains(name, "_SERVICE_HOST") || strings.Contains(name, "_SERVICE_PORT") || strings.Contains(name, "_PORT_") {
		return true
	}
	service, _ := all.linkedBy(w, name)
	return service != nil
}
