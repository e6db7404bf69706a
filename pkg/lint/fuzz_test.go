package lint

import (
	"bytes"
	"fmt"
	"regexp"
	"testing"

	"k8s.io/apimachinery/pkg/api/resource"
	"k8s.io/apimachinery/pkg/runtime"
	"k8s.io/apimachinery/pkg/util/intstr"
	"sigs.k8s.io/randfill"

	"github.com/kgen-dev/kgen/pkg/manifest"
	"github.com/kgen-dev/kgen/pkg/read"
	"github.com/kgen-dev/kgen/pkg/report"
	"github.com/kgen-dev/kgen/pkg/tree"
	"github.com/kgen-dev/kgen/pkg/validate"
	"github.com/kgen-dev/kgen/pkg/validate/versions"
)

// readable are the objects in a text, as far as it can be read, in turn in one of two
// directories.
func readable(source *tree.Source, text string) (objects []*Object) {
	read.Documents(source, []byte(text), &report.Sink{}, func(n *tree.Node) {
		validate.Elements(n, func(n *tree.Node) {
			apiVersion, kind := n.Get("apiVersion"), n.Get("kind")
			if apiVersion == nil || kind == nil || apiVersion.Kind != tree.String || kind.Kind != tree.String {
				return
			}
			o := FromNode(n, fmt.Sprint(len(objects)%2))
			o.Locate = func(path tree.Path) (tree.Pos, string) { return n.Begin(path), "" }
			objects = append(objects, o)
		})
	})
	return objects
}

// misprinted matches what fmt makes of a wrong verb.
var misprinted = regexp.MustCompile(`%![a-zA-Z]?\(`)

// lintEverywhere runs all rules in all worlds over what objects makes, and judges what
// is found.
func lintEverywhere(t *testing.T, objects func() []*Object, ignores func() []*Ignore) {
	t.Helper()
	for _, world := range []World{Open, Closed, Partial} {
		settings, minor := Settings{Rules: everyRule()}, versions.Newest
		if world == Closed {
			settings.IsStrict, settings.IsRestricted, minor = true, true, versions.Oldest
		}
		all := NewIndex(world, minor, []External{{Kind: "Secret", Name: "a*"}}, objects())
		found := settings.Lint(all, ignores(), nil, "", 1)
		for _, f := range append(found, settings.JudgeIgnores()...) {
			if f.Message == "" || f.ID == "" || misprinted.MatchString(f.Message+f.Fix) {
				t.Errorf("%s: %q, fix %q", f.ID, f.Message, f.Fix)
			}
		}
	}
}

// FuzzLint lints whatever can be read, and finds a place for all that is found.
func FuzzLint(f *testing.F) {
	for _, rule := range Rules() {
		f.Add(rule.Doc.Bad)
		f.Add(rule.Doc.Good)
	}
	f.Add("apiVersion: v1\nkind: Pod\nmetadata: {annotations: {kgen.dev/ignore: 'host-pid: a, b: ,:,'}} # kgen:ignore host-pid\n# kgen:ignore\nspec: {containers: [null, {}], hostPID: true}\n")
	f.Add("apiVersion: v1\nkind: List\nitems: [{apiVersion: argoproj.io/v1alpha1, kind: Rollout, spec: {selector: 1, replicas: a, template: {spec: {containers: [1, {env: 2}]}}}}]\n")
	f.Fuzz(func(t *testing.T, text string) {
		source := &tree.Source{Name: "x.yaml"}
		objects := func() []*Object { return readable(source, text) }
		lintEverywhere(t, objects, func() []*Ignore { return InComments(source, []byte(text)) })
	})
}

// TestMutants puts nothing, and what does not fit, in the place of every value of the
// examples of all rules.
func TestMutants(t *testing.T) {
	if testing.Short() {
		t.Skip("it lints thousands of manifests")
	}
	seen := map[string]bool{}
	for _, rule := range Rules() {
		for _, text := range []string{rule.Doc.Bad, rule.Doc.Good} {
			source := &tree.Source{Name: rule.ID}
			for i, o := range readNodes(source, text) {
				eachValue(o, nil, func(path tree.Path) {
					key := fmt.Sprint(o.Get("kind").Text, path)
					if seen[key] {
						return
					}
					seen[key] = true
					for _, put := range []*tree.Node{nil, {Kind: tree.Null}, {Kind: tree.Map}, {Kind: tree.List}, {Kind: tree.String}, {Kind: tree.Int, Text: "-1"}} {
						lintMutant(t, source, text, i, path, put)
					}
				})
			}
		}
	}
}

// readNodes are the manifests in a text.
func readNodes(source *tree.Source, text string) (nodes []*tree.Node) {
	read.Documents(source, []byte(text), &report.Sink{}, func(n *tree.Node) { nodes = append(nodes, n) })
	return nodes
}

// eachValue calls do with the path of every value below a node.
func eachValue(n *tree.Node, at tree.Path, do func(tree.Path)) {
	for i := range n.Fields {
		f := &n.Fields[i]
		path := at.With(f.Key)
		if n.Kind == tree.List {
			path = at.With(i)
		}
		do(path)
		eachValue(f.Value, path, do)
	}
}

// lintMutant lints a text with another value at a path of one of its manifests.
func lintMutant(t *testing.T, source *tree.Source, text string, at int, path tree.Path, put *tree.Node) {
	t.Helper()
	defer func() {
		if r := recover(); r != nil {
			t.Errorf("%s of %s: %v", path, source.Name, r)
		}
	}()
	nodes := readNodes(source, text)
	parent := nodes[at].At(path[:len(path)-1])
	for i := range parent.Fields {
		if parent.Kind == tree.Map && parent.Fields[i].Key == path[len(path)-1] || parent.Kind == tree.List && i == path[len(path)-1] {
			if put == nil {
				parent.Fields = append(parent.Fields[:i], parent.Fields[i+1:]...)
			} else {
				parent.Fields[i].Value = put
			}
			break
		}
	}
	var objects []*Object
	for _, n := range nodes {
		if n.Get("apiVersion") == nil || n.Get("kind") == nil {
			return
		}
		o := FromNode(n, ".")
		o.Locate = func(path tree.Path) (tree.Pos, string) { return n.Begin(path), "" }
		objects = append(objects, o)
	}
	all := NewIndex(Closed, versions.Newest, nil, objects)
	all.Strict = true
	Run(all, everyRule(), 1)
}

// words are the texts of filled objects: few, so that some name one another.
var words = []string{"", "a", "a", "b", "http", "default", "web", "80", "100%", "*", "app", "Always", "Recreate", "a/b:c", "apps/v1", "Deployment", "Service", "cpu"}

// FuzzFilled lints objects that no manifest can be read to: any pointer may be nil, and
// any list empty.
func FuzzFilled(f *testing.F) {
	for seed := range 64 {
		f.Add(bytes.Repeat([]byte{byte(seed * 7), byte(seed), byte(seed * 31), byte(seed * 13)}, 300))
	}
	kinds := manifest.Kinds()
	f.Fuzz(func(t *testing.T, data []byte) {
		fill := randfill.NewFromGoFuzz(data).NilChance(0.3).NumElements(0, 2).MaxDepth(14).Funcs(
			func(*runtime.RawExtension, randfill.Continue) {}, // holds an interface
			func(s *string, c randfill.Continue) { *s = words[c.Intn(len(words))] },
			func(q *resource.Quantity, c randfill.Continue) {
				*q = *resource.NewMilliQuantity(c.Int63()>>uint(c.Intn(63)), resource.DecimalSI)
			},
			func(v *intstr.IntOrString, c randfill.Continue) {
				*v = intstr.IntOrString{Type: intstr.Type(c.Intn(3)), IntVal: int32(c.Intn(5) - 1), StrVal: words[c.Intn(len(words))]}
			},
		)
		var values []manifest.Typed
		for range 6 {
			var which uint16
			fill.Fill(&which)
			value := kinds[int(which)%len(kinds)].New()
			fill.Fill(value)
			value.GetObjectKind().SetGroupVersionKind(kinds[int(which)%len(kinds)].GroupVersionKind())
			values = append(values, value)
		}
		lintEverywhere(t, func() []*Object { return objectsOf(values) }, func() []*Ignore { return nil })
	})
}

// objectsOf are objects of values, as rendered ones are.
func objectsOf(values []manifest.Typed) (objects []*Object) {
	for _, value := range values {
		apiVersion, kind := value.GetObjectKind().GroupVersionKind().ToAPIVersionAndKind()
		objects = append(objects, &Object{
			Object: &manifest.Object{APIVersion: apiVersion, Kind: kind, Namespace: value.GetNamespace(), Name: value.GetName(), Value: value},
			Locate: func(tree.Path) (tree.Pos, string) { return tree.Pos{}, "" },
		})
	}
	return objects
}
