package schema

import (
	"slices"

	corev1 "k8s.io/api/core/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/util/intstr"
)

// SlotLabel stands on the pods of a release, and in the selectors that find one of
// its Deployments.
const SlotLabel = "kgen.dev/slot"

// The slots of a release; a service's own pods have none beside a canary.
const (
	Blue       = "blue"
	Green      = "green"
	CanarySlot = "canary"
)

// Variant is which Deployment of a release a service stands for.
type Variant struct {
	Slot   string // blue, green or canary
	IsIdle bool   // the Service does not select it
}

// Variants are the service as each of its Deployments is made of it: the two sides of
// blueGreen, or the service itself and its canary. Without a release it is the
// service alone. The service has its defaults.
func (s *Service) Variants() []*Service {
	switch r := s.Release; {
	case r == nil || s.Variant != nil:
	case r.BlueGreen != nil:
		return []*Service{s.side(Blue), s.side(Green)}
	case r.Canary != nil:
		return []*Service{s, s.canary(r.Canary)}
	}
	return []*Service{s}
}

// Canary is the service as its canary is made of it, nil where it has none.
func (s *Service) Canary() *Service {
	if s.Release == nil || s.Release.Canary == nil || s.Variant != nil {
		return nil
	}
	return s.canary(s.Release.Canary)
}

// Active is the service as the Service object selects it: of two sides the active one.
func (s *Service) Active() *Service { return s.ofSlot(false) }

// Preview is the idle side of blueGreen, nil where there is none.
func (s *Service) Preview() *Service {
	if s.Release == nil || s.Release.BlueGreen == nil {
		return nil
	}
	return s.ofSlot(true)
}

func (s *Service) ofSlot(isIdle bool) *Service {
	if s.Release == nil || s.Release.BlueGreen == nil {
		return s
	}
	for _, v := range s.Variants() {
		if v.Variant != nil && v.Variant.IsIdle == isIdle {
			return v
		}
	}
	return s
}

// Side is the side of that slot.
func (b *BlueGreen) Side(slot string) *Side {
	if slot == Green {
		return &b.Green
	}
	return &b.Blue
}

func (s *Service) side(slot string) *Service {
	side := s.Release.BlueGreen.Side(slot)
	v := s.variant(slot, side.Image, append(slices.Clone(s.SelectorLabels()), Entry[string]{SlotLabel, slot}))
	if v.Variant.IsIdle = slot != s.Release.BlueGreen.Active; v.Variant.IsIdle && side.Replicas != nil {
		v.size(*side.Replicas)
	}
	return v
}

// canary has a selector that shares no pod with that of the service, which cannot
// change: the value of its first label is another one.
func (s *Service) canary(c *Canary) *Service {
	selector := slices.Clone(s.SelectorLabels())
	selector[0].Value += "-" + CanarySlot
	v := s.variant(CanarySlot, c.Image, append(selector, Entry[string]{SlotLabel, CanarySlot}))
	replicas := (s.MinReplicas()*c.Weight + 99) / 100
	if replicas == 0 && s.MinReplicas() > 0 {
		replicas = 1
	}
	if c.Replicas != nil {
		replicas = *c.Replicas
	}
	if c.Replicas != nil || s.Autoscaling.IsHorizontal() || s.Replicas != nil && !s.Replicas.Declined {
		v.size(replicas)
	}
	v.PodDisruptionBudget = s.PodDisruptionBudget.ofCanary(v.MinReplicas())
	return v
}

// variant is a copy of s with an image and a selector of its own.
func (s *Service) variant(slot string, image Image, selector Map[string]) *Service {
	v := *s
	v.Variant = &Variant{Slot: slot}
	v.Image = image.over(s.Image)
	v.Selector = selector
	return &v
}

// size sets the number of pods, or the lower bound of the autoscaler: an autoscaler
// stays, for without one the API server would set the number to one.
func (s *Service) size(replicas int32) {
	if !s.Autoscaling.IsHorizontal() {
		s.Replicas = &Count{Value: replicas}
		return
	}
	a := *s.Autoscaling
	if replicas == 0 && a.Keda == nil {
		replicas = 1 // 0 is refused; the API server need not say so again
	}
	a.MinReplicas = &replicas
	s.Autoscaling = &a
}

// ofCanary is the budget of a canary with so many pods: the built-in one, for the
// numbers that a person wrote are about the service's pods.
func (b *PodDisruptionBudget) ofCanary(pods int32) *PodDisruptionBudget {
	if b == nil || b.Declined || pods < 2 {
		return nil
	}
	one := intstr.FromInt32(1)
	return &PodDisruptionBudget{ObjectName: b.ObjectName, MaxUnavailable: &one, UnhealthyPodEvictionPolicy: b.UnhealthyPodEvictionPolicy}
}

// over is i with what it leaves out taken from base.
func (i Image) over(base Image) Image {
	if i.Tag == "" && i.Digest == "" {
		i.Tag, i.Digest = base.Tag, base.Digest
	}
	i.Registry = or(i.Registry, base.Registry)
	i.Repository = or(i.Repository, base.Repository)
	i.PullPolicy = or(i.PullPolicy, base.PullPolicy)
	i.Mutable = i.Mutable || base.Mutable
	return i
}

// SpreadConstraints are topologySpreadConstraints; of a release each Deployment counts
// its own pods where a constraint does not say which.
func (s *Service) SpreadConstraints() []corev1.TopologySpreadConstraint {
	if s.Release == nil {
		return s.TopologySpreadConstraints
	}
	constraints := slices.Clone(s.TopologySpreadConstraints)
	for i := range constraints {
		if c := &constraints[i]; c.LabelSelector == nil {
			c.LabelSelector = &metav1.LabelSelector{MatchLabels: s.SelectorLabels().Plain()}
		}
	}
	return constraints
}

// inSlot is name with the slot of the variant behind it.
func (s *Service) inSlot(name string) string {
	if s.Variant == nil {
		return name
	}
	return name + "-" + s.Variant.Slot
}

// WorkloadName is the name of the workload.
func (s *Service) WorkloadName() string { return s.inSlot(s.Name) }

// PreviewName is the name of the Service in front of the idle side.
func (s *Service) PreviewName() string { return s.ServiceName() + "-preview" }

// RouteName is the name of the route that httpRoutes or grpcRoutes key makes.
func RouteName(key string, r *Route) string { return or(r.ObjectName, key) }
