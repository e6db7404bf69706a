package custom

import (
	"context"

	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/util/validation/field"

	"github.com/kgen-dev/kgen/pkg/tree"
)

// Verdict is what the server says of a custom resource, or of a CRD, on create.
type Verdict struct {
	// Mistakes are what strict decoding refuses: unknown fields, and metadata of
	// the wrong type. The server says nothing else of an object that has some.
	Mistakes []tree.DecodeError
	// Errors are the server's validation, in its order of stages, with its paths
	// and words. What it leaves to chance within a stage is in order of the paths.
	Errors field.ErrorList
	// Warnings are the server's own, as it words them.
	Warnings []string
	// IsRefused is set where the server has no such kind, for it refuses the CRD.
	IsRefused bool
}

// Create does with the manifest n of a kind that s Handles what the server does on
// create. n is not changed. Of a kind that s does not handle it says nothing.
func (s *Schemas) Create(n *tree.Node) (verdict Verdict) {
	defer recoverInto(&verdict.Errors)
	v := s.served(textOf(n.Get("apiVersion")), textOf(n.Get("kind")))
	if v == nil {
		return verdict
	}
	if w := v.deprecation(); w != "" {
		verdict.Warnings = append(verdict.Warnings, w)
	}
	compiled := v.compile()
	if len(compiled.errors) > 0 {
		verdict.Errors, verdict.IsRefused = compiled.errors, compiled.isRefused
		return verdict
	}
	c := &creation{version: compiled, manifest: n}
	if c.checkObject() {
		c.object = valueOf(n).(map[string]any)
		if c.decode() {
			c.prepare()
			c.validate(context.Background())
		}
	}
	verdict.Mistakes, verdict.Errors = c.mistakes, c.errors
	verdict.Warnings = append(verdict.Warnings, c.warnings...)
	return verdict
}

// creation is one object on its way through the server's create handler.
type creation struct {
	version  *compilation
	manifest *tree.Node
	object   map[string]any
	meta     *metav1.ObjectMeta

	embeddedJudged bool // the metadata of embedded objects, already while decoding
	mistakes       []tree.DecodeError
	errors         field.ErrorList
	warnings       []string
}

func (c *creation) add(errs ...*field.Error) { c.errors = append(c.errors, errs...) }

// textOf is the string that n holds, empty when it holds none.
func textOf(n *tree.Node) string {
	if n == nil || n.Kind != tree.String {
		return ""
	}
	return n.Text
}
