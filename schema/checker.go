package schema

import (
	"regexp"
	"strconv"

	"github.com/kgen-dev/kgen/pkg/report"
	"github.com/kgen-dev/kgen/pkg/suggest"
	"github.com/kgen-dev/kgen/pkg/tree"
)

// A Checker judges merged services and projects by the schema. It is not for use
// by several goroutines at once.
type Checker struct {
	patterns map[string]*regexp.Regexp
}

// NewChecker makes a Checker, at no cost: a pattern is compiled when it is first
// needed.
func NewChecker() *Checker { return &Checker{patterns: map[string]*regexp.Regexp{}} }

// Check reports what is wrong with the values of a merged service in the long
// form, one finding a mistake, and fields that are missing. It leaves fields that
// do not exist to CheckFields, which sees each layer by itself.
func (c *Checker) Check(root *tree.Node, sink *report.Sink) {
	c.judge(&serviceShape, root, newTrail(), judgement{sink: sink, checker: c})
}

// CheckProject reports what is wrong with kgen.cue in the long form, fields that
// do not exist included. It passes over the partial services in it.
func (c *Checker) CheckProject(root *tree.Node, sink *report.Sink) {
	checkFields(&projectShape, root, newTrail(), nil, sink)
	c.judge(&projectShape, root, newTrail(), judgement{sink: sink, checker: c})
}

func (c *Checker) judge(s *shape, n *tree.Node, at trail, j judgement) {
	if n == nil {
		return
	}
	j.isSecret = j.isSecret || s.isSecret
	if !s.kinds.has(n.Kind) {
		if !s.isDeclinable || n.Kind != tree.Bool || n.Text != "false" {
			j.wrongKind(s, n, at)
		}
		return
	}
	switch n.Kind {
	case tree.Int:
		if s.bounds != nil && !s.bounds.hold(n) {
			j.wrongValue(s, n, at)
		}
	case tree.String:
		if !c.matches(s, n.Text) {
			j.wrongValue(s, n, at)
		}
	case tree.List:
		for i := range n.Fields {
			c.judge(s.each, n.Fields[i].Value, at.element(i), j)
		}
	case tree.Map:
		c.judgeMap(s, n, at, j)
	}
}

// judgeMap passes over entries that are null, which is as if they were not there.
func (c *Checker) judgeMap(s *shape, n *tree.Node, at trail, j judgement) {
	for i := range n.Fields {
		f := &n.Fields[i]
		of := s.each
		if s.body != nil {
			if known := s.body.field(f.Key); known != nil {
				of = &known.shape
			}
		}
		if of != nil && stands(f.Value) {
			c.judge(of, f.Value, at.entry(f.Key), j)
		}
	}
	if s.body != nil {
		s.body.judge(n, at, j)
	}
}

// judge reports required fields that are missing, and broken rules. A field that
// was misspelt is an unknown field, not a missing one too.
func (b *body) judge(n *tree.Node, at trail, j judgement) {
	for i := range b.fields {
		name := b.fields[i].name
		if b.fields[i].isRequired && !stands(n.Get(name)) && !b.isMisspelt(name, n) {
			j.sink.KeyErrorf(MissingField, at.entry(name).path(), "this field is required")
		}
	}
	for _, r := range b.rules {
		left, leftOK := integer(n.Get(r.left))
		right, rightOK := integer(n.Get(r.right))
		if leftOK && rightOK && left > right {
			j.sink.Errorf(r.id, at.entry(r.at).path(), "%s", r.message)
		}
	}
}

func stands(n *tree.Node) bool { return n != nil && n.Kind != tree.Null }

// mostMisspelt is how many unknown fields are compared with a missing one.
const mostMisspelt = 100

// isMisspelt reports whether an unknown field of n would be called name.
func (b *body) isMisspelt(name string, n *tree.Node) bool {
	unknown := 0
	for i := range n.Fields {
		key := n.Fields[i].Key
		if b.field(key) != nil {
			continue
		}
		if unknown++; unknown > mostMisspelt {
			break
		}
		if suggest.Nearest(key, b.names()) == name {
			return true
		}
	}
	return false
}

// matches reports whether text is in the pattern of s, if it has one.
func (c *Checker) matches(s *shape, text string) bool {
	if s.pattern == "" {
		return true
	}
	p := c.patterns[s.pattern]
	if p == nil {
		p = regexp.MustCompile(s.pattern) // the generator has compiled it
		c.patterns[s.pattern] = p
	}
	return p.MatchString(text)
}

func (b *bounds) hold(n *tree.Node) bool {
	i, ok := integer(n)
	return ok && i >= b.min && i <= b.max
}

// integer returns the value of an integer of 64 bits.
func integer(n *tree.Node) (int64, bool) {
	if n == nil || n.Kind != tree.Int {
		return 0, false
	}
	text, ok := n.Decimal()
	if !ok {
		return 0, false
	}
	i, err := strconv.ParseInt(text, 10, 64)
	return i, err == nil
}
