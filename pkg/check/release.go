package check

import (
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
	case r == nil || s.Kind != schema.Deployment: // foreignFields says so
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
	if s.HasCanary() {
		longest = s.CanaryName()
		extraCanaryNames(s, sink)
	}
	if s.HasService() && !names.DNSLabel.Fits(longest) {
		at := tree.P("name")
		if s.Service != nil && s.Service.ObjectName != "" {
			at = tree.P("service", "objectName")
		}
		if names.DNSLabel.Fits(s.ServiceName()) {
			sink.Errorf(schema.BadName, at, "the Service's name %s", names.DNSLabel.Complaint(longest)).Fix = shorterName
		}
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

const shorterName = "shorten it, for the release puts more behind it"

// extraCanaryNames are those of the Services beside the extra ones.
func extraCanaryNames(s *schema.Service, sink *report.Sink) {
	for i := range s.ExtraServices {
		e := &s.ExtraServices[i]
		name := schema.ExtraCanaryName(e.Key, &e.Value)
		if e.Value.Declined || names.DNSLabel.Fits(name) || !names.DNSLabel.Fits(schema.ExtraServiceName(e.Key, &e.Value)) {
			continue
		}
		at := tree.P("extraServices", e.Key)
		if e.Value.ObjectName != "" {
			at = at.With("objectName")
		}
		sink.KeyErrorf(schema.BadName, at, "the Service's name %s", names.DNSLabel.Complaint(name)).Fix = shorterName
	}
}

// sides looks at the two Deployments of blueGreen.
func sides(s *schema.Service, sink *report.Sink) {
	if idle := s.Preview(); idle != nil && !hasAnyService(s) && s.Release.BlueGreen.Side(idle.Variant.Slot).Replicas == nil {
		sink.KeyErrorf(schema.BadRelease, tree.P("release", "blueGreen"), "nothing tells the active side from the idle one: the service has no Service to select it, and both do the work").
			Fix = "add blue: replicas: 0 and green: replicas: 0, which count for a side while it is idle; or ports"
	}
	for _, v := range s.Variants() {
		at := tree.P("release", "blueGreen", v.Variant.Slot)
		variantImage(s, v, sink, at)
		side := s.Release.BlueGreen.Side(v.Variant.Slot)
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
