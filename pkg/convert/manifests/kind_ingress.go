package manifests

import (
	networkingv1 "k8s.io/api/networking/v1"

	"github.com/kgen-dev/kgen/pkg/convert"
	"github.com/kgen-dev/kgen/pkg/tree"
	"github.com/kgen-dev/kgen/schema"
)

const (
	issuerAnnotation = "cert-manager.io/cluster-issuer"
	anyHost          = "*"
)

// fillIngress is the inverse of templates.Ingress.
func (c *converter) fillIngress(g *Group, o *Object, s *schema.Service) bool {
	ingress, isIngress := o.Value.(*networkingv1.Ingress)
	if !isIngress || s.Ingress != nil || len(ingress.Spec.Rules) == 0 && ingress.Spec.DefaultBackend == nil {
		return false
	}
	in := &schema.Ingress{ObjectName: otherName(o, g.Name), TLS: &schema.IngressTLS{Declined: true}}
	for _, a := range annotationsOf(o) {
		if a.Key == issuerAnnotation {
			in.ClusterIssuer = a.Value.Value
			continue
		}
		in.Annotations = append(in.Annotations, a)
	}
	if class := ingress.Spec.IngressClassName; class != nil {
		in.ClassName = *class
	}
	if !c.fillRules(g, o, s, in, ingress.Spec.Rules) {
		return false
	}
	if backend := ingress.Spec.DefaultBackend; backend != nil {
		to, isKnown := c.backendOf(g, o, s, backend, tree.P("spec", "defaultBackend"))
		if !isKnown {
			return false
		}
		in.DefaultBackend = &to
	}
	if tls := ingress.Spec.TLS; len(tls) > 0 {
		in.TLS = &schema.IngressTLS{SecretName: tls[0].SecretName, Hosts: tls[0].Hosts}
		if len(tls[0].Hosts) == 0 {
			c.settleHosts(o, ingress, in)
		}
	}
	s.Ingress = in
	return true
}

// settleHosts: without hosts a certificate is for those that it says; kgen names all
// that the Ingress serves, which comes to the same for these.
func (c *converter) settleHosts(o *Object, ingress *networkingv1.Ingress, in *schema.Ingress) {
	for i := range in.Hosts {
		if in.Hosts[i].Key != anyHost {
			c.intends(o, tree.P("spec", "tls", 0, "hosts"), "kgen says for which hosts the certificate is: those of the rules")
			return
		}
	}
}

// fillRules writes the hosts and paths; false where a host or a path stands twice, or
// one leads to what is no port of a service.
func (c *converter) fillRules(g *Group, o *Object, s *schema.Service, in *schema.Ingress, rules []networkingv1.IngressRule) bool {
	for i := range rules {
		rule := &rules[i]
		host := orText(rule.Host, anyHost)
		if rule.HTTP == nil || in.Hosts.Has(host) || host == anyHost && rule.Host != "" {
			return false
		}
		var paths schema.Map[schema.IngressBackend]
		for j := range rule.HTTP.Paths {
			path := &rule.HTTP.Paths[j]
			to, isKnown := c.backendOf(g, o, s, &path.Backend, tree.P("spec", "rules", i, "http", "paths", j, "backend"))
			if !isKnown || path.Path == "" || paths.Has(path.Path) {
				return false
			}
			if path.PathType != nil && *path.PathType != networkingv1.PathTypePrefix {
				to.PathType = string(*path.PathType)
			}
			paths = append(paths, schema.Entry[schema.IngressBackend]{Key: path.Path, Value: to})
		}
		in.Hosts = append(in.Hosts, schema.Entry[schema.Map[schema.IngressBackend]]{Key: host, Value: paths})
	}
	return true
}

// backendOf is where a path leads; false where that is no Service of the project.
func (c *converter) backendOf(g *Group, o *Object, s *schema.Service, b *networkingv1.IngressBackend, at tree.Path) (to schema.IngressBackend, isKnown bool) {
	if b.Service == nil {
		return to, false
	}
	name, target := c.serviceCalled(g, b.Service.Name)
	if target == nil {
		return to, false
	}
	to.Service = name
	to.Port = schema.IntOrName{Number: b.Service.Port.Number, Name: b.Service.Port.Name}
	key, number, isKnown := c.offered(target, to.Port)
	if isKnown && to.Port.Name != "" && key != "" && key != to.Port.Name {
		to.Port = schema.IntOrName{Number: number}
		c.intends(o, at.With("service", "port"), "the same port by its number")
		c.note(convert.Changed, g, o, at.With("service", "port"), "ingress", "the container calls the port otherwise, and so it is led to by its number")
	}
	return to, isKnown
}

// serviceCalled is what a service calls a Service of the project: by the name of the
// service that has it for its own, empty for itself, else by its own name. The object is
// nil for a Service that none of them renders.
func (c *converter) serviceCalled(g *Group, name string) (called string, target *Object) {
	target = c.find("Service", name)
	owner := c.owners[target]
	if target == nil || owner == nil {
		return "", nil
	}
	switch main := owner.mainService(); {
	case main != target && !owner.canBeExtra(target):
		return "", nil
	case main != target:
		return name, target
	case owner == g:
		return "", target
	}
	return owner.Name, target
}

// canBeExtra reports whether a Service is one of extraServices.
func (g *Group) canBeExtra(o *Object) bool {
	leads, areKnown := g.leads(o)
	isLasting := g.Workload.Kind != schema.Job && g.Workload.Kind != schema.CronJob
	return isLasting && areKnown && isInFront(o) && (len(leads) > 0 || isHeadless(o))
}

// offered is the key of the port that a Service offers under a name or a number, empty
// where the workload does not tell it, and its number.
func (c *converter) offered(target *Object, port schema.IntOrName) (key string, number int32, isOffered bool) {
	owner := c.owners[target]
	leads, _ := owner.leads(target)
	for i := range leads {
		l := &leads[i]
		if port.Name != "" && l.port.Name != port.Name || port.Name == "" && l.port.Port != port.Number {
			continue
		}
		switch {
		case owner.mainService() != target:
			key = l.port.Name
		case l.to != nil:
			key = l.to.name
		}
		return key, l.port.Port, true
	}
	return "", 0, false
}
