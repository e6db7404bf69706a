package lint

import (
	"slices"

	"github.com/kgen-dev/kgen/pkg/report"
	"github.com/kgen-dev/kgen/pkg/secrets"
)

// allowedLiterals is the parameter of rules that look for secrets.
var allowedLiterals = Param{Name: "allow", Default: []string{"ETCD_INITIAL_CLUSTER_TOKEN"}, Doc: "names, or globs of names, whose values are no secrets", Check: checkGlob}

var envPlainSecret = Rule{
	ID: "env-plain-secret", Severity: report.Warning,
	Params: []Param{allowedLiterals},
	Doc: Doc{
		Title: "variable holds a secret in plain text",
		Why:   "who may read the repository, or the workload, has the secret, and its history keeps it for ever",
		Fix:   "take the value from a Secret by valueFrom.secretKeyRef, and change the secret",
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
        - name: DB_PASSWORD
          value: correct-horse # <-
        - name: QUEUE_URL
          value: amqp://web:battery-staple@queue:5672 # <-
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
        - name: DB_PASSWORD
          valueFrom:
            secretKeyRef: {name: web, key: db-password}
        - name: QUEUE_URL
          value: amqp://web:$(QUEUE_PASSWORD)@queue:5672
        - name: DB_PASSWORD_FILE
          value: /run/secrets/db
`,
		Notes: []string{
			"A secret is told by the words of the variable's name, or by its value: a private key, the token of a known provider, a URL with a password.",
			"Switches, short numbers, paths, placeholders and $(NAME) are no secrets.",
			"What kgen made of a service is judged in the service, with its allowLiteral.",
		},
	},
	CheckContainer: func(c *Container, _ *Index, r *Reporter) {
		if c.Workload.Service != "" {
			return
		}
		for i := range c.Env {
			v := &c.Env[i]
			if v.Value == "" {
				continue
			}
			if sign := secrets.In(v.Name, v.Value); sign != secrets.None && !isAllowedLiteral(r, v.Name) {
				r.At(c.Field("env", i, "value"), "container %s: %s", c.Name, literalSecret(v.Name, sign))
			}
		}
	},
}

func isAllowedLiteral(r *Reporter, name string) bool {
	return slices.ContainsFunc(r.Texts(allowedLiterals.Name), func(glob string) bool { return isGlobOf(glob, name) })
}

// literalSecret says by what something of a name is taken for a secret; the value is
// nobody's business.
func literalSecret(name string, sign secrets.Sign) string {
	if sign == secrets.ByName {
		return name + " is " + string(sign) + ", and its value stands here"
	}
	return name + " holds " + string(sign)
}
