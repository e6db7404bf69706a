package fix

import (
	"cmp"
	"slices"
	"strings"

	"github.com/kgen-dev/kgen/pkg/read"
	"github.com/kgen-dev/kgen/pkg/report"
	"github.com/kgen-dev/kgen/pkg/tree"
	"github.com/kgen-dev/kgen/pkg/validate"
)

// Placed is an edit of the object that begins at a line and a column.
type Placed struct {
	Line, Col int32
	Edit
}

// Mend makes edits in a stream of manifests, and says which are done. One that cannot
// be made safely is not: what is read from the result differs from what was read before
// by the edits that are done, and by nothing else.
func Mend(data []byte, edits []Placed) (mended []byte, done []bool) {
	m := mender{text: newText(data), before: parse(data), edits: edits}
	m.prepare()
	m.add(m.inOrder())
	done = make([]bool, len(edits))
	for _, i := range m.accepted {
		done[i] = true
	}
	for i := range edits {
		if same := m.sameAs[i]; same != i {
			done[i] = done[same]
		}
	}
	return m.splice(m.accepted), done
}

// parse are the documents of a stream.
func parse(data []byte) (documents []*tree.Node) {
	read.Documents(&tree.Source{}, data, &report.Sink{}, func(n *tree.Node) { documents = append(documents, n) })
	return documents
}

type mender struct {
	*text
	before []*tree.Node
	edits  []Placed

	splices  []splice // of the edits
	typed    []string
	fits     []bool
	sameAs   []int // the first edit that does the same
	accepted []int
	trials   int
}

// mostTrials bounds how often a file is read again to see what edits do to it. One is
// enough for edits that are right.
const mostTrials = 200

// objects are those of documents, by the line and column where they begin.
func objects(documents []*tree.Node) map[[2]int32]*tree.Node {
	found := map[[2]int32]*tree.Node{}
	for _, n := range documents {
		validate.Elements(n, func(n *tree.Node) { found[[2]int32{n.Pos.Line, n.Pos.Col}] = n })
	}
	return found
}

// prepare finds out what edits do to the text.
func (m *mender) prepare() {
	count := len(m.edits)
	m.splices, m.typed, m.fits, m.sameAs = make([]splice, count), make([]string, count), make([]bool, count), make([]int, count)
	byPlace := objects(m.before)
	first := map[splice]int{}
	for i := range m.edits {
		e := &m.edits[i]
		m.sameAs[i] = i
		root := byPlace[[2]int32{e.Line, e.Col}]
		if root == nil {
			continue
		}
		m.splices[i], m.typed[i], m.fits[i] = m.spliceOf(&e.Edit, root)
		if same, isKnown := first[m.splices[i]]; m.fits[i] && isKnown {
			m.sameAs[i] = same
		} else if m.fits[i] {
			first[m.splices[i]] = i
		}
	}
}

// inOrder are the edits that fit, by where they begin. Of those that overlap none is
// right: what two edits want of one place is for people to decide.
func (m *mender) inOrder() (order []int) {
	for i := range m.edits {
		if m.fits[i] && m.sameAs[i] == i {
			order = append(order, i)
		}
	}
	slices.SortStableFunc(order, func(a, b int) int { return cmp.Compare(m.splices[a].from, m.splices[b].from) })
	overlaps := map[int]bool{}
	for widest, i := 0, 1; i < len(order); i++ {
		if a, b := order[widest], order[i]; m.splices[b].from < m.splices[a].to {
			overlaps[a], overlaps[b] = true, true
		}
		if m.splices[order[i]].to > m.splices[order[widest]].to {
			widest = i
		}
	}
	return slices.DeleteFunc(order, func(i int) bool { return overlaps[i] })
}

// add accepts the edits that do what they should; group is in order.
func (m *mender) add(group []int) {
	if len(group) == 0 {
		return
	}
	together := slices.Concat(m.accepted, group)
	slices.SortFunc(together, func(a, b int) int { return cmp.Compare(m.splices[a].from, m.splices[b].from) })
	m.trials++
	switch half := len(group) / 2; {
	case m.trials > mostTrials:
	case m.isRight(together):
		m.accepted = together
	case half > 0:
		m.add(group[:half])
		m.add(group[half:])
	}
}

// splice is the text with edits made, which are in order.
func (m *mender) splice(edits []int) []byte {
	var b strings.Builder
	at := 0
	for _, i := range edits {
		b.WriteString(m.Data[at:m.splices[i].from] + m.splices[i].text)
		at = m.splices[i].to
	}
	b.WriteString(m.Data[at:])
	return []byte(b.String())
}

// isRight reports whether edits change what is read as they should, and nothing else.
func (m *mender) isRight(edits []int) bool {
	want := make([]*tree.Node, len(m.before))
	for i, n := range m.before {
		want[i] = clone(n)
	}
	byPlace := objects(want)
	var changes []func()
	for i := range m.edits {
		if e := &m.edits[i]; m.fits[i] && slices.Contains(edits, m.sameAs[i]) { // a map may be merged into several
			change, fits := e.apply(byPlace[[2]int32{e.Line, e.Col}], m.typed[i])
			if !fits {
				return false
			}
			changes = append(changes, change)
		}
	}
	for _, change := range changes {
		change()
	}
	return slices.EqualFunc(want, parse(m.splice(edits)), areEqual)
}
