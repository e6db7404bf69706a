package render

import (
	"github.com/kgen-dev/kgen/pkg/report"
	"github.com/kgen-dev/kgen/schema"
	"github.com/kgen-dev/kgen/templates"
)

// maxSecret is what the API server stores of a Secret's values, in bytes.
const maxSecret = 1 << 20

// values reads the values of a service's Secrets. Where they were not asked for,
// the Secrets have their keys alone, for patches and names are judged all the
// same.
func (r *renderer) values(asked bool, sink *report.Sink) templates.SecretValues {
	return func(own schema.OwnSecret) (map[string][]byte, bool) {
		values := make(map[string][]byte, len(own.Values))
		size := 0
		for _, v := range own.Values {
			values[v.Key] = nil
			if asked {
				values[v.Key] = r.value(v, sink)
			}
			size += len(values[v.Key])
		}
		if size > maxSecret {
			sink.Errorf(schema.TooLarge, own.Values[0].Path, "the values of Secret %s are over 1 MiB together", own.Name)
		}
		return values, true
	}
}

// value reads one value; what is missing is named at the line that asks for it.
func (r *renderer) value(v schema.SecretValue, sink *report.Sink) []byte {
	if name := v.Source.Env; name != "" {
		value, ok := r.options.LookupEnv(name)
		switch at := v.Path.With("env"); {
		case !ok:
			sink.Errorf(schema.MissingSecretValue, at, "the environment variable %s is not set", name)
		case value == "":
			sink.Warnf(schema.MissingSecretValue, at, "the environment variable %s is empty", name)
		}
		return []byte(value)
	}
	at := v.Path.With("file")
	data, err := r.project.Contents(sink.Place(at).Source, v.Source.File)
	if err != nil {
		sink.Errorf(schema.MissingSecretValue, at, "%v", err)
	}
	return data
}

// leftOut are the Secrets of s that somebody else has to make.
func leftOut(s *schema.Service) []LeftOut {
	var list []LeftOut
	for _, own := range s.OwnSecrets() {
		left := LeftOut{Service: s.Name, Namespace: s.NamespaceName(), Name: own.Name}
		for _, v := range own.Values {
			left.Keys = append(left.Keys, v.Key)
		}
		list = append(list, left)
	}
	return list
}
