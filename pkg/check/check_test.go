package check

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/rogpeppe/go-internal/txtar"
	"go.yaml.in/yaml/v3"

	"github.com/kgen-dev/kgen/pkg/report"
	"github.com/kgen-dev/kgen/pkg/tree"
	"github.com/kgen-dev/kgen/schema"
)

// base is what every service of a test has unless it says otherwise: enough to
// have no finding.
const base = `
image: {repository: shop/web, tag: 1.4.2}
resources: {requests: {cpu: 100m, memory: 128Mi}}
`

// TestFindings reads testdata/*.txtar. Each case is a service, several under
// "services", or a project, in the long form, and the findings about it; a case
// without any is what must pass beside the ones that must not. "world" says what
// is around them.
func TestFindings(t *testing.T) {
	files, err := filepath.Glob("testdata/*.txtar")
	if err != nil || len(files) == 0 {
		t.Fatal(files, err)
	}
	for _, file := range files {
		t.Run(strings.TrimSuffix(filepath.Base(file), ".txtar"), func(t *testing.T) { testArchive(t, file) })
	}
}

func testArchive(t *testing.T, file string) {
	archive, err := txtar.ParseFile(file)
	if err != nil {
		t.Fatal(err)
	}
	var updated txtar.Archive
	updated.Comment = archive.Comment
	for _, f := range archive.Files {
		name, isCase := strings.CutSuffix(f.Name, ".yaml")
		if !isCase {
			continue
		}
		got := findingsOf(t, f.Data)
		updated.Files = append(updated.Files, f, txtar.File{Name: name + ".findings", Data: []byte(got)})
		if os.Getenv("KGEN_UPDATE") != "" {
			continue
		}
		i := slices.IndexFunc(archive.Files, func(f txtar.File) bool { return f.Name == name+".findings" })
		if i < 0 {
			t.Errorf("%s: no findings", name)
		} else if diff := cmp.Diff(string(archive.Files[i].Data), got); diff != "" {
			t.Errorf("%s (-want +got):\n%s", name, diff)
		}
	}
	if os.Getenv("KGEN_UPDATE") != "" {
		if err := os.WriteFile(file, txtar.Format(&updated), 0o644); err != nil {
			t.Fatal(err)
		}
	}
}

// findingsOf is what a user sees of all checks on a case.
func findingsOf(t *testing.T, text []byte) string {
	t.Helper()
	root := parse(t, text, "x.yaml")
	world := worldOf(t, root)
	var findings []report.Finding
	if project := root.Get("project"); project != nil {
		var p schema.Project
		decode(t, project, &p)
		sink := report.Sink{Root: project}
		Project(&p, &sink)
		findings = sink.Findings
	} else {
		findings = servicesFindings(t, root, world)
	}
	var out strings.Builder
	if err := (report.Text{Brief: true}).Print(&out, report.Merge(findings)); err != nil {
		t.Fatal(err)
	}
	return out.String()
}

func servicesFindings(t *testing.T, root *tree.Node, world *schema.World) []report.Finding {
	services := &tree.Node{Kind: tree.Map, Fields: []tree.Field{{Key: "web", Value: root}}}
	if several := root.Get("services"); several != nil {
		services = several
	}
	var subjects []Subject
	var findings []report.Finding
	for _, f := range services.Fields {
		s := subject(t, f.Key, f.Value, world)
		sink := s.Sink()
		Service(s.Service, &sink)
		findings = append(findings, sink.Findings...)
		subjects = append(subjects, s)
	}
	gather(world, subjects)
	return append(findings, Environment(subjects, world)...)
}

// subject is a service over the base.
func subject(t testing.TB, name string, root *tree.Node, world *schema.World) Subject {
	for _, f := range parse(t, []byte(base), "base.yaml").Fields {
		if root.Get(f.Key) == nil {
			root.Fields = append(root.Fields, f)
		}
	}
	s := &schema.Service{World: world}
	decode(t, root, s)
	if s.Name == "" {
		s.Name = name
	}
	for i := range s.Files {
		if f := &s.Files[i].Value; f.Content != nil {
			f.Bytes = []byte(*f.Content)
		}
	}
	schema.ApplyDefaults(s)
	return Subject{Service: s, Pos: root.Pos, Tree: func() *tree.Node { return root }}
}

// gather fills world as the loader does.
func gather(world *schema.World, subjects []Subject) {
	world.ConfigMaps, world.Secrets = map[string]*schema.ConfigMap{}, map[string]*schema.Secret{}
	for _, s := range subjects {
		world.Services = append(world.Services, schema.Entry[*schema.Service]{Key: s.Name, Value: s.Service})
		for i := range s.ConfigMaps {
			world.ConfigMaps[s.ConfigMaps[i].Key] = &s.ConfigMaps[i].Value
		}
		for i := range s.Secrets {
			world.Secrets[s.Secrets[i].Key] = &s.Secrets[i].Value
		}
	}
	slices.SortFunc(world.Services, func(a, b schema.Entry[*schema.Service]) int { return strings.Compare(a.Key, b.Key) })
}

// worldOf takes "world" out of a case.
func worldOf(t *testing.T, root *tree.Node) *schema.World {
	var w struct {
		Minor        int                         `json:"minor"`
		Namespace    *schema.Namespace           `json:"namespace"`
		FeatureGates schema.Map[bool]            `json:"featureGates"`
		Objects      schema.Map[schema.Manifest] `json:"objects"`
		IsIncomplete bool                        `json:"isIncomplete"`
	}
	w.Minor = schema.NewestKubernetes
	if n := root.Get("world"); n != nil {
		decode(t, n, &w)
		root.Delete("world")
	}
	return &schema.World{
		Kubernetes: schema.Version{Minor: w.Minor}, Namespace: w.Namespace, FeatureGates: w.FeatureGates,
		Objects: w.Objects, IsIncomplete: w.IsIncomplete,
	}
}

func decode(t testing.TB, n *tree.Node, into any) {
	t.Helper()
	for _, err := range tree.Decode(n, into) {
		t.Fatal(err)
	}
}

func parse(t testing.TB, text []byte, file string) *tree.Node {
	t.Helper()
	var doc yaml.Node
	if err := yaml.Unmarshal(text, &doc); err != nil {
		t.Fatalf("%v in\n%s", err, text)
	}
	source := &tree.Source{Name: file}
	if len(doc.Content) == 0 {
		return &tree.Node{Kind: tree.Map, Pos: tree.Pos{Source: source, Line: 1, Col: 1}}
	}
	return nodeOf(doc.Content[0], source)
}

func nodeOf(y *yaml.Node, source *tree.Source) *tree.Node {
	pos := func(y *yaml.Node) tree.Pos {
		return tree.Pos{Source: source, Line: int32(y.Line), Col: int32(y.Column)}
	}
	n := &tree.Node{Pos: pos(y), Text: y.Value}
	switch {
	case y.Kind == yaml.MappingNode:
		n.Kind = tree.Map
		for i := 0; i < len(y.Content); i += 2 {
			n.Fields = append(n.Fields, tree.Field{Key: y.Content[i].Value, KeyPos: pos(y.Content[i]), Value: nodeOf(y.Content[i+1], source)})
		}
	case y.Kind == yaml.SequenceNode:
		n.Kind = tree.List
		for _, c := range y.Content {
			n.Fields = append(n.Fields, tree.Field{Value: nodeOf(c, source)})
		}
	default:
		n.Kind = map[string]tree.Kind{"!!null": tree.Null, "!!bool": tree.Bool, "!!int": tree.Int, "!!float": tree.Float}[y.Tag]
		if y.Tag == "!!str" || y.Tag == "" {
			n.Kind = tree.String
		}
	}
	return n
}
