package lint

import (
	"path"
	"slices"
	"strings"

	"github.com/kgen-dev/kgen/pkg/report"
)

var containerRuntimeSocket = Rule{
	ID: "container-runtime-socket", Severity: report.Error,
	Doc: Doc{
		Title: "container has the socket of the container runtime",
		Why:   "by it anyone starts a privileged container beside the pod, which no admission ever sees: it is root on the node",
		Fix:   "build images with a tool that needs no daemon, and ask the API server about pods",
		Bad: `apiVersion: v1
kind: Pod
metadata: {name: agent}
spec:
  containers:
  - name: agent
    image: ghcr.io/acme/agent:1.4.2
    volumeMounts:
    - name: host
      mountPath: /var/run/docker.sock
  volumes:
  - name: host
    hostPath:
      path: /var/run/docker.sock # <-
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
  volumes:
  - name: host
    hostPath:
      path: /srv/data
`,
		Notes: []string{
			"A directory that holds the socket, such as /run, is as bad.",
		},
	},
	CheckWorkload: func(w *Workload, _ *Index, r *Reporter) {
		for i := range w.Spec.Volumes {
			v := &w.Spec.Volumes[i]
			if v.HostPath == nil {
				continue
			}
			at, file := w.In("volumes", i, "hostPath", "path"), v.HostPath.Path
			switch {
			case isRuntimeSocket(file):
				r.At(at, "volume %s is the socket of the container runtime, %s", v.Name, file)
			case holdsRuntimeSocket(file):
				r.At(at, "volume %s is %s of the node, which holds the socket of the container runtime", v.Name, file)
			}
		}
	},
}

// runtimeSockets are where container runtimes listen.
var runtimeSockets = []string{
	"/run/containerd/containerd.sock", "/run/cri-dockerd.sock", "/run/crio/crio.sock", "/run/docker.sock", "/run/dockershim.sock",
	"/run/k3s/containerd/containerd.sock", "/run/podman/podman.sock",
}

// isRuntimeSocket reports whether a path ends in the name of such a socket.
func isRuntimeSocket(file string) bool {
	name := file[strings.LastIndexAny(file, `/\`)+1:]
	if strings.HasPrefix(file, `\\.\pipe\`) {
		return name == "docker_engine" || name == "containerd-containerd"
	}
	return slices.ContainsFunc(runtimeSockets, func(socket string) bool { return path.Base(socket) == name })
}

// holdsRuntimeSocket reports whether a directory below / has a socket in it. On nodes
// /var/run is /run.
func holdsRuntimeSocket(dir string) bool {
	dir = path.Clean(dir)
	if isWithin(dir, "/var/run") {
		dir = strings.TrimPrefix(dir, "/var")
	}
	return dir != "/" && slices.ContainsFunc(runtimeSockets, func(socket string) bool { return isWithin(socket, dir) })
}
