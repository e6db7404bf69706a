package schema

import (
	"testing"

	"cuelang.org/go/cue"
	"cuelang.org/go/cue/cuecontext"

	"github.com/kgen-dev/kgen/pkg/tree"
)

// Verdicts judges services in the long form by the CUE definitions alone.
type Verdicts struct{ merged, people cue.Value }

// NewVerdicts builds the definitions.
func NewVerdicts(t *testing.T) Verdicts {
	all := definitions(t)
	return Verdicts{all.LookupPath(cue.ParsePath("#Merged")), all.LookupPath(cue.ParsePath("#Service"))}
}

// Merged is CUE's verdict on the long form.
func (v Verdicts) Merged(root *tree.Node) error { return validate(v.merged, &serviceShape, root) }

// People is CUE's verdict when a person writes the long form.
func (v Verdicts) People(root *tree.Node) error { return validate(v.people, nil, root) }

func validate(def cue.Value, s *shape, root *tree.Node) error {
	return cuecontext.New().BuildExpr(syntax(s, root)).Unify(def).Validate(cue.Concrete(true))
}
