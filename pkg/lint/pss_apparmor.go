package lint

import (
	"maps"
	"slices"

	corev1 "k8s.io/api/core/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"

	"github.com/kgen-dev/kgen/pkg/report"
)

var pssAppArmor = Rule{
	ID: "pss-apparmor", Severity: report.Warning, Profile: Off,
	Groups: []string{pssBaseline, pssRestricted},
	Doc: Doc{
		Title: "AppArmor is switched off",
		Why:   "the default profile is what keeps a process in a container from mounting file systems and from writing to /proc and /sys",
		Fix:   "remove the profile, or set RuntimeDefault or Localhost",
		Bad: `apiVersion: v1
kind: Pod
metadata: {name: web}
spec:
  containers:
  - name: web
    image: ghcr.io/acme/web:1.4.2
    securityContext:
      appArmorProfile:
        type: Unconfined # <-
`,
		Good: `apiVersion: v1
kind: Pod
metadata: {name: web}
spec:
  containers:
  - name: web
    image: ghcr.io/acme/web:1.4.2
    securityContext:
      appArmorProfile: {type: RuntimeDefault}
`,
		Notes: []string{"The annotation container.apparmor.security.beta.kubernetes.io/CONTAINER counts as well. No profile at all is the runtime's default."},
	},
	CheckWorkload: judgedBy("appArmorProfile", forbiddenAppArmor),
}

var appArmorType = contextField{
	path: []any{"appArmorProfile", "type"}, name: "appArmorProfile.type",
	show: func(c *Container) (string, bool) {
		e := c.appArmorProfile()
		if e.value == nil {
			return "", false
		}
		return string(e.value.Type), e.isOwn
	},
}

func forbiddenAppArmor(w *Workload, control forbids) []offence {
	found := appArmorType.offences(w, control)
	for _, key := range slices.Sorted(maps.Keys(w.Meta.Annotations)) {
		only := &metav1.ObjectMeta{Annotations: map[string]string{key: w.Meta.Annotations[key]}}
		if !control(only, &corev1.PodSpec{}).Allowed {
			found = append(found, offence{w.InMeta("annotations", key), "", "the annotation sets AppArmor to " + w.Meta.Annotations[key]})
		}
	}
	return found
}
