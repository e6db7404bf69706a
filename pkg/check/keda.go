package check

import (
	"slices"
	"strconv"

	"github.com/kgen-dev/kgen/pkg/names"
	"github.com/kgen-dev/kgen/pkg/report"
	"github.com/kgen-dev/kgen/pkg/suggest"
	"github.com/kgen-dev/kgen/pkg/tree"
	"github.com/kgen-dev/kgen/schema"
)

// keda: a ScaledObject that KEDA refuses, or that never scales. The rules are those
// of its admission: apis/keda/v1alpha1/scaledobject_webhook.go of v2.21.
func keda(s *schema.Service, sink *report.Sink) {
	a := s.Autoscaling
	if a == nil || a.Keda == nil {
		return
	}
	at := tree.P("autoscaling", "keda")
	if len(a.Keda.Triggers) == 0 && a.CPU == nil && a.Memory == nil {
		sink.KeyErrorf(schema.MissingField, at.With("triggers"), "KEDA has nothing to scale by").Fix = "add triggers"
	}
	kedaNames(s, sink)
	kedaSizes(a, at, sink)
	kedaFallback(a, at.With("fallback"), sink)
	kedaContainer(s, a.Keda.EnvSourceContainerName, at.With("envSourceContainerName"), sink)
	kedaAuthentications(s, at.With("authentications"), sink)
	called := map[string]bool{}
	for i := range a.Keda.Triggers {
		t := &a.Keda.Triggers[i]
		if t.Name != "" && called[t.Name] {
			sink.Errorf(schema.InvalidValue, at.With("triggers", i, "name"), "two triggers are called %q", t.Name)
		}
		called[t.Name] = true
		kedaTrigger(s, t, at.With("triggers", i), sink)
	}
}

// longestLabel is the length of the longest value of a label.
const longestLabel = 63

// kedaNames: the name of KEDA's autoscaler becomes the value of a label.
func kedaNames(s *schema.Service, sink *report.Sink) {
	own := s.Autoscaling.Keda.HorizontalPodAutoscalerName
	optionalName(sink, &names.DNSLabel, own, "autoscaling", "keda", "horizontalPodAutoscalerName")
	variants := []*schema.Service{s}
	if s.Release != nil {
		variants = s.Variants()
	}
	at := tree.P("name")
	switch {
	case own != "":
		at = tree.P("autoscaling", "keda", "horizontalPodAutoscalerName")
	case s.Autoscaling.ObjectName != "":
		at = tree.P("autoscaling", "objectName")
	}
	for _, v := range variants {
		if v.Autoscaling == nil || v.Autoscaling.Keda == nil {
			continue
		}
		if name := v.KedaHPAName(); len(name) > longestLabel && len(own) <= longestLabel {
			sink.Errorf(schema.BadName, at, "KEDA's autoscaler would be called %q, which has %d characters, and may have %d", name, len(name), longestLabel).
				Fix = "shorten it, or set autoscaling: keda: horizontalPodAutoscalerName"
			return
		}
	}
}

func kedaSizes(a *schema.Autoscaling, at tree.Path, sink *report.Sink) {
	k := a.Keda
	switch idle := k.IdleReplicaCount; {
	case idle == nil:
	case *idle > 0:
		sink.Errorf(schema.InvalidValue, at.With("idleReplicaCount"), "idleReplicaCount is 0, the one number that KEDA takes").Fix = "set it to 0, or raise minReplicas instead"
	case a.MinReplicas != nil && *idle >= *a.MinReplicas:
		sink.Errorf(schema.ReplicaBounds, at.With("idleReplicaCount"), "idleReplicaCount %d is not below minReplicas %d", *idle, *a.MinReplicas).
			Fix = "remove it, or raise minReplicas"
	case !hasOutsideMetric(a):
		sink.Errorf(schema.ReplicaBounds, at.With("idleReplicaCount"), "there are no pods while idle, but no metric comes from outside them").Fix = outsideMetric(a) + ", or remove it"
	}
	if k.CooldownPeriod != nil && a.MinReplicas != nil && *a.MinReplicas > 0 && k.IdleReplicaCount == nil {
		sink.Warnf(schema.InvalidValue, at.With("cooldownPeriod"), "nothing goes by it: the service never goes to 0").
			Fix = "remove it, set minReplicas: 0 or idleReplicaCount: 0, or write behavior: scaleDown"
	}
	if f := k.ScalingModifiers; f != nil && len(k.Triggers) > 0 && !slices.ContainsFunc(k.Triggers, func(t schema.KedaTrigger) bool { return t.Name != "" && !goesByUse(&t) }) {
		sink.Errorf(schema.InvalidValue, at.With("scalingModifiers", "formula"), "no trigger has a name that it could use").Fix = "give the triggers names; cpu and memory have no part in it"
	}
}

// kedaFallback: there is none for cpu and memory, and none beyond the bounds.
func kedaFallback(a *schema.Autoscaling, at tree.Path, sink *report.Sink) {
	f := a.Keda.Fallback
	if f == nil {
		return
	}
	switch {
	case !hasOutsideMetric(a):
		sink.KeyErrorf(schema.InvalidValue, at, "there is no fallback for cpu and memory").Fix = "remove it, or " + outsideMetric(a)
	case f.Replicas > a.MaxReplicas && a.MaxReplicas > 0:
		sink.Errorf(schema.ReplicaBounds, at.With("replicas"), "fallback to %d pods is above maxReplicas %d", f.Replicas, a.MaxReplicas).Fix = "lower it, or raise maxReplicas"
	}
	if f.Behavior == "scalingModifiers" && a.Keda.ScalingModifiers == nil {
		sink.Errorf(schema.MissingField, at.With("behavior"), "there are no scalingModifiers to give it to").Fix = "add keda: scalingModifiers, or take static"
	}
}

// kedaContainer: row 24 for a container that is named.
func kedaContainer(s *schema.Service, name string, at tree.Path, sink *report.Sink) {
	if name == "" {
		return
	}
	if c, ok := s.PodContainer(name); !ok || !c.Runs() {
		sink.Errorf(schema.UnknownReference, at, "the service has no container %q%s", name, suggest.Hint(name, runningNames(s)))
	}
}

// triggerPercent is the utilization that a trigger for cpu or memory aims at.
func triggerPercent(t *schema.KedaTrigger) (percent int32, isPercent bool) {
	if !goesByUse(t) || t.MetricType != "Utilization" || t.Metadata.Get("value") == nil {
		return 0, false
	}
	n, err := strconv.ParseInt(*t.Metadata.Get("value"), 10, 32)
	return int32(n), err == nil
}

// hasTriggerSetting reports whether a trigger has a setting of that name.
func hasTriggerSetting(s *schema.Service, name string) bool {
	if s.Autoscaling == nil || s.Autoscaling.Keda == nil {
		return false
	}
	return slices.ContainsFunc(s.Autoscaling.Keda.Triggers, func(t schema.KedaTrigger) bool { return t.Metadata.Has(name) })
}
