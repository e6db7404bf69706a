package check

import (
	"slices"

	"k8s.io/apimachinery/pkg/util/intstr"

	"github.com/kgen-dev/kgen/pkg/report"
	"github.com/kgen-dev/kgen/pkg/tree"
	"github.com/kgen-dev/kgen/schema"
)

const shareClaim = `set replicas: 1, or accessModes: ["ReadWriteMany"] where the storage can do it`

// exclusiveClaim: row 6, more pods than one on a claim of the service's own.
// Replicas that somebody else decides about are their business.
func exclusiveClaim(s *schema.Service, sink *report.Sink) {
	key, claim := firstExclusive(s)
	if claim == nil {
		return
	}
	if a := s.Autoscaling; a.IsHorizontal() && a.MaxReplicas > 1 {
		sink.Errorf(schema.SharedClaim, tree.P("autoscaling", "maxReplicas"), "up to %d pods would share volume %q, a %s claim",
			a.MaxReplicas, key, accessMode(claim)).Fix = shareClaim
	}
	if r := s.Replicas; !s.Autoscaling.IsHorizontal() && r != nil && r.Value > 1 {
		sink.Errorf(schema.SharedClaim, tree.P("replicas"), "%d pods would share volume %q, a %s claim",
			r.Value, key, accessMode(claim)).Fix = shareClaim + `, or kind: "StatefulSet", whose pods have a claim each`
	}
	if s.Kind == schema.DaemonSet {
		sink.KeyErrorf(schema.SharedClaim, tree.P("volumes", key), "the pods of all nodes would share it, a %s claim", accessMode(claim)).
			Fix = "take hostPath, emptyDir or ephemeral, or accessModes: [\"ReadWriteMany\"] where the storage can do it"
	}
	if s.Job != nil && s.Job.Parallelism != nil && *s.Job.Parallelism > 1 {
		sink.Errorf(schema.SharedClaim, tree.P("job", "parallelism"), "%d pods would share volume %q, a %s claim",
			*s.Job.Parallelism, key, accessMode(claim)).Fix = `set parallelism: 1, or accessModes: ["ReadWriteMany"] where the storage can do it`
	}
}

// exclusiveSurge: row 6, a rollout that starts the new pod while the old one
// still has the claim.
func exclusiveSurge(s *schema.Service, sink *report.Sink) {
	st := s.Strategy
	if st == nil || st.Type != "RollingUpdate" {
		return
	}
	key, claim := firstExclusive(s)
	if claim == nil || st.MaxSurge != nil && isNone(*st.MaxSurge) {
		return
	}
	surge := intstr.FromString("25%") // the API server's default
	if st.MaxSurge != nil {
		surge = *st.MaxSurge
	}
	sink.Errorf(schema.SharedClaim, writtenOf(sink, tree.P("strategy"), "maxSurge", "type", "maxUnavailable"),
		"with maxSurge %s the new pod waits for volume %q, a %s claim that the old pod has until the new one is ready",
		surge.String(), key, accessMode(claim)).
		Fix = "set strategy: \"Recreate\", or maxSurge: 0 with maxUnavailable: 1"
}

// podOnlyClaim: ReadWriteOncePod stands alone.
func podOnlyClaim(s *schema.Service, sink *report.Sink) {
	for i := range s.Volumes {
		v := &s.Volumes[i].Value
		if len(v.AccessModes) > 1 && slices.Contains(v.AccessModes, "ReadWriteOncePod") {
			sink.Errorf(schema.InvalidValue, tree.P("volumes", s.Volumes[i].Key, "accessModes"), "ReadWriteOncePod cannot stand beside other modes").
				Fix = `accessModes: ["ReadWriteOncePod"]`
		}
	}
}

func firstExclusive(s *schema.Service) (key string, v *schema.Volume) {
	for i := range s.Volumes {
		if v := &s.Volumes[i].Value; v.IsExclusive() && !s.IsClaimTemplate(v) && s.IsMounted(s.Volumes[i].Key) {
			return s.Volumes[i].Key, v
		}
	}
	return "", nil
}

// accessMode is the mode that makes v exclusive.
func accessMode(v *schema.Volume) string {
	if slices.Contains(v.AccessModes, "ReadWriteOncePod") {
		return "ReadWriteOncePod"
	}
	return "ReadWriteOnce"
}

// claimsTwice: row 6, the claim of one service mounted by another. Of a claim
// that no service makes, the access mode is not known.
func claimsTwice(e *environment) {
	for i := range e.members {
		m := &e.members[i]
		for j := range m.Volumes {
			v := &m.Volumes[j]
			if v.Value.Claim == "" {
				continue
			}
			owner, claim := e.claim(m.NamespaceName(), v.Value.Claim)
			if owner == nil || owner == m.Service || !claim.IsExclusive() {
				continue
			}
			m.sink.Errorf(schema.SharedClaim, tree.P("volumes", v.Key, "claim"), "claim %q is %s, and service %s has it",
				v.Value.Claim, accessMode(claim), owner.Name).
				Fix = `accessModes: ["ReadWriteMany"] on the volume of ` + owner.Name + " where the storage can do it"
		}
	}
}

// claim finds the service that makes a claim, and its volume.
func (e *environment) claim(namespace, name string) (*schema.Service, *schema.Volume) {
	for i := range e.members {
		s := e.members[i].Service
		if s.NamespaceName() != namespace {
			continue
		}
		for j := range s.Volumes {
			if v := &s.Volumes[j].Value; v.Size != "" && !s.IsClaimTemplate(v) && s.ClaimName(s.Volumes[j].Key, v) == name {
				return s, v
			}
		}
	}
	return nil, nil
}
