package lint

import (
	"maps"
	"regexp"
	"slices"
	"strings"

	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"

	"github.com/kgen-dev/kgen/pkg/report"
)

var selectorMutableLabel = Rule{
	ID: "selector-mutable-label", Severity: report.Warning, SkipsTests: true,
	Kinds: []string{"Deployment.apps", "StatefulSet.apps", "DaemonSet.apps", "ReplicaSet.apps", "Rollout.argoproj.io"},
	Doc: Doc{
		Title: "selector contains a label that changes with each version",
		Why:   "a selector cannot be changed: the next upgrade is refused as \"field is immutable\", and the workload has to be deleted first",
		Fix:   "select by labels that stay, such as app.kubernetes.io/name and app.kubernetes.io/instance",
		Bad: `apiVersion: apps/v1
kind: Deployment
metadata: {name: web}
spec:
  selector:
    matchLabels:
      app: web
      app.kubernetes.io/version: "1.4" # <-
      build: 3f9c2ab81d # <-
  template:
    metadata: {labels: {app: web, app.kubernetes.io/version: "1.4", build: 3f9c2ab81d}}
    spec:
      containers: [{name: web, image: ghcr.io/acme/web:1.4.2}]
`,
		Good: `apiVersion: apps/v1
kind: Deployment
metadata: {name: web}
spec:
  selector:
    matchLabels:
      app: web
  template:
    metadata: {labels: {app: web, app.kubernetes.io/version: "1.4", build: 3f9c2ab81d}}
    spec:
      containers: [{name: web, image: ghcr.io/acme/web:1.4.2}]
`,
		Notes: []string{"The label version with a value such as v1, as service meshes use it, is fine; a full release number, a hash or a date in any label is not."},
	},
	CheckWorkload: func(w *Workload, _ *Index, r *Reporter) {
		if w.Selector == nil || w.isOwned() {
			return
		}
		for _, key := range slices.Sorted(maps.Keys(w.Selector.MatchLabels)) {
			value := w.Selector.MatchLabels[key]
			if isVersionLabel(key) || isVersion(value) {
				r.At(selectorAt.With("matchLabels", key), "the selector contains %s: %s", key, value)
			}
		}
		for i := range w.Selector.MatchExpressions {
			e := &w.Selector.MatchExpressions[i]
			if isVersionLabel(e.Key) {
				r.At(selectorAt.With("matchExpressions", i, "key"), "the selector contains %s", e.Key)
				continue
			}
			for j, value := range e.Values {
				if e.Operator == metav1.LabelSelectorOpIn && isVersion(value) {
					r.At(selectorAt.With("matchExpressions", i, "values", j), "the selector contains %s: %s", e.Key, value)
				}
			}
		}
	},
}

func isVersionLabel(key string) bool {
	switch key {
	case "app.kubernetes.io/version", "helm.sh/chart", "chart", "pod-template-hash", "controller-revision-hash":
		return true
	}
	return false
}

var (
	releaseNumber = regexp.MustCompile(`(^|[-_])v?[0-9]+\.[0-9]+\.[0-9]+`)
	hexadecimal   = regexp.MustCompile(`^[0-9a-f]{7,}$`)
)

// isVersion reports whether a label's value is a release, a commit or a date. Words
// such as feedface and short numbers are not.
func isVersion(value string) bool {
	switch {
	case !strings.ContainsAny(value, "0123456789"):
		return false
	case hexadecimal.MatchString(value):
		return len(value) > 7 || strings.ContainsAny(value, "abcdef")
	}
	return releaseNumber.MatchString(value)
}
