package templates

import (
	"github.com/kgen-dev/kgen/pkg/tree"
	"github.com/kgen-dev/kgen/schema"
)

// newMade is the object of a service, or of one of the Deployments of its release.
func newMade(s *schema.Service, kind, name string) *made {
	return &made{service: madeOf(s, kind, name), world: s.World, kind: kind, name: name}
}

// madeOf is the variant of s that the object was made of.
func madeOf(s *schema.Service, kind, name string) *schema.Service {
	if kind == "Ingress" {
		if c := canaryOf(s, name); c != nil {
			return canaryIngress(s, c)
		}
		return s
	}
	if s.Release == nil {
		return s
	}
	for _, v := range s.Variants() {
		if v.Variant != nil && variantName(v, kind) == name {
			return v
		}
	}
	return s
}

// canaryOf is the canary that the Ingress of that name is for; nil for another Ingress.
func canaryOf(s *schema.Service, name string) *schema.CanaryIngress {
	ingresses := s.CanaryIngresses()
	for i := range ingresses {
		if ingresses[i].Name == name {
			return &ingresses[i]
		}
	}
	return nil
}

// variantName is what the object of a kind is called that each variant has; empty for
// other kinds.
func variantName(v *schema.Service, kind string) string {
	switch kind {
	case schema.Deployment:
		return v.WorkloadName()
	case "HorizontalPodAutoscaler", "ScaledObject":
		return v.HPAName()
	case "VerticalPodAutoscaler":
		return v.VerticalName()
	case "PodDisruptionBudget":
		return v.PDBName()
	case "NetworkPolicy":
		return v.NetworkPolicyName()
	}
	return ""
}

// inRelease leads to what the release says in place of the service.
func (m *made) inRelease(origin Origin) Origin {
	path := origin.Path
	if len(path) == 2 && path[0] == any("selector") && path[1] == any(schema.SlotLabel) {
		return Origin{Path: m.slotPath()}
	}
	v := m.service.Variant
	if v == nil || len(path) == 0 {
		return origin
	}
	at, image, replicas := m.releaseSide()
	isSize := len(path) == 1 && path[0] == any("replicas") || len(path) == 2 && path[0] == any("autoscaling") && path[1] == any("minReplicas")
	switch {
	case path[0] == any("image") && saysImage(image, path[1:]):
		return Origin{Path: at.With(path...)}
	case isSize && replicas != nil && (v.IsIdle || v.Slot == schema.CanarySlot):
		return Origin{Path: at.With("replicas")}
	case isSize && v.Slot == schema.CanarySlot:
		return Origin{Path: at.With("replicas"), Default: "release.canary.replicas"}
	}
	return origin
}

// slotPath is what says the slot in a selector: of a Service the active side.
func (m *made) slotPath() tree.Path {
	switch {
	case m.service.Release.BlueGreen == nil:
		return tree.P("release", "canary")
	case m.kind == "Service":
		return tree.P("release", "blueGreen", "active")
	}
	return tree.P("release", "blueGreen")
}

// releaseSide is where the release describes the variant, and what it says there.
func (m *made) releaseSide() (at tree.Path, image schema.Image, replicas *int32) {
	r, slot := m.service.Release, m.service.Variant.Slot
	switch {
	case r.Canary != nil && slot == schema.CanarySlot:
		return tree.P("release", "canary"), r.Canary.Image, r.Canary.Replicas
	case r.BlueGreen == nil:
		return tree.P("release"), image, nil
	}
	side := r.BlueGreen.Side(slot)
	return tree.P("release", "blueGreen", slot), side.Image, side.Replicas
}

// saysImage reports whether a part of image, or all of it, is the release's.
func saysImage(image schema.Image, part tree.Path) bool {
	if len(part) == 0 {
		return image != schema.Image{}
	}
	switch part[0] {
	case "tag", "digest":
		return image.Tag != "" || image.Digest != ""
	case "pullPolicy":
		return image.PullPolicy != ""
	}
	return false
}

// canaryAnnotationPlace is what makes ingress-nginx send requests to the canary; where
// that is another service's, the Ingress which leads there.
func canaryAnnotationPlace(m *made, key string) (found, bool) {
	if m.service == nil || m.kind != "Ingress" || m.name == m.service.IngressName() || key != nginxCanary && key != nginxCanaryWeight {
		return found{}, false
	}
	switch {
	case !m.service.HasCanary() || m.name != m.service.OwnCanaryIngress():
		return foundAt("ingress"), true
	case key == nginxCanaryWeight:
		return foundAt("release", "canary", "weight"), true
	}
	return foundAt("release", "canary"), true
}
