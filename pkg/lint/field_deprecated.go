package lint

import (
	"maps"
	"slices"
	"strings"

	networkingv1 "k8s.io/api/networking/v1"

	"github.com/kgen-dev/kgen/pkg/report"
	"github.com/kgen-dev/kgen/pkg/tree"
)

var fieldDeprecated = Rule{
	ID: "field-deprecated", Severity: report.Warning,
	Warned: []string{"deprecated", "non-functional"},
	Doc: Doc{
		Title: "setting has gone, or is about to go",
		Why:   "an upgrade of the cluster drops it without a word: the pods run without their seccomp profile, or wait for a node with a label that no node has",
		Fix:   "use what replaced it",
		Bad: `apiVersion: apps/v1
kind: Deployment
metadata: {name: web}
spec:
  selector: {matchLabels: {app: web}}
  template:
    metadata:
      labels: {app: web}
      annotations:
        seccomp.security.alpha.kubernetes.io/pod: runtime/default # <-
    spec:
      nodeSelector:
        beta.kubernetes.io/os: linux # <-
      containers:
      - name: web
        image: ghcr.io/acme/web:1.4.2
`,
		Good: `apiVersion: apps/v1
kind: Deployment
metadata: {name: web}
spec:
  selector: {matchLabels: {app: web}}
  template:
    metadata:
      labels: {app: web}
    spec:
      securityContext:
        seccompProfile: {type: RuntimeDefault}
      nodeSelector:
        kubernetes.io/os: linux
      containers:
      - name: web
        image: ghcr.io/acme/web:1.4.2
`,
		Notes: []string{
			"It knows annotations that became fields, labels of nodes that were renamed, and volumes whose drivers have left Kubernetes.",
			"An Ingress for the controller of GKE may say its class by annotation: that controller reads nothing else.",
		},
	},
	Check: func(o *Object, all *Index, r *Reporter) {
		deprecatedAnnotations(o, r)
		if w := all.Workload(o); w != nil {
			deprecatedPodAnnotations(w, all.Minor, r)
			deprecatedNodeLabels(w, r)
			for i := range w.Spec.Volumes {
				deprecatedVolume(r, &w.Spec.Volumes[i].VolumeSource, all.Minor, w.In("volumes", i))
			}
		}
		deprecatedInStorage(o, all.Minor, r)
	},
}

// deprecatedAnnotations looks at the annotations of objects that make no pods.
func deprecatedAnnotations(o *Object, r *Reporter) {
	if len(o.Annotations()) == 0 {
		return
	}
	report := func(key, instead string) {
		if _, isSet := o.Annotations()[key]; isSet {
			r.At(tree.P("metadata", "annotations", key), "annotation %s is deprecated", key).With("use %s", instead)
		}
	}
	switch o.GroupKind() {
	case "Ingress.networking.k8s.io":
		ingress, isTyped := o.Value.(*networkingv1.Ingress)
		class := o.Annotations()[ingressClassAnnotation]
		if isTyped && ingress.Spec.IngressClassName == nil && class != "gce" && class != "gce-internal" {
			report(ingressClassAnnotation, "spec.ingressClassName")
		}
	case "PersistentVolumeClaim", "PersistentVolume":
		report("volume.beta.kubernetes.io/storage-class", "spec.storageClassName")
		report("volume.beta.kubernetes.io/mount-options", "spec.mountOptions")
	case "StorageClass.storage.k8s.io":
		report("storageclass.beta.kubernetes.io/is-default-class", "the annotation storageclass.kubernetes.io/is-default-class")
	case "Service":
		report("service.alpha.kubernetes.io/tolerate-unready-endpoints", "spec.publishNotReadyAddresses")
		report("service.kubernetes.io/topology-aware-hints", "spec.trafficDistribution")
	}
}

// podAnnotation is an annotation of pods, or what several begin with, and since which
// minor release it is deprecated.
type podAnnotation struct {
	key     string
	since   int
	instead string
	isGone  bool // without effect
}

// podAnnotations are those of pods that have become fields.
var podAnnotations = []podAnnotation{
	{"seccomp.security.alpha.kubernetes.io/pod", 27, "securityContext.seccompProfile", true},
	{"container.seccomp.security.alpha.kubernetes.io/", 27, "securityContext.seccompProfile", true},
	{"container.apparmor.security.beta.kubernetes.io/", 30, "securityContext.appArmorProfile", false},
	{"scheduler.alpha.kubernetes.io/critical-pod", 16, "priorityClassName", true},
	{"security.alpha.kubernetes.io/sysctls", 11, "securityContext.sysctls", true},
	{"security.alpha.kubernetes.io/unsafe-sysctls", 11, "securityContext.sysctls", true},
}

func deprecatedPodAnnotations(w *Workload, minor int, r *Reporter) {
	if len(w.Meta.Annotations) == 0 {
		return
	}
	for _, key := range slices.Sorted(maps.Keys(w.Meta.Annotations)) {
		for i := range podAnnotations {
			a := &podAnnotations[i]
			isOf := key == a.key || strings.HasSuffix(a.key, "/") && strings.HasPrefix(key, a.key)
			switch at := w.InMeta("annotations", key); {
			case !isOf || minor < a.since || isCovered(w, key):
			case a.isGone:
				r.At(at, "annotation %s is without effect since Kubernetes 1.%d", key, a.since).With("use %s", a.instead)
			default:
				r.At(at, "annotation %s is deprecated since Kubernetes 1.%d", key, a.since).With("use %s", a.instead)
			}
		}
	}
}

// isCovered reports whether the field that replaced an annotation says the profile too:
// the annotation is there for old clusters.
func isCovered(w *Workload, key string) bool {
	prefix, name, _ := strings.Cut(key, "/")
	isSeccomp := strings.Contains(prefix, "seccomp")
	if !isSeccomp && !strings.Contains(prefix, "apparmor") {
		return false
	}
	if pod := w.Spec.SecurityContext; pod != nil && (isSeccomp && pod.SeccompProfile != nil || !isSeccomp && pod.AppArmorProfile != nil) {
		return true
	}
	for i := range w.containers {
		c := &w.containers[i]
		if c.Name == name && c.SecurityContext != nil {
			return isSeccomp && c.SecurityContext.SeccompProfile != nil || !isSeccomp && c.SecurityContext.AppArmorProfile != nil
		}
	}
	return false
}
