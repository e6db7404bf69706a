package lint

import (
	appsv1 "k8s.io/api/apps/v1"

	"github.com/kgen-dev/kgen/pkg/report"
	"github.com/kgen-dev/kgen/pkg/tree"
)

var progressDeadlineTooShort = Rule{
	ID: "progress-deadline-too-short", Severity: report.Warning, SkipsTests: true,
	Kinds: []string{"Deployment.apps"},
	Doc: Doc{
		Title: "progress deadline passes before a healthy pod can be ready",
		Why:   "the rollout is reported as failed while its pods still start, and delivery tools roll it back",
		Fix:   "raise progressDeadlineSeconds above the longest start plus minReadySeconds",
		Bad: `apiVersion: apps/v1
kind: Deployment
metadata: {name: web}
spec:
  progressDeadlineSeconds: 120 # <-
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec:
      containers:
      - name: web
        image: ghcr.io/acme/web:1.4.2
        startupProbe:
          httpGet: {path: /alive, port: 8080}
          periodSeconds: 10
          failureThreshold: 30
`,
		Good: `apiVersion: apps/v1
kind: Deployment
metadata: {name: web}
spec:
  progressDeadlineSeconds: 420
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec:
      containers:
      - name: web
        image: ghcr.io/acme/web:1.4.2
        startupProbe:
          httpGet: {path: /alive, port: 8080}
          periodSeconds: 10
          failureThreshold: 30
`,
		Notes: []string{
			"The longest start is initialDelaySeconds + periodSeconds x failureThreshold of the startupProbe, else initialDelaySeconds of the readinessProbe.",
			"progressDeadlineSeconds is 600 where it is not set.",
		},
	},
	CheckWorkload: func(w *Workload, _ *Index, r *Reporter) {
		d, isDeployment := w.Value.(*appsv1.Deployment)
		if !isDeployment {
			return
		}
		deadline := 600
		if d.Spec.ProgressDeadlineSeconds != nil {
			deadline = int(*d.Spec.ProgressDeadlineSeconds)
		}
		slowest, name := 0, ""
		containers := w.Long()
		for i := range containers {
			if seconds := longestStart(&containers[i]); seconds > slowest {
				slowest, name = seconds, containers[i].Name
			}
		}
		if needed := slowest + int(d.Spec.MinReadySeconds); slowest > 0 && deadline < needed {
			r.At(tree.P("spec", "progressDeadlineSeconds"), "progressDeadlineSeconds is %d, and container %s may take %d s to be ready", deadline, name, needed)
		}
	},
}

// longestStart is how many seconds the probes of a container give it to start.
func longestStart(c *Container) int {
	switch {
	case c.StartupProbe != nil:
		return givesUpAfter(c.StartupProbe)
	case c.ReadinessProbe != nil:
		return int(c.ReadinessProbe.InitialDelaySeconds)
	}
	return 0
}
