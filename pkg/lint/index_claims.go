package lint

import (
	"strings"
	"sync"

	corev1 "k8s.io/api/core/v1"

	"github.com/kgen-dev/kgen/pkg/tree"
)

// claims is what mounts which claim, sorted out when the first rule asks for it.
type claims struct {
	once sync.Once
	uses map[key][]claimUse // by claim
	made map[key]bool       // what the claims of a StatefulSet are called, without the number
}

// claimUse is a volume of a workload that is a claim.
type claimUse struct {
	w      *Workload
	volume int
}

// at is the path of the name of the claim.
func (u *claimUse) at() tree.Path {
	return u.w.In("volumes", u.volume, "persistentVolumeClaim", "claimName")
}

func (u *claimUse) source() *corev1.PersistentVolumeClaimVolumeSource {
	return u.w.Spec.Volumes[u.volume].PersistentVolumeClaim
}

const kindClaim = "PersistentVolumeClaim"

func (x *Index) readClaims() *claims {
	c := &x.claims
	c.once.Do(func() {
		c.uses, c.made = map[key][]claimUse{}, map[key]bool{}
		for _, o := range x.objects {
			w := x.workloads[o]
			if w == nil {
				continue
			}
			for _, use := range claimsOf(w) {
				k := key{kindClaim, o.space(), use.source().ClaimName}
				c.uses[k] = append(c.uses[k], use)
			}
			for _, name := range w.Claims {
				c.made[key{kindClaim, o.space(), name + "-" + o.Name}] = true
			}
		}
	})
	return c
}

// claimUses are the volumes of all workloads of a namespace that are a claim, in the
// order of the input.
func (x *Index) claimUses(namespace, name string) []claimUse {
	return x.readClaims().uses[key{kindClaim, spaceOf(namespace), name}]
}

// isMadeClaim reports whether a StatefulSet makes a claim of that name: data-db-0.
func (x *Index) isMadeClaim(namespace, name string) bool {
	stem, isNumbered := strings.CutSuffix(strings.TrimRight(name, "0123456789"), "-")
	return isNumbered && x.readClaims().made[key{kindClaim, spaceOf(namespace), stem}]
}

// claimsOf are the volumes of a workload that are claims of their own, not those of a
// StatefulSet, which stand in for the volumes of their name.
func claimsOf(w *Workload) (uses []claimUse) {
	for i := range w.Spec.Volumes {
		if v := &w.Spec.Volumes[i]; v.PersistentVolumeClaim != nil && !w.claims(v.Name) {
			uses = append(uses, claimUse{w, i})
		}
	}
	return uses
}

// claims reports whether the workload has a claim template of that name.
func (w *Workload) claims(name string) bool {
	for _, claim := range w.Claims {
		if claim == name {
			return true
		}
	}
	return false
}
