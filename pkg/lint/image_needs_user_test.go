package lint

import (
	"strings"
	"testing"

	"github.com/kgen-dev/kgen/pkg/images"
	"github.com/kgen-dev/kgen/pkg/validate/versions"
)

func TestImageNeedsUser(t *testing.T) {
	pod := func(security, container string) string {
		return "{apiVersion: v1, kind: Pod, metadata: {name: a}, spec: {securityContext: {" + security + "}, containers: [{name: a, " + container + "}]}}"
	}
	const (
		nonRoot  = "runAsNonRoot: true"
		readOnly = ", securityContext: {readOnlyRootFilesystem: true}"
	)
	root := func(name string) []string {
		return []string{"1: warning: container a: runAsNonRoot is true, and " + name + " starts as root"}
	}
	writes := func(name, dirs string) []string {
		return []string{"1: warning: container a: the root file system is read-only, and " + name + " writes to " + dirs}
	}
	mount := func(at ...string) string {
		return ", volumeMounts: [{name: v, mountPath: " + strings.Join(at, "}, {name: v, mountPath: ") + "}]"
	}
	digest := "@sha256:" + strings.Repeat("0", 64)
	check(t, &imageNeedsUser, []ruleCase{
		{name: "root", text: pod(nonRoot, "image: nginx"), want: root("nginx")},
		{name: "digest", text: pod(nonRoot, "image: 'redis"+digest+"'"), want: root("redis")},
		{name: "mirror", text: pod(nonRoot, "image: 'public.ecr.aws/docker/library/node:22'"), want: root("node")},
		{name: "other command", text: pod(nonRoot, "image: 'postgres:17', command: [pg_isready]"), want: root("postgres")},
		{name: "word", text: pod(nonRoot, "image: memcached"), want: []string{"1: warning: container a: runAsNonRoot is true, and memcached names its user by a word, memcache"}},
		{name: "number", text: pod(nonRoot, "image: nginxinc/nginx-unprivileged")},
		{name: "unknown", text: pod(nonRoot, "image: ghcr.io/acme/nginx")},
		{name: "may be root", text: pod("", "image: nginx")},
		{name: "user of the pod", text: pod(nonRoot+", runAsUser: 101", "image: nginx")},
		{name: "user of the container", text: pod(nonRoot, "image: nginx, securityContext: {runAsUser: 101}")},
		{name: "own runAsNonRoot", text: pod("", "image: nginx, securityContext: {runAsNonRoot: true}"), want: root("nginx")},
		{name: "own, may be root", text: pod(nonRoot, "image: nginx, securityContext: {runAsNonRoot: false}")},
		{name: "unread user of the pod", text: pod(nonRoot+", runAsUser: x", "image: nginx")},
		{name: "unread user of the container", text: pod(nonRoot, "image: nginx, securityContext: {runAsUser: x}")},
		{name: "root on purpose", text: pod(nonRoot+", runAsUser: 0", "image: nginx")},
		{name: "tag for Windows", text: pod(nonRoot, "image: 'mongo:8.0-windowsservercore-ltsc2022'")},
		{name: "pod for Windows", text: "{apiVersion: v1, kind: Pod, metadata: {name: a}, spec: {os: {name: windows}, securityContext: {runAsNonRoot: true}, containers: [{name: a, image: mongo}]}}"},
		{name: "init", text: "{apiVersion: v1, kind: Pod, metadata: {name: a}, spec: {securityContext: {runAsNonRoot: true}, initContainers: [{name: a, image: postgres}]}}", want: root("postgres")},

		{name: "writes", text: pod("", "image: nginx"+readOnly), want: writes("nginx", "/var/cache/nginx, /var/run")},
		{name: "one finding for both", text: pod(nonRoot, "image: nginx"+readOnly), want: root("nginx")},
		{name: "some", text: pod("", "image: nginx"+readOnly+mount("/var/run")), want: writes("nginx", "/var/cache/nginx")},
		{name: "link", text: pod("", "image: nginx"+readOnly+mount("/run/", "/var/cache"))},
		{name: "link the other way", text: pod("", "image: mariadb"+readOnly+mount("/var/run/mysqld"))},
		{name: "above", text: pod("", "image: nginx"+readOnly+mount("/var"))},
		{name: "configured", text: pod("", "image: nginx"+readOnly+mount("/etc/nginx/nginx.conf"))},
		{name: "args", text: pod("", "image: postgres, args: [-c, unix_socket_directories=/tmp]"+readOnly)},
		{name: "command", text: pod("", "image: postgres, command: [pg_isready]"+readOnly)},
		{name: "does not need to", text: pod("", "image: mongo"+readOnly)},
		{name: "writable root", text: pod("", "image: nginx")},
		{name: "unread mounts", text: pod("", "image: nginx, volumeMounts: {}"+readOnly)},
	})
}

// TestLinesForImages compares the lines to add, of a manifest and of a service.
func TestLinesForImages(t *testing.T) {
	const readOnly = ", securityContext: {readOnlyRootFilesystem: true}"
	for name, c := range map[string]struct {
		containers, ofPod, ofService string
	}{
		"user": {"[{name: a, image: 'redis:8-alpine'}]",
			"add to the pod securityContext: {runAsUser: 999, runAsGroup: 1000}",
			"add podSecurityContext: {runAsUser: 999, runAsGroup: 1000} to the service"},
		"both": {"[{name: a, image: postgres" + readOnly + ", volumeMounts: [{name: data, mountPath: /var/lib/postgresql/data}]}]",
			"add to the pod securityContext: {runAsUser: 999, runAsGroup: 999, fsGroup: 999} and an emptyDir mounted at /var/run/postgresql",
			`add podSecurityContext: {runAsUser: 999, runAsGroup: 999} and writable: ["/var/run/postgresql"] to the service`},
		"writes": {"[{name: a, image: nginx, securityContext: {readOnlyRootFilesystem: true, runAsUser: 101}}]",
			"add an emptyDir mounted at /var/cache/nginx, /var/run",
			`add writable: ["/var/cache/nginx", "/var/run"] to the service`},
		"digest": {"[{name: a, image: 'postgres@sha256:" + strings.Repeat("0", 64) + "'}]",
			"add to the pod securityContext: {runAsUser: 999, runAsGroup: 999}; of an image made from Alpine it is user 70 of group 70",
			"add podSecurityContext: {runAsUser: 999, runAsGroup: 999} to the service; of an image made from Alpine it is user 70 of group 70"},
		"one of two": {"[{name: a, image: acme/a}, {name: b, image: nginx}]",
			"add to the container securityContext: {runAsUser: 101, runAsGroup: 101}",
			"add sidecars: b: securityContext: {runAsUser: 101, runAsGroup: 101} to the service"},
		"native sidecar": {"[{name: a, image: acme/a}], initContainers: [{name: db-cache, restartPolicy: Always, image: nginx" + readOnly + "}]",
			"add to the container securityContext: {runAsUser: 101, runAsGroup: 101} and an emptyDir mounted at /var/cache/nginx, /var/run",
			`add sidecars: "db-cache": securityContext: {runAsUser: 101, runAsGroup: 101} and sidecars: "db-cache": writable: ["/var/cache/nginx", "/var/run"] to the service`},
		"init container": {"[{name: a, image: acme/a}], initContainers: [{name: wait, image: 'redis:8-alpine'}]",
			"add to the container securityContext: {runAsUser: 999, runAsGroup: 1000}",
			"add initContainers: wait: securityContext: {runAsUser: 999, runAsGroup: 1000} to the service"},
	} {
		for _, isMade := range []bool{false, true} {
			objects := parseObjects(t, "{apiVersion: v1, kind: Pod, metadata: {name: a}, spec: {securityContext: {runAsNonRoot: true}, containers: "+c.containers+"}}")
			objects[0].IsMade = isMade
			want := c.ofPod
			if isMade {
				want = c.ofService
			}
			findings := Run(NewIndex(Open, versions.Newest, nil, objects), []Chosen{{Rule: &imageNeedsUser}}, 1)
			if len(findings) != 1 || findings[0].Fix != want {
				t.Errorf("%s: %+v, want %q", name, findings, want)
			}
		}
	}
}

// TestImagesThatNeedNothing demands of the table that a pod with its lines is clean.
func TestImagesThatNeedNothing(t *testing.T) {
	for _, image := range images.All() {
		var mounts []string
		for _, dir := range image.Writable {
			mounts = append(mounts, "{name: v, mountPath: "+dir+"}")
		}
		text := "{apiVersion: v1, kind: Pod, metadata: {name: a}, spec: {securityContext: {runAsNonRoot: true, runAsUser: 1}, containers: [{name: a, image: " + image.Name +
			", securityContext: {readOnlyRootFilesystem: true}, volumeMounts: [" + strings.Join(mounts, ", ") + "]}]}}"
		if told := runOn(t, &imageNeedsUser, Open, nil, text); len(told) > 0 {
			t.Errorf("%s: %q", image.Name, told)
		}
	}
}
