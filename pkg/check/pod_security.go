package check

import (
	"strconv"
	"strings"
	"sync"

	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/pod-security-admission/api"
	"k8s.io/pod-security-admission/policy"

	"github.com/kgen-dev/kgen/pkg/tree"
	"github.com/kgen-dev/kgen/schema"
	"github.com/kgen-dev/kgen/templates"
)

// podSecurityPolicy is the API server's own judge.
var podSecurityPolicy = sync.OnceValue(func() policy.Evaluator {
	evaluator, err := policy.NewEvaluator(policy.DefaultChecks(), nil)
	if err != nil { // the checks come with the evaluator and fit it
		return nil
	}
	return evaluator
})

// podSecurity: row 20, what the Pod Security level of the namespace forbids.
// A service in another namespace than the project's is under a level that is not
// known.
func podSecurity(e *environment) {
	namespace := e.world.Namespace
	if namespace == nil || namespace.PodSecurity == "" {
		return
	}
	level := api.LevelVersion{Level: api.Level(namespace.PodSecurity), Version: api.MajorMinorVersion(1, e.world.Kubernetes.Minor)}
	judge := podSecurityPolicy()
	if level.Level == api.LevelPrivileged || judge == nil {
		return
	}
	for i := range e.members {
		m := &e.members[i]
		if m.NamespaceName() != namespace.Name {
			continue
		}
		s := *m.Service
		s.Resources = nil // no level asks for them, and they may not parse
		template := templates.PodTemplate(&s)
		var found violations
		for _, result := range judge.EvaluatePod(level, &metav1.ObjectMeta{Annotations: template.Annotations}, &template.Spec) {
			if !result.Allowed {
				found.add(forbiddenAt(m, result.ForbiddenReason, result.ForbiddenDetail), result.ForbiddenDetail)
			}
		}
		for _, v := range found {
			if isRootTold(m.Service, v.at) {
				continue
			}
			m.sink.Errorf(schema.PodSecurity, v.at, "Pod Security %s forbids it: %s", level.Level, strings.Join(v.details, "; ")).Fix = v.fix(level.Level)
		}
	}
}

// violation is what the judge says about one place.
type violation struct {
	at      tree.Path
	details []string
}

type violations []violation

func (v *violations) add(at tree.Path, detail string) {
	for i := range *v {
		if (*v)[i].at.String() == at.String() {
			(*v)[i].details = append((*v)[i].details, detail)
			return
		}
	}
	*v = append(*v, violation{at, []string{detail}})
}

func (v *violation) fix(level api.Level) string {
	if len(v.at) == 1 && v.at[0] == "securityPreset" {
		return `set securityPreset: "` + string(level) + `", or lower namespace: podSecurity in kgen.cue`
	}
	return "change it, or lower namespace: podSecurity in kgen.cue"
}

// forbidden says by the judge's reason where the cause may stand in a service,
// the likeliest place first.
var forbidden = []struct {
	reason string
	places []tree.Path
}{
	// What is privileged escalates, and kgen does not say otherwise.
	{"allowPrivilegeEscalation", []tree.Path{{"securityContext", "allowPrivilegeEscalation"}, {"securityContext", "privileged"}}},
	{"capabilities", []tree.Path{{"securityContext", "capabilities", "add"}, {"securityContext", "capabilities"}}},
	{"privileged", []tree.Path{{"securityContext", "privileged"}}},
	{"runAsNonRoot", []tree.Path{{"securityContext", "runAsNonRoot"}, {"podSecurityContext", "runAsNonRoot"}}},
	{"runAsUser", []tree.Path{{"securityContext", "runAsUser"}, {"podSecurityContext", "runAsUser"}}},
	{"seccompProfile", []tree.Path{{"securityContext", "seccompProfile"}, {"podSecurityContext", "seccompProfile"}}},
	{"AppArmor", []tree.Path{{"securityContext", "appArmorProfile"}, {"podSecurityContext", "appArmorProfile"}}},
	{"seLinuxOptions", []tree.Path{{"securityContext", "seLinuxOptions"}, {"podSecurityContext", "seLinuxOptions"}}},
	{"procMount", []tree.Path{{"securityContext", "procMount"}}},
	{"sysctls", []tree.Path{{"podSecurityContext", "sysctls"}}},
	{"hostProcess", []tree.Path{{"securityContext", "windowsOptions"}, {"podSecurityContext", "windowsOptions"}}},
	{"host namespaces", []tree.Path{{"hostNetwork"}, {"hostPID"}, {"hostIPC"}}},
	{"probe or lifecycle host", []tree.Path{{"probes"}, {"lifecycle"}}},
}

// forbiddenAt is the place of what the judge forbids: what a person wrote, else
// the preset that left it out. The details quote the names of containers.
func forbiddenAt(m *member, reason, detail string) tree.Path {
	if strings.Contains(reason, "volume") {
		for i := range m.Volumes {
			if v := &m.Volumes[i].Value; v.HostPath != nil || v.NFS != nil {
				return tree.P("volumes", m.Volumes[i].Key)
			}
		}
	}
	for c := range m.PodContainers() {
		if m.HasOtherContainers() && !strings.Contains(detail, strconv.Quote(c.Name)) {
			continue
		}
		if at := forbiddenIn(m, &c, reason); at != nil {
			return at
		}
	}
	for _, place := range placesOf(reason) {
		if m.sink.At(place) != nil {
			return place
		}
	}
	return tree.P("securityPreset")
}

// forbiddenIn is the place within a container, nil where it is none.
func forbiddenIn(m *member, c *schema.PodContainer, reason string) tree.Path {
	if strings.Contains(reason, "hostPort") {
		for i := range c.Ports {
			if c.Ports[i].Value.HostPort != 0 {
				return c.Path.With("ports", c.Ports[i].Key, "hostPort")
			}
		}
	}
	for _, place := range placesOf(reason) {
		if at := c.Path.With(place...); !isPodWide(place) && m.sink.At(at) != nil {
			return at
		}
	}
	return nil
}

// placesOf are the places that forbidden has for a reason.
func placesOf(reason string) (places []tree.Path) {
	for _, f := range forbidden {
		if strings.Contains(reason, f.reason) {
			places = append(places, f.places...)
		}
	}
	return places
}

func isPodWide(place tree.Path) bool {
	switch place[0] {
	case "podSecurityContext", "hostNetwork", "hostPID", "hostIPC":
		return true
	}
	return false
}
