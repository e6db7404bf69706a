package check

import (
	"github.com/kgen-dev/kgen/pkg/names"
	"github.com/kgen-dev/kgen/pkg/report"
	"github.com/kgen-dev/kgen/pkg/tree"
	"github.com/kgen-dev/kgen/schema"
)

// hashSuffix is what hashed: true appends to a name: a dash and ten digits.
const hashSuffix = "-0123456789"

// objectNames: row 18 for the objects of a service. Where the service's name is
// wrong, the names made from it are not judged.
func objectNames(s *schema.Service, sink *report.Sink) {
	if !names.DNSLabel.Fits(s.Name) {
		sink.Errorf(schema.BadName, tree.P("name"), "the service's name %s", names.DNSLabel.Complaint(s.Name)).
			Fix = "rename it, and say in objectName where an object is called otherwise"
		return
	}
	serviceNames(s, sink)
	workloadName(s, sink)
	optionalName(sink, &names.DNSLabel, s.Namespace, "namespace")
	if s.Autoscaling != nil {
		optionalName(sink, &names.DNSName, s.Autoscaling.ObjectName, "autoscaling", "objectName")
		if v := s.Autoscaling.Vertical; v != nil {
			optionalName(sink, &names.DNSName, v.ObjectName, "autoscaling", "vertical", "objectName")
		}
	}
	if s.PodDisruptionBudget != nil {
		optionalName(sink, &names.PathSegment, s.PodDisruptionBudget.ObjectName, "podDisruptionBudget", "objectName")
	}
	if s.Metrics != nil {
		optionalName(sink, &names.DNSName, s.Metrics.ObjectName, "metrics", "objectName")
	}
	if s.NetworkPolicy != nil {
		optionalName(sink, &names.DNSName, s.NetworkPolicy.ObjectName, "networkPolicy", "objectName")
	}
	if s.ServiceAccount != nil {
		optionalName(sink, &names.DNSName, s.ServiceAccount.Name, "serviceAccount", "name")
		for _, n := range roleNames(s.ServiceAccount) {
			optionalName(sink, &names.PathSegment, n.name, "serviceAccount", n.field)
		}
	}
	if in := s.Ingress; in != nil {
		optionalName(sink, &names.DNSName, in.ObjectName, "ingress", "objectName")
		optionalName(sink, &names.DNSName, in.ClassName, "ingress", "className")
		if in.TLS != nil {
			optionalName(sink, &names.DNSName, in.TLS.SecretName, "ingress", "tls", "secretName")
		}
	}
	optionalName(sink, &names.DNSName, s.PriorityClassName, "priorityClassName")
	optionalName(sink, &names.DNSName, s.RuntimeClassName, "runtimeClassName")
	for i := range s.ConfigMaps {
		hashedName(sink, s.ConfigMaps[i].Key, s.ConfigMaps[i].Value.Hashed, "configMaps")
	}
	for i := range s.Secrets {
		hashedName(sink, s.Secrets[i].Key, s.Secrets[i].Value.Hashed, "secrets")
	}
}

// serviceNames: before 1.36 the name of a Service starts with a letter.
func serviceNames(s *schema.Service, sink *report.Sink) {
	g := &names.DNSLabel
	if !isOn(s.World, "RelaxedServiceNameValidation") {
		g = &names.DNSLabel1035
	}
	if s.HasService() && !g.Fits(s.ServiceName()) {
		at := tree.P("name")
		if s.Service != nil && s.Service.ObjectName != "" {
			at = tree.P("service", "objectName")
		}
		sink.Errorf(schema.BadName, at, "the Service's name %s", g.Complaint(s.ServiceName()))
	}
	for i := range s.ExtraServices {
		e := &s.ExtraServices[i]
		name, at := schema.ExtraServiceName(e.Key, &e.Value), tree.P("extraServices", e.Key)
		if g.Fits(name) {
			continue
		}
		if e.Value.ObjectName != "" {
			at = at.With("objectName")
		}
		sink.KeyErrorf(schema.BadName, at, "the Service's name %s", g.Complaint(name))
	}
}

// longestWorkload is the length of the longest name of a CronJob, to which its
// controller adds the time, and of a StatefulSet, to which a label adds a hash.
const longestWorkload = 52

func workloadName(s *schema.Service, sink *report.Sink) {
	why := ""
	switch s.Kind {
	case schema.CronJob:
		why = "its Jobs add the time to it"
	case schema.StatefulSet:
		why = "a label of its pods adds a hash to it"
	}
	if why != "" && len(s.Name) > longestWorkload {
		sink.Errorf(schema.BadName, tree.P("name"), "%q has %d characters, a %s has at most %d: %s", s.Name, len(s.Name), s.Kind, longestWorkload, why).
			Fix = "shorten it"
	}
}

func optionalName(sink *report.Sink, g *names.Grammar, name string, at ...string) {
	if name == "" || g.Fits(name) {
		return
	}
	var path tree.Path
	for _, elem := range at {
		path = append(path, elem)
	}
	sink.Errorf(schema.BadName, path, "%s", g.Complaint(name))
}

func hashedName(sink *report.Sink, key string, isHashed bool, field string) {
	name := key
	if isHashed {
		name += hashSuffix
	}
	switch {
	case names.DNSName.Fits(name):
	case names.DNSName.Fits(key):
		sink.KeyErrorf(schema.BadName, tree.P(field, key), "%q has %d characters, with the %d of hashed that is over %d", key, len(key), len(hashSuffix), names.DNSName.Longest)
	default:
		sink.KeyErrorf(schema.BadName, tree.P(field, key), "%s", names.DNSName.Complaint(key))
	}
}

// volumeNames: row 18 for pod volumes and claims.
func volumeNames(s *schema.Service, sink *report.Sink) {
	for i := range s.Volumes {
		key, v := s.Volumes[i].Key, &s.Volumes[i].Value
		switch {
		case !names.DNSLabel.Fits(key):
			sink.KeyErrorf(schema.BadName, tree.P("volumes", key), "the volume's name %s", names.DNSLabel.Complaint(key))
		case v.ObjectName != "" && !names.DNSName.Fits(v.ObjectName):
			sink.Errorf(schema.BadName, tree.P("volumes", key, "objectName"), "%s", names.DNSName.Complaint(v.ObjectName))
		case v.Claim != "" && !names.DNSName.Fits(v.Claim):
			sink.Errorf(schema.BadName, tree.P("volumes", key, "claim"), "%s", names.DNSName.Complaint(v.Claim))
		}
	}
}
