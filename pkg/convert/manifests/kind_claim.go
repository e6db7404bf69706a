package manifests

import (
	"slices"

	corev1 "k8s.io/api/core/v1"

	"github.com/kgen-dev/kgen/pkg/convert"
	"github.com/kgen-dev/kgen/pkg/tree"
	"github.com/kgen-dev/kgen/schema"
)

// fillClaim is the inverse of templates.PersistentVolumeClaims: the volume of the pods
// that names the claim makes it from now on. Where kgen would refuse that, for pods that
// share a disk, the claim stays an object and the volume names it.
func (c *converter) fillClaim(g *Group, o *Object, s *schema.Service) bool {
	claim, isClaim := o.Value.(*corev1.PersistentVolumeClaim)
	size, hasSize := "", false
	if isClaim {
		size = text(o.Node, "spec", "resources", "requests", "storage")
		_, hasSize = claim.Spec.Resources.Requests[corev1.ResourceStorage]
	}
	i := slices.IndexFunc(s.Volumes, func(v schema.Entry[schema.Volume]) bool { return v.Value.Claim == o.Name })
	if !hasSize || i < 0 || s.Kind == schema.StatefulSet {
		return false
	}
	if size == "" {
		quantity := claim.Spec.Resources.Requests[corev1.ResourceStorage]
		size = quantity.String()
	}
	key, volume := s.Volumes[i].Key, s.Volumes[i].Value
	volume.Claim, volume.Size = "", size
	volume.ObjectName = otherName(o, g.Name+"-"+key)
	volume.StorageClassName, volume.DataSource = claim.Spec.StorageClassName, claim.Spec.DataSource
	volume.Retain = isRetained(claim.Annotations)
	for _, mode := range claim.Spec.AccessModes {
		volume.AccessModes = append(volume.AccessModes, string(mode))
	}
	if volume.IsExclusive() && (c.isShared(g, o) || hasSeveralPods(s)) {
		c.note(convert.Debt, g, o, tree.P("spec", "accessModes"), "volumes."+key+".claim",
			"several pods share it, and only one node can have it at a time: kgen makes no such claim, and so it stays a manifest, in objects")
		return false
	}
	s.Volumes[i].Value = volume
	if volume.IsExclusive() {
		c.replaceFirst(g, s)
	}
	return true
}

// retained are the annotations by which nobody removes a claim; see templates.
var retained = map[string]string{
	"argocd.argoproj.io/sync-options": "Prune=false,Delete=false", "kustomize.toolkit.fluxcd.io/prune": "disabled", "helm.sh/resource-policy": "keep",
}

func isRetained(annotations map[string]string) bool {
	for key, value := range retained {
		if annotations[key] != value {
			return false
		}
	}
	return true
}

// isShared reports whether the pods of another workload have a claim as well.
func (c *converter) isShared(g *Group, o *Object) bool {
	return slices.ContainsFunc(c.objects, func(other *Object) bool {
		return other != g.Workload && makesPods(other) &&
			slices.ContainsFunc(references(other), func(r reference) bool { return r.kind == o.Kind && r.name == o.Name })
	})
}

func hasSeveralPods(s *schema.Service) bool {
	switch {
	case s.Kind == schema.DaemonSet, s.Job != nil && s.Job.Parallelism != nil && *s.Job.Parallelism > 1:
		return true
	case s.Autoscaling.IsHorizontal():
		return s.Autoscaling.MaxReplicas > 1
	}
	return s.Replicas != nil && s.Replicas.Value > 1
}

// replaceFirst: a rolling update starts a pod that waits for the disk of the one that
// waits for it. kgen refuses that, and a patch brings it back.
func (c *converter) replaceFirst(g *Group, s *schema.Service) {
	st := s.Strategy
	if s.Kind != schema.Deployment && s.Kind != "" || st != nil && st.Type == "Recreate" || st != nil && st.MaxSurge != nil && st.MaxSurge.String() == "0" {
		return
	}
	s.Strategy = &schema.Strategy{Type: "Recreate"}
	c.note(convert.Debt, g, g.Workload, tree.P("spec", "strategy"), "strategy",
		"in a rolling update the new pod waits for the claim that the old one has; a patch keeps it so, without which it is Recreate")
}
