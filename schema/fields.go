package schema

import (
	"slices"

	"github.com/kgen-dev/kgen/pkg/report"
	"github.com/kgen-dev/kgen/pkg/suggest"
	"github.com/kgen-dev/kgen/pkg/tree"
)

var (
	serviceShape = shape{kinds: aMap, body: &bodyMerged}
	projectShape = shape{kinds: aMap, body: &bodyMergedProject}
)

// CheckFields reports the fields of a service, or of a partial one, that do not
// exist. It judges names alone, so root may be any layer in the long form. Others are
// further fields that a suggestion may name.
func CheckFields(root *tree.Node, sink *report.Sink, others ...string) {
	checkFields(&serviceShape, root, newTrail(), others, sink)
}

func checkFields(s *shape, n *tree.Node, at trail, others []string, sink *report.Sink) {
	if n == nil || !s.kinds.has(n.Kind) || s.body == nil && s.each == nil {
		return
	}
	for i := range n.Fields {
		f := &n.Fields[i]
		switch {
		case sink.IsFull():
			return
		case n.Kind == tree.List:
			checkFields(s.each, f.Value, at.element(i), nil, sink)
		case s.body == nil:
			checkFields(s.each, f.Value, at.entry(f.Key), nil, sink)
		default:
			if known := s.body.field(f.Key); known != nil {
				checkFields(&known.shape, f.Value, at.entry(f.Key), nil, sink)
				continue
			}
			finding := sink.KeyErrorf(UnknownField, at.entry(f.Key).path(), "unknown field%s", suggest.Hint(f.Key, slices.Concat(s.body.written(), others)))
			if finding.Fix = s.body.hint; finding.Fix == "" {
				finding.Fix = s.body.elsewhere(f.Key)
			}
		}
	}
}

// IsServiceField reports whether a service has a field of that name, in the form that
// people write.
func IsServiceField(name string) bool {
	return bodyMerged.field(name) != nil || name == "environments"
}
