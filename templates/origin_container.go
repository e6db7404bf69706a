package templates

import (
	"github.com/kgen-dev/kgen/pkg/tree"
	"github.com/kgen-dev/kgen/schema"
)

// containerOrigins are those of a container of the pod.
var containerOrigins = []rule{
	{"", "{container}"},
	{"name", "{containerName}"},
	{"image", "{container}.image"},
	{"imagePullPolicy", "{container}.image.pullPolicy"},
	{"restartPolicy", "{container}.native"},
	{"command.*", "{container}.command.*"},
	{"args.*", "{container}.args.*"},
	{"workingDir", "{container}.workingDir"},
	{"ports", "{container}.ports"},
	{"ports.{containerPort}.*", "{containerPort}.*"},
	{"ports.{containerPort}.name", "{containerPort}"},
	{"envFrom", "{container}.envFrom"},
	{"envFrom.{envFrom}", "{envFrom}"},
	{"envFrom.{envFrom}.prefix", "{envFrom}.prefix"},
	{"envFrom.{envFrom}.configMapRef.name", "{envFrom}.configMap"},
	{"envFrom.{envFrom}.secretRef.name", "{envFrom}.secret"},
	{"envFrom.{envFrom}.{any}.optional", "{envFrom}.optional"},
	{"env", "{container}.env"},
	{"env.{env}", "{env}"},
	{"env.{env}.name", "{env}"},
	{"env.{env}.value", "{env}.value"},
	{"env.{env}.valueFrom.configMapKeyRef.name", "{env}.configMap"},
	{"env.{env}.valueFrom.secretKeyRef.name", "{env}.secret"},
	{"env.{env}.valueFrom.{any}.key", "{env}.key"},
	{"env.{env}.valueFrom.{any}.optional", "{env}.optional"},
	{"env.{env}.valueFrom.fieldRef.fieldPath", "{env}.field"},
	{"env.{env}.valueFrom.resourceFieldRef.resource", "{env}.resource"},
	{"resources.*", "{container}.resources.*"},
	{"volumeMounts", "{mounts}"},
	{"volumeMounts.{mount}.*", "{mount}.*"},
	{"volumeMounts.{mount}.name", "{mountedVolume}"},
	{"volumeMounts.{mount}.mountPath", "{mount}"},
	{"livenessProbe.*", "{container}.probes.liveness.*"},
	{"readinessProbe.*", "{container}.probes.readiness.*"},
	{"startupProbe.*", "{container}.probes.startup.*"},
	{"lifecycle.*", "{lifecycle}.*"},
	{"lifecycle.preStop.*", "{preStop}.*"},
	{"securityContext.*", "{container}.securityContext.*"},
}

// containersPlace is one of the two lists of containers of a pod.
func containersPlace(_ *made, at tree.Path) (found, bool) {
	key := keyOf(at)
	return found{}, key == "containers" || key == "initContainers"
}

// containerPlace is where the container stands in the service.
func containerPlace(m *made, at tree.Path) (found, bool) {
	c, ok := m.container(at)
	return foundAt(c.Path...), ok
}

// container is the one that at leads into.
func (m *made) container(at tree.Path) (c schema.PodContainer, ok bool) {
	for i := range len(at) - 1 {
		index, isIndex := at[i+1].(int)
		if !isIndex {
			continue
		}
		var list []schema.PodContainer
		switch at[i] {
		case "containers":
			list = m.service.SideBySide()
		case "initContainers":
			list, _ = m.service.StartOrder()
		default:
			continue
		}
		if index < 0 || index >= len(list) {
			return c, false
		}
		return list[index], true
	}
	return c, false
}

func containerNamePlace(m *made, at tree.Path) (found, bool) {
	c, _ := m.container(at)
	switch {
	case c.Path != nil:
		return foundAt(c.Path...), true
	case m.service.ContainerName == "":
		return foundAt("name"), true
	}
	return foundAt("containerName"), true
}

// containerPortPlace is a port of the container that at leads into.
func containerPortPlace(m *made, at tree.Path) (found, bool) {
	c, ok := m.container(at)
	if !ok {
		return found{}, false
	}
	port, ok := entryOf(c.Ports, at)
	if !ok {
		return found{}, false
	}
	return foundAt(c.Path.With("ports", port.Key)...), true
}

func podPortsPlace(m *made, _ tree.Path) (found, bool) {
	return m.placeOf(m.service.PodPorts()), true
}

// podPortPlace is a port of any container of the pod.
func podPortPlace(m *made, at tree.Path) (found, bool) {
	port, ok := entryOf(m.service.PodPorts(), at)
	if !ok {
		return found{}, false
	}
	return foundAt(m.service.PortPath(port.Key)...), true
}

func envPlace(m *made, at tree.Path) (found, bool) {
	c, ok := m.container(at)
	if !ok {
		return found{}, false
	}
	ordered, _ := schema.OrderEnv(c.Env)
	variable, ok := entryOf(ordered, at)
	if !ok {
		return found{}, false
	}
	return foundAt(c.Path.With("env", variable.Key)...), true
}

func envFromPlace(m *made, at tree.Path) (found, bool) {
	c, ok := m.container(at)
	i := lastIndex(at)
	return foundAt(c.Path.With("envFrom", i)...), ok && i >= 0 && i < len(c.EnvFrom)
}

// lifecyclePlace is the person's own, or what stands in where there is none.
func lifecyclePlace(m *made, at tree.Path) (found, bool) {
	if c, ok := m.container(at); ok && c.Lifecycle != nil {
		return foundAt(c.Path.With("lifecycle")...), true
	}
	return preStopPlace(m, at)
}

// preStopPlace is the person's own hook, or the sleep that stands in for it.
func preStopPlace(m *made, at tree.Path) (found, bool) {
	if c, ok := m.container(at); ok && c.Lifecycle != nil && c.Lifecycle.PreStop != nil {
		return foundAt(c.Path.With("lifecycle", "preStop")...), true
	}
	return wholeAt("drainSeconds"), true
}
