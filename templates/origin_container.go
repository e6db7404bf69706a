package templates

import (
	"github.com/kgen-dev/kgen/pkg/tree"
	"github.com/kgen-dev/kgen/schema"
)

// containerOrigins are those of the service's own container.
var containerOrigins = []rule{
	{"", ""},
	{"name", "{containerName}"},
	{"image", "image"},
	{"imagePullPolicy", "image.pullPolicy"},
	{"command.*", "command.*"},
	{"args.*", "args.*"},
	{"workingDir", "workingDir"},
	{"ports", "ports"},
	{"ports.{containerPort}.*", "{containerPort}.*"},
	{"ports.{containerPort}.name", "{containerPort}"},
	{"envFrom", "envFrom"},
	{"envFrom.{envFrom}", "{envFrom}"},
	{"envFrom.{envFrom}.prefix", "{envFrom}.prefix"},
	{"envFrom.{envFrom}.configMapRef.name", "{envFrom}.configMap"},
	{"envFrom.{envFrom}.secretRef.name", "{envFrom}.secret"},
	{"envFrom.{envFrom}.{any}.optional", "{envFrom}.optional"},
	{"env", "env"},
	{"env.{env}", "{env}"},
	{"env.{env}.name", "{env}"},
	{"env.{env}.value", "{env}.value"},
	{"env.{env}.valueFrom.configMapKeyRef.name", "{env}.configMap"},
	{"env.{env}.valueFrom.secretKeyRef.name", "{env}.secret"},
	{"env.{env}.valueFrom.{any}.key", "{env}.key"},
	{"env.{env}.valueFrom.{any}.optional", "{env}.optional"},
	{"env.{env}.valueFrom.fieldRef.fieldPath", "{env}.field"},
	{"env.{env}.valueFrom.resourceFieldRef.resource", "{env}.resource"},
	{"resources.*", "resources.*"},
	{"volumeMounts", "{volumes}"},
	{"volumeMounts.{mount}.*", "{mount}.*"},
	{"volumeMounts.{mount}.name", "{mount}"},
	{"volumeMounts.{mount}.mountPath", "{mount}"},
	{"livenessProbe.*", "probes.liveness.*"},
	{"readinessProbe.*", "probes.readiness.*"},
	{"startupProbe.*", "probes.startup.*"},
	{"lifecycle.*", "{lifecycle}.*"},
	{"lifecycle.preStop.*", "{preStop}.*"},
	{"securityContext.*", "securityContext.*"},
}

func containerNamePlace(m *made, _ tree.Path) (found, bool) {
	if m.service.ContainerName == "" {
		return foundAt("name"), true
	}
	return foundAt("containerName"), true
}

func containerPortPlace(m *made, at tree.Path) (found, bool) {
	port, ok := entryOf(m.service.Ports, at)
	if !ok {
		return found{}, false
	}
	return foundAt("ports", port.Key), true
}

func envPlace(m *made, at tree.Path) (found, bool) {
	ordered, _ := schema.OrderEnv(m.service.Env)
	variable, ok := entryOf(ordered, at)
	if !ok {
		return found{}, false
	}
	return foundAt("env", variable.Key), true
}

func envFromPlace(m *made, at tree.Path) (found, bool) {
	i := lastIndex(at)
	return foundAt("envFrom", i), i >= 0 && i < len(m.service.EnvFrom)
}

// lifecyclePlace is the person's own, or what stands in where there is none.
func lifecyclePlace(m *made, at tree.Path) (found, bool) {
	if m.service.Lifecycle == nil {
		return preStopPlace(m, at)
	}
	return foundAt("lifecycle"), true
}

// preStopPlace is the person's own hook, or the sleep that stands in for it.
func preStopPlace(m *made, _ tree.Path) (found, bool) {
	if s := m.service; s.Lifecycle != nil && s.Lifecycle.PreStop != nil {
		return foundAt("lifecycle", "preStop"), true
	}
	return wholeAt("drainSeconds"), true
}
