package lint

import (
	"slices"

	"github.com/kgen-dev/kgen/pkg/report"
)

var hostpathSensitive = Rule{
	ID: "hostpath-sensitive", Severity: report.Error, // Warning where all mounts are read-only, and for zones and certificates
	Covers: []string{"hostpath-volume"},
	Params: []Param{{Name: "paths", Default: []string{"/", "/boot", "/dev", "/etc", "/lib", "/proc", "/sys", "/usr"}, Doc: "paths of the node that are not to be mounted, nor what is below them; of / itself alone", Check: checkAbsolute}},
	Doc: Doc{
		Title: "container mounts a system directory of the node",
		Why:   "keys of the kubelet, passwords and devices lie there: who breaks into the container owns the node, and soon the cluster",
		Fix:   "mount the one file that is needed, read-only, or take the data from the API",
		Bad: `apiVersion: v1
kind: Pod
metadata: {name: agent}
spec:
  containers:
  - name: agent
    image: ghcr.io/acme/agent:1.4.2
    volumeMounts:
    - name: host
      mountPath: /host/kubernetes
  volumes:
  - name: host
    hostPath:
      path: /etc/kubernetes # <-
`,
		Good: `apiVersion: v1
kind: Pod
metadata: {name: agent}
spec:
  containers:
  - name: agent
    image: ghcr.io/acme/agent:1.4.2
    volumeMounts:
    - name: host
      mountPath: /data
      readOnly: true
  volumes:
  - name: host
    hostPath:
      path: /srv/data
`,
		Notes: []string{
			"Where every mount of the volume is read-only, as agents have them that watch the node, it is a warning: ignore it there, with the reason.",
			"A directory that has one of the paths below it is as bad.",
			"Time zones, certificates of authorities and the like, such as /etc/localtime and /etc/ssl/certs, may be mounted read-only; writable they are a warning.",
			"Worth adding to paths are /root, /var/lib/kubelet and /var/lib/containerd, where no driver for storage or the network is among the pods.",
			"A volume that no container mounts is not looked at.",
		},
	},
	CheckWorkload: func(w *Workload, _ *Index, r *Reporter) {
		for _, h := range hostMounts(w) {
			if !isSensitive(h.path, r.Texts("paths")) {
				continue
			}
			harmless := slices.ContainsFunc(harmlessPaths, func(dir string) bool { return isWithin(h.path, dir) })
			switch {
			case !harmless && h.isWritable:
				r.At(h.pathAt(), "container %s mounts %s of the node", h.container.Name, h.path)
			case !harmless:
				r.At(h.pathAt(), "container %s mounts %s of the node, if only to read it", h.container.Name, h.path).As(report.Warning)
			case h.isWritable:
				r.At(h.pathAt(), "container %s may write %s of the node", h.container.Name, h.path).As(report.Warning)
			}
		}
	},
}

// harmlessPaths hold what is public, and the same on all nodes.
var harmlessPaths = []string{
	"/etc/ca-certificates", "/etc/localtime", "/etc/os-release", "/etc/pki/ca-trust", "/etc/pki/tls/certs", "/etc/ssl/certs", "/etc/timezone",
	"/usr/lib/os-release", "/usr/local/share/ca-certificates", "/usr/share/ca-certificates", "/usr/share/zoneinfo",
}

// isSensitive reports whether a path is one of some, below one, or above one.
func isSensitive(path string, paths []string) bool {
	return slices.ContainsFunc(paths, func(dir string) bool {
		return path == dir || dir != "/" && (isWithin(path, dir) || isWithin(dir, path))
	})
}
