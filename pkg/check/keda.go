package check

import (
	"slices"
	"strconv"
	"strings"

	"github.com/kgen-dev/kgen/pkg/report"
	"github.com/kgen-dev/kgen/pkg/secrets"
	"github.com/kgen-dev/kgen/pkg/suggest"
	"github.com/kgen-dev/kgen/pkg/tree"
	"github.com/kgen-dev/kgen/schema"
)

// keda: a ScaledObject that KEDA refuses, or that never scales.
func keda(s *schema.Service, sink *report.Sink) {
	a := s.Autoscaling
	if a == nil || a.Keda == nil {
		return
	}
	at := tree.P("autoscaling", "keda")
	if len(a.Keda.Triggers) == 0 && a.CPU == nil && a.Memory == nil {
		sink.KeyErrorf(schema.MissingField, at.With("triggers"), "KEDA has nothing to scale by").Fix = "add triggers"
	}
	if idle := a.Keda.IdleReplicaCount; idle != nil && a.MinReplicas != nil && *idle >= *a.MinReplicas {
		sink.Errorf(schema.ReplicaBounds, at.With("idleReplicaCount"), "idleReplicaCount %d is not below minReplicas %d", *idle, *a.MinReplicas).
			Fix = "remove it, or raise minReplicas"
	}
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

// goesByUse reports whether a trigger goes by what the pods use, which says nothing
// while there is none.
func goesByUse(t *schema.KedaTrigger) bool { return t.Type == "cpu" || t.Type == "memory" }

func kedaTrigger(s *schema.Service, t *schema.KedaTrigger, at tree.Path, sink *report.Sink) {
	if goesByUse(t) {
		if percent, isNumber := triggerPercent(t); isNumber {
			needRequest(s, sink, t.Type, percent, at.With("metadata", "value")...)
		}
	} else if t.MetricType == "Utilization" {
		sink.Errorf(schema.InvalidValue, at.With("metricType"), "only cpu and memory have a utilization").Fix = "take AverageValue or Value"
	}
	for i := range t.Metadata {
		key, value := t.Metadata[i].Key, t.Metadata[i].Value
		if strings.HasSuffix(key, "FromEnv") {
			triggerVariable(s, value, at.With("metadata", key), sink)
			continue
		}
		if slices.Contains(s.AllowLiteral, key) {
			continue
		}
		if sign := secrets.In(key, value); sign != secrets.None {
			sink.Errorf(schema.LiteralSecret, at.With("metadata", key), "%s", told(sign)).
				Fix = key + "FromEnv: \"NAME\" takes it from a variable of the container, authenticationRef from a TriggerAuthentication" + declineLiteral(key)
		}
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

// triggerVariable: row 24 for a variable that a trigger takes from the container.
// What envFrom brings is not known.
func triggerVariable(s *schema.Service, name string, at tree.Path, sink *report.Sink) {
	if s.Env.Has(name) || len(s.EnvFrom) > 0 {
		return
	}
	sink.Errorf(schema.UnknownReference, at, "the container has no variable %q%s", name, suggest.Hint(name, namesOf(s.Env))).
		Fix = "add it under env"
}

// hasTriggerSetting reports whether a trigger has a setting of that name.
func hasTriggerSetting(s *schema.Service, name string) bool {
	if s.Autoscaling == nil || s.Autoscaling.Keda == nil {
		return false
	}
	return slices.ContainsFunc(s.Autoscaling.Keda.Triggers, func(t schema.KedaTrigger) bool { return t.Metadata.Has(name) })
}
