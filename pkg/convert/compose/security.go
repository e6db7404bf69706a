package compose

import (
	"cmp"
	"fmt"
	"math"
	"path"
	"slices"
	"strconv"
	"strings"

	corev1 "k8s.io/api/core/v1"

	"github.com/kgen-dev/kgen/schema"
)

// The presets of kgen, which are the levels of Pod Security.
const (
	restricted = "restricted"
	baseline   = "baseline"
	noPreset   = "none"
)

// convertSecurity takes the user and what the container may do. Who says nothing runs as
// the image wants, perhaps as root, and writes anywhere: kgen goes on with that, but for
// images of which it knows better.
func (s *service) convertSecurity() {
	ctx := &corev1.SecurityContext{}
	preset := s.convertUser(ctx)
	if s.from.ReadOnly {
		ctx.ReadOnlyRootFilesystem = ptr(true)
		s.kept("securityContext.readOnlyRootFilesystem", "read_only")
	}
	if s.from.Privileged {
		ctx.Privileged, preset = ptr(true), noPreset
		s.kept("securityContext.privileged", "privileged")
	}
	preset = s.convertCapabilities(ctx, preset)
	preset = s.convertSecurityOptions(ctx, preset)
	for i, device := range s.from.Devices {
		s.dropped("a device of the machine: "+device.Source+" needs a device plugin, and resources: limits", "devices", i)
	}
	if s.to.SecurityPreset = preset; preset == restricted {
		s.to.SecurityPreset = ""
	}
	if *ctx != (corev1.SecurityContext{}) {
		s.to.SecurityContext = ctx
	}
}

// convertUser takes the user, and returns the preset that goes with it.
func (s *service) convertUser(ctx *corev1.SecurityContext) (preset string) {
	name, group, _ := strings.Cut(s.from.User, ":")
	known := s.isKnown && name != "" && name == accounts[s.image.Name]
	id, err := strconv.ParseInt(name, 10, 64)
	isNumber := err == nil
	switch {
	case isNumber && (id < 0 || id > math.MaxInt32):
		s.refused(name+" is no number of a user: they end at 2147483647", "user")
		return baseline
	case s.from.User == "" && s.isKnown && !s.runsScript():
		s.runAs(ctx, s.image.User.ID, s.image.User.Group, "image")
		s.harden()
		s.changed("securityContext", fmt.Sprintf("the image is known: it runs as user %d, with a read-only root", s.image.User.ID), "image")
		return restricted
	case name == "":
		s.owed("securityPreset", "the image runs as the user that it names, perhaps as root, and writes where it likes: say runAsUser and writable, and take the preset out")
		return baseline
	case known:
		id = s.image.User.ID
		group = cmp.Or(group, strconv.FormatInt(s.image.User.Group, 10))
	case err != nil && name != "root":
		s.asked("securityContext.runAsUser", fmt.Sprintf("which number has the user %q in the image? Kubernetes knows users by number", name), "user")
		return baseline
	case err != nil:
		id = 0
	}
	s.runAs(ctx, id, s.groupOf(group), "user")
	if id == 0 {
		s.owed("securityPreset", "it runs as root, which restricted forbids", "user")
		return baseline
	}
	s.kept("securityContext.runAsUser", "user")
	if s.isKnown && id == s.image.User.ID && !s.runsScript() {
		s.harden()
	} else if !s.from.ReadOnly {
		ctx.ReadOnlyRootFilesystem = ptr(false)
	}
	return restricted
}

// accounts are what the users of well-known images are called in them.
var accounts = map[string]string{
	"docker.io/library/httpd": "www-data", "docker.io/library/memcached": "memcache", "docker.io/library/mariadb": "mysql",
	"docker.io/library/mongo": "mongodb", "docker.io/library/mysql": "mysql", "docker.io/library/nginx": "nginx",
	"docker.io/library/node": "node", "docker.io/library/postgres": "postgres", "docker.io/library/rabbitmq": "rabbitmq",
	"docker.io/library/redis": "redis", "docker.io/valkey/valkey": "valkey", "docker.io/nginxinc/nginx-unprivileged": "nginx",
}

// groupOf is the number of a group; 0 where none is said.
func (s *service) groupOf(group string) int64 {
	id, err := strconv.ParseInt(group, 10, 64)
	switch {
	case group == "" || err == nil:
		return id
	case s.isKnown && group == accounts[s.image.Name]:
		return s.image.User.Group
	case group != "root":
		s.asked("securityContext.runAsGroup", fmt.Sprintf("which number has the group %q in the image? Kubernetes knows groups by number", group), "user")
	}
	return 0
}

// runAs sets user and group, and opens the ports under 1024 to a user that is not root, as
// Docker does. A group of 0 is what a container has where none is said. said is the key
// that says the user.
func (s *service) runAs(ctx *corev1.SecurityContext, user, group int64, said string) {
	ctx.RunAsUser = &user
	if group != 0 {
		ctx.RunAsGroup = &group
	}
	isLow := func(p schema.Entry[schema.Port]) bool { return p.Value.ContainerPort < firstFree }
	if user == 0 || !slices.ContainsFunc(s.to.Ports, isLow) || s.from.Sysctls[lowPorts] != "" || s.to.HostNetwork != nil {
		return
	}
	s.to.PodSecurityContext = &corev1.PodSecurityContext{Sysctls: []corev1.Sysctl{{Name: lowPorts, Value: "0"}}}
	s.changed("podSecurityContext.sysctls", fmt.Sprintf("user %d may listen on ports under %d, as Docker has it", user, firstFree), said)
}

// runsScript reports whether a shell runs what the compose file says, which may write
// anywhere.
func (s *service) runsScript() bool {
	for _, words := range [][]string{s.from.Entrypoint, s.from.Command} {
		for _, word := range words[:min(len(words), 2)] {
			if name := path.Base(word); name == "sh" || name == "bash" || name == "ash" || strings.HasSuffix(name, ".sh") {
				return true
			}
		}
	}
	return false
}

// filledFrom are the directories that the entrypoints of images write to, by those that
// they find templates in.
// https://hub.docker.com/_/nginx
var filledFrom = map[string]string{"/etc/nginx/templates": "/etc/nginx/conf.d"}

// harden gives a well-known image what it writes to.
func (s *service) harden() {
	writable := slices.Clone(s.image.Writable)
	if s.image.Data != "" && !s.mountsWithin(s.image.Data) {
		writable = append(writable, s.image.Data)
		s.fitDataDir(s.image.Data, s.at("image"))
	}
	for _, from := range sortedKeys(filledFrom) {
		if s.hasFilesIn(from) {
			writable = append(writable, filledFrom[from])
		}
	}
	for _, dir := range writable {
		if !s.isMounted(dir) {
			s.to.Writable = append(s.to.Writable, dir)
		}
	}
}

// baselineCapabilities are those that a container of the level baseline may add.
// https://kubernetes.io/docs/concepts/security/pod-security-standards/#baseline
var baselineCapabilities = []string{
	"AUDIT_WRITE", "CHOWN", "DAC_OVERRIDE", "FOWNER", "FSETID", "KILL", "MKNOD", "NET_BIND_SERVICE", "SETFCAP", "SETGID", "SETPCAP", "SETUID", "SYS_CHROOT",
}

func (s *service) convertCapabilities(ctx *corev1.SecurityContext, preset string) string {
	if len(s.from.CapAdd)+len(s.from.CapDrop) == 0 {
		return preset
	}
	ctx.Capabilities = &corev1.Capabilities{}
	for i, text := range s.from.CapDrop {
		ctx.Capabilities.Drop = append(ctx.Capabilities.Drop, capability(text))
		s.kept("securityContext.capabilities.drop", "cap_drop", i)
	}
	for i, text := range s.from.CapAdd {
		c := capability(text)
		ctx.Capabilities.Add = append(ctx.Capabilities.Add, c)
		s.kept("securityContext.capabilities.add", "cap_add", i)
		switch {
		case !slices.Contains(baselineCapabilities, string(c)):
			preset = noPreset
		case preset == restricted && c != "NET_BIND_SERVICE":
			preset = baseline
		}
	}
	return preset
}

func capability(text string) corev1.Capability {
	return corev1.Capability(strings.TrimPrefix(strings.ToUpper(text), "CAP_"))
}

// convertSecurityOptions takes security_opt.
func (s *service) convertSecurityOptions(ctx *corev1.SecurityContext, preset string) string {
	for i, text := range s.from.SecurityOpt {
		name, value, _ := strings.Cut(strings.Replace(text, ":", "=", 1), "=")
		switch {
		case name == "no-new-privileges" && value != "false" && s.from.Privileged:
			s.dropped("a privileged container has all privileges", "security_opt", i)
		case name == "no-new-privileges" && value != "false":
			ctx.AllowPrivilegeEscalation = ptr(false)
			s.kept("securityContext.allowPrivilegeEscalation", "security_opt", i)
		case name == "seccomp" && value == "unconfined":
			ctx.SeccompProfile = &corev1.SeccompProfile{Type: corev1.SeccompProfileTypeUnconfined}
			preset = noPreset
			s.kept("securityContext.seccompProfile", "security_opt", i)
		case name == "apparmor" && value == "unconfined":
			ctx.AppArmorProfile = &corev1.AppArmorProfile{Type: corev1.AppArmorProfileTypeUnconfined}
			preset = noPreset
			s.kept("securityContext.appArmorProfile", "security_opt", i)
		default:
			s.dropped("a profile of the machine: nodes have their own; write securityContext", "security_opt", i)
		}
	}
	return preset
}

// convertGroups takes further groups, by number.
func (s *service) convertGroups(pod *corev1.PodSecurityContext) {
	for i, text := range s.from.GroupAdd {
		id, err := strconv.ParseInt(text, 10, 64)
		if err == nil && (id < 0 || id > math.MaxInt32) {
			s.refused(text+" is no number of a group: they end at 2147483647", "group_add", i)
			continue
		}
		if err != nil {
			s.dropped("Kubernetes knows groups by number: write podSecurityContext: supplementalGroups", "group_add", i)
			continue
		}
		pod.SupplementalGroups = append(pod.SupplementalGroups, id)
		s.kept("podSecurityContext.supplementalGroups", "group_add", i)
	}
}

// mountsWithin reports whether something is mounted at a directory, or right below it.
func (s *service) mountsWithin(dir string) bool {
	for _, v := range s.to.Volumes {
		for _, m := range v.Value.Mounts {
			if m.Key == dir || path.Dir(m.Key) == dir {
				return true
			}
		}
	}
	return false
}

// isMounted reports whether something is mounted at a directory.
func (s *service) isMounted(dir string) bool {
	run, _ := strings.CutPrefix(dir, "/var/run") // a link to /run
	for _, v := range s.to.Volumes {
		if v.Value.Mounts.Has(dir) || run != dir && v.Value.Mounts.Has("/run"+run) {
			return true
		}
	}
	return s.hasFilesIn(dir)
}

// hasFilesIn reports whether files are mounted as a directory.
func (s *service) hasFilesIn(dir string) bool {
	return slices.ContainsFunc(s.to.FileDirs(), func(d schema.FileDir) bool { return d.Path == dir && !d.IsMountedByFile() })
}
