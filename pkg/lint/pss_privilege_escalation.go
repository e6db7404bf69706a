package lint

import "github.com/kgen-dev/kgen/pkg/report"

var pssPrivilegeEscalation = Rule{
	ID: "pss-privilege-escalation", Severity: report.Warning, Profile: Off,
	Groups: []string{pssRestricted}, Covers: []string{"privilege-escalation"},
	Doc: Doc{
		Title: "container may gain rights",
		Why:   "unless it is forbidden, a process that runs as a common user becomes root through a setuid program of the image",
		Fix:   "set allowPrivilegeEscalation to false",
		Bad: `apiVersion: v1
kind: Pod
metadata: {name: web}
spec:
  containers:
  - name: web # <-
    image: ghcr.io/acme/web:1.4.2
`,
		Good: `apiVersion: v1
kind: Pod
metadata: {name: web}
spec:
  containers:
  - name: web
    image: ghcr.io/acme/web:1.4.2
    securityContext:
      allowPrivilegeEscalation: false
`,
		Notes: []string{
			"What is not written counts as true, as for the API server; privilege-escalation reports only what is.",
			"Pods with os: {name: windows} are not looked at.",
		},
	},
	CheckWorkload: judgedBy("allowPrivilegeEscalation", forbiddenEscalation),
}

func forbiddenEscalation(w *Workload, control forbids) (found []offence) {
	containers := w.Containers()
	for i := range containers {
		c := &containers[i]
		if !control.spec(w.alone(c.SecurityContext)) {
			continue
		}
		message := "allowPrivilegeEscalation is not set to false"
		if c.SecurityContext != nil && c.SecurityContext.AllowPrivilegeEscalation != nil {
			message = "allowPrivilegeEscalation is true"
		}
		found = append(found, offenceIn(c, c.Field("securityContext", "allowPrivilegeEscalation"), "%s", message))
	}
	return found
}
