package lint

import "github.com/kgen-dev/kgen/pkg/report"

var secretInEnv = Rule{
	ID: "secret-in-env", Severity: report.Warning, Profile: Off,
	Doc: Doc{
		Title: "container gets a secret as a variable",
		Why:   "variables end up in crash reports, debug pages and child processes, and do not change until the pod does; CIS 5.4.1 asks for files",
		Fix:   "mount the Secret as a volume, and read the file",
		Bad: `apiVersion: v1
kind: Pod
metadata: {name: web}
spec:
  containers:
  - name: web
    image: ghcr.io/acme/web:1.4.2
    env:
    - name: DB_PASSWORD
      valueFrom:
        secretKeyRef: # <-
          name: web
          key: db-password
    envFrom:
    - secretRef: {name: web} # <-
`,
		Good: `apiVersion: v1
kind: Pod
metadata: {name: web}
spec:
  containers:
  - name: web
    image: ghcr.io/acme/web:1.4.2
    volumeMounts:
    - {name: secrets, mountPath: /run/secrets, readOnly: true}
  volumes:
  - name: secrets
    secret: {secretName: web}
`,
	},
	CheckContainer: func(c *Container, _ *Index, r *Reporter) {
		for i := range c.Env {
			if from := c.Env[i].ValueFrom; from != nil && from.SecretKeyRef != nil {
				r.At(c.Field("env", i, "valueFrom", "secretKeyRef"), "container %s: %s is a key of Secret %s", c.Name, c.Env[i].Name, from.SecretKeyRef.Name)
			}
		}
		for i := range c.EnvFrom {
			if ref := c.EnvFrom[i].SecretRef; ref != nil {
				r.At(c.Field("envFrom", i, "secretRef"), "container %s takes all keys of Secret %s as variables", c.Name, ref.Name)
			}
		}
	},
}
