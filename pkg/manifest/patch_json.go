package manifest

import (
	"errors"
	"slices"

	jsonpatch "github.com/evanphx/json-patch/v5"
	sigsyaml "sigs.k8s.io/yaml"

	"github.com/kgen-dev/kgen/pkg/suggest"
	"github.com/kgen-dev/kgen/pkg/tree"
)

// operation is one step of a JSON patch (RFC 6902).
type operation struct {
	Op    string     `json:"op"`
	Path  *string    `json:"path"`
	From  *string    `json:"from,omitempty"`
	Value *tree.Node `json:"value,omitempty"`
}

var operations = []string{"add", "copy", "move", "remove", "replace", "test"}

// applyJSON returns o's value with the JSON patch applied. The document that
// its paths lead through is the object as it is printed.
func (p *patcher) applyJSON(o *Object, at tree.Path) any {
	document, err := asJSON(o)
	if err != nil {
		p.errorf(&tree.Node{}, at, "%s cannot be read as JSON: %v", o.Ref(), err)
		return nil
	}
	value := o.Value
	for i, n := range p.patch.JSONPatch {
		below := at.With(i)
		if document = p.applyOperation(document, n, below); p.failed {
			return nil
		}
		if value = p.decode(o, document, n, below); p.failed {
			return nil
		}
		if p.keepsIdentity(o, value, n, below); p.failed {
			return nil
		}
	}
	return value
}

func asJSON(o *Object) ([]byte, error) {
	if n, ok := o.Value.(*tree.Node); ok {
		return n.AppendJSON(nil), nil
	}
	return sigsyaml.YAMLToJSON(o.AppendYAML(nil))
}

// applyOperation applies one operation and notes whether it changed anything.
func (p *patcher) applyOperation(document []byte, n *tree.Node, at tree.Path) []byte {
	op, ok := p.operation(n, at)
	if !ok {
		return nil
	}
	patch, err := jsonpatch.DecodePatch(append(n.AppendJSON([]byte{'['}), ']'))
	if err != nil {
		p.errorf(n, at, "is no JSON patch operation: %v", err)
		return nil
	}
	options := jsonpatch.NewApplyOptions()
	options.SupportNegativeIndices = false // RFC 6902 has none
	options.AccumulatedCopySizeLimit = maxPatched
	after, err := patch.ApplyWithOptions(document, options)
	if err != nil {
		p.errorf(n, at, "does not apply: %s", reason(op, err))
		return nil
	}
	if op.Op != "test" { // which changes nothing by its nature
		p.mark(n, at, !jsonpatch.Equal(document, after))
	}
	return after
}

// maxPatched bounds what copy operations add, in bytes: they can double the object.
const maxPatched = 4 << 20

// reason says why an operation does not apply.
func reason(op operation, err error) string {
	path := *op.Path
	if op.From != nil {
		path = *op.From + " or " + path
	}
	switch {
	case errors.Is(err, jsonpatch.ErrTestFailed):
		return "another value is at " + path
	case errors.Is(err, jsonpatch.ErrInvalidIndex):
		return "the list has no place " + path
	case errors.Is(err, jsonpatch.ErrMissing) && op.Op == "add":
		return "there is nothing to add to for " + path
	case errors.Is(err, jsonpatch.ErrMissing):
		return "nothing is at " + path
	}
	return err.Error()
}

// operation reads an operation and checks its form.
func (p *patcher) operation(n *tree.Node, at tree.Path) (op operation, ok bool) {
	if errs := tree.Decode(n, &op); errs != nil {
		p.report(errs, n, at)
		return op, false
	}
	switch {
	case !slices.Contains(operations, op.Op):
		p.errorf(n, at, "op is one of %s%s", list(operations), suggest.Hint(op.Op, operations))
	case op.Path == nil:
		p.errorf(n, at, "path is missing")
	case *op.Path == "":
		p.errorf(n, at, "path names no part of the object")
	case (op.Op == "add" || op.Op == "replace" || op.Op == "test") && n.Field("value") == nil:
		p.errorf(n, at, "value is missing")
	case (op.Op == "copy" || op.Op == "move") && op.From == nil:
		p.errorf(n, at, "from is missing")
	default:
		return op, true
	}
	return op, false
}

// decode reads the patched document as strictly as an object that a person wrote.
func (p *patcher) decode(o *Object, document []byte, n *tree.Node, at tree.Path) any {
	root, err := fromJSON(document, n.Pos)
	if err != nil || root.Kind != tree.Map {
		p.errorf(n, at, "leaves no object")
		return nil
	}
	kind := KindOf(o.APIVersion, o.Kind)
	if kind == nil {
		return inOrder(root)
	}
	value := kind.New()
	for _, e := range tree.Decode(root, value) {
		p.errorf(n, at, "makes %s invalid: %s", e.Path, e.Message)
	}
	return value
}
