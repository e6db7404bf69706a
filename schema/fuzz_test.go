package schema

import (
	"testing"

	"github.com/kgen-dev/kgen/pkg/report"
	"github.com/kgen-dev/kgen/pkg/tree"
)

// FuzzCheck builds a tree of whatever bytes come, with names of the schema where
// it can, and demands that every finding is one that people can use.
func FuzzCheck(f *testing.F) {
	for _, seed := range []string{"", "image", "\x06\x01\x05\x02", "\x06\x0f\x06\x03\x06\x05\x02\x01\x04\x04"} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		b := builder{data}
		for _, s := range []*shape{&serviceShape, &projectShape} {
			root := b.node(s, 0)
			sink := &report.Sink{Root: root}
			if s == &serviceShape {
				CheckFields(root, sink)
				NewChecker().Check(root, sink)
			} else {
				NewChecker().CheckProject(root, sink)
			}
			for _, found := range sink.Findings {
				if found.ID == "" || found.Message == "" || len(found.Path) > 0 && root.At(found.Path[:len(found.Path)-1]) == nil {
					t.Errorf("%+v", found)
				}
			}
		}
	})
}

// builder makes trees of bytes; without bytes it makes nulls.
type builder struct{ data []byte }

func (b *builder) next() int {
	if len(b.data) == 0 {
		return 0
	}
	c := b.data[0]
	b.data = b.data[1:]
	return int(c)
}

var fuzzTexts = []string{"", "x", "false", "1", "-0", "0x", "1e999999999", "Recreate", "_", "00", "+", "1Ki", "\x00\xff"}

func (b *builder) node(s *shape, depth int) *tree.Node {
	n := &tree.Node{Kind: tree.Kind(b.next() % (int(tree.Map) + 1))}
	switch {
	case n.IsScalar():
		n.Text = fuzzTexts[b.next()%len(fuzzTexts)]
		return n
	case depth > 20:
		return n
	}
	for range b.next() % 5 {
		if n.Kind == tree.List {
			n.Fields = append(n.Fields, tree.Field{Value: b.node(s.under(""), depth+1)})
			continue
		}
		key := b.key(s)
		n.Set(key, tree.Pos{}, b.node(s.under(key), depth+1))
	}
	return n
}

// key is a name of the schema, or any text.
func (b *builder) key(s *shape) string {
	if s != nil && s.body != nil {
		if i := b.next() % (len(s.body.fields) + 1); i < len(s.body.fields) {
			return s.body.fields[i].name
		}
	}
	return fuzzTexts[b.next()%len(fuzzTexts)]
}
