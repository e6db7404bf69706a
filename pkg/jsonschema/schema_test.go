package jsonschema_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/santhosh-tekuri/jsonschema/v6"
	"go.yaml.in/yaml/v3"

	kgenschema "github.com/kgen-dev/kgen/pkg/jsonschema"
	"github.com/kgen-dev/kgen/pkg/load"
	"github.com/kgen-dev/kgen/pkg/report"
	"github.com/kgen-dev/kgen/pkg/tree"
	"github.com/kgen-dev/kgen/schema"
)

// compiled is the schema of a document as a library understands it, with the fields of an
// organisation.
func compiled(t testing.TB, document schema.Document, own *schema.Extension) *jsonschema.Schema {
	t.Helper()
	text, err := kgenschema.Of(document, own).JSON()
	if err != nil {
		t.Fatal(err)
	}
	value, err := jsonschema.UnmarshalJSON(bytes.NewReader(text))
	if err != nil {
		t.Fatal(err)
	}
	c := jsonschema.NewCompiler()
	c.DefaultDraft(jsonschema.Draft7)
	if err := c.AddResource("kgen.json", value); err != nil {
		t.Fatal(err)
	}
	s, err := c.Compile("kgen.json")
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// example is one file of the examples, as JSON, and what its project adds.
type example struct {
	value any
	own   *schema.Extension
}

// values are the examples of a document: of files whose names match.
func values(t testing.TB, pattern string) map[string]example {
	t.Helper()
	found := map[string]example{}
	err := filepath.WalkDir("../../examples", func(path string, d os.DirEntry, err error) error {
		slash := filepath.ToSlash(path)
		if err != nil || d.IsDir() || !strings.Contains(slash, pattern) {
			return err
		}
		written, err := load.ReadWritten(load.Options{Paths: []string{filepath.Dir(path)}})
		if err != nil {
			return err
		}
		data, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		e := example{own: written.Project.Extension(load.Options{})}
		switch filepath.Ext(path) {
		case ".cue":
			n, findings := written.Reader(path)(data)
			if n == nil {
				return fmt.Errorf("%s: %v", path, findings)
			}
			e.value = value(n)
		case ".yaml", ".yml", ".json":
			if err := yaml.Unmarshal(data, &e.value); err != nil {
				return err
			}
		default:
			return nil
		}
		found[slash] = e
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return found
}

// value is n as a JSON library reads it.
func value(n *tree.Node) any {
	switch n.Kind {
	case tree.Map:
		m := map[string]any{}
		for _, f := range n.Fields {
			m[f.Key] = value(f.Value)
		}
		return m
	case tree.List:
		list := []any{}
		for _, f := range n.Fields {
			list = append(list, value(f.Value))
		}
		return list
	case tree.Bool:
		return n.Text == "true"
	case tree.Int, tree.Float:
		var v any
		if err := yaml.Unmarshal([]byte(n.Text), &v); err != nil {
			return n.Text
		}
		return v
	case tree.Null:
		return nil
	}
	return n.Text
}

// TestExamples demands that every service and project of the examples is valid.
func TestExamples(t *testing.T) {
	for document, pattern := range map[schema.Document]string{schema.ServiceDocument: "/services/", schema.ProjectDocument: "/kgen.cue"} {
		plain, found := compiled(t, document, nil), values(t, pattern)
		if len(found) < 3 {
			t.Errorf("there are only %d examples of %s", len(found), document)
		}
		for name, e := range found {
			s := plain
			if e.own != nil {
				s = compiled(t, document, e.own)
			}
			if err := s.Validate(e.value); err != nil {
				t.Errorf("%s: %v", name, err)
			}
		}
	}
}

// TestFields demands that the schema and the table of fields have the same fields,
// each with its documentation.
func TestFields(t *testing.T) {
	for _, document := range schema.Documents {
		root := kgenschema.Of(document, nil)
		w := walker{t, root.Definitions, map[string]bool{}}
		at := root
		if document == schema.ServiceDocument {
			at = root.AnyOf[0]
		}
		w.compare(document.Root(), at)
		if len(w.seen) < 4 {
			t.Errorf("%s: only %d structs were compared", document, len(w.seen))
		}
	}
}

type walker struct {
	t           *testing.T
	definitions map[string]*kgenschema.Schema
	seen        map[string]bool
}

func (w walker) compare(f schema.Field, s *kgenschema.Schema) {
	s = w.long(f, s)
	if each, ok := f.Each(); ok {
		under, _ := s.AdditionalProperties.(*kgenschema.Schema)
		if s.Items != nil {
			under = s.Items
		}
		if under == nil {
			w.t.Errorf("%s: nothing is said of its entries", f.Path)
			return
		}
		w.compare(each, under)
	}
	fields := f.Fields()
	name, _ := f.Definition()
	if len(fields) == 0 || w.seen[name+fmt.Sprint(f.IsLayer)] {
		return
	}
	w.seen[name+fmt.Sprint(f.IsLayer)] = true
	if s.AdditionalProperties != any(false) || len(s.Properties) != len(fields) {
		w.t.Errorf("%s: %d properties for %d fields", f.Path, len(s.Properties), len(fields))
	}
	for _, below := range fields {
		property := s.Properties[below.Name]
		if property == nil || !strings.HasPrefix(property.Description, below.Doc) {
			w.t.Errorf("%s: no property, or no description", below.Path)
			continue
		}
		w.compare(below, property)
	}
}

// long is the alternative of s that is the long form of f.
func (w walker) long(f schema.Field, s *kgenschema.Schema) *kgenschema.Schema {
	for {
		switch {
		case s.Ref != "":
			s = w.definitions[strings.TrimPrefix(s.Ref, "#/definitions/")]
		case len(s.AllOf) > 0:
			s = s.AllOf[0]
		case len(s.AnyOf) > 0:
			s = s.AnyOf[0]
		default:
			return s
		}
	}
}

// TestVerdicts demands that what kgen refuses of types and names is refused, and all
// that is fine passes.
func TestVerdicts(t *testing.T) {
	schemas := map[schema.Document]*jsonschema.Schema{}
	for _, document := range schema.Documents {
		schemas[document] = compiled(t, document, nil)
	}
	for _, of := range []struct {
		document schema.Document
		yaml     string
		isValid  bool
	}{
		{schema.ServiceDocument, `{image: "web:1", ports: {http: 8080}, env: {A: 1, B: true, C: x, D: null, E: {value: 2}}}`, true},
		{schema.ServiceDocument, `{services: {web: {image: "web:1"}, cart: {replicas: 2, environments: {prod: {replicas: 3}}}}}`, true},
		{schema.ServiceDocument, `{replicas: 2}`, true}, // the image is the project's
		{schema.ServiceDocument, `{ports: {http: {port: 80}}}`, true},
		{schema.ServiceDocument, `{replicas: false, resources: false, podDisruptionBudget: false, labels: {a: false}}`, true},
		{schema.ServiceDocument, `{replicas: null, image: null}`, true},
		{schema.ServiceDocument, `{configMaps: {a: {X: 1, immutable: "text"}, b: {data: {X: true}, hashed: true}}}`, true},
		{schema.ServiceDocument, `{secrets: {a: {X: {env: Y}}, b: {existing: true}, c: {data: {X: {file: x}}, type: Opaque}}}`, true},
		{schema.ServiceDocument, `{volumes: {data: {mountPath: /data, size: 10}}, files: {/x: {content: 5}}}`, true},
		{schema.ServiceDocument, `{ingress: {tls: true, hosts: {h: {/: http, /a: 80, /b: {port: http}}}}}`, true},
		{schema.ServiceDocument, `{resources: {requests: {cpu: 1, memory: 0.5, "nvidia.com/gpu": "1"}, limits: {memory: false}}}`, true},
		{schema.ServiceDocument, `{objects: {a: {any: [thing]}}}`, true},
		{schema.ServiceDocument, `{imag: "web:1"}`, false},
		{schema.ServiceDocument, `{services: {web: {imag: x}}}`, false},
		{schema.ServiceDocument, `{services: {web: {}}, image: x}`, false},
		{schema.ServiceDocument, `{ports: {http: 70000}}`, false},
		{schema.ServiceDocument, `{ports: {http: "8080"}}`, false},
		{schema.ServiceDocument, `{ports: {http: {protocl: TCP}}}`, false},
		{schema.ServiceDocument, `{ports: {http: {protocol: tcp}}}`, false},
		{schema.ServiceDocument, `{replicas: true}`, false},
		{schema.ServiceDocument, `{replicas: -1}`, false},
		{schema.ServiceDocument, `{command: "sh -c x"}`, false},
		{schema.ServiceDocument, `{strategy: Rolling}`, false},
		{schema.ServiceDocument, `{secrets: {a: {X: hunter2}}}`, false},
		{schema.ServiceDocument, `{tolerations: [{kee: a}]}`, false},
		{schema.ServiceDocument, `{patches: [{merge: {}}]}`, false}, // a list is whole: kind is missing
		{schema.ServiceDocument, `{environments: {prod: {environments: {}}}}`, false},
		{schema.ServiceDocument, `[]`, false},
		{schema.ProjectDocument, `{namespace: shop, defaults: {image: {registry: r.io}}, environments: {prod: {services: {web: {replicas: 2}}}}}`, true},
		{schema.ProjectDocument, `{kubernetesVersion: "1.35", lint: {profile: strict, ignore: [{rule: a, reason: b}]}}`, true},
		{schema.ProjectDocument, `{kubernetesVersion: 1.35}`, false},
		{schema.ProjectDocument, `{kubernetesVersion: "1.99"}`, false},
		{schema.ProjectDocument, `{namespace: {create: true}}`, false},
		{schema.ProjectDocument, `{lint: {ignore: [{rule: a}]}}`, false},
		{schema.ProjectDocument, `{defaults: {replica: 2}}`, false},
		{schema.ConfigDocument, `{kubernetesVersion: "1.35", crds: [crds], profile: strict}`, true},
		{schema.ConfigDocument, `{lint: {profile: strict}}`, false},
	} {
		var v any
		if err := yaml.Unmarshal([]byte(of.yaml), &v); err != nil {
			t.Fatal(err)
		}
		if err := schemas[of.document].Validate(v); (err == nil) != of.isValid {
			t.Errorf("%s: %s: %v", of.document, of.yaml, err)
		}
	}
}

// TestOwnFields demands that fields of an organisation are in the schema of services and of
// all layers in kgen.cue, no stricter than what is known of them.
func TestOwnFields(t *testing.T) {
	text := schema.OwnField{Kinds: []tree.Kind{tree.String}}
	anything := []tree.Kind{tree.Bool, tree.Int, tree.Float, tree.String, tree.List, tree.Map}
	own := schema.Extend([]schema.OwnField{
		{Name: "team", Kinds: text.Kinds, Pattern: "^(shop|payments)$", IsRequired: true, Doc: "team is who is called."},
		{Name: "oncall", Kinds: []tree.Kind{tree.Map}, Fields: []schema.OwnField{{Name: "channel", Kinds: text.Kinds, IsRequired: true, Pattern: "^#", Message: "it begins with #"}}},
		{Name: "costs", Kinds: []tree.Kind{tree.Map}, Each: &schema.OwnField{Kinds: []tree.Kind{tree.Int, tree.Float}}},
		{Name: "links", Kinds: []tree.Kind{tree.List}, Each: &text},
		{Name: "open", Kinds: []tree.Kind{tree.Map}},
		{Name: "any", Kinds: anything},
	})
	service, project := compiled(t, schema.ServiceDocument, own), compiled(t, schema.ProjectDocument, own)
	for yamlText, isValid := range map[string]bool{
		`{team: shop, oncall: {channel: "#x"}, costs: {a: 1.5}, links: [a], open: {a: [1]}, any: 3}`: true,
		`{any: {a: 1}, team: null, oncall: {}}`:                                                      true,
		`{any: [1]}`:                                                                                 true,
		`{team: x}`:                                                                                  false,
		`{tema: shop}`:                                                                               false,
		`{oncall: {chanel: "#x"}}`:                                                                   false,
		`{oncall: {channel: "x"}}`:                                                                   false,
		`{costs: {a: x}}`:                                                                            false,
		`{links: [1]}`:                                                                               false,
		`{open: 3}`:                                                                                  false,
		`{image: "w:1", team: shop}`:                                                                 true,
	} {
		var v any
		if err := yaml.Unmarshal([]byte(yamlText), &v); err != nil {
			t.Fatal(err)
		}
		in := map[string]any{"defaults": v, "environments": map[string]any{"prod": map[string]any{"defaults": v, "services": map[string]any{"web": v}}}}
		if err := service.Validate(v); (err == nil) != isValid {
			t.Errorf("%s: %v", yamlText, err)
		}
		if err := project.Validate(in); (err == nil) != isValid {
			t.Errorf("kgen.cue: %s: %v", yamlText, err)
		}
	}
}

// mutants stand in the place of values of the examples, one at a time.
var mutants = []string{`{}`, `{other: x}`, `[]`, `["x"]`, `""`, `Some text.`, `true`, `false`, `-1`, `0`, `70000`, `99999999999`, `1.5`, `null`, `"8080"`, `25%`}

// TestNeverStricter changes one value of an example at a time, and demands that
// kgen refuses what the schema refuses.
func TestNeverStricter(t *testing.T) {
	plain := compiled(t, schema.ServiceDocument, nil)
	next, refused := 0, 0
	found := values(t, "/services/")
	names := []string{}
	for name := range found {
		names = append(names, name)
	}
	slices.Sort(names)
	for _, name := range names {
		e, s := found[name], plain
		if e.own != nil {
			s = compiled(t, schema.ServiceDocument, e.own)
		}
		before := mistakes(t, e)
		change(e.value, func(path string) {
			if err := s.Validate(e.value); err == nil {
				return
			}
			refused++
			isNew := func(m string) bool { return !slices.Contains(before, m) }
			if !slices.ContainsFunc(mistakes(t, e), isNew) {
				t.Errorf("%s: %s: only the schema refuses %s", name, path, text(t, e.value))
			}
		}, &next, "")
	}
	if refused < 300 {
		t.Errorf("only %d changes were refused", refused)
	}
}

// change puts a mutant into the place of each value below v and calls judge.
func change(v any, judge func(path string), next *int, at string) {
	try := func(path string, old any, set func(any)) {
		change(old, judge, next, path)
		var mutant any
		if err := yaml.Unmarshal([]byte(mutants[*next%len(mutants)]), &mutant); err != nil {
			return
		}
		*next++
		set(mutant)
		judge(path)
		set(old)
	}
	switch v := v.(type) {
	case map[string]any:
		keys := []string{}
		for key := range v {
			keys = append(keys, key)
		}
		slices.Sort(keys)
		for _, key := range keys {
			try(at+"."+key, v[key], func(mutant any) { v[key] = mutant })
		}
	case []any:
		for i := range v {
			try(fmt.Sprint(at, "[", i, "]"), v[i], func(mutant any) { v[i] = mutant })
		}
	}
}

// mistakes are what kgen finds wrong with a service of a project that has but its
// environments, and the #Service of the example that has one.
func mistakes(t *testing.T, service example) (found []string) {
	t.Helper()
	dir := t.TempDir()
	config := "environments: {dev: {}, staging: {}, prod: {}}\n"
	if service.own != nil {
		config = "import \"acme.example/platform\"\npackages: [\"platform\"]\n#Service: platform.#Service\n" + config
		if err := os.CopyFS(filepath.Join(dir, "platform"), os.DirFS("../../examples/org/platform")); err != nil {
			t.Fatal(err)
		}
	}
	for name, content := range map[string][]byte{"services/web.json": text(t, service.value), "kgen.cue": []byte(config)} {
		file := filepath.Join(dir, name)
		if err := os.MkdirAll(filepath.Dir(file), 0o777); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(file, content, 0o666); err != nil {
			t.Fatal(err)
		}
	}
	result, err := load.Load(load.Options{Paths: []string{dir}})
	if err != nil {
		return []string{err.Error()}
	}
	for _, f := range result.Findings {
		if f.Severity == report.Error {
			found = append(found, f.ID+" "+f.Path.String()+" "+f.Message)
		}
	}
	return found
}

func text(t *testing.T, value any) []byte {
	t.Helper()
	data, err := json.Marshal(value)
	if err != nil {
		t.Fatal(err)
	}
	return data
}
