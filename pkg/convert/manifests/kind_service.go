package manifests

import (
	"reflect"
	"slices"

	corev1 "k8s.io/api/core/v1"

	"github.com/kgen-dev/kgen/pkg/convert"
	"github.com/kgen-dev/kgen/pkg/tree"
	"github.com/kgen-dev/kgen/schema"
)

// mainService is the Service of the group that is the service's own; nil for none. It
// offers each port of the pods once: the one of the workload's name, else the first that
// has an address, else the first.
func (g *Group) mainService() *Object {
	var found *Object
	for _, o := range g.Others {
		if !g.canBeMain(o) {
			continue
		}
		switch {
		case o.Name == g.Name:
			return o
		case found == nil, isHeadless(found) && !isHeadless(o):
			found = o
		}
	}
	return found
}

func (g *Group) canBeMain(o *Object) bool {
	if g.Workload.Kind == schema.Job || g.Workload.Kind == schema.CronJob || !isInFront(o) {
		return false
	}
	leads, areKnown := g.leads(o)
	for i := range leads {
		if slices.ContainsFunc(leads[:i], func(l lead) bool { return l.number == leads[i].number && l.protocol == leads[i].protocol }) {
			return false
		}
	}
	return areKnown && (len(leads) > 0 || isHeadless(o))
}

// isInFront reports whether an object is a Service before pods.
func isInFront(o *Object) bool {
	service, isService := o.Value.(*corev1.Service)
	return isService && len(service.Spec.Selector) > 0 && service.Spec.Type != corev1.ServiceTypeExternalName
}

func isHeadless(o *Object) bool {
	service, isService := o.Value.(*corev1.Service)
	return isService && service.Spec.ClusterIP == corev1.ClusterIPNone
}

// fillService is the inverse of templates.Service and ExtraServices.
func (c *converter) fillService(g *Group, o *Object, s *schema.Service) bool {
	service, isService := o.Value.(*corev1.Service)
	if !isService || !isInFront(o) || g.Workload.Kind == schema.Job || g.Workload.Kind == schema.CronJob {
		return false
	}
	leads, areKnown := g.leads(o)
	if !areKnown {
		return false
	}
	options := serviceOptions(o, service)
	if g.mainService() != o {
		options.ObjectName = ""
		return c.fillExtra(g, o, s, options, leads)
	}
	options.ObjectName = otherName(o, g.Name)
	if s.Kind == schema.StatefulSet && options.Headless == nil {
		c.settleHeadless(g, o, &options)
	}
	s.Service = nil
	if !reflect.DeepEqual(options, schema.ServiceOptions{}) {
		s.Service = &options
	}
	c.offer(g, o, s, leads)
	return true
}

// serviceOptions is what a Service has besides its ports.
func serviceOptions(o *Object, service *corev1.Service) schema.ServiceOptions {
	spec := &service.Spec
	options := schema.ServiceOptions{
		Annotations:              annotationsOf(o),
		SessionAffinity:          string(spec.SessionAffinity),
		ExternalTrafficPolicy:    string(spec.ExternalTrafficPolicy),
		LoadBalancerSourceRanges: spec.LoadBalancerSourceRanges,
		PublishNotReadyAddresses: spec.PublishNotReadyAddresses,
	}
	if spec.Type != corev1.ServiceTypeClusterIP {
		options.Type = string(spec.Type)
	}
	if isHeadless(o) {
		headless := true
		options.Headless = &headless
	}
	if spec.IPFamilyPolicy != nil {
		options.IPFamilyPolicy = string(*spec.IPFamilyPolicy)
	}
	if spec.LoadBalancerClass != nil {
		options.LoadBalancerClass = *spec.LoadBalancerClass
	}
	if spec.InternalTrafficPolicy != nil {
		options.InternalTrafficPolicy = string(*spec.InternalTrafficPolicy)
	}
	return options
}

// settleHeadless says whether the Service of a StatefulSet is headless that has an
// address. One of its Services has to be: where none is, kgen would make one more, and
// so this is said to be, which a patch takes back.
func (c *converter) settleHeadless(g *Group, o *Object, options *schema.ServiceOptions) {
	headless := !slices.ContainsFunc(g.Others, func(other *Object) bool { return other != o && isInFront(other) && isHeadless(other) })
	options.Headless = &headless
	if headless && options.Type == "" {
		c.note(convert.Debt, g, o, tree.P("spec"), "service.headless", "no Service of the StatefulSet is headless, and so its pods have no names: a patch keeps it so")
	}
}

// declineService says that no Service is in front of the pods. A StatefulSet needs one
// that names its pods: where no other does, kgen makes the one that it asks for.
func (c *converter) declineService(g *Group, s *schema.Service) {
	isNamed := slices.ContainsFunc(s.ExtraServices, func(e schema.Entry[schema.ExtraService]) bool { return e.Value.IsHeadless() })
	if s.Kind != schema.StatefulSet || isNamed {
		s.Service = &schema.ServiceOptions{Declined: true}
		return
	}
	headless := true
	s.Service = &schema.ServiceOptions{Headless: &headless}
	if name := text(g.Workload.Node, "spec", "serviceName"); name != g.Name {
		s.Service.ObjectName = name
	}
	c.note(convert.Changed, g, g.Workload, tree.P("spec", "serviceName"), "service",
		"the input has no Service that names its pods: kgen makes one, the headless Service "+orText(s.Service.ObjectName, g.Name))
}
