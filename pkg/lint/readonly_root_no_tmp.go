package lint

import (
	"path"
	"strings"

	"github.com/kgen-dev/kgen/pkg/report"
)

var readonlyRootNoTmp = Rule{
	ID: "readonly-root-no-tmp", Severity: report.Info, Profile: Strict,
	Params: []Param{{Name: "paths", Default: []string{"/tmp"}, Doc: "directories that the containers have to be able to write to", Check: checkAbsolute}},
	Doc: Doc{
		Title: "read-only root file system without a writable /tmp",
		Why:   "the app runs until it first needs a temporary file, for an upload or a report, and then fails",
		Fix:   "mount an emptyDir at /tmp",
		Bad: `apiVersion: v1
kind: Pod
metadata: {name: web}
spec:
  containers:
  - name: web
    image: ghcr.io/acme/web:1.4.2
    securityContext: {readOnlyRootFilesystem: true} # <-
`,
		Good: `apiVersion: v1
kind: Pod
metadata: {name: web}
spec:
  containers:
  - name: web
    image: ghcr.io/acme/web:1.4.2
    securityContext: {readOnlyRootFilesystem: true}
    volumeMounts:
    - name: tmp
      mountPath: /tmp
  volumes:
  - name: tmp
    emptyDir: {sizeLimit: 100Mi}
`,
		Notes: []string{
			"A mount at a directory above will do, and so will TMPDIR with a writable directory in the place of /tmp.",
		},
	},
	CheckContainer: func(c *Container, _ *Index, r *Reporter) {
		context := c.SecurityContext
		if context == nil || context.ReadOnlyRootFilesystem == nil || !*context.ReadOnlyRootFilesystem || c.Role == Ephemeral || c.Workload.isWindows() {
			return
		}
		var lacking []string
		for _, dir := range r.Texts("paths") {
			if dir == "/tmp" && c.isWritable(temporaryDir(c)) || c.isWritable(dir) || c.Workload.isUnread(c.Field("volumeMounts")) {
				continue
			}
			lacking = append(lacking, dir)
		}
		if len(lacking) > 0 {
			r.At(c.Field("securityContext", "readOnlyRootFilesystem"), "container %s cannot write to %s", c.Name, strings.Join(lacking, ", "))
		}
	},
}

// temporaryDir is where the container is told to put temporary files; empty where it
// is not.
func temporaryDir(c *Container) string {
	for i := range c.Env {
		if c.Env[i].Name == "TMPDIR" {
			return c.Env[i].Value
		}
	}
	return ""
}

// isWritable reports whether a writable volume is mounted at a directory, or above it.
func (c *Container) isWritable(dir string) bool {
	for i := range c.VolumeMounts {
		m := &c.VolumeMounts[i]
		if isWithin(dir, path.Clean(m.MountPath)) && !m.ReadOnly && !c.Workload.isReadOnly(m.Name) {
			return true
		}
	}
	return false
}

// isReadOnly reports whether nobody can write to a volume, however it is mounted.
func (w *Workload) isReadOnly(volume string) bool {
	for i := range w.Spec.Volumes {
		if v := &w.Spec.Volumes[i]; v.Name == volume {
			return v.ConfigMap != nil || v.Secret != nil || v.Projected != nil || v.DownwardAPI != nil || v.Image != nil ||
				v.PersistentVolumeClaim != nil && v.PersistentVolumeClaim.ReadOnly
		}
	}
	return false
}
