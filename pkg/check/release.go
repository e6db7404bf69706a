package check

import (
	"strings"

	"github.com/kgen-dev/kgen/pkg/names"
	"github.com/kgen-dev/kgen/pkg/report"
	"github.com/kgen-dev/kgen/pkg/tree"
	"github.com/kgen-dev/kgen/schema"
)

// release refuses two Deployments where there can be but one, or where nothing could
// tell them apart.
func release(s *schema.Service, sink *report.Sink) {
	r := s.Release
	switch {
	case r == nil:
		return
	case s.Kind != schema.Deployment:
		sink.KeyErrorf(schema.BadRelease, tree.P("release"), "a release is of a Deployment, and the service is a %s", s.Kind)
		return
	case r.BlueGreen == nil && r.Canary == nil:
		sink.KeyErrorf(schema.BadRelease, tree.P("release"), "the release says neither blueGreen nor canary").
			Fix = `write blueGreen: {active: "blue", green: image: tag: "TAG"}, or canary: {image: tag: "TAG", weight: 10}`
		return
	}
	if key, claim := firstExclusive(s); claim != nil {
		sink.KeyErrorf(schema.SharedClaim, tree.P("volumes", key), "the two Deployments of the release would share volume %q, a %s claim", key, accessMode(claim)).
			Fix = `accessModes: ["ReadWriteMany"] where the storage can do it, or no release`
	}
	if s.SelectorLabels().Has(schema.SlotLabel) {
		sink.KeyErrorf(schema.BadRelease, tree.P("selector", schema.SlotLabel), "the release sets this label")
	}
	releaseNames(s, sink)
	if r.BlueGreen != nil {
		sides(s, sink)
		return
	}
	canary(s, sink)
}

// releaseNames: row 18 for what is called NAME-preview, NAME-canary and the like.
func releaseNames(s *schema.Service, sink *report.Sink) {
	if !names.DNSLabel.Fits(s.Name) {
		return // objectNames says so
	}
	longest := s.PreviewName()
	if s.Release.Canary != nil {
		longest = s.CanaryName()
	}
	if s.HasService() && !names.DNSLabel.Fits(longest) {
		at := tree.P("name")
		if s.Service != nil && s.Service.ObjectName != "" {
			at = tree.P("service", "objectName")
		}
		sink.Errorf(schema.BadName, at, "the Service's name %s", names.DNSLabel.Complaint(longest))
		return
	}
	for _, v := range s.Variants() {
		for _, label := range v.SelectorLabels() {
			if v.Variant != nil && !names.LabelValue.Fits(label.Value) && (s.Selector.Get(label.Key) == nil || names.LabelValue.Fits(*s.Selector.Get(label.Key))) {
				sink.Errorf(schema.BadName, tree.P("selector", label.Key), "the label of the release's pods: %s", names.LabelValue.Complaint(label.Value))
			}
		}
	}
}

// sides looks at the two Deployments of blueGreen.
func sides(s *schema.Service, sink *report.Sink) {
	for _, v := range s.Variants() {
		at := tree.P("release", "blueGreen", v.Variant.Slot)
		variantImage(s, v, sink, at)
		side := &s.Release.BlueGreen.Blue
		if v.Variant.Slot == schema.Green {
			side = &s.Release.BlueGreen.Green
		}
		ownReplicas(s, sink, side.Replicas, at.With("replicas"))
		if side.Replicas == nil || !v.Variant.IsIdle {
			continue
		}
		var blocked, before report.Sink
		blockedDisruption(v, &blocked)
		blockedDisruption(s, &before)
		if len(blocked.Findings) > len(before.Findings) {
			sink.Errorf(schema.BlockedDisruption, at.With("replicas"), "podDisruptionBudget.minAvailable %s lets no pod of the idle side go", s.PodDisruptionBudget.MinAvailable.String()).
				Fix = "set podDisruptionBudget: maxUnavailable: 1"
		}
	}
}

// variantImage: row 19 for an image of the release's own.
func variantImage(s, v *schema.Service, sink *report.Sink, at tree.Path) {
	if v.Image != s.Image {
		containerImage(&schema.PodContainer{Container: &schema.Container{Image: v.Image}, Path: at}, sink)
	}
}

// ownReplicas judges how many pods one Deployment has, which beside an autoscaler is
// that one's lower bound.
func ownReplicas(s *schema.Service, sink *report.Sink, replicas *int32, at tree.Path) {
	a := s.Autoscaling
	if a == nil || replicas == nil {
		return
	}
	switch {
	case *replicas == 0:
		sink.Errorf(schema.BadRelease, at, "beside autoscaling replicas is the autoscaler's lower bound, and 0 is none").Fix = "set 1"
	case *replicas > a.MaxReplicas:
		sink.Errorf(schema.ReplicaBounds, at, "replicas is above maxReplicas, %d", a.MaxReplicas)
	}
}

// canary demands something that can send the canary its share.
func canary(s *schema.Service, sink *report.Sink) {
	at := tree.P("release", "canary")
	variantImage(s, s.Canary(), sink, at)
	ownReplicas(s, sink, s.Release.Canary.Replicas, at.With("replicas"))
	switch {
	case !s.HasService():
		sink.Errorf(schema.BadRelease, at, "a canary needs a Service, and the service has none").Fix = "add ports: http: 8080"
	case s.HasCanaryIngress() || routesToItself(s):
	case s.Ingress != nil && s.Ingress.ClassName != schema.NginxClass:
		class := "no class"
		if s.Ingress.ClassName != "" {
			class = `class "` + s.Ingress.ClassName + `"`
		}
		sink.Errorf(schema.BadRelease, at.With("weight"), "nothing can send the canary its share: the Ingress has %s, and only ingress-nginx divides requests", class).
			Fix = `set ingress: className: "nginx" where that is the controller, or lead to the service by httpRoutes`
	default:
		sink.Errorf(schema.BadRelease, at.With("weight"), "nothing can send the canary its share: no route leads to the service").
			Fix = `add httpRoutes: ` + s.Name + `: {gateway: "NAMESPACE/NAME", paths: "/": "PORT"}, or an ingress of className "nginx"`
	}
}

// routesToItself reports whether a route of the service leads to it.
func routesToItself(s *schema.Service) bool {
	isOwn := func(name string) bool { return name == "" || name == s.Name }
	for r := range gatewayRoutes(s) {
		for i := range r.Paths {
			if isOwn(r.Paths[i].Value.Service) {
				return true
			}
		}
		for _, rule := range r.rules {
			for i := range rule.backendRefs {
				if ref := &rule.backendRefs[i]; isOwn(ref.Name) && isService(ref) {
					return true
				}
			}
		}
	}
	return false
}

// isService reports whether ref leads to a service of the project.
func isService(ref *schema.RouteBackendRef) bool {
	return ref.Group == "" && (ref.Kind == "" || ref.Kind == "Service") && ref.Namespace == "" && !strings.Contains(ref.Name, "/")
}
