package lint

import (
	"strings"

	"github.com/kgen-dev/kgen/pkg/names"
	"github.com/kgen-dev/kgen/pkg/report"
)

// relaxedEnvNames is the minor release from which on variables have any printable name.
const relaxedEnvNames = 32

var envNameInvalid = Rule{
	ID: "env-name-invalid", Severity: report.Error, Refused: true,
	Doc: Doc{
		Title: "variable has a name that no variable can have",
		Why:   "the API server refuses the workload, mostly in the middle of a rollout",
		Fix:   "use letters, digits and underscores",
		Bad: `apiVersion: v1
kind: Pod
metadata: {name: web}
spec:
  containers:
  - name: web
    image: ghcr.io/acme/web:1.4.2
    env:
    - name: "LOG_LEVEL=info" # <-
    - value: eu # <-
`,
		Good: `apiVersion: v1
kind: Pod
metadata: {name: web}
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
		Notes: []string{"Before Kubernetes 1.32 a name has letters, digits, dashes, underscores and dots, and begins with no digit; later any printable ASCII but the equals sign."},
	},
	CheckContainer: func(c *Container, all *Index, r *Reporter) {
		for i := range c.Env {
			switch name := c.Env[i].Name; {
			case name == "":
				r.At(c.Field("env", i, "name"), "container %s: a variable has no name", c.Name)
			case !names.IsEnvName(name, all.Minor >= relaxedEnvNames):
				name, _, isAssignment := strings.Cut(name, "=") // what follows may be a secret
				if isAssignment {
					name += "=..."
				}
				r.At(c.Field("env", i, "name"), "container %s: %q is no name of a variable", c.Name, name)
			}
		}
	},
}
