package lint

import (
	"hash/fnv"
	"sync"

	"github.com/kgen-dev/kgen/pkg/read"
	"github.com/kgen-dev/kgen/pkg/report"
	"github.com/kgen-dev/kgen/pkg/tree"
	"github.com/kgen-dev/kgen/pkg/validate"
)

// Sources holds mostOpen files in each of its shards at once: that of a finding, and of
// what it is related to.
const (
	mostOpen    = 2
	mostSources = 16
)

// Sources finds the places of values in manifests. Trees are most of what a manifest
// costs, and only findings need them, so that files are read again for them.
type Sources struct{ shards [mostSources]sourceShard }

// sourceShard is what one goroutine at a time reads.
type sourceShard struct {
	lock sync.Mutex
	open []*sourceFile
}

type sourceFile struct {
	source  *tree.Source
	objects map[[2]int32]*tree.Node // by line and column
}

// Locate is for Object.Locate of an object that begins at pos, in what open opens.
func (s *Sources) Locate(pos tree.Pos, open func() (*read.Pieces, error)) func(tree.Path) (tree.Pos, string) {
	return func(path tree.Path) (tree.Pos, string) {
		root := s.shardOf(pos.Source).read(pos.Source, open).objects[[2]int32{pos.Line, pos.Col}]
		if at := root.Begin(path); at.IsValid() {
			at.Source = pos.Source
			return at, ""
		}
		return pos, "" // the file has changed meanwhile
	}
}

func (s *Sources) shardOf(source *tree.Source) *sourceShard {
	h := fnv.New32a()
	_, _ = h.Write([]byte(source.Name)) // it never fails
	return &s.shards[h.Sum32()%mostSources]
}

// read is what a file was read to, which nobody changes.
func (s *sourceShard) read(source *tree.Source, open func() (*read.Pieces, error)) *sourceFile {
	s.lock.Lock()
	defer s.lock.Unlock()
	for _, f := range s.open {
		if f.source == source {
			return f
		}
	}
	f := &sourceFile{source: source, objects: map[[2]int32]*tree.Node{}}
	if pieces, err := open(); err == nil {
		again := &tree.Source{Name: source.Name, Dir: source.Dir}
		_ = pieces.Documents(again, &report.Sink{}, func(n *tree.Node) { // it was read before; else less is found in it
			validate.Elements(n, func(n *tree.Node) { f.objects[[2]int32{n.Pos.Line, n.Pos.Col}] = n })
		})
	}
	if len(s.open) == mostOpen {
		s.open = s.open[1:]
	}
	s.open = append(s.open, f)
	return f
}
