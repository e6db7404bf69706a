package diff

import (
	"slices"
	"strings"

	"github.com/kgen-dev/kgen/pkg/read"
	"github.com/kgen-dev/kgen/pkg/report"
	"github.com/kgen-dev/kgen/pkg/tree"
)

// live is what is known of an object that comes from a cluster.
type live struct {
	isLive bool
	// applied is what kubectl applied last, where isKnown: what it does not have is
	// somebody else's, and stays.
	applied *value
	isKnown bool
}

// isLive reports whether an object comes from a cluster, which gave it a UID.
func isLive(m metadata) bool { return m.get("uid") != nil || m.get("resourceVersion") != nil }

func liveOf(o *Object) live {
	m := o.meta()
	l := live{isLive: isLive(m)}
	annotation := m.at("annotations").get(appliedAnnotation)
	if !l.isLive || annotation == nil {
		return l
	}
	sink := &report.Sink{}
	read.Documents(&tree.Source{}, []byte(annotation.text), sink, func(n *tree.Node) {
		if n.Kind == tree.Map {
			l.applied = ofNode(n)
		}
	})
	l.isKnown = l.applied != nil && len(sink.Findings) == 0
	if !l.isKnown {
		l.applied = nil
	}
	return l
}

// stays reports whether a value that the new object does not say stays as it is in
// the cluster.
func (w *walker) stays(old, now, applied *value) bool {
	if old == nil || now != nil && !now.isDefault || now != nil && !old.isScalar() && old.kind == now.kind {
		return false
	}
	if w.isKept(old) {
		return true
	}
	switch {
	case !w.live.isLive:
		return false
	case old.kind == tree.Map && len(old.fields) > 0:
		return false // told of what is in it
	case w.live.isKnown:
		return applied == nil
	}
	return w.isOfCluster()
}

// isKept reports whether the server keeps a value that an update does not say, of
// whatever object.
func (w *walker) isKept(old *value) bool {
	if w.isUnapplied || w.kind != "Service" || len(w.in) < 2 || w.in[0] != "spec" {
		return false
	}
	switch w.in[1] {
	case "clusterIP":
		return old.text != "None"
	case "clusterIPs":
		return len(old.fields) > 0 && old.fields[0].value.text != "None"
	case "ipFamilies", "ipFamilyPolicy", "healthCheckNodePort":
		return true
	case "ports":
		return w.in[len(w.in)-1] == "nodePort"
	}
	return false
}

// isOfCluster reports whether what the path leads to is filled in by a cluster's
// controllers, where it is not known what was applied.
func (w *walker) isOfCluster() bool {
	path := strings.Join(slices.DeleteFunc(slices.Clone(w.in), func(s string) bool { return s == "" }), " ")
	switch path {
	case "spec replicas", "metadata finalizers", "metadata ownerReferences", "spec finalizers", "secrets":
		return path != "secrets" || w.kind == "ServiceAccount"
	case "spec volumeName", "spec storageClassName", "spec volumeMode":
		return w.kind == "PersistentVolumeClaim"
	case "spec clusterIPs":
		return true
	case "spec names listKind", "spec names singular", "spec conversion strategy":
		return w.kind == "CustomResourceDefinition"
	case "spec selector matchLabels batch.kubernetes.io/controller-uid", "spec selector matchLabels controller-uid":
		return w.kind == "Job"
	}
	last := w.in[len(w.in)-1]
	switch {
	case last == "kubectl.kubernetes.io/restartedAt":
		return true
	case len(w.in) < 2 || w.in[len(w.in)-2] != "annotations" && w.in[len(w.in)-2] != "labels":
		return false
	}
	prefix, _, _ := strings.Cut(last, "/")
	return slices.Contains(prefixes, prefix) || w.kind == "Job" && (last == "controller-uid" || last == "job-name")
}

// prefixes are those of labels and annotations that controllers of Kubernetes set.
var prefixes = []string{
	"deployment.kubernetes.io", "autoscaling.alpha.kubernetes.io", "pv.kubernetes.io", "volume.kubernetes.io",
	"volume.beta.kubernetes.io", "batch.kubernetes.io", "deprecated.daemonset.template.generation", "endpoints.kubernetes.io",
	"field.cattle.io", "kubernetes.io",
}
