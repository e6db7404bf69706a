package lint

import (
	"fmt"
	"maps"
	"math/rand/v2"
	"slices"
	"testing"

	corev1 "k8s.io/api/core/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/pod-security-admission/api"
	"k8s.io/pod-security-admission/policy"

	"github.com/kgen-dev/kgen/pkg/manifest"
	"github.com/kgen-dev/kgen/pkg/report"
	"github.com/kgen-dev/kgen/pkg/tree"
	"github.com/kgen-dev/kgen/pkg/validate/versions"
)

// controlRules are the rules of every control of the Pod Security Standards.
var controlRules = map[policy.CheckID][]string{
	"allowPrivilegeEscalation":   {"pss-privilege-escalation"},
	"appArmorProfile":            {"pss-apparmor"},
	"capabilities_baseline":      {"pss-capabilities-baseline"},
	"capabilities_restricted":    {"pss-capabilities-restricted"},
	"hostNamespaces":             {"host-ipc", "host-network", "host-pid"},
	"hostPathVolumes":            {"hostpath-volume"},
	"hostPorts":                  {"host-port"},
	"hostProbesAndHostLifecycle": {"pss-probe-host"},
	"privileged":                 {"privileged-container"},
	"procMount":                  {"pss-proc-mount"},
	"procMount_restricted":       {"pss-proc-mount"},
	"restrictedVolumes":          {"pss-volume-types"},
	"runAsNonRoot":               {"pss-run-as-non-root"},
	"runAsUser":                  {"pss-run-as-user"},
	"seLinuxOptions":             {"pss-selinux"},
	"seccompProfile_baseline":    {"pss-seccomp-baseline"},
	"seccompProfile_restricted":  {"pss-seccomp-restricted"},
	"sysctls":                    {"pss-sysctls"},
	"windowsHostProcess":         {"pss-windows-host-process"},
}

// placeFinders are the finders that rules ask where a verdict is about, by control.
var placeFinders = map[policy.CheckID]findOffences{
	"allowPrivilegeEscalation":   forbiddenEscalation,
	"appArmorProfile":            forbiddenAppArmor,
	"capabilities_baseline":      forbiddenCapabilities,
	"capabilities_restricted":    unrestrictedCapabilities,
	"hostPathVolumes":            forbiddenHostPaths,
	"hostProbesAndHostLifecycle": forbiddenProbeHosts,
	"privileged":                 forbiddenPrivileged,
	"procMount":                  forbiddenProcMount,
	"procMount_restricted":       forbiddenProcMount,
	"restrictedVolumes":          forbiddenVolumes,
	"runAsNonRoot":               nonRoot.offences,
	"runAsUser":                  rootUser.offences,
	"seLinuxOptions":             forbiddenSELinux,
	"seccompProfile_baseline":    seccompType.offences,
	"seccompProfile_restricted":  seccompType.offences,
	"sysctls":                    forbiddenSysctls,
	"windowsHostProcess":         hostProcess.offences,
}

// TestEveryControlHasARule demands a rule for every control that the admission has.
func TestEveryControlHasARule(t *testing.T) {
	for _, check := range policy.DefaultChecks() {
		for _, id := range controlRules[check.ID] {
			rule := ruleByID(id)
			if rule == nil {
				t.Errorf("%s: there is no rule %s", check.ID, id)
				continue
			}
			if group := "pss-" + string(check.Level); !slices.Contains(rule.Groups, group) {
				t.Errorf("%s is not in the group %s", id, group)
			}
		}
		if len(controlRules[check.ID]) == 0 {
			t.Errorf("no rule for %s", check.ID)
		}
	}
}

func ruleByID(id string) *Rule {
	for _, rule := range Rules() {
		if rule.ID == id {
			return rule
		}
	}
	return nil
}

// TestPlacesAgreeWithAdmission makes pods at random and demands of each control that
// its place-finder finds something exactly where the admission forbids the pod.
func TestPlacesAgreeWithAdmission(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 2))
	forbidden := map[policy.CheckID]int{}
	const pods = 6000
	for range pods {
		pod, minor := randomPod(random), versions.Oldest+random.IntN(versions.Newest-versions.Oldest+1)
		w := workloadOf(objectOf(pod))
		for id, find := range placeFinders {
			control := controlOf(id, minor)
			isForbidden := !control(w.Meta, withVolumeSources(w.Spec)).Allowed
			found := find(w, control)
			if isForbidden != (len(found) > 0) {
				t.Fatalf("%s at 1.%d: forbidden %v, places %v\n%s", id, minor, isForbidden, found, pod.String())
			}
			if isForbidden {
				forbidden[id]++
			}
		}
	}
	for id := range placeFinders {
		if n := forbidden[id]; n < pods/200 || n > pods*199/200 {
			t.Errorf("%s forbids %d of %d pods: the pods are not mixed enough", id, n, pods)
		}
	}
}

// TestLevelsAgreeWithAdmission puts pods at random into namespaces that enforce a
// level, and demands findings of the rules exactly where the admission rejects the pod.
func TestLevelsAgreeWithAdmission(t *testing.T) {
	admission := podSecurityAdmission(t)
	var rules []Chosen
	for _, rule := range Rules() {
		if rule.IsEnforceable() {
			rules = append(rules, Chosen{Rule: rule, OnlyEnforced: true})
		}
	}
	random := rand.New(rand.NewPCG(3, 4))
	accepted := map[api.Level]int{}
	for range 6000 {
		pod, minor := randomPod(random), versions.Oldest+random.IntN(versions.Newest-versions.Oldest+1)
		pinned := 22 + random.IntN(versions.Newest-22+1)
		for _, level := range []api.Level{api.LevelPrivileged, api.LevelBaseline, api.LevelRestricted} {
			namespace := &corev1.Namespace{ObjectMeta: metav1.ObjectMeta{Name: "shop", Labels: map[string]string{
				api.EnforceLevelLabel: string(level), api.EnforceVersionLabel: fmt.Sprintf("v1.%d", pinned),
			}}}
			findings := Run(NewIndex(Open, minor, nil, []*Object{objectOf(pod), objectOf(namespace)}), rules, 1)
			filled := pod.DeepCopy()
			filled.Spec = *withVolumeSources(&filled.Spec)
			version := api.LevelVersion{Level: level, Version: api.MajorMinorVersion(1, min(minor, pinned))}
			verdict := policy.AggregateCheckResults(admission.EvaluatePod(version, &filled.ObjectMeta, &filled.Spec))
			if verdict.Allowed != (len(findings) == 0) {
				t.Fatalf("%s: admission says %q, the rules %v\n%s", version, verdict.ForbiddenDetail(), messagesOf(findings), pod.String())
			}
			for i := range findings {
				if f := &findings[i]; f.Severity != report.Error || len(f.At) < 2 {
					t.Fatalf("%s: %s at %s is %s", version, f.Rule.ID, f.At, f.Severity)
				}
			}
			if verdict.Allowed {
				accepted[level]++
			}
		}
	}
	for _, level := range slices.Sorted(maps.Keys(accepted)) {
		t.Logf("%s accepts %d", level, accepted[level])
	}
	if accepted[api.LevelRestricted] == 0 {
		t.Error("no pod is allowed: the pods are not mixed enough")
	}
}

func podSecurityAdmission(t *testing.T) policy.Evaluator {
	t.Helper()
	admission, err := policy.NewEvaluator(policy.DefaultChecks(), nil)
	if err != nil {
		t.Fatal(err)
	}
	return admission
}

func messagesOf(findings []Finding) (messages []string) {
	for i := range findings {
		messages = append(messages, findings[i].Rule.ID+": "+findings[i].Message)
	}
	return messages
}

func objectOf(value manifest.Typed) *Object {
	kind := "Pod"
	if _, isNamespace := value.(*corev1.Namespace); isNamespace {
		kind = "Namespace"
	}
	return &Object{
		Object: &manifest.Object{APIVersion: "v1", Kind: kind, Namespace: value.GetNamespace(), Name: value.GetName(), Value: value},
		Dir:    ".", Locate: func(tree.Path) (tree.Pos, string) { return tree.Pos{}, "" },
	}
}
