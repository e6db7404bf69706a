package manifests

import (
	"strconv"

	corev1 "k8s.io/api/core/v1"

	"github.com/kgen-dev/kgen/pkg/convert"
	"github.com/kgen-dev/kgen/pkg/tree"
)

// tellInner reports what an object names within another one, or within itself, and is not
// there: ports, keys and volumes.
func (c *converter) tellInner(o *Object) {
	c.tellTargetPorts(o)
	c.tellBackendPorts(o)
	pod := podTemplate(o)
	if pod == nil {
		return
	}
	spec := pod.With("spec")
	for _, list := range []string{"initContainers", "containers"} {
		for i := range elements(o.Node.At(spec.With(list))) {
			c.tellKeys(o, spec.With(list, i, "env"))
			c.tellMounts(o, spec, spec.With(list, i, "volumeMounts"))
		}
	}
}

// tellTargetPorts reports ports of a Service that lead to a name that no container of its
// pods has.
func (c *converter) tellTargetPorts(o *Object) {
	service, isService := o.Value.(*corev1.Service)
	if !isService || selectorOf(o) == nil {
		return
	}
	pods := c.index().pods.find(selectorOf(o))
	for i := range service.Spec.Ports {
		name := service.Spec.Ports[i].TargetPort.StrVal
		found := name == "" || len(pods) == 0
		for _, p := range pods {
			for _, port := range podPortsOf(p) {
				found = found || port.name == name
			}
		}
		if !found {
			c.tell(o, tree.P("spec", "ports", i, "targetPort"), "no container of the pods that it selects has a port %s: nobody is reached", name)
		}
	}
}

// tellBackendPorts reports backends of an Ingress that name a port that their Service does
// not have.
func (c *converter) tellBackendPorts(o *Object) {
	if o.Kind != "Ingress" {
		return
	}
	for _, r := range c.index().references[o] {
		if r.kind != "Service" {
			continue
		}
		port := o.Node.At(r.at[:len(r.at)-1].With("port"))
		found := c.find("Service", r.name)
		if found == nil || port == nil {
			continue
		}
		service, isService := found.Value.(*corev1.Service)
		if isService && service.Spec.Type != corev1.ServiceTypeExternalName && !hasPort(service, port) {
			c.tell(o, r.at[:len(r.at)-1].With("port"), "Service %s has no such port: nobody is reached", r.name)
		}
	}
}

func hasPort(service *corev1.Service, port *tree.Node) bool {
	for i := range service.Spec.Ports {
		p := &service.Spec.Ports[i]
		number := port.Get("number")
		if name := text(port, "name"); name != "" && p.Name == name || number != nil && number.Text == strconv.Itoa(int(p.Port)) {
			return true
		}
	}
	return false
}

// tellKeys reports variables that come from a key that a ConfigMap or a Secret of the
// input does not have. Their pods do not start.
func (c *converter) tellKeys(o *Object, env tree.Path) {
	for i, variable := range elements(o.Node.At(env)) {
		for field, kind := range map[string]string{"configMapKeyRef": "ConfigMap", "secretKeyRef": "Secret"} {
			ref := variable.At(tree.P("valueFrom", field))
			found := c.find(kind, text(ref, "name"))
			at := env.With(i, "valueFrom", field, "key")
			if found == nil || text(ref, "key") == "" || isOptional(o.Node, at) {
				continue
			}
			has := false
			for _, data := range []string{"data", "binaryData", "stringData"} {
				has = has || found.Node.Get(data).Get(text(ref, "key")) != nil
			}
			if !has {
				c.tellAs(convert.ToDo, o, at, "%s %s has no key %s: the pods do not start without", kind, found.Name, text(ref, "key"))
			}
		}
	}
}

// tellMounts reports mounts of volumes that the pods do not have.
func (c *converter) tellMounts(o *Object, spec, mounts tree.Path) {
	for i, mount := range elements(o.Node.At(mounts)) {
		name := text(mount, "name")
		found := name == ""
		for _, volume := range elements(o.Node.At(spec.With("volumes"))) {
			found = found || text(volume, "name") == name
		}
		if o.Kind == "StatefulSet" {
			for _, claim := range elements(o.Node.At(tree.P("spec", "volumeClaimTemplates"))) {
				found = found || text(claim, "metadata", "name") == name
			}
		}
		if !found {
			c.tell(o, mounts.With(i, "name"), "the pods have no volume %s: the API server refuses them", name)
		}
	}
}
