package lint

import (
	"fmt"
	"maps"
	"slices"

	corev1 "k8s.io/api/core/v1"

	"github.com/kgen-dev/kgen/pkg/report"
	"github.com/kgen-dev/kgen/pkg/secrets"
	"github.com/kgen-dev/kgen/pkg/tree"
)

var configmapSecretContent = Rule{
	ID: "configmap-secret-content", Severity: report.Warning,
	Kinds:  []string{"ConfigMap"},
	Params: []Param{allowedLiterals},
	Doc: Doc{
		Title: "ConfigMap holds a secret",
		Why:   "far more people and programs may read ConfigMaps than Secrets, and the repository keeps the value for ever",
		Fix:   "move the value into a Secret, and change it",
		Bad: `apiVersion: v1
kind: ConfigMap
metadata: {name: web}
data:
  DB_PASSWORD: correct-horse # <-
  app.yaml: | # <-
    database:
      user: web
      password: battery-staple
`,
		Good: `apiVersion: v1
kind: ConfigMap
metadata: {name: web}
data:
  DB_PASSWORD_FILE: /run/secrets/db
  tokenizer.json: '{"model": "bpe"}'
  app.yaml: |
    database:
      user: web
      password: ${DB_PASSWORD}
`,
		Notes: []string{
			"Keys are judged by the words of their names, files by what they assign: password: value, TOKEN=value.",
			"What kgen made of a service is judged in the service, with its allowLiteral.",
		},
	},
	Check: func(o *Object, _ *Index, r *Reporter) {
		config, isTyped := o.Value.(*corev1.ConfigMap)
		if !isTyped || o.Service != "" {
			return
		}
		for _, key := range slices.Sorted(maps.Keys(config.Data)) {
			if isAllowedLiteral(r, key) {
				continue
			}
			found := slices.DeleteFunc(secrets.Under(key, config.Data[key]), func(f secrets.Found) bool { return isAllowedLiteral(r, f.Name) })
			if len(found) > 0 {
				r.At(tree.P("data", key), "%s", secretsUnder(key, found))
			}
		}
	},
}

// secretsUnder tells the first of the secrets under a key, and how many follow.
func secretsUnder(key string, found []secrets.Found) string {
	first := found[0]
	message := literalSecret(key, first.Sign)
	switch {
	case first.Name != "" && first.Line > 0:
		message = fmt.Sprintf("%s, line %d: %s", key, first.Line, literalSecret(first.Name, first.Sign))
	case first.Name != "":
		message = key + ": " + literalSecret(first.Name, first.Sign)
	case first.Line > 0:
		message = fmt.Sprintf("%s in line %d", message, first.Line)
	}
	if more := len(found) - 1; more > 0 {
		message += fmt.Sprintf(" (and %d more)", more)
	}
	return message
}
