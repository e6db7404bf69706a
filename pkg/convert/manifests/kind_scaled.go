package manifests

import (
	"slices"
	"strconv"
	"strings"

	"github.com/kgen-dev/kgen/pkg/addon"
	"github.com/kgen-dev/kgen/schema"
)

// fillScaledObject is the inverse of templates.ScaledObject.
func (c *converter) fillScaledObject(g *Group, o *Object, s *schema.Service) bool {
	scaled, isKnown := decoded[addon.ScaledObject](o)
	spec := &scaled.Spec
	if !isKnown || s.Autoscaling.IsHorizontal() || !s.IsScalable() || spec.MaxReplicaCount < 1 || !isTarget(g, spec.ScaleTargetRef.Kind, spec.ScaleTargetRef.Name) {
		return false
	}
	if spec.MinReplicaCount == nil {
		return false // KEDA's default is 0, and kgen's another
	}
	a := autoscalingOf(s)
	a.ObjectName = otherName(o, g.Name)
	a.MinReplicas, a.MaxReplicas = spec.MinReplicaCount, spec.MaxReplicaCount
	a.Keda = &schema.Keda{
		PollingInterval:        spec.PollingInterval,
		CooldownPeriod:         spec.CooldownPeriod,
		InitialCooldownPeriod:  spec.InitialCooldownPeriod,
		IdleReplicaCount:       spec.IdleReplicaCount,
		Fallback:               spec.Fallback,
		EnvSourceContainerName: spec.ScaleTargetRef.EnvSourceContainerName,
	}
	if advanced := spec.Advanced; advanced != nil {
		a.Keda.RestoreToOriginalReplicaCount, a.Keda.ScalingModifiers = advanced.RestoreToOriginalReplicaCount, advanced.ScalingModifiers
		if hpa := advanced.HorizontalPodAutoscalerConfig; hpa != nil {
			a.Behavior, a.Keda.HorizontalPodAutoscalerName = hpa.Behavior, hpa.Name
		}
	}
	fillTriggers(o, a, spec.Triggers)
	s.Replicas = nil // fillWorkload tells of it
	return true
}

// fillTriggers writes what is scaled by; cpu and memory have short forms.
func fillTriggers(o *Object, a *schema.Autoscaling, triggers []addon.ScaledObjectTrigger) {
	for _, short := range []struct {
		name string
		to   **int32
	}{{"cpu", &a.CPU}, {"memory", &a.Memory}} {
		if len(triggers) == 0 || triggers[0].Type != short.name || triggers[0].MetricType != "Utilization" {
			continue
		}
		t := &triggers[0]
		percent, err := strconv.ParseInt(t.Metadata["value"], 10, 32)
		if err == nil && len(t.Metadata) == 1 && t.Name == "" && !t.UseCachedMetrics && t.AuthenticationRef == nil {
			value := int32(percent)
			*short.to, triggers = &value, triggers[1:]
		}
	}
	at := o.Node.Get("spec").Get("triggers")
	first := len(elements(at)) - len(triggers)
	for i := range triggers {
		t := &triggers[i]
		a.Keda.Triggers = append(a.Keda.Triggers, schema.KedaTrigger{
			Type: t.Type, Name: t.Name, MetricType: t.MetricType, UseCachedMetrics: t.UseCachedMetrics,
			Metadata: stringsOf(elements(at)[first+i].Get("metadata")), AuthenticationRef: t.AuthenticationRef,
		})
	}
}

// fillAuthentication is the inverse of templates.TriggerAuthentications.
func (c *converter) fillAuthentication(_ *Group, o *Object, s *schema.Service) bool {
	authentication, isKnown := decoded[addon.TriggerAuthentication](o)
	if !isKnown || s.Autoscaling == nil || s.Autoscaling.Keda == nil || s.Autoscaling.Keda.Authentications.Has(o.Name) {
		return false
	}
	spec := &authentication.Spec
	made := schema.KedaCredentials{PodIdentity: spec.PodIdentity}
	for _, ref := range spec.SecretTargetRef {
		if made.SecretTargetRef.Has(ref.Parameter) {
			return false
		}
		key := schema.SecretKey{Secret: ref.Name, Key: ref.Key}
		made.SecretTargetRef = append(made.SecretTargetRef, schema.Entry[schema.SecretKey]{Key: ref.Parameter, Value: key})
	}
	for _, v := range spec.Env {
		if made.Env.Has(v.Parameter) {
			return false
		}
		made.Env = append(made.Env, schema.Entry[string]{Key: v.Parameter, Value: v.Name})
	}
	c.needsOf(o, s)
	all := &s.Autoscaling.Keda.Authentications
	*all = append(*all, schema.Entry[schema.KedaCredentials]{Key: o.Name, Value: made})
	return true
}

// byTrigger is the group of the first ScaledObject that has a TriggerAuthentication for
// one of its triggers.
func (c *converter) byTrigger(o *Object) *Group {
	for _, other := range c.objects {
		if other.Kind != "ScaledObject" || c.owners[other] == nil {
			continue
		}
		for _, trigger := range elements(other.Node.Get("spec").Get("triggers")) {
			if ref := trigger.Get("authenticationRef"); text(ref, "name") == o.Name && text(ref, "kind") != "ClusterTriggerAuthentication" {
				return c.owners[other]
			}
		}
	}
	return nil
}

func sortedTexts(m map[string]string) (texts schema.Map[string]) {
	for key, value := range m {
		texts = append(texts, schema.Entry[string]{Key: key, Value: value})
	}
	slices.SortFunc(texts, func(a, b schema.Entry[string]) int { return strings.Compare(a.Key, b.Key) })
	return texts
}
