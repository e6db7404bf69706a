package check

import (
	"path"

	"github.com/kgen-dev/kgen/pkg/names"
	"github.com/kgen-dev/kgen/pkg/report"
	"github.com/kgen-dev/kgen/pkg/tree"
	"github.com/kgen-dev/kgen/schema"
)

// keyNames: row 18 for the keys of ConfigMaps and Secrets, those of files among them.
func keyNames(s *schema.Service, sink *report.Sink) {
	for i := range s.ConfigMaps {
		name, c := s.ConfigMaps[i].Key, &s.ConfigMaps[i].Value
		dataKeys(sink, c.Data, "configMaps", name, "data")
		dataKeys(sink, c.BinaryData, "configMaps", name, "binaryData")
		for j := range c.BinaryData {
			if c.Data.Has(c.BinaryData[j].Key) {
				sink.KeyErrorf(schema.BadName, tree.P("configMaps", name, "binaryData", c.BinaryData[j].Key), "the key stands in data too")
			}
		}
	}
	for i := range s.Secrets {
		name, secret := s.Secrets[i].Key, &s.Secrets[i].Value
		dataKeys(sink, secret.Data, "secrets", name, "data")
		if secret.External != nil {
			dataKeys(sink, secret.External.Data, "secrets", name, "external", "data")
		}
		if secret.Sealed != nil {
			dataKeys(sink, secret.Sealed.EncryptedData, "secrets", name, "sealed", "encryptedData")
		}
	}
	for c := range s.PodContainers() {
		for i := range c.Files {
			if base := path.Base(path.Clean(c.Files[i].Key)); !names.ConfigKey.Fits(base) && base != "/" {
				sink.KeyErrorf(schema.BadName, c.Path.With("files", c.Files[i].Key), "the file's name %s", names.ConfigKey.Complaint(base)).
					Fix = "call the file otherwise, for its name is a key of a ConfigMap"
			}
		}
		for i := range c.Env {
			if v := &c.Env[i].Value; (v.Secret != "" || v.ConfigMap != "") && v.Key != "" && !names.ConfigKey.Fits(v.Key) {
				sink.Errorf(schema.BadName, writtenOf(sink, c.Path.With("env", c.Env[i].Key), "key"), "%s", names.ConfigKey.Complaint(v.Key))
			}
		}
	}
}

func dataKeys[T any](sink *report.Sink, data schema.Map[T], at ...string) {
	for i := range data {
		if key := data[i].Key; !names.ConfigKey.Fits(key) {
			sink.KeyErrorf(schema.BadName, below(at, key), "%s", names.ConfigKey.Complaint(key))
		}
	}
}

// envNames: row 18 for environment variables.
func envNames(s *schema.Service, sink *report.Sink) {
	isRelaxed := isOn(s.World, "RelaxedEnvironmentVariableValidation")
	for c := range s.PodContainers() {
		for i := range c.Env {
			if name := c.Env[i].Key; !names.IsEnvName(name, isRelaxed) {
				sink.KeyErrorf(schema.BadName, c.Path.With("env", name), "%q is no variable's name: %s", name, envRule(isRelaxed))
			}
		}
		for i := range c.EnvFrom {
			if prefix := c.EnvFrom[i].Prefix; prefix != "" && !names.IsEnvName(prefix, isRelaxed) {
				sink.Errorf(schema.BadName, c.Path.With("envFrom", i, "prefix"), "%q cannot begin a variable's name: %s", prefix, envRule(isRelaxed))
			}
		}
	}
}

func envRule(isRelaxed bool) string {
	if isRelaxed {
		return "printable ASCII but the equals sign"
	}
	return "letters, digits, dashes, underscores and dots, no digit first, before Kubernetes 1.32"
}

// labelNames: row 18 for labels, annotations and selectors.
func labelNames(s *schema.Service, sink *report.Sink) {
	if !names.LabelValue.Fits(s.Component) {
		sink.Errorf(schema.BadName, tree.P("component"), "%s", names.LabelValue.Complaint(s.Component))
	}
	labels(sink, s.Labels, "labels")
	labels(sink, s.PodLabels, "podLabels")
	plainLabels(sink, s.NodeSelector, "nodeSelector")
	if sink.At(tree.P("selector")) != nil { // else it is the service's name, which is judged as such
		plainLabels(sink, s.Selector, "selector")
	}
	annotations(sink, s.Annotations, "annotations")
	annotations(sink, s.PodAnnotations, "podAnnotations")
	if s.Service != nil {
		annotations(sink, s.Service.Annotations, "service", "annotations")
	}
	for i := range s.ExtraServices {
		annotations(sink, s.ExtraServices[i].Value.Annotations, "extraServices", s.ExtraServices[i].Key, "annotations")
	}
	if s.Ingress != nil {
		annotations(sink, s.Ingress.Annotations, "ingress", "annotations")
	}
	for i := range s.Volumes {
		key, v := s.Volumes[i].Key, &s.Volumes[i].Value
		labels(sink, v.Labels, "volumes", key, "labels")
		annotations(sink, v.Annotations, "volumes", key, "annotations")
	}
	if s.ServiceAccount != nil {
		annotations(sink, s.ServiceAccount.Annotations, "serviceAccount", "annotations")
	}
}

func labels(sink *report.Sink, labels schema.Map[schema.Text], at ...string) {
	for i := range labels {
		label(sink, labels[i].Key, labels[i].Value.Value, at)
	}
}

func plainLabels(sink *report.Sink, labels schema.Map[string], at ...string) {
	for i := range labels {
		label(sink, labels[i].Key, labels[i].Value, at)
	}
}

func label(sink *report.Sink, key, value string, at []string) {
	switch {
	case !names.LabelKey.Fits(key):
		sink.KeyErrorf(schema.BadName, below(at, key), "%s", names.LabelKey.Complaint(key))
	case !names.LabelValue.Fits(value):
		sink.Errorf(schema.BadName, below(at, key), "%s", names.LabelValue.Complaint(value))
	}
}

// annotations take any value.
func annotations(sink *report.Sink, annotations schema.Map[schema.Text], at ...string) {
	for i := range annotations {
		if key := annotations[i].Key; !names.AnnotationKey.Fits(key) {
			sink.KeyErrorf(schema.BadName, below(at, key), "%s", names.AnnotationKey.Complaint(key))
		}
	}
}

// below is the path of an entry of the map at fields.
func below(fields []string, key string) tree.Path {
	path := make(tree.Path, 0, len(fields)+1)
	for _, f := range fields {
		path = append(path, f)
	}
	return append(path, key)
}
