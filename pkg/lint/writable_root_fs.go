package lint

import "github.com/kgen-dev/kgen/pkg/report"

var writableRootFS = Rule{
	ID: "writable-root-fs", Severity: report.Info, Profile: Strict,
	Doc: Doc{
		Title: "container may write to its image",
		Why:   "whoever breaks in can change programs and leave tools, and what an application writes there is lost with the container and counts as ephemeral storage",
		Fix:   "set readOnlyRootFilesystem to true, and mount an emptyDir where the application writes, such as /tmp",
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
      readOnlyRootFilesystem: true
    volumeMounts: [{name: tmp, mountPath: /tmp}]
  volumes:
  - name: tmp
    emptyDir: {sizeLimit: 64Mi}
`,
		Notes: []string{"Pods for Windows are not looked at."},
	},
	CheckContainer: func(c *Container, _ *Index, r *Reporter) {
		if c.Workload.isWindows() {
			return
		}
		switch s := c.SecurityContext; {
		case s == nil || s.ReadOnlyRootFilesystem == nil:
			r.At(c.Field("securityContext", "readOnlyRootFilesystem"), "container %s: readOnlyRootFilesystem is not set", c.Name)
		case !*s.ReadOnlyRootFilesystem:
			r.At(c.Field("securityContext", "readOnlyRootFilesystem"), "container %s: readOnlyRootFilesystem is false", c.Name)
		}
	},
}
