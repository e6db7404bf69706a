package lint

import (
	"fmt"
	"slices"
	"sync"

	corev1 "k8s.io/api/core/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/pod-security-admission/api"
	"k8s.io/pod-security-admission/policy"

	"github.com/kgen-dev/kgen/pkg/tree"
)

// The groups of rules that are the levels of the Pod Security Standards.
const (
	pssBaseline   = "pss-baseline"
	pssRestricted = "pss-restricted"
)

// podControls are the controls of the Pod Security Standards as the API server's own
// admission judges them.
var podControls = sync.OnceValue(func() map[policy.CheckID]policy.Check {
	controls := map[policy.CheckID]policy.Check{}
	for _, check := range policy.DefaultChecks() {
		controls[check.ID] = check
	}
	return controls
})

// forbids judges a pod, or a part of one, by one control.
type forbids func(*metav1.ObjectMeta, *corev1.PodSpec) policy.CheckResult

// spec reports whether a spec is forbidden.
func (f forbids) spec(s *corev1.PodSpec) bool { return !f(noMeta, s).Allowed }

var noMeta = &metav1.ObjectMeta{}

// controlOf is the judge by a control as of release 1.minor; it allows everything
// before the release that has it first.
func controlOf(id policy.CheckID, minor int) forbids {
	versions, target := podControls()[id].Versions, api.MajorMinorVersion(1, minor)
	for i := len(versions) - 1; i >= 0; i-- {
		if !target.Older(versions[i].MinimumVersion) {
			return forbids(versions[i].CheckPod)
		}
	}
	return func(*metav1.ObjectMeta, *corev1.PodSpec) policy.CheckResult { return policy.CheckResult{Allowed: true} }
}

// offence is a place in a pod that a control forbids.
type offence struct {
	at        tree.Path
	container string // its name; empty where it is about the pod
	message   string
}

func offenceIn(c *Container, at tree.Path, format string, args ...any) offence {
	return offence{at, c.Name, "container " + c.Name + ": " + fmt.Sprintf(format, args...)}
}

// findOffences finds the places of what a control forbids in a pod. Where only values
// of a list are forbidden, it asks the control about each.
type findOffences func(w *Workload, control forbids) []offence

// judgedBy is the check of a rule that is a control of the Pod Security Standards. The
// verdict is that of the API server's admission in the target release; offences says
// where.
func judgedBy(id policy.CheckID, offences findOffences) func(*Workload, *Index, *Reporter) {
	return func(w *Workload, _ *Index, r *Reporter) { r.judge(id, w, offences) }
}

func (r *Reporter) judge(id policy.CheckID, w *Workload, offences findOffences) {
	control := controlOf(id, r.policyMinor())
	verdict := control(w.Meta, withVolumeSources(w.Spec))
	if verdict.Allowed {
		return
	}
	found := offences(w, control)
	if len(found) == 0 {
		found = []offence{{w.SpecAt, "", verdict.ForbiddenReason + ": " + verdict.ForbiddenDetail}}
	}
	for i := range found {
		r.At(found[i].at, "%s", found[i].message).Container = found[i].container
	}
}

// withVolumeSources is a spec whose volumes have the source that the API server gives
// those without one.
func withVolumeSources(s *corev1.PodSpec) *corev1.PodSpec {
	isEmpty := func(v corev1.Volume) bool { return v.VolumeSource == corev1.VolumeSource{} }
	if !slices.ContainsFunc(s.Volumes, isEmpty) {
		return s
	}
	filled := *s
	filled.Volumes = slices.DeleteFunc(slices.Clone(s.Volumes), isEmpty) // an emptyDir, which every control allows
	return &filled
}

// alone is the spec of the pods with nothing but one container that has a security
// context.
func (w *Workload) alone(context *corev1.SecurityContext) *corev1.PodSpec {
	return &corev1.PodSpec{OS: w.Spec.OS, HostUsers: w.Spec.HostUsers, Containers: []corev1.Container{{SecurityContext: context}}}
}

// policyMinor is the release whose Pod Security Standards count: that of the namespace
// where it pins one, else the target release.
func (r *Reporter) policyMinor() int {
	if r.demand != nil {
		return r.demand.minor
	}
	return r.all.Minor
}

// isRestricted reports whether pods are held to the level restricted, not to baseline.
func (r *Reporter) isRestricted() bool {
	if r.demand != nil {
		return r.demand.group == pssRestricted
	}
	return r.all.Restricted
}
