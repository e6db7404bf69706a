package read

import (
	"github.com/kgen-dev/kgen/pkg/report"
	"github.com/kgen-dev/kgen/pkg/tree"
	"github.com/kgen-dev/kgen/schema"
)

// builder is what the three readers share: they make nodes in it, know in it
// where they are, and say in it what is wrong.
type builder struct {
	text     *text
	sink     *report.Sink
	at       []step
	slab     []tree.Node // unused nodes
	made     int
	mistakes int
	// repeated counts the keys that stand twice in a foreign manifest, which can be
	// judged all the same.
	repeated int
}

func newBuilder(t *text, sink *report.Sink) builder {
	return builder{text: t, sink: sink, at: make([]step, 0, 8)}
}

// step is one element of a path: a key of a map, or an index of a list.
type step struct {
	key     string
	index   int
	isIndex bool
}

// node makes a node. Nodes are allocated in slabs, small for a small file: a
// project keeps thousands of trees.
func (b *builder) node(kind tree.Kind, pos tree.Pos) *tree.Node {
	if len(b.slab) == 0 {
		b.slab = make([]tree.Node, min(max(16, b.made/4), 1024))
		b.made += len(b.slab)
	}
	n := &b.slab[0]
	b.slab = b.slab[1:]
	n.Kind, n.Pos = kind, pos
	return n
}

func (b *builder) enter(key string)   { b.at = append(b.at, step{key: key}) }
func (b *builder) enterElement(i int) { b.at = append(b.at, step{index: i, isIndex: true}) }
func (b *builder) leave()             { b.at = b.at[:len(b.at)-1] }
func (b *builder) isTooDeep() bool    { return len(b.at) > MaxDepth }
func (b *builder) hasFailed() bool    { return b.mistakes > 0 }

// pathOf is the path that steps make, as findings name it.
func pathOf(steps []step) tree.Path {
	path := make(tree.Path, len(steps))
	for i, s := range steps {
		if s.isIndex {
			path[i] = s.index
		} else {
			path[i] = s.key
		}
	}
	return path
}

// errorf reports a mistake at pos, in the value that the reader is in.
func (b *builder) errorf(pos tree.Pos, id, format string, args ...any) {
	b.mistakes++
	if b.mistakes <= maxMistakes {
		b.sink.ErrorAt(pos, id, pathOf(b.at), format, args...)
	}
}

// repeatedKey reports a key of a foreign manifest that stands above already.
func (b *builder) repeatedKey(pos tree.Pos, key string, first tree.Pos) {
	if b.repeated++; b.repeated <= maxMistakes {
		b.sink.ErrorAt(pos, b.text.ids.duplicate, pathOf(b.at), "the key %q is already in line %d", key, first.Line)
	}
}

// tooDeep reports that a map or a list lies in too many others. The path would
// fill a screen, so it is left out.
func (b *builder) tooDeep(pos tree.Pos) {
	if b.mistakes++; b.mistakes <= maxMistakes {
		b.sink.ErrorAt(pos, b.text.ids.file, nil, tooDeep)
	}
}

const tooDeep = "nested more than 1,000 levels deep"

func reportTooDeep(sink *report.Sink, pos tree.Pos) {
	sink.ErrorAt(pos, schema.BadFile, nil, tooDeep)
}

// smallMap is how many keys are still found faster by looking at each.
const smallMap = 16

// keyIndex finds the entry of a growing map by its key.
type keyIndex map[string]int

// find returns the index of key among fields, or -1. It remembers the fields of
// a large map.
func (k *keyIndex) find(fields []tree.Field, key string) int {
	if len(fields) <= smallMap {
		for i := range fields {
			if fields[i].Key == key {
				return i
			}
		}
		return -1
	}
	if *k == nil {
		*k = make(keyIndex, 2*len(fields))
	}
	for i := len(*k); i < len(fields); i++ {
		(*k)[fields[i].Key] = i
	}
	if i, found := (*k)[key]; found {
		return i
	}
	return -1
}
