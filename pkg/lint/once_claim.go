package lint

import (
	corev1 "k8s.io/api/core/v1"

	"github.com/kgen-dev/kgen/pkg/tree"
)

// onceClaim is a volume by a claim that one node, or one pod, can mount at a time.
type onceClaim struct {
	claimUse
	object *Object
	mode   corev1.PersistentVolumeAccessMode // ReadWriteOnce or ReadWriteOncePod
}

var accessModesAt = tree.P("spec", "accessModes")

// onceClaims are the claims of a workload that are known to be of one node or one pod.
func (x *Index) onceClaims(w *Workload) (found []onceClaim) {
	for _, use := range claimsOf(w) {
		o := x.Find(w.Object, kindClaim, w.Namespace, use.source().ClaimName)
		if mode := onceMode(o); mode != "" {
			found = append(found, onceClaim{use, o, mode})
		}
	}
	return found
}

// onceMode is the widest access mode of a claim where that is one node or one pod,
// else empty.
func onceMode(o *Object) (mode corev1.PersistentVolumeAccessMode) {
	if o == nil || o.isUnread(accessModesAt) {
		return ""
	}
	claim, isClaim := o.Value.(*corev1.PersistentVolumeClaim)
	if !isClaim {
		return ""
	}
	for _, m := range claim.Spec.AccessModes {
		switch m {
		case corev1.ReadWriteOnce:
			mode = m
		case corev1.ReadWriteOncePod:
			if mode == "" {
				mode = m
			}
		default:
			return ""
		}
	}
	return mode
}

// checkShared reports the claims that several pods of a workload cannot have at once;
// report places the finding. It is an info where all pods share a node.
func (x *Index) checkShared(w *Workload, report func(c *onceClaim, onOneNode bool)) {
	if !w.IsReplicated() {
		return
	}
	claims := x.onceClaims(w)
	for i := range claims {
		c := &claims[i]
		if !c.source().ReadOnly {
			report(c, c.mode == corev1.ReadWriteOnce && w.isOnOneNode())
		}
	}
}
