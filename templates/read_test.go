package templates_test

import (
	"testing"

	"go.yaml.in/yaml/v3"

	"github.com/kgen-dev/kgen/pkg/manifest"
	"github.com/kgen-dev/kgen/pkg/tree"
	"github.com/kgen-dev/kgen/schema"
	"github.com/kgen-dev/kgen/templates"
)

// world is an environment of Kubernetes 1.36 with services in the long form, by
// name, their defaults filled in.
func world(t testing.TB, services ...*schema.Service) *schema.World {
	t.Helper()
	w := &schema.World{
		Kubernetes: schema.Version{Minor: schema.NewestKubernetes},
		ConfigMaps: map[string]*schema.ConfigMap{},
		Secrets:    map[string]*schema.Secret{},
	}
	join(w, services...)
	return w
}

// join puts services, sorted by name, into w.
func join(w *schema.World, services ...*schema.Service) {
	for _, s := range services {
		s.World = w
		w.Services = append(w.Services, schema.Entry[*schema.Service]{Key: s.Name, Value: s})
		for i := range s.ConfigMaps {
			w.ConfigMaps[s.ConfigMaps[i].Key] = &s.ConfigMaps[i].Value
		}
		for i := range s.Secrets {
			w.Secrets[s.Secrets[i].Key] = &s.Secrets[i].Value
		}
		schema.ApplyDefaults(s)
	}
}

// service reads a service in the long form.
func service(t testing.TB, name, text string) *schema.Service {
	t.Helper()
	s := &schema.Service{Name: name}
	decode(t, text, s)
	for i := range s.Files {
		if f := &s.Files[i].Value; f.Content != nil {
			f.Bytes = []byte(*f.Content)
		}
	}
	return s
}

// decode reads YAML into a type of the schema.
func decode(t testing.TB, text string, into any) {
	t.Helper()
	var doc yaml.Node
	if err := yaml.Unmarshal([]byte(text), &doc); err != nil {
		t.Fatal(err)
	}
	if len(doc.Content) == 0 {
		return
	}
	for _, err := range tree.Decode(nodeOf(doc.Content[0]), into) {
		t.Fatal(err)
	}
}

func nodeOf(y *yaml.Node) *tree.Node {
	n := &tree.Node{Pos: tree.Pos{Source: &tree.Source{Name: "test"}, Line: int32(y.Line), Col: int32(y.Column)}, Text: y.Value}
	switch y.Kind {
	case yaml.MappingNode:
		n.Kind = tree.Map
		for i := 0; i < len(y.Content); i += 2 {
			n.Fields = append(n.Fields, tree.Field{Key: y.Content[i].Value, Value: nodeOf(y.Content[i+1])})
		}
	case yaml.SequenceNode:
		n.Kind = tree.List
		for _, item := range y.Content {
			n.Fields = append(n.Fields, tree.Field{Value: nodeOf(item)})
		}
	default:
		n.Kind = map[string]tree.Kind{"!!bool": tree.Bool, "!!int": tree.Int, "!!float": tree.Float, "!!str": tree.String}[y.ShortTag()]
	}
	return n
}

// rendered is objects as one YAML stream.
func rendered(objects []templates.Object) string {
	var out []byte
	for i, o := range objects {
		if i > 0 {
			out = append(out, "---\n"...)
		}
		out = manifest.Append(out, o)
	}
	return string(out)
}
