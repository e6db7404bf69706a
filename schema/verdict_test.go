package schema

import (
	"testing"

	"cuelang.org/go/cue"
	"cuelang.org/go/cue/cuecontext"

	"github.com/kgen-dev/kgen/pkg/report"
	"github.com/kgen-dev/kgen/pkg/tree"
)

// mutants stand in the place of every value of a valid service, one at a time.
var mutants = []*tree.Node{
	{Kind: tree.Map},
	{Kind: tree.Map, Fields: []tree.Field{{Key: "other", Value: &tree.Node{Kind: tree.String, Text: "x"}}}},
	{Kind: tree.List},
	{Kind: tree.List, Fields: []tree.Field{{Value: &tree.Node{Kind: tree.Null}}}},
	{Kind: tree.String},
	{Kind: tree.String, Text: "Some text."},
	{Kind: tree.Bool, Text: "true"},
	{Kind: tree.Bool, Text: "false"},
	{Kind: tree.Int, Text: "-1"},
	{Kind: tree.Int, Text: "0"},
	{Kind: tree.Int, Text: "0o17"},
	{Kind: tree.Int, Text: "70000"},
	{Kind: tree.Int, Text: "99999999999999999999"},
	{Kind: tree.Float, Text: "1.0"},
	{Kind: tree.Float, Text: ".5"},
}

// mutantsEach is how many of them one value is replaced by; with all it takes a quarter of a minute.
const mutantsEach = 3

// TestVerdict demands of valid services, and of as many that have one mistake,
// the verdict of the CUE definitions.
func TestVerdict(t *testing.T) {
	all := definitions(t)
	for _, of := range []struct {
		name  string
		shape *shape
	}{{"#Merged", &serviceShape}, {"#MergedProject", &projectShape}} {
		def := all.LookupPath(cue.ParsePath(of.name))
		for i := range of.shape.body.fields {
			f := &of.shape.body.fields[i]
			if f.shape.body == nil && f.shape.each == nil && f.shape.kinds.has(tree.Map) {
				continue // layers and manifests, which are not looked into
			}
			t.Run(of.name+"."+f.name, func(t *testing.T) {
				compareVerdicts(t, def.LookupPath(cue.MakePath(selector(f))), &f.shape)
			})
		}
	}
}

func selector(f *field) cue.Selector {
	if f.isRequired {
		return cue.Str(f.name).Required()
	}
	return cue.Str(f.name).Optional()
}

func compareVerdicts(t *testing.T, def cue.Value, s *shape) {
	holder := &tree.Node{Kind: tree.List, Fields: []tree.Field{{Value: sampleOf(t, s)}}}
	compareVerdict(t, def, s, holder, tree.P(0))
	next := 0
	visit(&shape{each: s}, holder, nil, func(s2 *shape, f *tree.Field, at tree.Path) {
		valid := f.Value
		for range mutantsEach {
			f.Value = mutants[next%len(mutants)]
			next++
			if f.Value.Kind == tree.Bool && f.Value.Text == "false" && s2.isDeclinable {
				continue // there is no such thing in CUE
			}
			if s2.body != nil && len(s2.body.rules) > 0 && f.Value.IsScalar() {
				continue // to CUE a struct of optional fields and an if may yet be a scalar
			}
			compareVerdict(t, def, s, holder, at)
		}
		f.Value = valid
	})
}

func compareVerdict(t *testing.T, def cue.Value, s *shape, holder *tree.Node, at tree.Path) {
	root := holder.Fields[0].Value
	sink := &report.Sink{Root: root}
	checkFields(s, root, newTrail(), nil, sink)
	c := NewChecker()
	c.judge(s, root, newTrail(), judgement{sink: sink, checker: c})
	err := cuecontext.New().BuildExpr(syntax(s, root)).Unify(def).Validate(cue.Concrete(true))
	if (err == nil) != (len(sink.Findings) == 0) {
		t.Errorf("%s is %s %q: CUE says %v, the table %v", at, holder.At(at).Kind, holder.At(at).Text, err, sink.Findings)
	}
}
