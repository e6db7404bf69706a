package check

import (
	"github.com/kgen-dev/kgen/pkg/report"
	"github.com/kgen-dev/kgen/pkg/tree"
	"github.com/kgen-dev/kgen/schema"
)

// hashSuffix is what hashed: true appends to a name: a dash and ten digits.
const hashSuffix = "-0123456789"

// objectNames: row 18 for the objects of a service. Where the service's name is
// wrong, the names made from it are not judged.
func objectNames(s *schema.Service, sink *report.Sink) {
	if !dnsLabel.fits(s.Name) {
		sink.Errorf(schema.BadName, tree.P("name"), "the service's name %s", dnsLabel.complaint(s.Name)).
			Fix = "rename it, and say in objectName where an object is called otherwise"
		return
	}
	serviceNames(s, sink)
	optionalName(sink, &dnsLabel, s.Namespace, "namespace")
	if s.Autoscaling != nil {
		optionalName(sink, &dnsName, s.Autoscaling.ObjectName, "autoscaling", "objectName")
	}
	if s.PodDisruptionBudget != nil {
		optionalName(sink, &pathSegment, s.PodDisruptionBudget.ObjectName, "podDisruptionBudget", "objectName")
	}
	if s.NetworkPolicy != nil {
		optionalName(sink, &dnsName, s.NetworkPolicy.ObjectName, "networkPolicy", "objectName")
	}
	if s.ServiceAccount != nil {
		optionalName(sink, &dnsName, s.ServiceAccount.Name, "serviceAccount", "name")
	}
	if in := s.Ingress; in != nil {
		optionalName(sink, &dnsName, in.ObjectName, "ingress", "objectName")
		optionalName(sink, &dnsName, in.ClassName, "ingress", "className")
		if in.TLS != nil {
			optionalName(sink, &dnsName, in.TLS.SecretName, "ingress", "tls", "secretName")
		}
	}
	optionalName(sink, &dnsName, s.PriorityClassName, "priorityClassName")
	optionalName(sink, &dnsName, s.RuntimeClassName, "runtimeClassName")
	for i := range s.ConfigMaps {
		hashedName(sink, s.ConfigMaps[i].Key, s.ConfigMaps[i].Value.Hashed, "configMaps")
	}
	for i := range s.Secrets {
		hashedName(sink, s.Secrets[i].Key, s.Secrets[i].Value.Hashed, "secrets")
	}
}

// serviceNames: before 1.36 the name of a Service starts with a letter.
func serviceNames(s *schema.Service, sink *report.Sink) {
	g := &dnsLabel
	if !isOn(s.World, "RelaxedServiceNameValidation") {
		g = &dnsLabel1035
	}
	if s.HasService() && !g.fits(s.ServiceName()) {
		at := tree.P("name")
		if s.Service != nil && s.Service.ObjectName != "" {
			at = tree.P("service", "objectName")
		}
		sink.Errorf(schema.BadName, at, "the Service's name %s", g.complaint(s.ServiceName()))
	}
	for i := range s.ExtraServices {
		e := &s.ExtraServices[i]
		name, at := schema.ExtraServiceName(e.Key, &e.Value), tree.P("extraServices", e.Key)
		if g.fits(name) {
			continue
		}
		if e.Value.ObjectName != "" {
			at = at.With("objectName")
		}
		sink.KeyErrorf(schema.BadName, at, "the Service's name %s", g.complaint(name))
	}
}

func optionalName(sink *report.Sink, g *grammar, name string, at ...string) {
	if name == "" || g.fits(name) {
		return
	}
	var path tree.Path
	for _, elem := range at {
		path = append(path, elem)
	}
	sink.Errorf(schema.BadName, path, "%s", g.complaint(name))
}

func hashedName(sink *report.Sink, key string, isHashed bool, field string) {
	name := key
	if isHashed {
		name += hashSuffix
	}
	switch {
	case dnsName.fits(name):
	case dnsName.fits(key):
		sink.KeyErrorf(schema.BadName, tree.P(field, key), "%q has %d characters, with the %d of hashed that is over %d", key, len(key), len(hashSuffix), dnsName.longest)
	default:
		sink.KeyErrorf(schema.BadName, tree.P(field, key), "%s", dnsName.complaint(key))
	}
}

// containerName: row 18.
func containerName(s *schema.Service, sink *report.Sink) {
	optionalName(sink, &dnsLabel, s.ContainerName, "containerName")
}

// volumeNames: row 18 for pod volumes and claims.
func volumeNames(s *schema.Service, sink *report.Sink) {
	for i := range s.Volumes {
		key, v := s.Volumes[i].Key, &s.Volumes[i].Value
		switch {
		case !dnsLabel.fits(key):
			sink.KeyErrorf(schema.BadName, tree.P("volumes", key), "the volume's name %s", dnsLabel.complaint(key))
		case v.ObjectName != "" && !dnsName.fits(v.ObjectName):
			sink.Errorf(schema.BadName, tree.P("volumes", key, "objectName"), "%s", dnsName.complaint(v.ObjectName))
		case v.Claim != "" && !dnsName.fits(v.Claim):
			sink.Errorf(schema.BadName, tree.P("volumes", key, "claim"), "%s", dnsName.complaint(v.Claim))
		}
	}
}
