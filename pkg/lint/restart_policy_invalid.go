package lint

import (
	corev1 "k8s.io/api/core/v1"

	"github.com/kgen-dev/kgen/pkg/report"
)

var restartPolicyInvalid = Rule{
	ID: "restart-policy-invalid", Severity: report.Error, SkipsTests: true,
	Refused: true,
	Kinds: []string{
		"Deployment.apps", "StatefulSet.apps", "DaemonSet.apps", "ReplicaSet.apps", "ReplicationController", "Rollout.argoproj.io",
		"Job.batch", "CronJob.batch",
	},
	Doc: Doc{
		Title: "restart policy does not fit the workload",
		Why:   "the API server refuses it; a Job without a restartPolicy gets Always, which Jobs cannot have",
		Fix:   "set Never or OnFailure for Jobs and CronJobs, and leave it out for all others",
		Bad: `apiVersion: batch/v1
kind: Job
metadata: {name: migrate}
spec:
  template:
    spec: # <-
      containers: [{name: migrate, image: ghcr.io/acme/migrate:2.0.1}]
`,
		Good: `apiVersion: batch/v1
kind: Job
metadata: {name: migrate}
spec:
  template:
    spec:
      restartPolicy: Never
      containers: [{name: migrate, image: ghcr.io/acme/migrate:2.0.1}]
`,
	},
	CheckWorkload: func(w *Workload, _ *Index, r *Reporter) {
		policy, at := w.Spec.RestartPolicy, w.In("restartPolicy")
		switch {
		case !w.EndsByItself():
			if policy != "" && policy != corev1.RestartPolicyAlways {
				r.At(at, "restartPolicy is %s, and that of a %s is Always", policy, w.Kind)
			}
		case policy == "":
			r.At(at, "restartPolicy is not set, and that of a %s is Never or OnFailure", w.Kind)
		case policy != corev1.RestartPolicyNever && policy != corev1.RestartPolicyOnFailure:
			r.At(at, "restartPolicy is %s, and that of a %s is Never or OnFailure", policy, w.Kind)
		}
	},
}
