package mutant

import (
	"bytes"
	"testing"

	"sigs.k8s.io/yaml"
)

var given = []Manifest{
	{Name: "deployment", Text: []byte(`apiVersion: apps/v1
kind: Deployment
metadata: {name: web, labels: {app: "web"}}
spec:
  replicas: 2
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec:
      containers:
      - name: web
        image: nginx
        env: [{name: A, value: "5"}, {name: B, value: "yes"}]
        ports: [{name: http, containerPort: 80}]
        resources: {requests: {cpu: 100m}}
`)},
	{Name: "config", Text: []byte("apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\ndata: {key: value, other: \"1\"}\n")},
	{Name: "custom", Text: []byte("apiVersion: example.com/v1\nkind: Thing\nmetadata: {name: a}\n")},
	{Name: "comment", Text: []byte("# nothing\n")},
}

func TestMaker(t *testing.T) {
	maker, again := NewMaker(given, 7), NewMaker(given, 7)
	if maker.Len() != 2 {
		t.Fatalf("%d manifests, want those of the two kinds of k8s.io/api", maker.Len())
	}
	seen := map[string]int{}
	different := 0
	for number := range uint64(4000) {
		m, twin := maker.Make(number), again.Make(number)
		if !bytes.Equal(m.Text, twin.Text) {
			t.Fatalf("%d: two mutants of one number and seed:\n%s\n%s", number, m.Text, twin.Text)
		}
		if len(m.Steps) == 0 || len(m.Steps) > 4 {
			t.Errorf("%d: %d steps", number, len(m.Steps))
		}
		for _, step := range m.Steps {
			seen[step.Class]++
		}
		if _, err := yaml.YAMLToJSON(m.Text); err == nil {
			different++
		}
	}
	for _, name := range Classes() {
		if seen[name] == 0 {
			t.Errorf("no mutant of class %s", name)
		}
	}
	if different < 3000 {
		t.Errorf("only %d of 4000 mutants are YAML", different)
	}
}

// TestSeeds checks that another seed makes other mutants.
func TestSeeds(t *testing.T) {
	one, other := NewMaker(given, 1), NewMaker(given, 2)
	same := 0
	for number := range uint64(100) {
		if bytes.Equal(one.Make(number).Text, other.Make(number).Text) {
			same++
		}
	}
	if same > 10 {
		t.Errorf("%d of 100 mutants are the same", same)
	}
}
