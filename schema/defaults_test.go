package schema

import (
	"reflect"
	"slices"
	"strings"
	"testing"

	corev1 "k8s.io/api/core/v1"

	"github.com/kgen-dev/kgen/pkg/tree"
)

// TestDefaultsAreFields finds every row of Defaults among the service's fields.
func TestDefaultsAreFields(t *testing.T) {
	for _, d := range Defaults {
		if d.Value == "" || d.Why == "" {
			t.Errorf("%s: a default has a value and a reason", d.Field)
		}
		typ := reflect.TypeFor[Service]()
		for _, name := range strings.Split(d.Field, ".") {
			if typ = fieldType(typ, name); typ == nil {
				t.Errorf("%s: no field %s", d.Field, name)
				break
			}
		}
	}
}

// fieldType is the type under name in typ; * is any entry or element, and in a
// struct any field.
func fieldType(typ reflect.Type, name string) reflect.Type {
	for typ.Kind() == reflect.Pointer {
		typ = typ.Elem()
	}
	switch {
	case isMap(typ):
		entry, _ := typ.Elem().FieldByName("Value")
		return entry.Type
	case typ.Kind() == reflect.Slice:
		return typ.Elem()
	case typ.Kind() != reflect.Struct:
		return nil
	}
	for _, f := range reflect.VisibleFields(typ) {
		if json, _ := tree.JSONName(f); json == name && !f.Anonymous || name == "*" && f.Type.Kind() == reflect.Pointer {
			return f.Type
		}
	}
	return nil
}

// TestEveryDefaultIsDocumented fills in services of all kinds, and finds a row
// of Defaults for whatever was filled in.
func TestEveryDefaultIsDocumented(t *testing.T) {
	user := int64(999)
	port := Map[Port]{{"http", Port{ContainerPort: 8080}}}
	readiness := Probes{Readiness: &Probe{HTTPGet: &HTTPGetProbe{}}, Liveness: &Probe{GRPC: &GRPCProbe{}}, Startup: &Probe{TCPSocket: &SocketProbe{}}}
	filled := map[string]bool{}
	for _, s := range []Service{
		{},
		{Container: Container{Ports: port, Probes: readiness}},
		{Sidecars: Map[Sidecar]{{"proxy", Sidecar{}}}},
		{Container: Container{
			Resources: &Resources{Requests: Map[Text]{{"memory", Text{Value: "1Gi"}}}},
			Env:       Map[EnvVar]{{"A", EnvVar{Secret: "s"}}},
		}},
		{
			Volumes: Map[Volume]{{"d", Volume{Size: "1Gi", Mounts: Map[Mount]{{"/d", Mount{}}}}}},
			Pod:     Pod{PodSecurityContext: &corev1.PodSecurityContext{RunAsUser: &user}},
		},
		{Ingress: &Ingress{ClusterIssuer: "le", Hosts: Map[Map[IngressBackend]]{{"h", Map[IngressBackend]{{"/", IngressBackend{}}}}}}},
		{Container: Container{Ports: Map[Port]{{"metrics", Port{ContainerPort: 9090}}}}, Metrics: &Metrics{}},
		{Autoscaling: &Autoscaling{MaxReplicas: 2, Keda: &Keda{}}},
		{Pod: Pod{TopologySpreadConstraints: []corev1.TopologySpreadConstraint{{TopologyKey: "rack"}}}},
	} {
		before := map[string]bool{}
		setFields(reflect.ValueOf(s), nil, before)
		ApplyDefaults(&s)
		after := map[string]bool{}
		setFields(reflect.ValueOf(s), nil, after)
		for field := range after {
			if !before[field] {
				filled[field] = true
			}
		}
	}
	if len(filled) < 20 {
		t.Errorf("only %d fields were filled in", len(filled))
	}
	for field := range filled {
		if !slices.ContainsFunc(Defaults, func(d Default) bool { return covers(d.Field, field) }) {
			t.Errorf("%s was filled in, and no row of Defaults says so", field)
		}
	}
}

// covers reports whether the row for one field speaks about another: itself, one
// below it, or one above it, which exists for its sake.
func covers(row, field string) bool {
	a, b := strings.Split(row, "."), strings.Split(field, ".")
	if len(b) > 2 && b[0] == "sidecars" && a[0] != b[0] { // as of the service's own container
		b = b[2:]
	}
	for i := range min(len(a), len(b)) {
		if a[i] != "*" && b[i] != "*" && a[i] != b[i] {
			return false
		}
	}
	return true
}

// setFields collects the paths of what is set in v, at and below path.
func setFields(v reflect.Value, path []string, into map[string]bool) {
	if len(path) > 0 && !v.IsZero() {
		into[strings.Join(path, ".")] = true
	}
	switch typ := v.Type(); {
	case typ.Kind() == reflect.Pointer && !v.IsNil():
		setFields(v.Elem(), path, into)
	case isMap(typ):
		for i := range v.Len() {
			entry := v.Index(i)
			setFields(entry.FieldByName("Value"), append(slices.Clone(path), entry.FieldByName("Key").String()), into)
		}
	case typ.Kind() == reflect.Slice:
		for i := range v.Len() {
			setFields(v.Index(i), append(slices.Clone(path), "*"), into)
		}
	case typ.Kind() == reflect.Struct:
		for i := range typ.NumField() {
			name, inline := tree.JSONName(typ.Field(i))
			switch {
			case inline:
				setFields(v.Field(i), path, into)
			case name != "" && name != "-":
				setFields(v.Field(i), append(slices.Clone(path), name), into)
			}
		}
	}
}

func isMap(typ reflect.Type) bool {
	return typ.Kind() == reflect.Slice && strings.HasPrefix(typ.Elem().Name(), "Entry[")
}
